import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { setNextLooks } from '../../ledger/watch-items.ts'
import type { DunnedItem } from '../dunned-items.ts'
import type { Policy } from '../policy.ts'
import { requirePolicy } from '../queries.ts'
import { type CustomerSituation, loadSituations } from '../situation.ts'
import { migrationFact } from './events.ts'
import { nextSteps } from './next-steps.ts'
import { type Migration, recordMigration } from './record-migration.ts'
import { requireVersions } from './require-versions.ts'
import { customersUnderWay, type UnderWay } from './under-way.ts'

export interface MigratePolicy {
  policyId: string
  /** The versions whose items are moved; null for every other. */
  fromVersions: number[] | null
  /** The version they are moved to; null for the current one. */
  toVersion: number | null
  ifMatch: number | undefined
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
  const recorded = await recordMigration(tx, underWay, moved, { before, after })
  announce(tx, migrationFact(recorded.migration, tx))
  return recorded
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
