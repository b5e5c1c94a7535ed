import type { Tx } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { Problem } from '../../foundation/problem.ts'
import type { MatchingSettingsRow } from './table.ts'

/** What a tenant lets matching do by itself. */
export type MatchingSettings = Pick<MatchingSettingsRow, 'auto_post_score' | 'bank_fee_max_amount'>

const defaults: MatchingSettings = { auto_post_score: 85, bank_fee_max_amount: 2_500 }

/** The settings of the tenant; as version 0 while nobody has set any. */
export async function matchingSettings({ db, tenant, now }: Reader): Promise<MatchingSettingsRow> {
  const row = await db
    .selectFrom('matching_settings')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .executeTakeFirst()
  return row ?? { tenant_id: tenant.id, ...defaults, version: 0, created_at: now, updated_at: now }
}

/** Changes what is given of the settings; from the next bank lines on. */
export async function changeMatchingSettings(
  tx: Tx,
  { patch, ifMatch }: { patch: Partial<MatchingSettings>; ifMatch: number | undefined },
): Promise<MatchingSettingsRow> {
  const before = await matchingSettings(tx)
  requireVersion(before.version, ifMatch)
  const wanted = { ...before, ...patch, version: before.version + 1, updated_at: tx.now }
  const row = await tx.db
    .insertInto('matching_settings')
    .values(wanted)
    .onConflict((conflict) =>
      conflict
        .column('tenant_id')
        .doUpdateSet(wanted)
        .where('matching_settings.version', '=', before.version),
    )
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new Problem('version_mismatch')
  return row
}
