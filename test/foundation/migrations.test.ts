import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import t from 'tap'
import { packageRoot } from '../../src/foundation/database/migrate.ts'
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
