import type { Generated, Selectable } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'
import type { Json } from '../foundation/database/columns.ts'
import type { ProblemCode } from '../foundation/problem.ts'
import type { ImportMode, ImportResource, ImportStatus, Outcome, RowProblem } from './import.ts'

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
  }
  import_result: {
    tenant_id: string
    import_id: string
    row: number
    external_id: string | null
    outcome: Outcome
    resource_id: string | null
    problem: Json<RowProblem> | null
  }
}

export type ImportRecord = Selectable<ImportTables['import']>
export type PendingRow = Pick<Selectable<ImportTables['import_row']>, 'row' | 'input' | 'refusal'>
export type ResultRow = Selectable<ImportTables['import_result']>
