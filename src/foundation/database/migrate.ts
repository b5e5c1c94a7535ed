import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { packageRoot } from '../places.ts'
import { APP_ROLE, isLockTimeout, PRIVACY_ROLE, RESET_ROLE } from './frame.ts'

export interface MigrateOptions {
  /** Login that owns the schema. */
  ownerUrl: string
  /** Login the service works under; it is granted the application role. By default the owner itself. */
  appUrl?: string
  log?: Logger
}

/**
 * Brings the schema up to date: every `migrations/*.sql` not yet applied, in one transaction, by one migrator at a
 * time (an advisory lock). Before that it makes sure of the roles the service works under, and afterwards of grants.
 */
export async function migrate({ ownerUrl, appUrl = ownerUrl, log }: MigrateOptions): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2, connectionTimeoutMillis: 5_000 })
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    for (const role of [APP_ROLE, RESET_ROLE, PRIVACY_ROLE]) await ensureRole(db, role, appUrl)
    await applyAll(db, log)
    await sql`grant select on kysely_migration to ${sql.id(APP_ROLE)}`.execute(db)
    for (const role of [RESET_ROLE, PRIVACY_ROLE])
      await sql`revoke all on kysely_migration, kysely_migration_lock from ${sql.id(role)}`.execute(
        db,
      )
  } finally {
    await db.destroy()
  }
}

/**
 * How long a change of a table may wait for those who use it. Everybody who comes after it waits behind it, so it gives
 * way soon, and all is tried again.
 */
const LOCK_MS_MAX = 2_000
const GIVE_WAY = `set local lock_timeout = ${LOCK_MS_MAX}`
const TRIES_MAX = 30

/** Applies what is missing, whole or not at all, as often as somebody is in the way. */
async function applyAll(db: Kysely<unknown>, log: Logger | undefined): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations } })
  for (let attempt = 1; ; attempt += 1) {
    const { error, results } = await migrator.migrateToLatest()
    if (isLockTimeout(error) && attempt < TRIES_MAX) {
      log?.warn({ attempt }, 'a table is in use: the migration gives way and tries again')
      await sleep(500 + Math.random() * 1_000)
      continue
    }
    if (error) throw error
    for (const { migrationName } of results ?? [])
      log?.info({ migration: migrationName }, 'migrated')
    return
  }
}

/** The names of all migrations this build knows, in order. */
export const migrationNames = async (): Promise<string[]> => Object.keys(await getMigrations())

async function getMigrations(): Promise<Record<string, Migration>> {
  const folder = join(packageRoot(), 'migrations')
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
  const entries = files.map(async (file): Promise<[string, Migration]> => {
    const statements = await readFile(join(folder, file), 'utf8')
    return [
      file.replace(/\.sql$/, ''),
      { up: async (db) => void (await sql.raw(`${GIVE_WAY};\n${statements}`).execute(db)) },
    ]
  })
  return Object.fromEntries(await Promise.all(entries))
}

const DUPLICATE_OBJECT = '42710'
const UNIQUE_VIOLATION = '23505'

/** Roles belong to the whole server, so other databases (and other migrators right now) may have made it already. */
async function ensureRole(db: Kysely<unknown>, name: string, appUrl: string): Promise<void> {
  const role = sql.id(name)
  const { rows } = await sql`select 1 from pg_roles where rolname = ${name}`.execute(db)
  if (rows.length === 0) {
    await sql`create role ${role} nologin nobypassrls`
      .execute(db)
      .catch((error: { code?: string }) => {
        if (error.code !== DUPLICATE_OBJECT && error.code !== UNIQUE_VIOLATION) throw error
      })
  }
  const login = decodeURIComponent(new URL(appUrl).username)
  // Who has created a role may administer it without being able to become it (PostgreSQL 16): that is not enough.
  const { rows: members } = await sql`
    with direct as (
      select coalesce((to_jsonb(membership) ->> 'set_option')::boolean, true) as may_become
      from pg_auth_members as membership
      join pg_roles as granted on granted.oid = membership.roleid and granted.rolname = ${name}
      join pg_roles as member on member.oid = membership.member and member.rolname = ${login}
    )
    select 1 from pg_roles
    where rolname = ${login} and pg_has_role(rolname, ${name}, 'member')
      and (rolsuper or not exists (select from direct) or exists (select from direct where may_become))
  `.execute(db)
  if (login !== '' && members.length === 0) await sql`grant ${role} to ${sql.id(login)}`.execute(db)
  await sql`grant usage on schema public to ${role}`.execute(db)
}
