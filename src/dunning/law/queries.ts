import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import { type Order, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import type { LawBook } from './assess-claim.ts'
import {
  type Jurisdiction,
  type JurisdictionCode,
  jurisdictionCodes,
  jurisdictions,
  type RuleSwitches,
} from './jurisdiction.ts'
import type { RateSeries, ReferenceRate } from './rate.ts'

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

/**
 * The rates of some series in order; of all there are unless some are named. A tenant’s own rate comes after that of the
 * service for the same day, and so counts: the tenant may have been told of it before the service was.
 */
export async function loadSeries(
  reader: Reader,
  names?: readonly string[],
): Promise<Map<string, RateSeries>> {
  let select = rates(reader).selectAll()
  if (names !== undefined) select = select.where('series', '=', sql<string>`any(${names})`)
  const rows = await select.orderBy('series').orderBy('valid_from_date').orderBy('origin').execute()
  const bySeries = groupBy(rows, ({ series }) => series)
  return new Map([...bySeries].map(([series, rates]) => [series, { series, rates }]))
}

/** What a tenant has said about a jurisdiction; nothing yet is version 0. */
export interface JurisdictionSettings {
  version: number
  switches: RuleSwitches
}

const NO_SETTINGS: JurisdictionSettings = { version: 0, switches: {} }

/** Every jurisdiction with what the tenant has said about it. */
export async function listJurisdictions({
  db,
  tenant,
}: Reader): Promise<{ jurisdiction: Jurisdiction; settings: JurisdictionSettings }[]> {
  const rows = await db
    .selectFrom('jurisdiction_settings')
    .select(['jurisdiction', 'version', 'switches'])
    .where('tenant_id', '=', tenant.id)
    .execute()
  return jurisdictionCodes.map((code) => ({
    jurisdiction: jurisdictions[code],
    settings: rows.find(({ jurisdiction }) => jurisdiction === code) ?? NO_SETTINGS,
  }))
}

/** What the tenant has said about one jurisdiction. */
export async function settingsOf(
  { db, tenant }: Reader,
  code: JurisdictionCode,
): Promise<JurisdictionSettings> {
  const row = await db
    .selectFrom('jurisdiction_settings')
    .select(['version', 'switches'])
    .where('tenant_id', '=', tenant.id)
    .where('jurisdiction', '=', code)
    .executeTakeFirst()
  return row ?? NO_SETTINGS
}

/** All that an assessment looks up, in two statements. */
export async function loadLawBook(reader: Reader): Promise<LawBook> {
  const [series, known] = await Promise.all([loadSeries(reader), listJurisdictions(reader)])
  const switches = new Map(known.map((one) => [one.jurisdiction.code, one.settings.switches]))
  return { series, switches }
}
