import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import type { MoneyAmount } from '../../foundation/money.ts'
import { dateInFuture, invalidFields } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { scoreCustomers } from '../scores/score-customers.ts'
import { tradeReferenceFact } from './events.ts'
import type { TradeReferenceRow } from './table.ts'

export interface RecordReference {
  customerId: string
  /** Who says it. */
  referee: string
  referenceDate: CalendarDate
  relationSince: CalendarDate | null
  highCredit: MoneyAmount | null
  daysLate: number | null
  /** 0 to 100, the higher the better. */
  rating: number
  note: string | null
}

/** Keeps what another creditor says of a customer, and scores the customer with it. */
export async function recordReference(tx: Tx, input: RecordReference): Promise<TradeReferenceRow> {
  await requireCustomer(tx, input.customerId)
  refuseImpossible(input, tx.today)
  await lockCustomers(tx, [input.customerId])
  const reference = await tx.db
    .insertInto('trade_reference')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: input.customerId,
      referee: input.referee,
      reference_date: input.referenceDate,
      relation_since: input.relationSince,
      high_currency: input.highCredit?.currency ?? null,
      high_amount: input.highCredit?.amount ?? null,
      days_late: input.daysLate,
      rating: input.rating,
      note: input.note,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, tradeReferenceFact(reference, tx))
  await scoreCustomers(tx, [input.customerId])
  return reference
}

function refuseImpossible(
  { referenceDate, relationSince }: RecordReference,
  today: CalendarDate,
): void {
  if (referenceDate > today) throw dateInFuture('reference_date', referenceDate, today)
  if (relationSince !== null && relationSince > referenceDate)
    throw invalidFields({
      pointer: '#/relation_since',
      code: 'too_late',
      detail: 'must not be after the reference',
      params: { reference_date: referenceDate },
    })
}
