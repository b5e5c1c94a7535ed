import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import type { DunnedItem } from '../dunned-items.ts'
import type { Policy } from '../policy.ts'
import type { MigrationItemRow, MigrationRow } from '../table.ts'
import type { NextStep } from './next-steps.ts'
import { countUnderWay, type UnderWay } from './under-way.ts'

/** A migration and what it has changed, item by item. */
export interface Migration {
  migration: MigrationRow
  items: MigrationItemRow[]
}

/** What comes next for each item, under the version it was on and under the one it is on now. */
export interface Comparison {
  before: ReadonlyMap<string, NextStep>
  after: ReadonlyMap<string, NextStep>
}

/** Keeps which items have been moved, and what that changes for each. */
export async function recordMigration(
  tx: Tx,
  underWay: UnderWay,
  moved: readonly DunnedItem[],
  comparison: Comparison,
): Promise<Migration> {
  const id = newId()
  const items = moved.map((item) => itemRow(tx, id, item, comparison))
  const migration = await tx.db
    .insertInto('dunning_migration')
    .values({
      tenant_id: tx.tenant.id,
      id,
      policy_id: underWay.policyId,
      from_versions: underWay.fromVersions,
      to_version: underWay.toVersion,
      customer_count: new Set(items.map(({ customer_id }) => customer_id)).size,
      item_count: items.length,
      changed_count: items.filter(isChanged).length,
      remaining_count: await countUnderWay(tx, underWay),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await sql`
    insert into dunning_migration_item
    select * from json_populate_recordset(null::dunning_migration_item, ${JSON.stringify(items)})
  `.execute(tx.db)
  return { migration, items }
}

function itemRow(
  tx: Tx,
  migrationId: string,
  item: DunnedItem,
  { before, after }: Comparison,
): MigrationItemRow {
  const [was, is] = [before.get(item.id) as NextStep, after.get(item.id) as NextStep]
  return {
    tenant_id: tx.tenant.id,
    migration_id: migrationId,
    item_id: item.id,
    invoice_id: item.invoice_id,
    customer_id: item.customer_id,
    from_version: (item.policy as Policy).version,
    level: item.level,
    before_level: was.level,
    before_date: was.date,
    before_reason: was.reason,
    after_level: is.level,
    after_date: is.date,
    after_reason: is.reason,
  }
}

const isChanged = (item: MigrationItemRow): boolean =>
  !isDeepStrictEqual(
    [item.before_level, item.before_date, item.before_reason],
    [item.after_level, item.after_date, item.after_reason],
  )
