import pg from 'pg'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

/**
 * Tables that hold only ids, times and states of work, so that schedulers and workers find what is to do before they
 * know whose it is. `credential` is where a key leads before its tenant is known: it holds a hash.
 */
const QUEUES = [
  'api_key_use',
  'audit_head',
  'credential',
  'credit_follower',
  'event_outbox',
  'feed_head',
  'schedule',
  'settlement_cursor',
  'task_queue',
  'tenant_directory',
  'webhook_cursor',
  'webhook_queue',
]
/** The migrator's own tables, the installation's sealing key and published reference rates belong to no tenant. */
const OF_NO_TENANT = ['kysely_migration', 'kysely_migration_lock', 'reference_rate', 'sealing_key']

const app = await testApp(t)
const pool = new pg.Pool({
  connectionString: app.context.api.pool.options.connectionString,
  max: 2,
})
pool.on('error', () => undefined)
t.teardown(() => pool.end())

const rowsOf = async (statement: string): Promise<Record<string, string>[]> =>
  (await pool.query(statement)).rows
const tables = (
  await rowsOf(
    `select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  )
)
  .map(({ relname }) => relname as string)
  .filter((name) => !OF_NO_TENANT.includes(name))
const secured = tables.filter((name) => !QUEUES.includes(name))

t.test(
  'every table of a tenant forces row-level security, with a policy that reads and writes own rows only',
  async (t) => {
    t.ok(secured.length > 20)
    const found = await rowsOf(`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity and exists (
      select 1 from pg_policy where polrelid = pg_class.oid and polcmd = '*' and polpermissive
        and pg_get_expr(polqual, polrelid) = '(tenant_id = current_tenant())'
        and (polwithcheck is null or pg_get_expr(polwithcheck, polrelid) = '(tenant_id = current_tenant())'))`)
    t.same(found.map(({ relname }) => relname).sort(), [...secured].sort())
  },
)

t.test('every table names its tenant, and never without one', async (t) => {
  const found = await rowsOf(`
    select relname from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and attname = 'tenant_id' and attnotnull and atttypid = 'uuid'::regtype`)
  t.same(found.map(({ relname }) => relname).sort(), [...tables].sort())
})

t.test('every key and foreign key leads with the tenant', async (t) => {
  const strays = await rowsOf(`
    select conname, conrelid::regclass as table from pg_constraint
    join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f') and attname <> 'tenant_id'
      and conrelid::regclass::text <> all ('{${OF_NO_TENANT}}')`)
  t.same(
    strays.map(({ conname }) => conname),
    ['credential_pkey'],
    'only the hash of a key is looked up without a tenant',
  )
  const across = await rowsOf(`
    select conname from pg_constraint
    join pg_attribute as target on target.attrelid = confrelid and target.attnum = confkey[1]
    where contype = 'f' and connamespace = 'public'::regnamespace and target.attname <> 'tenant_id'`)
  t.same(across, [], 'and no foreign key joins rows of two tenants')
})

t.test('every index of a secured table leads with the tenant', async (t) => {
  const strays = await rowsOf(`
    select indexrelid::regclass as index from pg_index
    join pg_class on pg_class.oid = indrelid
    left join pg_attribute on attrelid = indrelid and attnum = indkey[0]
    where relnamespace = 'public'::regnamespace and relrowsecurity and attname is distinct from 'tenant_id'`)
  t.same(strays, [])
})

t.test(
  'nothing happens behind the back of the code: no triggers, no plpgsql, no rules',
  async (t) => {
    t.same(await rowsOf('select tgname from pg_trigger where not tgisinternal'), [])
    t.same(
      await rowsOf(`
      select proname from pg_proc join pg_language on pg_language.oid = prolang
      where pronamespace = 'public'::regnamespace and lanname <> 'sql'`),
      [],
    )
    t.same(await rowsOf(`select rulename from pg_rules where schemaname = 'public'`), [])
  },
)

t.test(
  'the application’s role owns nothing, may not truncate, and is bound by row-level security',
  async (t) => {
    const [role] = await rowsOf(`
    select rolsuper, rolbypassrls, rolcanlogin, rolcreatedb, rolcreaterole from pg_roles where rolname = 'receivables_app'`)
    t.same(role, {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreatedb: false,
      rolcreaterole: false,
    })
    t.same(
      await rowsOf(`select relname from pg_class where relowner = 'receivables_app'::regrole`),
      [],
    )
    t.same(
      await rowsOf(`
      select table_name, privilege_type from information_schema.role_table_grants
      where grantee = 'receivables_app' and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')`),
      [],
    )
  },
)

t.test('what is append-only cannot be changed, not even by a bug of ours', async (t) => {
  for (const table of [
    'ledger_entry',
    'audit_block',
    'audit_redaction',
    'event',
    'feed',
    'dunning_step',
    'dunning_notice',
    'dunning_policy_version',
    'dunning_migration',
    'dunning_migration_item',
    'exchange_rate',
    'order_invoiced',
    'reservation_invoiced',
  ]) {
    const grants = await rowsOf(`
      select privilege_type from information_schema.role_table_grants
      where grantee = 'receivables_app' and table_name = '${table}'`)
    t.same(grants.map(({ privilege_type }) => privilege_type).sort(), ['INSERT', 'SELECT'], table)
  }
})

t.test(
  'without a tenant, or with another one, the application sees no row of anybody',
  async (t) => {
    const tenant = await app.tenant()
    const make = recordsOf(tenant)
    const clock = clockOf(app, tenant)
    await clock.set('2026-03-02')
    const policy = await make.policy({
      levels: [{ level: 1, days: 1, name: 'One', fees: [{ currency: 'EUR', amount: 5 }] }],
    })
    await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
    const customer = await make.customer()
    const invoice = await make.invoice(customer)
    await make.payment(customer, { amount: 1 })
    await make.creditNote(customer, { invoice_id: invoice.id, total_amount: 1 })
    await clock.advance('2026-03-20')
    await make.hold({ customer_id: customer.id })
    const other = await app.tenant()

    const filled: string[] = []
    const seen: string[] = []
    for (const table of secured) {
      const [all] = await rowsOf(
        `select count(*)::int as count from ${table} where tenant_id = '${tenant.uuid}'`,
      )
      if (Number(all?.count) > 0) filled.push(table)
      for (const as of ['', other.uuid]) {
        const client = await pool.connect()
        try {
          await client.query('begin')
          await client.query(
            `set local role receivables_app; select set_config('app.tenant_id', '${as}', true)`,
          )
          const { rows } = await client.query(
            `select count(*)::int as count from ${table} where tenant_id = '${tenant.uuid}'`,
          )
          if (rows[0].count > 0) seen.push(table)
          const unseen = await client.query(`select count(*)::int as count from ${table}`)
          if (as === '' && unseen.rows[0].count > 0) seen.push(table)
          await client.query('rollback')
        } finally {
          client.release()
        }
      }
    }
    t.same(seen, [])
    t.ok(filled.length >= 20, `${filled.length} tables had something to see: ${filled.join(', ')}`)
  },
)

t.test('nor can it write into another tenant’s tables', async (t) => {
  const [one, other] = [await app.tenant(), await app.tenant()]
  const client = await pool.connect()
  t.teardown(() => client.release())
  await client.query('begin')
  await client.query(
    `set local role receivables_app; select set_config('app.tenant_id', '${one.uuid}', true)`,
  )
  await t.rejects(
    client.query(
      `insert into dunning_policy (tenant_id, id, name, created_at, updated_at) values ('${other.uuid}', gen_random_uuid(), 'x', now(), now())`,
    ),
    { code: '42501' },
  )
  await client.query('rollback')
})
