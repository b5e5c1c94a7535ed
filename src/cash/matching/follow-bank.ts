import type { Tx } from '../../foundation/database/commit.ts'
import { part } from '../../foundation/database/part.ts'
import { Problem } from '../../foundation/problem.ts'
import { confirmPayment } from './confirm-payment.ts'
import type { PartOfLine } from './post-matches.ts'
import { returnPayment } from './return-payment.ts'

/**
 * Does to a payment what the bank says of it: confirms it, or takes it back. Where the payment refuses, nothing of it is
 * done and the refusal is answered, so that one line never stops those beside it.
 */
export async function followBank(
  tx: Tx,
  { line, part: { kind }, date }: PartOfLine,
  paymentId: string,
): Promise<Problem | undefined> {
  try {
    await part(tx, (inner) =>
      kind === 'confirmation'
        ? confirmPayment(inner, paymentId, line, date)
        : returnPayment(inner, line, paymentId),
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error
  }
}
