import type { Generated, Selectable } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'
import type { Json, JsonDefault } from '../foundation/database/columns.ts'
import type { Kind } from '../foundation/id.ts'
import type { ProblemCode } from '../foundation/problem.ts'

export const simulatorRunStatuses = ['scheduled', 'done', 'failed', 'cancelled'] as const

/** A resource that was made or changed, as the API names it. */
export interface Change {
  object: Kind
  id: string
}

/** Why a simulator could not do what it was asked to. */
export interface Refusal {
  code: ProblemCode
  status: number
  title: string
  detail: string
}

export interface SandboxTables {
  simulator_run: {
    tenant_id: string
    id: string
    simulator: string
    parameters: Json<Record<string, unknown>>
    status: (typeof simulatorRunStatuses)[number]
    run_at: Instant
    changes: JsonDefault<Change[]>
    problem: Json<Refusal> | null
    load_id: string | null
    handle: string | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  fixture_load: {
    tenant_id: string
    id: string
    fixture: string
    parameters: Json<Record<string, unknown>>
    handles: Json<Record<string, string>>
    until_at: Instant
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type SimulatorRunRow = Selectable<SandboxTables['simulator_run']>
export type FixtureLoadRow = Selectable<SandboxTables['fixture_load']>
