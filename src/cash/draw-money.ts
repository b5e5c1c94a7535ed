import { sql } from 'kysely'
import { creditNoteFact } from '../billing/events.ts'
import { requireCreditNote } from '../billing/queries.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'
import { freeMoney } from '../ledger/free-money.ts'
import { paymentFact } from './events.ts'
import { requirePayment, withAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'

/** Money of a customer that can be used: a payment, or a credit note. */
export interface MoneySource {
  kind: 'payment' | 'credit_note'
  id: string
}

/** Whose money it is, and in which currency. */
export async function requireMoney(
  tx: Tx,
  { kind, id }: MoneySource,
): Promise<{ customer_id: string; currency: string }> {
  return kind === 'payment' ? requirePayment(tx, id) : requireCreditNote(tx, id)
}

/** Refuses a use of money with effect from a day on which less of it was free, or on a later one. */
export async function requireFree(
  tx: Tx,
  source: MoneySource,
  amount: number,
  from: CalendarDate,
): Promise<void> {
  const free = await freeMoney(tx, source.id, from)
  if (amount > free) {
    throw new Problem('insufficient_unallocated_amount', {
      unallocated_amount: free,
      from_date: from,
    })
  }
}

/** What unallocated money becomes, besides an allocation; a negative amount gives it back. */
interface Draw {
  id: string
  amount: number
}

/** Takes unallocated money of a payment for a refund or a recovery, and announces it. The caller posts it. */
export async function drawPayment(
  tx: Tx,
  { id, amount }: Draw,
  becomes: 'refunded_amount' | 'recovered_amount',
): Promise<void> {
  const drawn = await sql<PaymentRow>`
    update payment
    set unallocated_amount = unallocated_amount - ${amount},
      ${sql.ref(becomes)} = ${sql.ref(becomes)} + ${amount},
      version = version + 1,
      updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id} and status = 'received' and unallocated_amount >= ${amount}
    returning *
  `.execute(tx.db)
  const payment = drawn.rows[0]
  if (payment === undefined) {
    const { status, unallocated_amount } = await requirePayment(tx, id)
    throw status === 'received'
      ? new Problem('insufficient_unallocated_amount', { unallocated_amount })
      : new Problem('invalid_state', { current_status: status, allowed_actions: [] })
  }
  const taken = {
    refunded_amount: 'payment.refunded',
    recovered_amount: 'payment.recovered',
  } as const
  const given = {
    refunded_amount: 'payment.refund_cancelled',
    recovered_amount: 'payment.recovery_undone',
  } as const
  for (const one of await withAllocations(tx, [payment]))
    announce(tx, paymentFact((amount > 0 ? taken : given)[becomes], one, tx))
}

/** Takes unallocated money of a credit note for a refund, and announces it. The caller posts it. */
export async function drawCreditNote(tx: Tx, { id, amount }: Draw): Promise<void> {
  const drawn = await sql<CreditNoteRow>`
    update credit_note
    set unallocated_amount = unallocated_amount - ${amount},
      refunded_amount = refunded_amount + ${amount},
      version = version + 1,
      updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and id = ${id} and unallocated_amount >= ${amount}
    returning *
  `.execute(tx.db)
  const note = drawn.rows[0]
  if (note === undefined) {
    const { unallocated_amount } = await requireCreditNote(tx, id)
    throw new Problem('insufficient_unallocated_amount', { unallocated_amount })
  }
  const type = amount > 0 ? 'credit_note.refunded' : 'credit_note.refund_cancelled'
  announce(tx, creditNoteFact(type, note, tx))
}
