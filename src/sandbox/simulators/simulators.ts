import { bankStatementArrives } from './bank.ts'
import {
  customerExceedsLimit,
  externalReportArrives,
  insurerCutsLimit,
  orderArrives,
} from './credit.ts'
import { directDebitCollected } from './debits.ts'
import { disputeOpened } from './disputes.ts'
import { noticeBounces, noticeDelivered, noticeViewed } from './notices.ts'
import { customerPays, customerPaysLate, paymentReturns, paymentReversed } from './payments.ts'
import type { AnySimulator } from './simulator.ts'
import { customersBuy } from './trade.ts'

/** Everything that can be made to happen, in the order it is documented. */
export const simulators: readonly AnySimulator[] = [
  customersBuy,
  customerPays,
  customerPaysLate,
  paymentReturns,
  paymentReversed,
  bankStatementArrives,
  directDebitCollected,
  noticeDelivered,
  noticeViewed,
  noticeBounces,
  disputeOpened,
  orderArrives,
  customerExceedsLimit,
  externalReportArrives,
  insurerCutsLimit,
]

const byName = new Map(simulators.map((simulator) => [simulator.name, simulator]))

/** The simulator of a run that was accepted; names are never taken away. */
export function simulatorNamed(name: string): AnySimulator {
  const found = byName.get(name)
  if (found === undefined) throw new Error(`there is no simulator ${name}`)
  return found
}
