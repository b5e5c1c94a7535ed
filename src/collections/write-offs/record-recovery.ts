import { sql } from 'kysely'
import { drawPayment, requireFree } from '../../cash/draw-money.ts'
import { requirePayment } from '../../cash/queries.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, Problem } from '../../foundation/problem.ts'
import { postMoney } from '../../ledger/post-money.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { refuseBefore, requireRecorded } from './dates.ts'
import { announceWriteOff } from './events.ts'
import { requireWriteOff, taxOf, type WriteOffWithRecoveries, withRecoveries } from './queries.ts'
import { taxOfRecovery } from './tax.ts'

export interface RecordRecovery {
  id: string
  paymentId: string
  amount: number
  /** From when it counts; today unless given. */
  recoveryDate: CalendarDate | null
  ifMatch: number | undefined
}

/**
 * Uses unallocated money of a payment for what had been written off. The claim stays closed; the money is income, but
 * for the tax in it, which is owed again as far as it had been claimed back.
 */
export async function recordRecovery(
  tx: Tx,
  input: RecordRecovery,
): Promise<WriteOffWithRecoveries> {
  const { customer_id } = await requireWriteOff(tx, input.id)
  await lockCustomers(tx, [customer_id])
  const writeOff = await requireWriteOff(tx, input.id)
  requireVersion(writeOff.version, input.ifMatch)
  requireRecorded(writeOff)
  const { paymentId, amount } = input
  const date = input.recoveryDate ?? tx.today
  if (date > tx.today) throw dateInFuture('recovery_date', date, tx.today)
  refuseBefore('recovery_date', date, writeOff.write_off_date)
  const payment = await requirePayment(tx, paymentId)
  if (payment.customer_id !== customer_id) throw new Problem('customer_mismatch')
  if (payment.currency !== writeOff.currency) throw new Problem('currency_mismatch')
  const left = writeOff.amount - writeOff.recovered_amount
  if (amount > left)
    throw new Problem('insufficient_written_off_amount', { written_off_amount: left })

  await drawPayment(tx, { id: paymentId, amount }, 'recovered_amount')
  await requireFree(tx, { kind: 'payment', id: paymentId }, amount, date)
  const [{ recoveries }] = (await withRecoveries(tx, [writeOff])) as [WriteOffWithRecoveries]
  const owedAgain = recoveries.map(({ tax_amount }) => tax_amount)
  const tax = taxOfRecovery(await taxOf(tx, writeOff.item_id), writeOff, amount, owedAgain)
  const shares = [
    { entryId: newId(), counterAccount: 'bad_debt_recovery' as const, amount: -(amount - tax) },
    { entryId: newId(), counterAccount: 'output_tax' as const, amount: -tax },
  ]
  await postMoney(
    tx,
    shares
      .filter((share) => share.amount < 0)
      .map((share) => ({
        ...share,
        customerId: customer_id,
        currency: writeOff.currency,
        happening: 'bad_debt_recovered',
        effectiveDate: date,
        source: { kind: 'payment' as const, id: paymentId },
        origin: 'own' as const,
        undoesId: null,
      })),
  )
  await tx.db
    .insertInto('recovery')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      write_off_id: writeOff.id,
      payment_id: paymentId,
      currency: writeOff.currency,
      amount,
      tax_amount: tax,
      recovery_date: date,
      entry_id: (shares[0] as { entryId: string }).entryId,
      tax_entry_id: tax === 0 ? null : (shares[1] as { entryId: string }).entryId,
      created_at: tx.now,
    })
    .execute()
  const recovered = await tx.db
    .updateTable('write_off')
    .set({
      recovered_amount: sql<number>`recovered_amount + ${amount}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', writeOff.id)
    .where('status', '=', 'recorded')
    .returningAll()
    .executeTakeFirstOrThrow()
  return announceWriteOff(tx, 'write_off.recovered', recovered)
}
