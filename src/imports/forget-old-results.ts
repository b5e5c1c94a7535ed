import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import type { Context } from '../foundation/http/context.ts'
import { forgetInBatches } from '../foundation/jobs/forget-in-batches.ts'

/** How long it can be asked what became of each row of an import, days since its end. */
export const RESULT_DAYS = 90

/**
 * Forgets the single rows of imports that ended long ago, above all what was sent and refused: nobody corrects it any
 * more, and it may tell of persons. The import stays, with its counts; so does what it made.
 */
export const forgetOldResults = (context: Context, signal: AbortSignal): Promise<void> =>
  forgetInBatches(context, signal, forgetSome)

async function forgetSome({ db, tenant }: Tx, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from import_result
    where tenant_id = ${tenant.id} and (import_id, row) in (
      select result.import_id, result.row
      from import
      join import_result as result on result.tenant_id = import.tenant_id and result.import_id = import.id
      where import.tenant_id = ${tenant.id} and import.finished_at < now() - make_interval(days => ${RESULT_DAYS})
      limit ${limit})
  `.execute(db)
  return Number(numAffectedRows)
}
