import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { claimItems, type NewItem } from '../ledger/claim-items.ts'
import { chargeFact } from '../ledger/events.ts'
import type { PaymentRow } from './table.ts'

/**
 * Claims what a returned payment costs its customer, due at once: what of it had been refunded, used for a written-off
 * claim or moved to another customer before it went back, and a fee for the return.
 */
export async function claimReturnCharges(
  tx: Tx,
  payment: PaymentRow,
  { fee, to }: { fee: number; to: 'unidentified' | undefined },
): Promise<void> {
  const gone = payment.refunded_amount + payment.recovered_amount + payment.transferred_amount
  const feeId = newId()
  const charges: NewItem[] = [
    {
      ...chargeOn(payment),
      id: newId(),
      chargeKind: 'returned_payment',
      credits: [{ account: to ?? payment.account, amount: gone }],
      happening: 'payment_reversed',
      source: { kind: 'payment', id: payment.id },
    },
    {
      ...chargeOn(payment),
      id: feeId,
      chargeKind: 'fee',
      credits: [{ account: 'fee_income', amount: fee }],
      happening: 'charge_claimed',
      source: { kind: 'charge', id: feeId },
    },
  ]
  const claimed = await claimItems(
    tx,
    charges.filter(({ credits }) => credits.some(({ amount }) => amount > 0)),
  )
  announce(tx, ...claimed.map((charge) => chargeFact('charge.claimed', charge, 1, tx)))
}

const chargeOn = ({ customer_id, currency, reversal_date }: PaymentRow) => ({
  customerId: customer_id,
  kind: 'charge' as const,
  invoiceId: null,
  noticeId: null,
  sequence: 1,
  currency,
  dueDate: reversal_date as CalendarDate,
  claimDate: reversal_date as CalendarDate,
  origin: 'own' as const,
})
