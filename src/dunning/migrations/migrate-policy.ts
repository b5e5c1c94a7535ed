import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { setNextLooks } from '../../ledger/watch-items.ts'
import type { Policy } from '../policy.ts'
import { requirePolicy } from '../queries.ts'
import { type CustomerSituation, type DunnedItem, loadSituations } from '../situation.ts'
import type { MigrationItemRow, MigrationRow } from '../table.ts'
import { migrationFact } from './events.ts'
import { type NextStep, nextSteps } from './next-steps.ts'
import { requireVersions } from './require-versions.ts'
import { countUnderWay, customersUnderWay, type UnderWay } from './under-way.ts'

export interface MigratePolicy {
  policyId: string
  /** The versions whose items are moved; null for every other. */
  fromVersions: number[] | null
  /** The version they are moved to; null for the current one. */
  toVersion: number | null
  ifMatch: number | undefined
}

/** A migration and what it has changed, item by item. */
export interface Migration {
  migration: MigrationRow
  items: MigrationItemRow[]
}

/**
 * Moves items under way to another version of their policy: whole customers, about 1,000 items at a time, in one commit.
 * Each keeps its level and its deadline; the new version says what comes next, and nothing does where it has no higher
 * level. The customers are locked first, so that of two migrations at once, or of one and a run, the second sees what
 * the first has done.
 */
export async function migratePolicy(tx: Tx, input: MigratePolicy): Promise<Migration> {
  const current = await requirePolicy(tx, input.policyId)
  requireVersion(current.version, input.ifMatch)
  const underWay = {
    policyId: input.policyId,
    fromVersions: input.fromVersions,
    toVersion: input.toVersion ?? current.version,
  }
  const target = await requireVersions(tx, underWay)
  const customerIds = await customersUnderWay(tx, underWay)
  await lockCustomers(tx, customerIds)
  const groups = await loadSituations(tx, customerIds)
  const moved = groups.flatMap(({ items }) => items.filter((item) => isMoved(item, underWay)))
  const before = nextSteps(groups, tx.today)
  const after = nextSteps(movedTo(target, groups, new Set(moved.map(({ id }) => id))), tx.today)

  await moveStates(tx, moved, underWay.toVersion)
  const id = newId()
  const items = moved.map((item) =>
    changeOf(tx, id, item, before.get(item.id) as NextStep, after.get(item.id) as NextStep),
  )
  const migration = await record(tx, id, underWay, items)
  announce(tx, migrationFact(migration, tx))
  return { migration, items }
}

const isMoved = (
  { level, policy }: DunnedItem,
  { policyId, fromVersions, toVersion }: UnderWay,
): boolean =>
  level > 0 &&
  policy?.id === policyId &&
  policy.version !== toVersion &&
  (fromVersions === null || fromVersions.includes(policy.version))

/** The same situations, some of their items on another version. */
const movedTo = (
  policy: Policy,
  groups: readonly CustomerSituation[],
  moved: ReadonlySet<string>,
): CustomerSituation[] =>
  groups.map((group) => ({
    ...group,
    situation: {
      ...group.situation,
      items: group.situation.items.map((item) => (moved.has(item.id) ? { ...item, policy } : item)),
    },
  }))

/** Binds the items to the version, and has them looked at today. */
async function moveStates(tx: Tx, items: readonly DunnedItem[], version: number): Promise<void> {
  await sql`
    update dunning_state set policy_version = ${version}
    where tenant_id = ${tx.tenant.id} and item_id = any(${items.map(({ id }) => id)})
  `.execute(tx.db)
  await setNextLooks(
    tx,
    items.map(({ id }) => ({ itemId: id, nextLookDate: tx.today })),
  )
}

const changeOf = (
  tx: Tx,
  migrationId: string,
  item: DunnedItem,
  before: NextStep,
  after: NextStep,
): MigrationItemRow => ({
  tenant_id: tx.tenant.id,
  migration_id: migrationId,
  item_id: item.id,
  invoice_id: item.invoice_id,
  customer_id: item.customer_id,
  from_version: (item.policy as Policy).version,
  level: item.level,
  before_level: before.level,
  before_date: before.date,
  before_reason: before.reason,
  after_level: after.level,
  after_date: after.date,
  after_reason: after.reason,
})

const isChanged = (item: MigrationItemRow): boolean =>
  !isDeepStrictEqual(
    [item.before_level, item.before_date, item.before_reason],
    [item.after_level, item.after_date, item.after_reason],
  )

async function record(
  tx: Tx,
  id: string,
  underWay: UnderWay,
  items: readonly MigrationItemRow[],
): Promise<MigrationRow> {
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
  return migration
}
