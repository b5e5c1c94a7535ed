import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import t from 'tap'
import { migrate, migrationNames } from '../../src/foundation/database/migrate.ts'
import { packageRoot } from '../../src/foundation/places.ts'
import { report } from '../support/certify.ts'
import { testDatabase } from '../support/database.ts'

const folder = join(packageRoot(), 'migrations')
const files = (await readdir(folder)).filter((file) => /^\d{4}_/.test(file)).sort()

t.test('an owner who is no superuser gives the tenants that are there the new jobs', async (t) => {
  const { url } = await testDatabase(t)
  const client = new Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  const apply = async (some: readonly string[]) => {
    for (const file of some) await client.query(await readFile(join(folder, file), 'utf8'))
  }
  // Never committed, so that nothing is left of the role, which would belong to the whole server.
  await client.query(`
    begin;
    create role plain_owner nosuperuser nobypassrls;
    drop schema public cascade;
    create schema public authorization plain_owner;
    set local role plain_owner`)
  await apply(files.filter((file) => file < '0014'))
  await client.query(`
    set local app.tenant_id = '019a0000-0000-7000-8000-000000000001';
    insert into tenant (tenant_id, name, mode, time_zone, locale, currency, created_at, updated_at)
    values (current_tenant(), 'Muster AG', 'live', 'Europe/Berlin', 'de', 'EUR', now(), now());
    set local app.tenant_id = ''`)
  await apply(files.filter((file) => file >= '0014'))
  const { rows } = await client.query('select job from schedule order by job')
  t.same(rows, [{ job: 'collect_debits' }, { job: 'credit_night' }, { job: 'lapse_mandates' }])
  const unforced = await client.query(`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relrowsecurity and not relforcerowsecurity`)
  t.same(unforced.rows, [])
})

/** A landing before this one; whatever came after it is applied to it under load. */
const LANDED = '0030_credit_checks'
const LOCK_WAIT_MS_MAX = 2_000
/** What a statement may take besides, on a machine that is busy. */
const MARGIN_MS = 1_000

t.test('a database is migrated under load: nobody fails, and nobody waits for long', async (t) => {
  const { url } = await testDatabase(t, 'template0')
  const end = new AbortController()
  const connected = async () => {
    const client = new Client({ connectionString: url })
    await client.connect()
    t.teardown(() => client.end())
    return client
  }

  const owner = await connected()
  await owner.query(`
    create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null);
    create table kysely_migration_lock (id varchar(255) primary key, is_locked integer not null default 0);
    insert into kysely_migration_lock values ('migration_lock', 0);
    grant usage on schema public to receivables_app, receivables_reset`)
  for (const file of files) {
    const migration = file.replace(/\.sql$/, '')
    if (migration > LANDED) continue
    await owner.query(await readFile(join(folder, file), 'utf8'))
    await owner.query('insert into kysely_migration values ($1, now()::text)', [migration])
  }
  const tenant = '019a0000-0000-7000-8000-000000000001'
  await owner.query(
    `insert into tenant (tenant_id, name, mode, time_zone, locale, currency, created_at, updated_at)
     values ($1, 'Muster AG', 'live', 'Europe/Berlin', 'de', 'EUR', now(), now())`,
    [tenant],
  )

  const failures: string[] = []
  let count = 0
  let slowest = 0
  /** Says the same statement again and again, as the code of that landing does, until the end. */
  const keepSaying = async (statement: string, pauseMs = 5) => {
    const client = await connected()
    while (!end.signal.aborted) {
      const began = performance.now()
      await client.query(statement, [tenant]).catch((error) => failures.push(String(error)))
      slowest = Math.max(slowest, performance.now() - began)
      count += 1
      await sleep(pauseMs)
    }
  }
  /** A report that takes its time: who wants to change a table it has read must wait or give way. */
  const keepReporting = async () => {
    const client = await connected()
    await client.query('begin')
    await client.query('select from tenant, customer, invoice, event limit 1')
    await sleep(2 * LOCK_WAIT_MS_MAX)
    await client.query('commit')
  }
  const load = [
    keepSaying('select * from customer where tenant_id = $1'),
    keepSaying('select * from invoice where tenant_id = $1'),
    keepSaying('select * from event where tenant_id = $1 order by id desc limit 10'),
    keepSaying('select * from api_key where tenant_id = $1'),
    keepSaying('update tenant set updated_at = now() where tenant_id = $1'),
    keepSaying(
      `insert into customer (tenant_id, id, name, kind, country, currency, created_at, updated_at)
       values ($1, gen_random_uuid(), 'A', 'business', 'DE', 'EUR', now(), now())`,
      50,
    ),
  ]
  const reporting = keepReporting()
  await sleep(300)
  await migrate({ ownerUrl: url })
  await reporting
  end.abort()
  await Promise.all(load)

  t.same(failures, [])
  t.ok(slowest < LOCK_WAIT_MS_MAX + MARGIN_MS, `the slowest waited ${Math.round(slowest)} ms`)
  const { rows } = await owner.query('select max(name) as last from kysely_migration')
  t.equal(rows[0].last, (await migrationNames()).at(-1))
  await report({
    suite: 'T-deploy',
    goal: 'every later migration on a landed database under load: 0 failed statements, none waits much longer than 2 s for a lock',
    seen: `${count} statements, ${failures.length} failed, the slowest took ${Math.round(slowest)} ms`,
    met: failures.length === 0 && slowest < LOCK_WAIT_MS_MAX + MARGIN_MS,
  })
})
