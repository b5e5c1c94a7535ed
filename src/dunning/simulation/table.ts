import type { Generated, Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { PolicyDefinition } from '../policy.ts'
import type { Tally } from './tally.ts'

/** Where a simulation stands. */
export const simulationStatuses = ['queued', 'running', 'succeeded', 'cancelled'] as const

/** From when a simulated run sees what has happened. */
export const simulationBases = ['effective', 'known'] as const

/** A policy as it was when the simulation was asked for; without id and version when it is only a draft. */
export interface SimulatedPolicy {
  policy_id: string | null
  version: number | null
  name: string
  definition: PolicyDefinition
}

export interface SimulationTables {
  dunning_simulation: {
    tenant_id: string
    id: string
    status: (typeof simulationStatuses)[number]
    from_date: CalendarDate
    to_date: CalendarDate
    basis: (typeof simulationBases)[number]
    paid_within_days: number
    /** Entries recorded later do not count. */
    known_at: Instant
    /** The day it was then: the last of which payments are known. */
    known_date: CalendarDate
    policies: Json<SimulatedPolicy[]>
    customer_count: Generated<number>
    done_count: Generated<number>
    /** The last customer that is done; null before the first. */
    after_customer_id: string | null
    /** What it has come to so far, by policy. */
    tallies: Json<Tally[]>
    actor: string | null
    request_id: string | null
    finished_at: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type SimulationRow = Selectable<SimulationTables['dunning_simulation']>
