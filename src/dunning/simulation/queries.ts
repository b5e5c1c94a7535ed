import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { SimulationRow } from './table.ts'

/** The simulation, or `dunning_simulation_not_found`. */
export async function requireSimulation(
  { db, tenant }: Reader,
  id: string,
): Promise<SimulationRow> {
  const simulation = await db
    .selectFrom('dunning_simulation')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (simulation === undefined) throw new Problem('dunning_simulation_not_found')
  return simulation
}

/** One page of simulations, the newest first. */
export const listSimulations = (
  { db, tenant }: Reader,
  page: Page,
): Promise<Paged<SimulationRow>> =>
  pageOf<SimulationRow>(
    db.selectFrom('dunning_simulation').selectAll().where('tenant_id', '=', tenant.id),
    page,
    newestFirst,
  )
