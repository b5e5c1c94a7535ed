import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'
import type { ControlTotal, ResultKind, RowOutcome } from './import.ts'
import type { ImportRecord } from './table.ts'

/**
 * What of opening balances does not add up to the totals the caller has given, summed from what was booked; undefined
 * where all currencies agree. A currency without a total has to add up to nothing.
 */
export async function controlMismatch(
  tx: Tx,
  { control_totals }: Pick<ImportRecord, 'control_totals'>,
  outcomes: readonly RowOutcome[],
): Promise<Problem | undefined> {
  if (control_totals === null) return undefined
  const expected = new Map(control_totals.map((total) => [total.currency, total]))
  const booked = await bookedTotals(tx, outcomes)
  const differences = [...new Set([...expected.keys(), ...booked.keys()])]
    .sort()
    .map((currency) => ({
      currency,
      expected: sumsOf(expected.get(currency)),
      actual: sumsOf(booked.get(currency)),
    }))
    .filter((one) => !isDeepStrictEqual(one.expected, one.actual))
  if (differences.length === 0) return undefined
  return new Problem('control_total_mismatch', { differences })
}

const sumsOf = (total: ControlTotal | undefined) => ({
  open_amount: total?.open_amount ?? 0,
  unallocated_amount: total?.unallocated_amount ?? 0,
})

async function bookedTotals(
  { db, tenant }: Tx,
  outcomes: readonly RowOutcome[],
): Promise<Map<string, ControlTotal>> {
  const idsOf = (kind: ResultKind) =>
    outcomes.flatMap(({ resourceKind, resourceId }) => (resourceKind === kind ? resourceId : []))
  const { rows } = await sql<ControlTotal>`
    select currency, sum(open_amount)::bigint as open_amount, sum(unallocated_amount)::bigint as unallocated_amount
    from (
      select currency, total_amount as open_amount, 0 as unallocated_amount
      from invoice where tenant_id = ${tenant.id} and id = any(${idsOf('invoice')})
      union all
      select currency, 0, amount
      from payment where tenant_id = ${tenant.id} and id = any(${idsOf('payment')})
    ) as booked
    group by currency
  `.execute(db)
  return new Map(rows.map((total) => [total.currency, total]))
}
