import type { Tx } from '../../foundation/database/commit.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import type { Designation } from '../designation.ts'
import { asTold } from './accept-line.ts'
import { type ByPerson, decide, requireUnmatched } from './decide.ts'
import type { Part } from './post-matches.ts'
import type { MatchedLine } from './table.ts'

export interface SplitLine extends ByPerson {
  parts: { customerId: string; amount: number; allocations: Designation[] | null }[]
}

/** Makes several payments of one line: one payer for several customers, or several sums for one. */
export async function splitLine(
  tx: Tx,
  { parts: given, ...input }: SplitLine,
): Promise<MatchedLine> {
  const line = await requireUnmatched(tx, input)
  const total = sum(given.map(({ amount }) => amount))
  if (total !== line.amount) {
    throw new Problem('amounts_do_not_add_up', {
      errors: [
        {
          in: 'body',
          pointer: '#/parts',
          code: 'sum',
          detail: 'must add up to the amount of the line',
          params: { expected: line.amount, actual: total },
        },
      ],
    })
  }
  const parts: Part[] = []
  for (const { customerId, amount, allocations } of given)
    parts.push(await asTold(tx, line, customerId, allocations, amount))
  return decide(tx, line, parts, input.note)
}
