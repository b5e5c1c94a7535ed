import { daysOverdue } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { share } from '../../foundation/money.ts'
import type { OpenItemRow } from '../../ledger/table.ts'
import { findCustomers } from '../../parties/queries.ts'
import { isNaturalPerson } from '../natural-person.ts'
import { settlementsOf, tenantHistory } from './load-history.ts'
import { type Prediction, predict } from './predict.ts'
import { type RecoveryRate, rateOf } from './recovery.ts'

/** An open item, and what is foreseen of it. */
export interface ItemForesight {
  item: OpenItemRow
  prediction: Prediction
  recovery: RecoveryRate
  /** What of the open amount is expected to be paid in the end, by the rate to a tenth of a percent; minor units. */
  recoveryAmount: number
  humanReviewRequired: boolean
}

/** Foresees the payment of open items, from what is known today. */
export async function foresee<I extends OpenItemRow>(
  reader: Reader,
  items: readonly I[],
): Promise<ItemForesight[]> {
  if (items.length === 0) return []
  const ids = [...new Set(items.map(({ customer_id }) => customer_id))]
  const { habits, recovery } = await tenantHistory(reader)
  const own = await settlementsOf(reader, ids)
  const customers = await findCustomers(reader, ids)
  return items.map((item) => {
    const customer = customers.get(item.customer_id)
    const rate = rateOf(recovery, daysOverdue(item.due_date, reader.today))
    return {
      item,
      prediction: predict(
        {
          classId: customer?.customer_class_id ?? null,
          dueDate: item.due_date,
          today: reader.today,
        },
        own.get(item.customer_id) ?? [],
        habits,
      ),
      recovery: rate,
      recoveryAmount: share(item.open_amount, Math.round(rate.rate * 1000), 1000),
      humanReviewRequired: customer !== undefined && isNaturalPerson(customer),
    }
  })
}
