import pg from 'pg'
import t from 'tap'
import { sequenceEvents } from '../../src/events/sequence-events.ts'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { createCustomer } from '../../src/parties/customers/create-customers.ts'
import { runAdvance } from '../../src/sandbox/advance-clock.ts'
import { fixtures } from '../../src/sandbox/fixtures/fixtures.ts'
import { runReset } from '../../src/sandbox/reset/run-reset.ts'
import { stagesOf } from '../../src/sandbox/reset/what-goes.ts'
import { playDueRuns } from '../../src/sandbox/simulators/play-runs.ts'
import { jobs } from '../../src/schedule.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, dyingAfter, recordsOf } from '../support/records.ts'
import { endpointFor, LOCAL } from '../support/webhooks.ts'

const app = await testApp(t, LOCAL)
const owner = new pg.Pool({
  connectionString: app.context.api.pool.options.connectionString,
  max: 2,
})
owner.on('error', () => undefined)
t.teardown(() => owner.end())

const NOW = '2026-03-31T08:00:00.000Z'
const { signal } = new AbortController()

/** Loads a fixture as a client does, and lets its story be played here and now. */
async function load(tenant: TestTenant, name: string, more: object = {}) {
  const url = `/v1/fixtures/${name}/load`
  const { status, body } = await tenant.api('POST', url, { now: NOW, seed: 7, ...more })
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`)
  if (body.status === 'loading') await runAdvance(app.context, jobs, tenant.uuid, signal)
  return recordsOf(tenant).get(`/v1/fixture-loads/${body.id}`)
}

const reset = (tenant: TestTenant, more: object = {}, headers = {}) =>
  tenant.api('POST', '/v1/test-tenant/reset', more, headers)
const finish = (tenant: TestTenant, stop: AbortSignal = signal) =>
  runReset(app.context, tenant.uuid, '', stop)
const audit = ({ uuid }: TestTenant) => auditBooks(app.context, uuid)

t.test('fixtures are listed, and none is for live tenants', async (t) => {
  const tenant = await app.tenant()
  const { fixtures: listed } = await recordsOf(tenant).get('/v1/fixtures')
  t.same(
    listed.map(({ name }: { name: string }) => name),
    fixtures.map(({ name }) => name),
  )
  const unknown = await tenant.api('POST', listed[0].load_path, { colour: 'red' })
  t.match(unknown, { status: 422, body: { errors: [{ pointer: '#/colour' }] } })
  const live = await app.tenant({ mode: 'live' })
  for (const reply of [
    await live.api('GET', '/v1/fixtures'),
    await live.api('GET', '/v1/fixture-loads'),
    await live.api('GET', '/v1/fixture-loads/fxl_00000000000000000000000000'),
    await live.api('POST', '/v1/fixtures/empty_company/load', {}),
    await live.api('POST', '/v1/fixtures/large_ledger/load', { customers: 1, invoices: 1 }),
    await reset(live),
  ])
    t.match(reply, { status: 403, body: { code: 'test_tenant_only' } })
})

t.test('an empty company has a policy, and one overdue customer stands at level 2', async (t) => {
  const [empty, overdue] = [await app.tenant(), await app.tenant()]
  const loaded = await load(empty, 'empty_company')
  t.match(loaded, { status: 'ready', scheduled_count: 0, until_at: NOW })
  t.match(await recordsOf(empty).get('/v1/tenant'), {
    dunning_policy_id: loaded.handles['policies.standard'],
  })
  const { handles } = await load(overdue, 'one_overdue_customer')
  t.match(await recordsOf(overdue).get(`/v1/invoices/${handles['invoices.overdue']}`), {
    dunning_level: 2,
    days_overdue: 20,
    customer_id: handles['customers.overdue'],
  })
  t.match((await overdue.api('GET', '/v1/test-clock')).body, { now: NOW, status: 'ready' })
  t.match(await overdue.api('POST', '/v1/fixtures/empty_company/load', {}), {
    status: 409,
    body: { code: 'tenant_not_empty' },
  })
  t.same(await audit(overdue), [])
})

/** The tenant that is a small company, and then begins anew. */
const company = await app.tenant()

/** What of the invoices of a small company does not depend on ids, by their handles. */
async function shapeOf(tenant: TestTenant): Promise<Record<string, unknown[]>> {
  const make = recordsOf(tenant)
  const { handles } = (await make.get('/v1/fixture-loads')).data[0]
  const entries = Object.entries<string>(handles).filter(([name]) => name.startsWith('invoices.'))
  const shape: Record<string, unknown[]> = {}
  for (const [name, id] of entries) {
    const { status, dunning_level, total_amount, open_amount } = await make.get(
      `/v1/invoices/${id}`,
    )
    shape[name.slice(9)] = [status, dunning_level, open_amount === total_amount, total_amount]
  }
  return shape
}

t.test('a small company has an invoice in every state, the same for the same seed', async (t) => {
  const [tenant, twin, other] = [company, await app.tenant(), await app.tenant()]
  const loaded = await load(tenant, 'small_company')
  t.match(loaded, { status: 'ready', failed_count: 0, fixture: 'small_company' })
  const shape = await shapeOf(tenant)
  t.match(shape, {
    drafted: ['draft', 0],
    open: ['issued', 0, true],
    overdue: ['issued', 0, true],
    level_1: ['issued', 1, true],
    level_2: ['issued', 2, true],
    level_3: ['issued', 3, true],
    prompt_payer: ['paid', 0, false],
    late_payer: ['paid', 1, false],
    part_payer: ['issued', 1, false],
    over_payer: ['paid', 0, false],
    disputing: ['issued', 0, true],
    credited: ['paid', 0, false],
    deferred: ['issued', 0, true],
    written_off: ['written_off', 0, false],
    direct_debit: ['issued', 0, true],
    held: ['issued', 0, true],
  })
  const make = recordsOf(tenant)
  const paths: Record<string, string> = {
    policies: 'dunning-policies',
    holds: 'dunning-holds',
    orders: 'orders-on-hand',
  }
  for (const [handle, id] of Object.entries(loaded.handles)) {
    const [group = ''] = handle.split('.')
    const path = paths[group] ?? group.replaceAll('_', '-')
    t.equal((await make.get(`/v1/${path}/${id}`)).id, id, handle)
  }
  t.same(await audit(tenant), [])

  const amountsOf = async (one: TestTenant, seed: number) => {
    accepted(await one.api('POST', '/v1/fixtures/small_company/load', { now: NOW, seed }))
    return Object.entries(await shapeOf(one)).map(([name, [, , , amount]]) => [name, amount])
  }
  const amounts = Object.entries(shape).map(([name, [, , , amount]]) => [name, amount])
  t.same(await amountsOf(twin, 7), amounts)
  t.notSame(await amountsOf(other, 8), amounts)
})

t.test('a load that dies goes on where it was; of two at once, one is accepted', async (t) => {
  const tenant = await app.tenant()
  const url = '/v1/fixtures/large_ledger/load'
  const body = { customers: 12, invoices: 1_001, now: NOW }
  const replies = await Promise.all([
    tenant.api('POST', url, body),
    tenant.api('POST', url, body),
    tenant.api('POST', url, body),
  ])
  t.same(replies.map(({ status }) => status).sort(), [202, 409, 409])
  const [{ id }] = replies.flatMap(({ status, body }) => (status === 202 ? [body] : []))
  const make = recordsOf(tenant)
  const progress = () => make.get(`/v1/fixture-loads/${id}`)
  t.match(await progress(), { status: 'loading', scheduled_count: 3, version: 1 })
  t.match(await reset(tenant), { status: 409, body: { code: 'clock_advancing' } })
  await runAdvance(app.context, jobs, tenant.uuid, dyingAfter(1)).catch(() => undefined)
  t.match(await progress(), { status: 'loading', scheduled_count: 2, version: 2 })
  await Promise.all([
    runAdvance(app.context, jobs, tenant.uuid, signal),
    playDueRuns(app.context, tenant.uuid, '', signal),
  ])
  t.match(await progress(), { status: 'ready', scheduled_count: 0, failed_count: 0, version: 5 })
  const { rows } = await make.get('/v1/invoices/summary')
  t.equal(
    rows.reduce((total: number, { count }: { count: number }) => total + count, 0),
    1_001,
  )
  t.same(await audit(tenant), [])
})

/** How many rows each table of a tenant has, where it has any. */
async function rowsOf({ uuid }: TestTenant): Promise<Record<string, number>> {
  const { rows: tables } = await owner.query(`
    select relname from pg_class join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`)
  const counts: Record<string, number> = {}
  for (const { relname } of tables) {
    const { rows } = await owner.query(
      `select count(*)::int as count from ${relname} where tenant_id = $1`,
      [uuid],
    )
    if (rows[0].count > 0) counts[relname] = rows[0].count
  }
  return counts
}

t.test('a reset leaves the tenant, its keys, its endpoints, and a feed that goes on', async (t) => {
  const tenant = company
  const make = recordsOf(tenant)
  const endpoint = await endpointFor(tenant, 'http://127.0.0.1:9/hooks')
  await fanOut(app.context)
  const before = await rowsOf(tenant)
  t.ok(Object.keys(before).length > 30, `${Object.keys(before).length} tables had rows`)
  const { rows } = await owner.query(`select last_position from feed_head where tenant_id = $1`, [
    tenant.uuid,
  ])
  const customer = { name: 'Muster', kind: 'business', country: 'DE', currency: 'EUR' }
  const keyed = { 'idempotency-key': 'before-the-reset' }
  const old = accepted(await tenant.api('POST', '/v1/customers', customer, keyed))

  const headers = { 'idempotency-key': 'begin-anew' }
  const begun = await reset(tenant, { now: '2026-01-05T08:00:00Z' }, headers)
  t.match(begun, {
    status: 202,
    body: { status: 'resetting', now: '2026-01-05T08:00:00.000Z', keep: ['webhook_endpoints'] },
  })
  for (const reply of [
    await tenant.api('GET', '/v1/customers'),
    await tenant.api('POST', '/v1/customers', customer),
    await reset(tenant),
  ])
    t.match(reply, {
      status: 409,
      headers: { 'retry-after': /1/ },
      body: { code: 'tenant_resetting' },
    })
  await finish(tenant)
  await sequenceEvents(app.context)

  t.same(
    Object.keys(await rowsOf(tenant)).sort(),
    [
      'api_key',
      'api_key_use',
      'audit_head',
      'credential',
      'credit_follower',
      'event',
      'feed',
      'feed_head',
      'idempotency_key',
      'schedule',
      'settlement_cursor',
      'task_queue',
      'tenant',
      'tenant_directory',
      'webhook_cursor',
      'webhook_endpoint',
      'webhook_secret',
    ].filter((table) => !/_(cursor|follower)$/.test(table) || before[table] !== undefined),
  )
  const events = await tenant.events()
  const kinds = new Set(events.map(({ type }) => type.split('.')[0]))
  t.same([...kinds].sort(), ['api_key', 'tenant', 'webhook_endpoint'])
  const last = events.at(-1)
  t.match(last, {
    type: 'tenant.reset',
    timestamp: '2026-01-05T08:00:00.000Z',
    data: { object: { object: 'tenant', dunning_policy_id: null } },
  })
  t.ok(last.sequence > Number(rows[0].last_position), 'positions go on')
  t.match((await tenant.api('GET', '/v1/test-clock')).body, { now: '2026-01-05T08:00:00.000Z' })
  const again = await reset(tenant, { now: '2026-01-05T08:00:00Z' }, headers)
  t.equal(again.headers['idempotent-replayed'], 'true', 'a repeat does not reset once more')
  const fresh = accepted(await tenant.api('POST', '/v1/customers', customer, keyed))
  t.not(fresh.id, old.id, 'keys of before are forgotten')
  await sequenceEvents(app.context)
  await fanOut(app.context)
  const { data } = await make.get(`/v1/webhook-endpoints/${endpoint.id}/deliveries`)
  t.same(data.map(({ event_type }: { event_type: string }) => event_type).sort(), [
    'customer.created',
    'tenant.reset',
  ])
  t.same(await audit(tenant), [])

  t.equal((await reset(tenant, { keep: [] })).status, 202)
  await finish(tenant)
  t.same((await make.get('/v1/webhook-endpoints')).data, [])
  t.match((await tenant.api('GET', '/v1/test-clock')).body, { frozen: false })
  t.match(await load(tenant, 'empty_company'), { status: 'ready' }, 'and may begin anew')
  await sequenceEvents(app.context)
  t.same(await audit(tenant), [])
})

t.test('a reset that dies goes on; meanwhile the others are not kept waiting', async (t) => {
  const [tenant, neighbour] = [await app.tenant(), await app.tenant()]
  await load(tenant, 'large_ledger', { customers: 3, invoices: 30 })
  const neighbours = await recordsOf(neighbour).customer()
  accepted(await reset(tenant))
  for (const stages of [0, 1, 3]) await finish(tenant, dyingAfter(stages)).catch(() => undefined)
  t.match(await tenant.api('GET', '/v1/customers'), { status: 409 })
  await sequenceEvents(app.context)
  await fanOut(app.context)
  const feed = (await neighbour.api('GET', '/v1/events?type=customer.*')).body.data
  t.same(
    feed.map(({ data }: { data: { object: { id: string } } }) => data.object.id),
    [neighbours.id],
  )
  await finish(tenant)
  await finish(tenant)
  t.equal((await tenant.events('tenant.reset')).length, 1)
  t.match((await tenant.api('GET', '/v1/customers')).body, { data: [] })
  t.match((await neighbour.api('GET', '/v1/customers')).body.data, [{ id: neighbours.id }])
})

t.test(
  'whoever was inside when it began is waited for, and what they wrote goes too',
  async (t) => {
    const tenant = await app.tenant()
    let release = () => {}
    const gate = new Promise<void>((open) => {
      release = open
    })
    const options = { tenantId: tenant.uuid, cause: byTheService }
    let isInside = () => {}
    const inside = new Promise<void>((enter) => {
      isInside = enter
    })
    const late = commit(app.context.workers, options, async (tx) => {
      isInside()
      await gate
      await createCustomer(tx, { name: 'Late', kind: 'business', country: 'DE', currency: 'EUR' })
    })
    await inside
    accepted(await reset(tenant))
    const done = finish(tenant)
    setTimeout(release, 300)
    await Promise.all([late, done])
    t.match((await tenant.api('GET', '/v1/customers')).body, { data: [] })
    t.same(await tenant.events('customer.created'), [])
  },
)

t.test('requests that come all the while are refused, or belong to the new life', async (t) => {
  const tenant = await app.tenant()
  const body = { name: 'Muster', kind: 'business', country: 'DE', currency: 'EUR' }
  const create = () => tenant.api('POST', '/v1/customers', body)
  const resetNow = async () => {
    const reply = await reset(tenant)
    if (reply.status === 202) await finish(tenant)
    return reply.status
  }
  const waves = async () => {
    for (let n = 0; n < 12; n += 1) await Promise.all([create(), create(), create()])
  }
  const [, ...statuses] = await Promise.all([waves(), resetNow(), resetNow(), resetNow()])
  t.ok(statuses.includes(202))
  t.ok(statuses.every((status) => [202, 409].includes(status)))
  const { data } = (await tenant.api('GET', '/v1/customers?limit=200')).body
  const told = await tenant.events('customer.created')
  t.same(
    told.map(({ data: { object } }) => object.id).sort(),
    data.map(({ id }: { id: string }) => id).sort(),
    'each customer has its event, and no event is without its customer',
  )
})

t.test(
  'tables that point at each other are emptied together, after all that point at them',
  (t) => {
    const table = (name: string, ...referenced_by: string[]) => ({ name, referenced_by })
    t.same(
      stagesOf([
        table('customer', 'invoice', 'kept'),
        table('invoice', 'line', 'payment'),
        table('payment', 'invoice'),
        table('line'),
      ]),
      [['line'], ['customer', 'invoice', 'payment']],
    )
    t.end()
  },
)

t.test('nobody can delete what is append-only, nor make a live tenant a test tenant', async (t) => {
  const [live, test] = [await app.tenant({ mode: 'live' }), await app.tenant()]
  for (const tenant of [live, test]) await recordsOf(tenant).customer()
  const as = async (role: string, { uuid }: TestTenant, statement: string) => {
    const client = await owner.connect()
    try {
      await client.query('begin')
      await client.query(
        `set local role ${role}; select set_config('app.tenant_id', '${uuid}', true)`,
      )
      return (await client.query(statement)).rowCount
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
  for (const tenant of [live, test]) {
    for (const table of ['event', 'ledger_entry', 'feed', 'dunning_notice', 'customer'])
      await t.rejects(as('receivables_app', tenant, `delete from ${table}`), { code: '42501' })
    t.equal(await as('receivables_reset', tenant, 'select from event'), 3)
    t.equal(await as('receivables_reset', tenant, 'delete from event'), 0, 'nobody resets it')
    for (const write of [
      `update event set type = 'x'`,
      `insert into feed values ('${tenant.uuid}', 99, gen_random_uuid())`,
      'delete from tenant',
    ])
      await t.rejects(as('receivables_reset', tenant, write), { code: '42501' })
    const other = tenant === live ? 'test' : 'live'
    await t.rejects(as('receivables_app', tenant, `update tenant set mode = '${other}'`), {
      code: '42501',
    })
  }
  await t.rejects(as('receivables_app', live, 'update tenant set reset_at = now()'), {
    code: '23514',
  })
  accepted(await reset(test))
  t.equal(await as('receivables_reset', test, 'delete from event'), 3, 'while it is being reset')
  await finish(test)

  const { rows } = await owner.query(`
    select relname, has_table_privilege('receivables_reset', oid, 'delete') as may_delete, exists (
      select 1 from pg_policy where polrelid = pg_class.oid and not polpermissive and polcmd = 'd'
        and polroles = array['receivables_reset'::regrole::oid]
        and pg_get_expr(polqual, polrelid) like '%is_being_reset()%') as is_guarded
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity`)
  t.ok(rows.length > 80)
  for (const { relname, may_delete, is_guarded } of rows)
    t.equal(may_delete, is_guarded, `${relname} can be emptied in a reset and only there`)
  t.same(
    rows
      .filter(({ may_delete }) => !may_delete)
      .map(({ relname }) => relname)
      .sort(),
    ['api_key', 'tenant'],
    'whatever is not listed is emptied',
  )
})
