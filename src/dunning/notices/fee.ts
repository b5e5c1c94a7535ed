import type { CalendarDate } from '../../foundation/calendar.ts'
import { newId } from '../../foundation/id.ts'
import type { NewItem } from '../../ledger/claim-items.ts'
import type { Level } from '../policy.ts'

/** What a notice at a level costs in a currency. */
export const feeAmount = ({ fees }: Level, currency: string): number =>
  fees.find((fee) => fee.currency === currency)?.amount ?? 0

/** The fee of a notice: a charge that is claimed at once and due today. It never escalates by itself. */
export function feeCharge(
  noticeId: string,
  { customerId, currency }: { customerId: string; currency: string },
  amount: number,
  today: CalendarDate,
): NewItem {
  const id = newId()
  return {
    id,
    customerId,
    kind: 'charge',
    invoiceId: null,
    chargeKind: 'fee',
    noticeId,
    sequence: 1,
    currency,
    dueDate: today,
    claimDate: today,
    credits: [{ account: 'fee_income', amount }],
    happening: 'charge_claimed',
    source: { kind: 'charge', id },
    origin: 'own',
  }
}
