import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import { type ListedRate, loadSeries } from './queries.ts'
import { knownUntil, type Ppm } from './rate.ts'
import { rateToJson } from './rate-schema.ts'

export interface AddReferenceRate {
  series: string
  validFromDate: CalendarDate
  ppm: Ppm
  source: string
}

/**
 * Adds a rate to a series, after all that are known of it (`reference_rate_known`): what interest was reckoned by does
 * not change under those who paid it. Of two who add the same day one does.
 */
export async function addReferenceRate(tx: Tx, rate: AddReferenceRate): Promise<ListedRate> {
  const { series, validFromDate, ppm, source } = rate
  const known = (await loadSeries(tx, [series])).get(series)
  const last = known === undefined ? null : knownUntil(known)
  if (last !== null && validFromDate <= last) {
    throw new Problem('reference_rate_known', { series, last_known_date: last })
  }
  const { id } = await tx.db
    .insertInto('tenant_reference_rate')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      series,
      valid_from_date: validFromDate,
      ppm,
      source,
      created_at: tx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const added: ListedRate = {
    id,
    series,
    valid_from_date: validFromDate,
    ppm,
    source,
    verified: true,
    origin: 'tenant',
  }
  announce(tx, {
    type: 'reference_rate.added',
    entity: { kind: 'reference_rate', id, sequence: 1 },
    customerId: null,
    object: rateToJson(added, tx),
  })
  return added
}
