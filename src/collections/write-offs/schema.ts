import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  dryRun,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  resourceFields,
  Several,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import type { WriteOffWithRecoveries } from './queries.ts'

export const CreateWriteOff = named(
  'CreateWriteOff',
  Body(
    {
      item_id: Id('open_item', 'The open item to give up.'),
      amount: Type.Optional(
        Amount('How much of what is open; all of it unless given.', { minimum: 1 }),
      ),
      reason: Reason('Why it is given up.', 'Insolvency closed without assets.'),
      write_off_date: Type.Optional(Day('From when it counts; today unless given.', '2026-06-30')),
    },
    { description: 'A claim to give up, whole or in part, tax included.' },
  ),
)

export const RelieveTax = named(
  'RelieveTax',
  Body(
    {
      relief_date: Type.Optional(
        Day('The day the tax is claimed back; today unless given.', '2026-09-30'),
      ),
    },
    { description: 'When the tax in a write-off is claimed back.' },
  ),
)

export const RecordRecovery = named(
  'RecordRecovery',
  Body(
    {
      payment_id: Id('payment', 'The payment whose unallocated money it is.'),
      amount: Amount('How much of it is for this claim.', { minimum: 1, example: 20000 }),
      recovery_date: Type.Optional(Day('From when it counts; today unless given.', '2026-10-15')),
    },
    { description: 'Money that came in after all.' },
  ),
)

export const UndoRecovery = named(
  'UndoRecovery',
  Body(
    {
      undo_date: Type.Optional(
        Day('From when the money can be used again; today unless given.', '2026-10-20'),
      ),
    },
    { description: 'When a recovery is taken back.' },
  ),
)

export const UndoWriteOff = named(
  'UndoWriteOff',
  Body(
    {
      reason: Reason('Why it is taken back.', 'The wrong customer was written off.'),
      undo_date: Type.Optional(
        Day('From when the claim is open again; today unless given.', '2026-07-02'),
      ),
    },
    { description: 'Why and when a write-off is taken back.' },
  ),
)

const statuses = ['requested', 'recorded', 'rejected', 'withdrawn', 'undone'] as const

export const WriteOff = named(
  'WriteOff',
  Type.Object(
    {
      ...resourceFields('write_off'),
      customer_id: Id('customer', 'Who owed it.'),
      customer: Expandable('customer'),
      item_id: Id('open_item', 'The open item given up.'),
      invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
      invoice: Expandable('invoice'),
      status: OneOf(statuses, {
        description: 'Whether it waits for a second principal, stands, or does not.',
        examples: ['recorded'],
      }),
      approval_id: Nullable(
        Id('approval', 'What it waits or waited for; null where one principal could decide it.'),
      ),
      currency: Currency(),
      amount: Amount('What was given up, tax included.', { minimum: 1 }),
      reason: Reason('Why it was given up.', 'Insolvency closed without assets.'),
      write_off_date: Day('From when it counts.', '2026-06-30'),
      relieved_amount: Amount('The tax claimed back for it.', { example: 0 }),
      relief_date: Nullable(Day('When the tax was claimed back.', '2026-09-30')),
      recovered_amount: Amount('What came in after all.', { example: 0 }),
      recoveries: List(
        Type.Object(
          {
            id: Id('recovery', 'The id.'),
            payment_id: Id('payment', 'The payment it came from.'),
            amount: Amount('What of it is for this claim.', { minimum: 1, example: 20000 }),
            tax_amount: Amount('The tax in it that is owed again.', { example: 3193 }),
            recovery_date: Day('From when it counts.', '2026-10-15'),
          },
          { description: 'Money that came in after all.' },
        ),
        { description: 'The recoveries that stand.', maxItems: 10_000 },
      ),
      undo_date: Nullable(Day('From when the claim was open again.', '2026-07-02')),
      undo_reason: Nullable(Reason('Why it was taken back.', 'The wrong customer.')),
    },
    { description: 'A claim that was given up, whole or in part.' },
  ),
)

export const WriteOffList = ListOf(WriteOff)

/** A write-off with its recoveries, as the API shows it. */
export const writeOffToJson = (
  { writeOff, recoveries }: WriteOffWithRecoveries,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof WriteOff> => ({
  id: publicId('write_off', writeOff.id),
  object: 'write_off',
  version: writeOff.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', writeOff.customer_id),
  item_id: publicId('open_item', writeOff.item_id),
  invoice_id: publicIdOrNull('invoice', writeOff.invoice_id),
  status: writeOff.status,
  approval_id: publicIdOrNull('approval', writeOff.approval_id),
  currency: writeOff.currency,
  amount: writeOff.amount,
  reason: writeOff.reason,
  write_off_date: writeOff.write_off_date,
  relieved_amount: writeOff.relieved_amount,
  relief_date: writeOff.relief_date,
  recovered_amount: writeOff.recovered_amount,
  recoveries: recoveries.map((recovery) => ({
    id: publicId('recovery', recovery.id),
    payment_id: publicId('payment', recovery.payment_id),
    amount: recovery.amount,
    tax_amount: recovery.tax_amount,
    recovery_date: recovery.recovery_date,
  })),
  undo_date: writeOff.undo_date,
  undo_reason: writeOff.undo_reason,
  created_at: writeOff.created_at,
  updated_at: writeOff.updated_at,
})

export const WriteOffQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only those of this invoice.')),
  item_id: Type.Optional(Id('open_item', 'Only those of this open item.')),
  status: Several(statuses, 'Only these statuses.'),
})

export const RehearseQuery = Query({ ...dryRun })
