import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  At,
  Body,
  Count,
  Currency,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { channels, LEVELS_MAX, statutoryNotices, tones } from '../policy.ts'
import type { NoticeRow } from '../table.ts'
import { noticeContentFields } from './content-schema.ts'
import { noticeStatuses } from './delivery.ts'

const LevelName = () =>
  Text('What the level or the courtesy is called.', {
    maxLength: 100,
    example: 'Friendly reminder',
  })

export const DunningNotice = named(
  'DunningNotice',
  Type.Object(
    {
      ...resourceFields('dunning_notice'),
      run_id: Id('dunning_run', 'The run that issued it.'),
      customer_id: Id('customer', 'Who is told.'),
      currency: Currency(),
      kind: OneOf(['demand', 'courtesy'], {
        description: 'A demand at a level, or a courtesy before anything is overdue.',
      }),
      status: OneOf(noticeStatuses, {
        description:
          'Where it is on its way. `rerouted` waits to be sent to the next recipient; `cancelled` need not be sent any more.',
      }),
      status_reason: Nullable(
        Text('Why it was reversed.', { maxLength: 500, example: 'wrong prices' }),
      ),
      policy_id: Id('dunning_policy', 'The policy it follows.'),
      policy_version: Count('The version of the policy.', { minimum: 1 }),
      level: Count('The highest level of its items; 0 for a courtesy.'),
      level_name: LevelName(),
      tone: OneOf(tones, { description: 'How it is to sound.' }),
      template: Nullable(
        Text('The text to send, by the integrator’s own name for it.', {
          example: 'second-reminder',
        }),
      ),
      statutory_notice: Nullable(
        OneOf(statutoryNotices, { description: 'The notice of a law that it is.' }),
      ),
      notice_date: Day('The day it was issued.', '2026-04-05'),
      deadline_date: Nullable(Day('Until when it asks to pay.', '2026-04-19')),
      send_from_at: Nullable(At('The first instant outside quiet hours: not to be sent before.')),
      channel: Nullable(
        OneOf(channels, {
          description:
            'By which way it is to be sent now: that of the recipient at `recipient_place`.',
        }),
      ),
      recipient_place: Nullable(
        Count(
          'Which of `recipients` it is to reach now, counted from 0; null when nobody can be reached.',
          {
            example: 0,
          },
        ),
      ),
      ...noticeContentFields,
    },
    {
      description:
        'What one customer is told in one currency at one time, complete enough to be sent without asking back.',
    },
  ),
)
export const DunningNoticeList = ListOf(DunningNotice)

/** A notice as the API shows it. */
export const noticeToJson = (
  notice: NoticeRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningNotice> => ({
  id: publicId('dunning_notice', notice.id),
  object: 'dunning_notice',
  version: notice.version,
  livemode: tenant.mode === 'live',
  run_id: publicId('dunning_run', notice.run_id),
  customer_id: publicId('customer', notice.customer_id),
  currency: notice.currency,
  kind: notice.kind,
  status: notice.status,
  status_reason: notice.status_reason,
  policy_id: publicId('dunning_policy', notice.policy_id),
  policy_version: notice.policy_version,
  level: notice.level,
  level_name: notice.level_name,
  notice_date: notice.notice_date,
  deadline_date: notice.deadline_date,
  send_from_at: notice.send_from_at,
  channel: notice.content.recipients[notice.recipient_place ?? -1]?.channel ?? null,
  recipient_place: notice.recipient_place,
  ...notice.content,
  recipients: notice.content.recipients.map((recipient) => ({
    ...recipient,
    contact_id: publicIdOrNull('contact', recipient.contact_id),
  })),
  created_at: notice.created_at,
  updated_at: notice.updated_at,
})

export const NoticeQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  run_id: Type.Optional(Id('dunning_run', 'Only this run’s.')),
  level: Type.Optional(Count('Only this level; 0 for courtesies.', { maximum: LEVELS_MAX })),
  status: Several(noticeStatuses, 'Only these statuses.'),
  notice_date_gte: Type.Optional(Day('Issued on or after.')),
  notice_date_lte: Type.Optional(Day('Issued on or before.')),
})

export const ReverseDunning = named(
  'ReverseDunning',
  Body(
    {
      reason: Text('Why it is taken back; shown to whoever was told.', {
        maxLength: 500,
        example: 'wrong prices',
      }),
    },
    { description: 'Why dunning is taken back.' },
  ),
)
