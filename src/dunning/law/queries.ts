import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { type Order, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import type { LawBook } from './assess-claim.ts'
import type { JurisdictionCode, RuleSwitches } from './jurisdiction.ts'
import type { RateSeries, ReferenceRate } from './rate.ts'
import type { JurisdictionSettingsRow } from './table.ts'

/** A reference rate as it is listed: what comes with the service, or what the tenant has added. */
export interface ListedRate extends ReferenceRate {
  id: string
  origin: 'service' | 'tenant'
}

/** Every rate the tenant can use. */
const rates = ({ db, tenant }: Reader) =>
  db.selectFrom((from) =>
    from
      .selectFrom('reference_rate')
      .select(['id', 'series', 'valid_from_date', 'ppm', 'source', 'verified'])
      .select(sql<'service' | 'tenant'>`'service'`.as('origin'))
      .unionAll((own) =>
        own
          .selectFrom('tenant_reference_rate')
          .where('tenant_id', '=', tenant.id)
          .select(['id', 'series', 'valid_from_date', 'ppm', 'source'])
          .select(sql<boolean>`true`.as('verified'))
          .select(sql<'service' | 'tenant'>`'tenant'`.as('origin')),
      )
      .as('rate'),
  )

export interface RateFilters extends Page {
  series?: string
  valid_from_date_gte?: string
  valid_from_date_lte?: string
}

const latestFirst: Order = { column: 'valid_from_date', direction: 'desc', type: 'date' }

/** One page of reference rates, the latest first. */
export function listRates(reader: Reader, by: RateFilters): Promise<Paged<ListedRate>> {
  let select = rates(reader).selectAll()
  if (by.series !== undefined) select = select.where('series', '=', by.series)
  if (by.valid_from_date_gte !== undefined)
    select = select.where('valid_from_date', '>=', by.valid_from_date_gte)
  if (by.valid_from_date_lte !== undefined)
    select = select.where('valid_from_date', '<=', by.valid_from_date_lte)
  return pageOf<ListedRate>(select, by, latestFirst)
}

/** The rates of some series in order; of all there are unless some are named. */
export async function loadSeries(
  reader: Reader,
  names?: readonly string[],
): Promise<Map<string, RateSeries>> {
  let select = rates(reader).selectAll()
  if (names !== undefined) select = select.where('series', '=', sql<string>`any(${names})`)
  const rows = await select.orderBy('series').orderBy('valid_from_date').orderBy('origin').execute()
  const series = new Map<string, ListedRate[]>()
  for (const rate of rows) {
    const known = series.get(rate.series)
    if (known === undefined) series.set(rate.series, [rate])
    else known.push(rate)
  }
  return new Map([...series].map(([name, of]) => [name, { series: name, rates: of }]))
}

/** How the tenant has switched the rules of each jurisdiction. */
export const listJurisdictionSettings = ({
  db,
  tenant,
}: Reader): Promise<JurisdictionSettingsRow[]> =>
  db.selectFrom('jurisdiction_settings').selectAll().where('tenant_id', '=', tenant.id).execute()

/** All that an assessment looks up, in two statements. */
export async function loadLawBook(reader: Reader): Promise<LawBook> {
  const [series, settings] = await Promise.all([
    loadSeries(reader),
    listJurisdictionSettings(reader),
  ])
  const switches = new Map<JurisdictionCode, RuleSwitches>(
    settings.map((row) => [row.jurisdiction, row.switches]),
  )
  return { series, switches }
}
