import type { Static } from '@sinclair/typebox'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { Problem } from '../../foundation/problem.ts'
import { requireItem } from '../../ledger/queries.ts'
import { accrue } from './accrue.ts'
import type { LatePayment } from './calculation-schema.ts'
import { latePaymentToJson } from './late-payment-json.ts'

/** What the law says about an open item at the end of a day: as its dunning would see it, whatever its level claims. */
export async function explainLatePayment(
  reader: Reader,
  itemId: string,
  asOf: CalendarDate,
  carryForward: boolean,
): Promise<Static<typeof LatePayment>> {
  await requireItem(reader, itemId)
  const question = { itemId, interest: { kind: 'statutory' as const } }
  const accrual = (await accrue(reader, [question], asOf, { carryForward })).get(itemId)
  if (accrual === undefined) throw new Problem('not_a_principal')
  return latePaymentToJson({ itemId, claim: accrual.claim, asOf }, accrual, reader)
}
