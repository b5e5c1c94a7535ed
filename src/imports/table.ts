import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../foundation/calendar.ts'
import type { Json } from '../foundation/database/columns.ts'
import type { ProblemCode } from '../foundation/problem.ts'
import type { CsvReading, MappingSettings } from './csv/reading.ts'
import type {
  ControlTotal,
  ImportMode,
  ImportResource,
  ImportStatus,
  Outcome,
  ResultKind,
  RowProblem,
} from './import.ts'

export interface ImportTables {
  import: {
    tenant_id: string
    id: string
    resource: ImportResource
    mode: ImportMode
    atomic: boolean
    dry_run: boolean
    status: ImportStatus
    total_count: number
    created_count: Generated<number>
    updated_count: Generated<number>
    unchanged_count: Generated<number>
    failed_count: Generated<number>
    /** The first row that has no outcome yet; rows are done in their order. */
    next_row: Generated<number>
    /** How the cells of its rows are read; null where a row is JSON. */
    csv: Json<CsvReading> | null
    /** Of opening balances: the day they count from, and what they have to add up to. */
    cut_over_date: CalendarDate | null
    control_totals: Json<ControlTotal[]> | null
    /** Who asked, and with which request: the cause of everything the import does. */
    actor: string | null
    request_id: string | null
    finished_at: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  import_row: {
    tenant_id: string
    import_id: string
    row: number
    input: string | null
    refusal: ProblemCode | null
    line: number | null
  }
  import_result: {
    tenant_id: string
    import_id: string
    row: number
    external_id: string | null
    outcome: Outcome
    resource_id: string | null
    problem: Json<RowProblem> | null
    line: number | null
    /** The row as it came, where it failed. */
    input: string | null
    /** What the row's resource is; null for that of its import. */
    resource_kind: ResultKind | null
  }
  import_mapping: {
    tenant_id: string
    id: string
    name: string
    resource: ImportResource
    settings: Json<MappingSettings>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type ImportRecord = Selectable<ImportTables['import']>
export type PendingRow = Pick<Selectable<ImportTables['import_row']>, 'row' | 'input' | 'refusal'>
export type ResultRow = Selectable<ImportTables['import_result']>
export type ImportMappingRow = Selectable<ImportTables['import_mapping']>
