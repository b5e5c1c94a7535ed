import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { JurisdictionCode, RuleSwitches } from './jurisdiction.ts'

export interface LawTables {
  /** Belongs to no tenant: what comes with the service. */
  reference_rate: {
    id: string
    series: string
    valid_from_date: CalendarDate
    ppm: number
    source: string
    verified: boolean
  }
  tenant_reference_rate: {
    tenant_id: string
    id: string
    series: string
    valid_from_date: CalendarDate
    ppm: number
    source: string
    created_at: Instant
  }
  jurisdiction_settings: {
    tenant_id: string
    jurisdiction: JurisdictionCode
    id: string
    switches: Json<RuleSwitches>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type JurisdictionSettingsRow = Selectable<LawTables['jurisdiction_settings']>
