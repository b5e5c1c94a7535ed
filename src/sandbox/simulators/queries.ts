import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { SimulatorRunRow } from '../table.ts'

/** The run, or `simulator_run_not_found`. */
export async function requireRun({ db, tenant }: Reader, id: string): Promise<SimulatorRunRow> {
  const run = await db
    .selectFrom('simulator_run')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (run === undefined) throw new Problem('simulator_run_not_found')
  return run
}

/** What the list of runs can be narrowed to. */
export interface RunFilters extends Page {
  simulator?: string
  status?: SimulatorRunRow['status'][]
}

/** One page of runs, the newest first. */
export function listRuns({ db, tenant }: Reader, by: RunFilters): Promise<Paged<SimulatorRunRow>> {
  let select = db.selectFrom('simulator_run').selectAll().where('tenant_id', '=', tenant.id)
  if (by.simulator !== undefined) select = select.where('simulator', '=', by.simulator)
  if (by.status !== undefined)
    select = select.where('status', '=', sql<'scheduled'>`any(${by.status})`)
  return pageOf<SimulatorRunRow>(select, by, newestFirst)
}
