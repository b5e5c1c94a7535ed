import type { Insertable } from 'kysely'
import { requestApproval } from '../../approvals/request-approval.ts'
import { refreshInvoices } from '../../billing/refresh-invoices.ts'
import { invoicesOf } from '../../cash/settle.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { formatAmount } from '../../foundation/money.ts'
import { dateInFuture, Problem } from '../../foundation/problem.ts'
import { lockCustomers, requireItem } from '../../ledger/queries.ts'
import { bookWriteOff } from './book-write-off.ts'
import { announceWriteOff } from './events.ts'
import { needsApproval } from './four-eyes.ts'
import type { WriteOffWithRecoveries } from './queries.ts'
import type { WriteOffRow, WriteOffTables } from './table.ts'

export interface WriteOffItem {
  itemId: string
  /** How much of what is open; all of it unless given. */
  amount: number | null
  reason: string
  /** From when it counts; today unless given, and never before what is open of the item was claimed. */
  writeOffDate: CalendarDate | null
}

/**
 * Gives a claim up, whole or in part: gross, bad debt against receivable. The item is not dunned any more as far as it
 * was given up, and its invoice is written off once nothing else of it is open. Where the tenant wants four eyes, it
 * is only asked for: nothing is booked until another principal approves it.
 */
export async function writeOffItem(tx: Tx, input: WriteOffItem): Promise<WriteOffWithRecoveries> {
  const { customer_id } = await requireItem(tx, input.itemId)
  await lockCustomers(tx, [customer_id])
  const { open_amount, currency, invoice_id } = await requireItem(tx, input.itemId)
  const amount = input.amount ?? open_amount
  if (amount === 0 || amount > open_amount)
    throw new Problem('insufficient_open_amount', { open_amount })
  const date = input.writeOffDate ?? tx.today
  if (date > tx.today) throw dateInFuture('write_off_date', date, tx.today)

  const claim = { customer_id, item_id: input.itemId, invoice_id, currency, amount }
  const { reason } = input
  const id = newId()
  if (await needsApproval(tx, customer_id, claim)) {
    const approval = await requestApproval(tx, {
      subject: { kind: 'write_off', id },
      customerId: customer_id,
      summary: `Write-off of ${formatAmount(amount, currency)}.`,
      money: { amount, currency },
      reason,
    })
    const asked = { status: 'requested' as const, approval_id: approval.id, write_off_date: date }
    return announceWriteOff(
      tx,
      'write_off.requested',
      await insert(tx, { ...claim, id, reason, ...asked }),
    )
  }

  const { item, booking } = await bookWriteOff(tx, { ...input, id, amount, date })
  const writeOff = await insert(tx, { ...claim, id, reason, status: 'recorded', ...booking })
  const recorded = await announceWriteOff(tx, 'write_off.recorded', writeOff)
  await refreshInvoices(tx, invoicesOf([item]))
  return recorded
}

type NewWriteOff = Omit<
  Insertable<WriteOffTables['write_off']>,
  'tenant_id' | 'created_at' | 'updated_at'
>

const insert = (tx: Tx, row: NewWriteOff): Promise<WriteOffRow> =>
  tx.db
    .insertInto('write_off')
    .values({ tenant_id: tx.tenant.id, ...row, created_at: tx.now, updated_at: tx.now })
    .returningAll()
    .executeTakeFirstOrThrow()
