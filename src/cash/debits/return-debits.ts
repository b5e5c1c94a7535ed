import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { dateInFuture, invalidFields, Problem } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { type DebitWithItems, requireDebit, withItems } from './queries.ts'
import type { DebitRow } from './table.ts'
import { takeBackDebits } from './take-back-debits.ts'

/** A bank line, or somebody, that says a debit came back. */
export interface DebitReturn {
  endToEndId: string
  reasonCode: string
  date: CalendarDate
  /** What went back, bank's charges aside; null where it is not known. */
  amount: number | null
  bankLineId: string | null
}

/**
 * What a return came to. `not_found` is none of our debits, or none that was sent; `amount_differs` is one of them, but
 * not of that amount: somebody has to look.
 */
export interface ReturnOutcome {
  endToEndId: string
  outcome: 'returned' | 'already_returned' | 'amount_differs' | 'not_found'
  debitId: string | null
  paymentId: string | null
}

/** Takes back the debits that bank lines return. Answers for each, in order, what it came to; safe to repeat. */
export async function returnDebits(
  tx: Tx,
  returns: readonly DebitReturn[],
): Promise<ReturnOutcome[]> {
  const names = returns.map(({ endToEndId }) => endToEndId)
  await lockCustomers(
    tx,
    [...(await debitsNamed(tx, names)).values()].map(({ customer_id }) => customer_id),
  )
  const debits = await debitsNamed(tx, names)
  const seen = new Set<string>()
  const judged = returns.map((one) => {
    const debit = debits.get(one.endToEndId)
    const outcome = seen.has(one.endToEndId) ? 'already_returned' : outcomeOf(one, debit)
    if (outcome === 'returned') seen.add(one.endToEndId)
    return { one, debit, outcome }
  })
  await takeBackDebits(
    tx,
    judged.flatMap(({ one, debit, outcome }) =>
      outcome === 'returned' && debit !== undefined
        ? [
            {
              debit,
              reasonCode: one.reasonCode,
              reasonText: null,
              date: one.date,
              bankLineId: one.bankLineId,
            },
          ]
        : [],
    ),
  )
  return judged.map(({ one, debit, outcome }) => ({
    endToEndId: one.endToEndId,
    outcome,
    debitId: debit?.id ?? null,
    paymentId: debit?.payment_id ?? null,
  }))
}

async function debitsNamed(tx: Tx, names: readonly string[]): Promise<Map<string, DebitRow>> {
  const rows = await tx.db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('end_to_end_id', '=', sql<string>`any(${names})`)
    .execute()
  return new Map(rows.map((row) => [row.end_to_end_id, row]))
}

function outcomeOf(one: DebitReturn, debit: DebitRow | undefined): ReturnOutcome['outcome'] {
  if (debit === undefined || debit.status === 'scheduled' || debit.status === 'cancelled')
    return 'not_found'
  if (debit.status === 'returned' || debit.status === 'rejected') return 'already_returned'
  return one.amount !== null && one.amount !== debit.amount ? 'amount_differs' : 'returned'
}

export interface ReturnDebit {
  id: string
  reasonCode: string
  /** Today where null. */
  date: CalendarDate | null
  ifMatch: number | undefined
}

/** Takes back one debit of which somebody says that it came back. */
export async function returnDebit(
  tx: Tx,
  { id, reasonCode, date, ifMatch }: ReturnDebit,
): Promise<DebitWithItems> {
  await lockCustomers(tx, [(await requireDebit(tx, id)).customer_id])
  const debit = await requireDebit(tx, id)
  if (ifMatch !== undefined && ifMatch !== debit.version)
    throw new Problem('version_mismatch', { current_version: debit.version })
  const returnDate = date ?? tx.today
  if (returnDate > tx.today) throw dateInFuture('return_date', returnDate, tx.today)
  if (debit.status === 'collected' && returnDate < debit.collection_date)
    throw invalidFields({
      pointer: '#/return_date',
      code: 'before_collection_date',
      detail: 'must not be before collection_date',
      params: { collection_date: debit.collection_date },
    })
  if (debit.status !== 'submitted' && debit.status !== 'collected')
    throw new Problem('invalid_state', { current_status: debit.status, allowed_actions: [] })
  await takeBackDebits(tx, [
    { debit, reasonCode, reasonText: null, date: returnDate, bankLineId: null },
  ])
  const [returned] = (await withItems(tx, [await requireDebit(tx, id)])) as [DebitWithItems]
  return returned
}
