import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { dryRun, IdParams, Query } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { migratePolicy } from './migrate-policy.ts'
import { listMigrationItems, listMigrations, requireMigration } from './queries.ts'
import * as wire from './schema.ts'

const policyParams = IdParams('dunning_policy', 'dunning policy')
const migrationParams = IdParams('dunning_migration', 'migration')

/** Items under way that follow their policy to another version. */
export function migrationRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-policies/:id/migrations',
    operationId: 'migrateDunningPolicy',
    tag: 'Dunning',
    summary: 'Move items under way to another version of their policy',
    description:
      'Without this they stay on the version they began with. Each item keeps its level and the deadline it was given; the new version decides what comes next, and an item whose level it does not have has reached its last. Whole customers, about 1,000 items in one commit: repeat the request until `remaining_count` is 0. With `dry_run` it answers what would change and keeps nothing.',
    scope: 'dunning:write',
    params: policyParams,
    query: Query(dryRun),
    body: wire.MigrateDunningPolicy,
    answers: { 201: wire.DunningMigration },
    problems: ['dunning_policy_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const { migration, items } = await migratePolicy(tx, {
        policyId: uuidOf(id),
        fromVersions: body.from_versions ?? null,
        toVersion: body.to_version ?? null,
        ifMatch,
      })
      const json = wire.migrationToJson(migration, tx, items)
      return new Answer(201, json, { location: `/v1/dunning-migrations/${json.id}` })
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policies/:id/migrations',
    operationId: 'listDunningMigrations',
    tag: 'Dunning',
    summary: 'List a policy’s migrations',
    description: 'The newest first, without their items.',
    scope: 'dunning:read',
    params: policyParams,
    query: wire.MigrationQuery,
    answers: { 200: wire.DunningMigrationList },
    problems: ['dunning_policy_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) =>
      listToJson(await listMigrations(reader, uuidOf(id), page), (one) =>
        wire.migrationToJson(one, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-migrations/:id',
    operationId: 'getDunningMigration',
    tag: 'Dunning',
    summary: 'Read a migration',
    description: 'How many items were moved from which versions to which.',
    scope: 'dunning:read',
    params: migrationParams,
    answers: { 200: wire.DunningMigration },
    problems: ['dunning_migration_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.migrationToJson(await requireMigration(reader, uuidOf(id)), reader),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-migrations/:id/items',
    operationId: 'listDunningMigrationItems',
    tag: 'Dunning',
    summary: 'List what a migration has changed',
    description: 'Every item that was moved, with what came next before and after.',
    scope: 'dunning:read',
    params: migrationParams,
    query: wire.MigrationQuery,
    answers: { 200: wire.DunningMigrationItemList },
    problems: ['dunning_migration_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: page }) =>
      listToJson(await listMigrationItems(reader, uuidOf(id), page), wire.migrationItemToJson),
  })
}
