import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { type DecisionReason, decisionReasons } from '../reasons.ts'
import type { MigrationItemRow, MigrationRow } from '../table.ts'
import { ITEMS_PER_MIGRATION } from './under-way.ts'

const VERSIONS_MAX = 100

const versionFields = {
  from_versions: List(Count('A version.', { minimum: 1 }), {
    description: 'The versions whose items are moved; those of every other version unless given.',
    minItems: 1,
    maxItems: VERSIONS_MAX,
    examples: [[1, 2]],
  }),
  to_version: Count('The version they are moved to; the current one unless given.', {
    minimum: 1,
    example: 3,
  }),
}

export const MigrateDunningPolicy = named(
  'MigrateDunningPolicy',
  Body(
    {
      from_versions: Type.Optional(versionFields.from_versions),
      to_version: Type.Optional(versionFields.to_version),
    },
    { description: 'Which items under way are moved to which version of their policy.' },
  ),
)

const NextStep = (when: string) =>
  Type.Object(
    {
      level: Nullable(
        Count('The level it reaches; null when only an event can bring one.', {
          minimum: 1,
          example: 2,
        }),
      ),
      date: Nullable(Day('When, if nothing but time happens.', '2026-04-15')),
      reason: OneOf(Object.keys(decisionReasons) as DecisionReason[], {
        description: 'What is decided about it today.',
        examples: ['next_level_not_due'],
      }),
    },
    { description: `What comes next ${when}.` },
  )

export const DunningMigrationItem = named(
  'DunningMigrationItem',
  Type.Object(
    {
      item_id: Id('open_item', 'The open item.'),
      invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
      customer_id: Id('customer', 'Who owes it.'),
      from_version: Count('The version it was on.', { minimum: 1 }),
      level: Count('The level it has reached, and keeps.', { minimum: 1 }),
      before: NextStep('under the version it was on'),
      after: NextStep('under the version it is on now'),
    },
    { description: 'An item that was moved, and what that changes for it.' },
  ),
)
export const DunningMigrationItemList = ListOf(DunningMigrationItem)

export const DunningMigration = named(
  'DunningMigration',
  Type.Object(
    {
      ...resourceFields('dunning_migration'),
      policy_id: Id('dunning_policy', 'The policy.'),
      from_versions: Nullable(versionFields.from_versions),
      to_version: versionFields.to_version,
      customer_count: Count('Whose items were moved.', { example: 12 }),
      item_count: Count('How many items were moved.', { example: 40 }),
      changed_count: Count('For how many of them something else comes next, or at another time.', {
        example: 38,
      }),
      remaining_count: Count('How many items are still to be moved: repeat the request.', {
        example: 0,
      }),
      items: Type.Optional(
        List(ref(DunningMigrationItem), {
          description:
            'What changes, item by item, where the migration is made or rehearsed: the first 1,000. All of them stand under `/v1/dunning-migrations/{id}/items`.',
          maxItems: ITEMS_PER_MIGRATION,
        }),
      ),
    },
    { description: 'Items under way, moved to another version of their policy.' },
  ),
)
export const DunningMigrationList = ListOf(DunningMigration)
export const MigrationQuery = Query({ ...paging })

/** A migration as the API shows it; its items where it has just been made. */
export const migrationToJson = (
  migration: MigrationRow,
  { tenant }: Pick<Reader, 'tenant'>,
  items?: readonly MigrationItemRow[],
): Static<typeof DunningMigration> => ({
  id: publicId('dunning_migration', migration.id),
  object: 'dunning_migration',
  version: migration.version,
  livemode: tenant.mode === 'live',
  policy_id: publicId('dunning_policy', migration.policy_id),
  from_versions: migration.from_versions,
  to_version: migration.to_version,
  customer_count: migration.customer_count,
  item_count: migration.item_count,
  changed_count: migration.changed_count,
  remaining_count: migration.remaining_count,
  ...(items && { items: items.slice(0, ITEMS_PER_MIGRATION).map(migrationItemToJson) }),
  created_at: migration.created_at,
  updated_at: migration.updated_at,
})

/** What a migration changes for an item, as the API shows it. */
export const migrationItemToJson = (
  item: MigrationItemRow,
): Static<typeof DunningMigrationItem> => ({
  item_id: publicId('open_item', item.item_id),
  invoice_id: publicIdOrNull('invoice', item.invoice_id),
  customer_id: publicId('customer', item.customer_id),
  from_version: item.from_version,
  level: item.level,
  before: { level: item.before_level, date: item.before_date, reason: item.before_reason },
  after: { level: item.after_level, date: item.after_date, reason: item.after_reason },
})
