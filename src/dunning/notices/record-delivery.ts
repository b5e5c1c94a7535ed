import type { Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import type { Channel } from '../policy.ts'
import { requireNotice } from '../queries.ts'
import type { DeliveryRow, NoticeRow } from '../table.ts'
import { changeNotice } from './change-notice.ts'
import { consequenceOf, type DeliveryStatus, type Evidence } from './delivery.ts'
import { rerouteNotice } from './reroute-notice.ts'

export interface RecordDelivery {
  noticeId: string
  status: DeliveryStatus
  channel: Channel
  /** The mail address or number, when it is known. */
  recipient: string | null
  occurredAt: Instant
  evidence: Evidence
  detail: string | null
}

/**
 * Records what was heard of a notice on its way, once however often it is said, and has the notice follow: it has come
 * further, or goes to the next recipient, or nobody is left to try.
 */
export async function recordDelivery(tx: Tx, input: RecordDelivery): Promise<DeliveryRow> {
  const { customer_id } = await requireNotice(tx, input.noticeId)
  await lockCustomers(tx, [customer_id])
  const notice = await requireNotice(tx, input.noticeId)
  const delivery = await insertOnce(tx, input)
  if (delivery === undefined) return requireSame(tx, input)
  await follow(tx, notice, consequenceOf(notice.status, input.status, isForCurrent(notice, input)))
  return delivery
}

/** Whether a report is about the recipient the notice is to reach now; where it names none, the channel tells. */
function isForCurrent(notice: NoticeRow, { channel, recipient }: RecordDelivery): boolean {
  const current = notice.content.recipients[notice.recipient_place ?? -1]
  if (current === undefined) return true
  if (current.channel !== channel) return false
  return recipient === null || current.address === null || current.address === recipient
}

async function follow(
  tx: Tx,
  notice: NoticeRow,
  consequence: ReturnType<typeof consequenceOf>,
): Promise<void> {
  if (consequence === null) return
  if (consequence === 'reroute') await rerouteNotice(tx, notice)
  else await changeNotice(tx, notice, { status: consequence }, 'dunning.notice_updated')
}

const insertOnce = (tx: Tx, input: RecordDelivery): Promise<DeliveryRow | undefined> =>
  tx.db
    .insertInto('dunning_delivery')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      notice_id: input.noticeId,
      status: input.status,
      channel: input.channel,
      recipient: input.recipient,
      occurred_at: input.occurredAt,
      evidence: input.evidence,
      detail: input.detail,
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.constraint('dunning_delivery_once').doNothing())
    .returningAll()
    .executeTakeFirst()

/** The report that says the same. */
const requireSame = (tx: Tx, input: RecordDelivery): Promise<DeliveryRow> =>
  tx.db
    .selectFrom('dunning_delivery')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('notice_id', '=', input.noticeId)
    .where('status', '=', input.status)
    .where('channel', '=', input.channel)
    .where('recipient', 'is not distinct from', input.recipient)
    .where('occurred_at', '=', input.occurredAt)
    .executeTakeFirstOrThrow()
