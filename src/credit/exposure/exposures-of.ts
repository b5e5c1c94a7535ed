import type { Reader } from '../../foundation/database/frame.ts'
import { rulesInForce } from '../policies/queries.ts'
import { loadFacts } from './load-facts.ts'
import { type MeasuredCustomer, measure, ratesOfDay } from './measure.ts'

/**
 * What some customers could cost the tenant now, each by component in the currency of its limit (else its own), with
 * its limit, that of its group, and what else a credit decision looks at. Unknown ids are left out.
 */
export async function exposuresOf(
  reader: Reader,
  customerIds: readonly string[],
): Promise<Map<string, MeasuredCustomer>> {
  if (customerIds.length === 0) return new Map()
  const { definition } = await rulesInForce(reader)
  const known = await loadFacts(reader, customerIds)
  const into = ratesOfDay(reader, known, reader.today)
  const measured = new Map<string, MeasuredCustomer>()
  for (const id of customerIds) {
    const one = await measure(known, id, definition.exposure, into)
    if (one !== undefined) measured.set(id, one)
  }
  return measured
}
