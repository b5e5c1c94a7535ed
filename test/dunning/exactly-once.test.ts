import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { Problem } from '../../src/foundation/problem.ts'
import { customer, importAll, invoice } from '../imports/support.ts'
import { appOn, type TestApp, type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { report, seed, sizeOf } from '../support/certify.ts'
import { type Chance, chanceOf } from '../support/random.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const CUSTOMERS = sizeOf({ slice: 60, certify: 200, certification: 10_000 })
const INVOICES = 10
const SCHEDULERS = 10
const DAYS = ['2026-04-05', '2026-04-15', '2026-04-30']
const PAYMENTS_A_DAY = CUSTOMERS * 0.6

t.test(
  'thousands of items × 3 levels, 10 schedulers, payments in parallel, random kills: each level once, none after payment',
  async (t) => {
    const app = await testApp(t, { LOG_LEVEL: 'silent' })
    const url = String(app.context.workers.pool.options.connectionString)
    const replica = await appOn(t, url, { LOG_LEVEL: 'silent' })
    const chance = chanceOf(seed)
    const tenant = await foundCompany(app)
    const owed = await invoicesOf(tenant)
    t.equal(owed.length, CUSTOMERS * INVOICES)

    let kills = 0
    for (const day of DAYS) {
      await clockOf(app, tenant).set(day)
      const over = new AbortController()
      const killing = killAtRandom(app, chance, over.signal)
      const paying = payAtRandom(replica, tenant, owed.splice(0, PAYMENTS_A_DAY), chance)
      const schedulers = Array.from({ length: SCHEDULERS }, (_, n) =>
        scheduler(n % 2 === 0 ? app : replica, tenant, chance),
      )
      const aborted = await Promise.all(schedulers)
      over.abort()
      await paying
      kills += (await killing) + aborted.reduce((total, count) => total + count, 0)
    }
    t.comment(`${kills} schedulers and connections were killed on the way`)
    t.ok(kills > DAYS.length, 'some were killed')

    await sequenceTenant(app.context, tenant.uuid)
    const [twice, late] = [await repeated(app, tenant), await afterPayment(app, tenant)]
    t.same(twice, [], `no level was announced twice for an item; seed ${seed}`)
    t.same(late, [], 'no level after the invoice was paid')
    t.same(await incomplete(app, tenant), [], 'what was never paid reached every level')
    t.same(await auditBooks(app.context, tenant.uuid), [])
    t.match(await recordsOf(tenant).get('/v1/ledger/verification'), { ok: true })
    await report({
      suite: 'T-dun',
      goal: `${CUSTOMERS * INVOICES} invoices × 3 levels, ${SCHEDULERS} schedulers: one event for each level, none after settlement`,
      seen: `${twice.length} repeated, ${late.length} after settlement, ${kills} kills`,
      met: twice.length === 0 && late.length === 0,
    })
  },
)

async function foundCompany(app: TestApp): Promise<TestTenant> {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set('2026-03-31')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const names = Array.from({ length: CUSTOMERS }, (_, n) => `C-${n}`)
  await importAll(app.context, tenant, {
    resource: 'customers',
    items: names.map((name) => customer(name)),
  })
  await importAll(app.context, tenant, {
    resource: 'invoices',
    items: names.flatMap((name) =>
      Array.from({ length: INVOICES }, (_, n) =>
        invoice(`${name}-${n}`, { customer_external_id: name }),
      ),
    ),
  })
  return tenant
}

interface Owed {
  id: string
  customer_id: string
}

/** Every invoice, in an order that has nothing to do with its customer. */
async function invoicesOf({ api }: TestTenant): Promise<Owed[]> {
  const found: Owed[] = []
  let cursor = ''
  do {
    const page = accepted(await api('GET', `/v1/invoices?limit=200${cursor}`))
    found.push(...page.data)
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
  } while (cursor !== '')
  return found.sort((a, b) => (a.id.slice(-6) < b.id.slice(-6) ? -1 : 1))
}

/**
 * Runs the run of the day until it has come to its end. Sometimes it is told to stop in the middle, and begins again as
 * its successor would. Answers how often.
 */
async function scheduler({ context }: TestApp, { uuid }: TestTenant, chance: Chance) {
  for (let stops = 0; ; stops += 1) {
    const stop = new AbortController()
    const timer = stops < 2 ? setTimeout(() => stop.abort(), chance.between(50, 1_500)) : undefined
    try {
      await runScheduledDunning(context, uuid, stop.signal)
      return stops
    } catch (error) {
      if (!stop.signal.aborted && !isKilled(error)) throw error
      await sleep(chance.between(0, 50))
    } finally {
      clearTimeout(timer)
    }
  }
}

const isKilled = (error: unknown) => error instanceof Problem && error.code === 'unavailable'

/** Cuts connections in the middle of whatever they are doing: to PostgreSQL, a process that was killed looks just so. */
async function killAtRandom({ context }: TestApp, chance: Chance, over: AbortSignal) {
  let kills = 0
  while (!over.aborted) {
    await sleep(chance.between(100, 600))
    const { rowCount } = await context.workers.pool.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
      order by random() limit 1`)
    kills += rowCount ?? 0
  }
  return kills
}

/** Pays invoices, most of them in full, four at a time; a payment that was cut off is sent again under its key. */
async function payAtRandom(
  { call }: TestApp,
  { secret }: TestTenant,
  owed: Owed[],
  chance: Chance,
): Promise<void> {
  const pay = async ({ id, customer_id }: Owed) => {
    const amount = chance.happens(0.8) ? 10_000 : 4_000
    const body = {
      customer_id,
      currency: 'EUR',
      amount,
      received_date: '2026-04-01',
      method: 'card',
      allocations: [{ invoice_id: id, amount }],
    }
    for (let tries = 1; ; tries += 1) {
      const reply = await call(secret, 'POST', '/v1/payments', body, { 'idempotency-key': id })
      if (reply.status === 201) return
      if (tries === 50 || (reply.status < 500 && reply.body.code !== 'idempotency_in_progress'))
        throw new Error(JSON.stringify(reply.body))
      await sleep(20)
    }
  }
  const payer = async () => {
    for (let next = owed.pop(); next !== undefined; next = owed.pop()) await pay(next)
  }
  await Promise.all([payer(), payer(), payer(), payer()])
}

const idsOf = async ({ context }: TestApp, { uuid }: TestTenant, statement: string) =>
  (await context.workers.pool.query<{ id: string }>(statement, [uuid])).rows.map(({ id }) => id)

const repeated = (app: TestApp, tenant: TestTenant) =>
  idsOf(
    app,
    tenant,
    `select entity_id as id from event
     where tenant_id = $1 and type = 'dunning.level_changed'
     group by entity_id, data -> 'object' ->> 'level' having count(*) > 1`,
  )

const afterPayment = (app: TestApp, tenant: TestTenant) =>
  idsOf(
    app,
    tenant,
    `with fact as (
       select event.*, feed.position from event
       join feed on feed.tenant_id = event.tenant_id and feed.event_id = event.id
       where event.tenant_id = $1
     )
     select item.id from open_item as item
     join fact as paid on paid.entity_id = item.invoice_id and paid.type = 'invoice.paid'
     join fact as lifted on lifted.entity_id = item.id and lifted.type = 'dunning.level_changed'
     where item.tenant_id = $1 and lifted.position > paid.position`,
  )

const incomplete = (app: TestApp, tenant: TestTenant) =>
  idsOf(
    app,
    tenant,
    `select item.id from open_item as item
     left join event on event.tenant_id = item.tenant_id and event.entity_id = item.id and event.type = 'dunning.level_changed'
     where item.tenant_id = $1 and item.open_amount > 0
     group by item.id having count(event.id) <> 3`,
  )
