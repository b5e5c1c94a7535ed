import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json, JsonDefault } from '../../foundation/database/columns.ts'
import type {
  BankFileFormat,
  Continuity,
  Direction,
  LineStatus,
  StatementFormat,
  StatementKind,
} from './bank-line.ts'
import type { CsvMappingSettings } from './csv-mapping.ts'

export interface BankTables {
  csv_mapping: {
    tenant_id: string
    id: string
    name: string
    settings: Json<CsvMappingSettings>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  bank_account: {
    tenant_id: string
    id: string
    identification: string
    iban: string | null
    bic: string | null
    currency: string
    name: string | null
    fresh_until_at: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  bank_file: {
    tenant_id: string
    id: string
    sha256: Buffer
    format: BankFileFormat
    byte_count: number
    csv_mapping_id: string | null
    line_count: number
    new_line_count: number
    duplicate_count: number
    not_booked_count: number
    created_at: Instant
  }
  bank_statement: {
    tenant_id: string
    id: string
    bank_account_id: string
    bank_file_id: string
    position: number
    kind: StatementKind
    format: StatementFormat
    identification: string | null
    number: string | null
    currency: string
    from_date: CalendarDate | null
    to_date: CalendarDate | null
    opening_amount: number | null
    opening_date: CalendarDate | null
    closing_amount: number | null
    closing_date: CalendarDate | null
    entry_count: number
    detail_count: number
    not_booked_count: number
    new_line_count: number
    duplicate_count: number
    balanced: boolean | null
    continuity: Continuity
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  bank_line: {
    tenant_id: string
    id: string
    bank_account_id: string
    /** The statement that showed it first. */
    statement_id: string
    /** The movement it is a part of; null for a movement. */
    parent_id: string | null
    /** Its place in the statement, or among the parts of its parent. */
    position: number
    fingerprint: string
    status: LineStatus
    booking_date: CalendarDate
    value_date: CalendarDate | null
    currency: string
    amount: number
    direction: Direction
    is_reversal: boolean
    counterparty_name: string | null
    counterparty_iban: string | null
    counterparty_bic: string | null
    remittance: string | null
    structured_reference: string | null
    end_to_end_id: string | null
    mandate_id: string | null
    instruction_id: string | null
    bank_reference: string | null
    /** What the bank itself says about the movement; not what the payer wrote. */
    bank_text: string | null
    return_reason_code: string | null
    return_reason_text: string | null
    charges_amount: number | null
    transaction_code: string | null
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  bank_sighting: {
    tenant_id: string
    bank_line_id: string
    statement_id: string
    content: string
  }
}

export type CsvMappingRow = Selectable<BankTables['csv_mapping']>
export type BankAccountRow = Selectable<BankTables['bank_account']>
export type BankFileRow = Selectable<BankTables['bank_file']>
export type BankStatementRow = Selectable<BankTables['bank_statement']>
export type BankLineRow = Selectable<BankTables['bank_line']>
