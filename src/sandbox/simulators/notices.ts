import type { DeliveryStatus, Evidence } from '../../dunning/notices/delivery.ts'
import { recordDelivery } from '../../dunning/notices/record-delivery.ts'
import { requireNotice } from '../../dunning/queries.ts'
import { exampleId, Id } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { change, simulator } from './simulator.ts'

/** Something is heard of a dunning notice, from the recipient it is to reach now. */
const heard = (
  name: string,
  description: string,
  status: DeliveryStatus,
  report: { evidence: Evidence; detail: string | null },
) =>
  simulator({
    name,
    description,
    parameters: { notice_id: Id('dunning_notice', 'The notice it is about.') },
    example: { notice_id: exampleId('dunning_notice') },
    problems: ['dunning_notice_not_found'],
    async run(tx, { notice_id }) {
      const notice = await requireNotice(tx, uuidOf(notice_id))
      const recipient = notice.content.recipients[notice.recipient_place ?? -1]
      if (recipient === undefined) throw nobodyLeft
      const delivery = await recordDelivery(tx, {
        noticeId: notice.id,
        status,
        channel: recipient.channel,
        recipient: recipient.address,
        occurredAt: tx.now,
        ...report,
      })
      return [change('dunning_delivery', delivery.id), change('dunning_notice', notice.id)]
    },
  })

const nobodyLeft = invalidFields({
  pointer: '#/notice_id',
  code: 'no_recipient',
  detail: 'the notice has no recipient that it could reach',
})

export const noticeDelivered = heard(
  'notice_delivered',
  'A dunning notice arrives at the recipient it is to reach now.',
  'delivered',
  { evidence: 'none', detail: null },
)

export const noticeViewed = heard(
  'notice_viewed',
  'The customer opens a dunning notice and follows a link in it.',
  'viewed',
  { evidence: 'link', detail: null },
)

export const noticeBounces = heard(
  'notice_bounces',
  'A dunning notice cannot be delivered: it goes to its next recipient, or becomes a task where nobody is left.',
  'bounced',
  { evidence: 'none', detail: '550 5.1.1 mailbox does not exist' },
)
