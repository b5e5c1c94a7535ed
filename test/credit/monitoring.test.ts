import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import t from 'tap'
import { crossings, type LimitSighting } from '../../src/credit/monitoring/crossings.ts'
import { followFeed, followTenant } from '../../src/credit/monitoring/follow-feed.ts'
import { announce } from '../../src/events/announce.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { byTheService, commit, type Tx } from '../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../src/foundation/id.ts'
import { runWorkers } from '../../src/workers.ts'
import { appOn, type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, dyingAfter, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const never = new AbortController().signal

// biome-ignore lint/suspicious/noExplicitAny: alerts have figures of every shape
type Json = any

const policy = (more: object = {}) => ({
  name: 'Policy',
  owner: 'Head of credit',
  checks: {
    limit: { reaction: 'deny', tolerance_percent: 0 },
    no_limit: 'refer',
    limit_expired: 'refer',
    missing_rate: 'refer',
    credit_hold: 'deny',
  },
  monitoring: { utilisation_percents: [80, 95] },
  ...more,
})

const inTenant = <T>({ uuid }: TestTenant, work: (tx: Tx) => Promise<T>): Promise<T> =>
  commit(app.context.workers, { tenantId: uuid, cause: byTheService }, work)

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-02')
  const customer = await make.customer()
  return {
    tenant,
    make,
    clock,
    customer,
    putPolicy: async (more: object = {}) =>
      t.equal((await tenant.api('PUT', '/v1/credit-policy', policy(more))).status, 200),
    /** Gives events their places and has the follower look at everything that is new. */
    async look() {
      await sequenceTenant(app.context, tenant.uuid)
      return followTenant(app.context, tenant.uuid, never)
    },
    alerts: async (query = ''): Promise<Json[]> =>
      (await make.get(`/v1/credit-alerts?limit=200${query}`)).data.reverse(),
    types: async (): Promise<string[]> =>
      (await make.get('/v1/credit-alerts?limit=200')).data
        .reverse()
        .map(({ type }: Json) => type.replace('credit_', '')),
    standing: async ({ id }: Json): Promise<Json> =>
      inTenant(tenant, async ({ db }) => {
        const { rows } = await sql`
          select * from credit_standing where tenant_id = ${tenant.uuid} and customer_id = ${uuidOf(id)}
        `.execute(db)
        return rows[0]
      }),
  }
}

/** A limit of 1,000.00 from today on, as its event tells it. */
async function giveLimit({ api }: TestTenant, url: string, more: object = {}): Promise<Json> {
  const limit = { amount: 100_000, currency: 'EUR', reason: 'First order.', ...more }
  return accepted(await api('PUT', `/v1/${url}/credit-limit`, limit))
}

/** Changes what is known of a customer, as scoring would. */
const know = ({ tenant, customer }: { tenant: TestTenant; customer: Json }, known: object) =>
  inTenant(tenant, (tx) =>
    tx.db
      .updateTable('credit_standing')
      .set(known)
      .where('tenant_id', '=', tenant.uuid)
      .where('customer_id', '=', uuidOf(customer.id))
      .execute(),
  )

const positionOf = (tenant: TestTenant) =>
  inTenant(tenant, async ({ db }) => {
    const { rows } = await sql<{ position: number; head: number }>`
      select follower.position, feed_head.last_position as head
      from feed_head left join credit_follower as follower on follower.tenant_id = feed_head.tenant_id
      where feed_head.tenant_id = ${tenant.uuid}
    `.execute(db)
    return rows[0]
  })

t.test('above the limit, back within and above again: each is told once, by figures', async (t) => {
  const { tenant, make, customer, look, alerts, types } = await creditor()
  const limit = await giveLimit(tenant, `customers/${customer.id}`)
  await make.invoice(customer, { total_amount: 90_000 })
  await look()
  t.same(await alerts(), [])
  await make.invoice(customer, { total_amount: 20_000 })
  await look()
  const [exceeded] = await alerts()
  t.match(exceeded, {
    object: 'credit_alert',
    version: 1,
    type: 'credit_limit.exceeded',
    customer_id: customer.id,
    item_id: null,
    figures: {
      limit_id: limit.id,
      group_id: null,
      currency: 'EUR',
      limit_amount: 100_000,
      exposure_amount: 110_000,
      excess_amount: 10_000,
    },
  })
  await make.invoice(customer, { total_amount: 5_000 })
  await look()
  t.equal((await alerts()).length, 1, 'further above is not another crossing')
  await make.payment(customer, { amount: 20_000 })
  await look()
  await make.creditNote(customer, { total_amount: 1_000 })
  await look()
  t.same(await types(), ['limit.exceeded', 'limit.back_within'])
  await make.invoice(customer, { total_amount: 50_000 })
  await look()
  t.same(await types(), ['limit.exceeded', 'limit.back_within', 'limit.exceeded'])
  const events = await tenant.events('credit_limit.exceeded')
  t.equal(events.length, 2)
  t.same(events[0].data.object, exceeded)
  t.same(await make.get(`/v1/credit-alerts/${exceeded.id}`), exceeded)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('the highest utilisation that is newly reached; going down makes it new', async (t) => {
  const { tenant, make, customer, look, alerts, putPolicy } = await creditor()
  await putPolicy()
  await giveLimit(tenant, `customers/${customer.id}`)
  const reached = async () =>
    (await alerts('&type=credit_utilisation.reached')).map(
      ({ figures }) => `${figures.threshold_percent} by ${figures.utilisation_percent}`,
    )
  await make.invoice(customer, { total_amount: 79_999 })
  await look()
  t.same(await reached(), [])
  await make.invoice(customer, { total_amount: 1 })
  await look()
  t.same(await reached(), ['80 by 80'])
  await make.payment(customer, { amount: 20_000 })
  await look()
  await make.invoice(customer, { total_amount: 39_999 })
  await look()
  t.same(await reached(), ['80 by 80', '95 by 99'])
  await make.payment(customer, { amount: 10_000 })
  await look()
  await make.invoice(customer, { total_amount: 6_000 })
  await look()
  t.same(await reached(), ['80 by 80', '95 by 99', '95 by 95'])
})

t.test(
  'a limit of nothing is exceeded by the first cent; without a limit nothing is',
  async (t) => {
    const { tenant, make, customer, look, alerts, putPolicy } = await creditor()
    await putPolicy()
    await giveLimit(tenant, `customers/${customer.id}`, { amount: 0 })
    const other = await make.customer()
    await make.invoice(customer, { total_amount: 1 })
    await make.invoice(other, { total_amount: 1 })
    await look()
    t.match(await alerts(), [
      { type: 'credit_limit.exceeded', customer_id: customer.id, figures: { excess_amount: 1 } },
      {
        type: 'credit_utilisation.reached',
        customer_id: customer.id,
        figures: { threshold_percent: 95, utilisation_percent: null },
      },
    ])
    await giveLimit(tenant, `customers/${other.id}`, { amount: 0 })
    await look()
    t.equal((await alerts(`&customer_id=${other.id}&type=credit_limit.exceeded`)).length, 1)
  },
)

t.test('what cannot be converted may hide more: nobody is called back within by it', async (t) => {
  const before = {
    over_limit: true,
    utilisation_reached: 95,
    first_overdue_date: null,
    monitored_score: null,
    monitored_date: '2026-03-01',
  }
  const rules = { utilisation_percents: [80, 95], score_drop: null, habit_days: null }
  const lateness = { firstOverdueDate: null, overdueSince: null }
  const within = {
    limitId: newId(),
    groupId: null,
    currency: 'EUR',
    limitAmount: 100,
    exposureAmount: 50,
  }
  const after = (limits: readonly LimitSighting[]) =>
    crossings(before, { limits, score: null, lateness }, rules, null)
  t.match(after([{ ...within, complete: false }]), { after: { over_limit: true }, told: [] })
  t.match(after([{ ...within, complete: true }]), {
    after: { over_limit: false, utilisation_reached: 0 },
    told: [{ type: 'credit_limit.back_within' }],
  })
  t.match(after([]), { after: { over_limit: false, utilisation_reached: 0 }, told: [] })
})

t.test('whoever shares a limit is concerned by what concerns the others', async (t) => {
  const { tenant, make, customer, look, alerts } = await creditor()
  const sister = await make.customer()
  const post = async (url: string, body: object) => accepted(await tenant.api('POST', url, body))
  const group = await post('/v1/credit-groups', { name: 'Muster Group' })
  for (const { id } of [customer, sister])
    accepted(await tenant.api('PUT', `/v1/credit-groups/${group.id}/members/${id}`))
  await make.invoice(customer, { total_amount: 60_000 })
  await make.invoice(sister, { total_amount: 60_000 })
  await giveLimit(tenant, `credit-groups/${group.id}`)
  await look()
  const told = await alerts()
  t.same(
    told.map(({ customer_id }) => customer_id).sort(),
    [customer.id, sister.id].sort(),
    'the limit of the group came after what exceeds it',
  )
  t.match(told[0].figures, {
    group_id: group.id,
    exposure_amount: 120_000,
    excess_amount: 20_000,
  })
  await make.payment(customer, { amount: 30_000 })
  await look()
  t.same((await alerts('&type=credit_limit.back_within')).length, 2)
})

t.test('what it announces itself makes it say nothing more', async (t) => {
  const { tenant, make, customer, look } = await creditor()
  await giveLimit(tenant, `customers/${customer.id}`)
  await make.invoice(customer, { total_amount: 200_000 })
  await look()
  const before = (await tenant.events()).length
  t.equal(await look(), 1, 'it reads its alert')
  t.equal(await look(), 0)
  t.equal((await tenant.events()).length, before)
})

t.test('a tenant that uses no credit costs one step, until it does', async (t) => {
  const { tenant, make, customer, look, standing, types } = await creditor()
  await make.invoice(customer, { total_amount: 200_000 })
  t.match(await positionOf(tenant), { position: null })
  t.equal(await look(), 0)
  const { position, head } = (await positionOf(tenant)) as { position: number; head: number }
  t.equal(position, head)
  t.equal(await standing(customer), undefined)
  await giveLimit(tenant, `customers/${customer.id}`)
  t.equal(await look(), 1)
  t.same(await types(), ['limit.exceeded'])
})

t.test('exactly once, wherever it dies and however many follow', async (t) => {
  const { tenant, make, customer, look, types } = await creditor()
  await giveLimit(tenant, `customers/${customer.id}`)
  await make.invoice(customer, { total_amount: 200_000 })
  await inTenant(tenant, async (tx) =>
    announce(
      tx,
      ...Array.from({ length: 300 }, () => ({
        type: 'customer.updated' as const,
        entity: { kind: 'customer' as const, id: newId(), sequence: 1 },
        customerId: uuidOf(customer.id),
        object: {},
      })),
    ),
  )
  await sequenceTenant(app.context, tenant.uuid)
  await t.rejects(followTenant(app.context, tenant.uuid, dyingAfter(1)), /killed/)
  t.match(await positionOf(tenant), { position: 200 })
  t.same(await types(), ['limit.exceeded'])
  await make.creditNote(customer, { total_amount: 200_000 })
  await sequenceTenant(app.context, tenant.uuid)
  await Promise.all([app, replica, app, replica].map((one) => followFeed(one.context, never)))
  await look()
  t.same(await types(), ['limit.exceeded', 'limit.back_within'])
  const at = await positionOf(tenant)
  t.equal(at?.position, at?.head)
})

t.test('a batch that is cut off in the middle is as if it had never begun', async (t) => {
  const { tenant, make, customer, look, types } = await creditor()
  await giveLimit(tenant, `customers/${customer.id}`)
  await make.invoice(customer, { total_amount: 200_000 })
  await sequenceTenant(app.context, tenant.uuid)
  const before = await positionOf(tenant)
  await inTenant(tenant, async ({ db }) => {
    await sql`select 1 from customer where id = ${uuidOf(customer.id)} for update`.execute(db)
    const following = followTenant(replica.context, tenant.uuid, never)
    const cut = t.rejects(following, 'its connection is gone')
    for (let ended = 0; ended === 0; ) {
      const { rowCount } = await app.context.api.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`,
      )
      ended = rowCount ?? 0
    }
    await cut
  })
  t.same(await positionOf(tenant), before)
  t.same(await types(), [])
  await look()
  t.same(await types(), ['limit.exceeded'])
})

t.test('facts that come at the same time are all seen', async (t) => {
  const { tenant, make, customer, look, types, standing } = await creditor()
  await giveLimit(tenant, `customers/${customer.id}`)
  await Promise.all([
    ...Array.from({ length: 4 }, () => make.invoice(customer, { total_amount: 20_000 })),
    look(),
    look(),
    tenant.api('POST', '/v1/orders-on-hand', {
      customer_id: customer.id,
      external_id: 'A-1',
      currency: 'EUR',
      open_amount: 30_000,
    }),
    replica.call(tenant.secret, 'POST', '/v1/credit-checks', {
      customer_id: customer.id,
      amount: 10_000,
      currency: 'EUR',
      reserve: { ttl_seconds: 3_600 },
    }),
  ])
  await look()
  t.same(await types(), ['limit.exceeded'])
  t.match(await standing(customer), { over_limit: true })
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test('time alone: a raise that ends, and what becomes late', async (t) => {
  const { tenant, make, clock, customer, look, alerts, types, putPolicy } = await creditor()
  await putPolicy({ monitoring: { habit_days: 5 } })
  await giveLimit(tenant, `customers/${customer.id}`)
  const raise = { kind: 'temporary', amount: 200_000, valid_until: '2026-03-10' }
  await giveLimit(tenant, `customers/${customer.id}`, raise)
  await make.invoice(customer, { total_amount: 150_000 })
  const [item] = (await make.get(`/v1/open-items?customer_id=${customer.id}`)).data
  await look()
  t.same(await types(), [])
  await know({ tenant, customer }, { habit_days_late: '2.5' })
  await clock.advance('2026-03-10')
  t.same(await types(), [])
  await clock.advance('2026-03-11')
  t.match(await alerts(), [{ type: 'credit_limit.exceeded', figures: { limit_amount: 100_000 } }])
  await clock.advance('2026-03-15')
  t.equal((await alerts()).length, 1, 'due today is not overdue')
  await clock.advance('2026-03-16')
  t.match((await alerts()).at(-1), {
    type: 'customer.first_overdue',
    figures: { first_overdue_date: '2026-03-16' },
  })
  await clock.advance('2026-03-22')
  t.equal((await alerts()).length, 2, 'seven days late are within habit and tolerance')
  await clock.advance('2026-03-24')
  t.match((await alerts()).slice(2), [
    {
      type: 'customer.pays_later_than_habit',
      item_id: item.id,
      figures: { days_late: 8, habit_days_late: '2.5' },
    },
  ])
  await look()
  await clock.advance('2026-03-27')
  t.equal((await alerts()).length, 3, 'each is told once')
})

t.test('first overdue is the first time ever, also before monitoring began', async (t) => {
  const { tenant, make, clock, customer, look, alerts, standing, putPolicy } = await creditor()
  await make.invoice(customer, { due_date: '2026-03-05' })
  await clock.advance('2026-03-08')
  await make.payment(customer, { received_date: '2026-03-08' })
  await putPolicy()
  await make.invoice(customer, { due_date: '2026-03-09', issue_date: '2026-03-08' })
  await clock.advance('2026-03-12')
  await look()
  t.same(await alerts(), [])
  t.match(await standing(customer), { first_overdue_date: '2026-03-06' })
  t.same(await tenant.events('customer.first_overdue'), [])
})

t.test('a score that drops between two nights, and the policy’s own review', async (t) => {
  const { tenant, clock, customer, look, alerts, putPolicy } = await creditor()
  /** Has everybody score so many points, and lets a night pass. */
  const night = async (points: number, day: string) => {
    await putPolicy({
      scorecard: {
        factors: [
          { factor: 'returns', weight: 1, bands: [{ from: 0, points }], missing_points: points },
        ],
        classes: [{ name: 'A', from_score: 0 }],
      },
      monitoring: { score_drop: 10 },
      next_review_date: '2026-03-05',
    })
    await clock.advance(day)
    return (await alerts('&type=credit_score.dropped')).map(({ figures }) => figures)
  }
  t.same(await night(70, '2026-03-03'), [], 'there is nothing to compare with')
  t.same(await night(61, '2026-03-04'), [], 'nine points are not ten')
  t.same(await alerts('&type=credit_policy.review_due'), [])
  t.same(await night(51, '2026-03-05'), [{ previous_score: 61, score: 51 }])
  await look()
  t.equal((await alerts('&type=credit_score.dropped')).length, 1, 'only nights compare')
  t.equal((await night(40, '2026-03-06')).length, 2)
  t.equal((await night(90, '2026-03-07')).length, 2, 'going up is no drop')
  t.match(await alerts('&type=credit_policy.review_due'), [
    {
      customer_id: null,
      figures: { owner: 'Head of credit', next_review_date: '2026-03-05' },
    },
  ])
  t.equal((await tenant.events('credit_policy.review_due')).length, 1)
  t.match(await alerts(`&customer_id=${customer.id}`), [{}, {}])
})

t.test('the workers follow by themselves', async (t) => {
  const { tenant, make, customer, types } = await creditor()
  const stop = new AbortController()
  const working = runWorkers(replica.context, stop.signal)
  await giveLimit(tenant, `customers/${customer.id}`)
  await make.invoice(customer, { total_amount: 200_000 })
  for (const started = Date.now(); Date.now() - started < 20_000; await sleep(100))
    if ((await types()).length > 0) break
  stop.abort()
  await working
  t.same(await types(), ['limit.exceeded'])
})

t.test('alerts are read with credit:read, by customer and type, and only one’s own', async (t) => {
  const { tenant, make, customer, look, alerts } = await creditor()
  await giveLimit(tenant, `customers/${customer.id}`, { amount: 1 })
  await make.invoice(customer)
  await look()
  const [alert] = await alerts()
  t.equal((await alerts(`&customer_id=${customer.id}`)).length, 1)
  t.equal((await alerts(`&customer_id=${publicId('customer', newId())}`)).length, 0)
  t.equal((await alerts('&type=customer.first_overdue,credit_limit.exceeded')).length, 1)
  const stranger = await app.tenant({ scopes: ['credit:read'] })
  t.match(await stranger.api('GET', `/v1/credit-alerts/${alert.id}`), {
    status: 404,
    body: { code: 'credit_alert_not_found' },
  })
  const blind = await app.tenant({ scopes: ['tasks:read'] })
  t.match(await blind.api('GET', '/v1/credit-alerts'), { status: 403 })
})

t.test('a policy places holds and lifts its own once their cause is gone', async (t) => {
  const { tenant, make, clock, customer, putPolicy, look } = await creditor()
  const holds = async () =>
    (await make.get(`/v1/credit-holds?customer_id=${customer.id}&active=true`)).data
      .map(({ reason, origin }: Json) => `${reason} by ${origin}`)
      .sort()
  await giveLimit(tenant, `customers/${customer.id}`)
  await putPolicy({ holds: { overdue_days: 10, over_limit: true } })
  const { id } = await make.invoice(customer, { total_amount: 60_000, due_date: '2026-03-05' })
  await look()
  t.same(await holds(), [])
  await make.invoice(customer, { total_amount: 40_001, due_date: '2026-06-30' })
  await look()
  await look()
  t.same(await holds(), ['limit_exceeded by policy'])
  await clock.advance('2026-03-14')
  t.same(await holds(), ['limit_exceeded by policy'], 'nine days')
  await clock.advance('2026-03-15')
  t.same(await holds(), ['limit_exceeded by policy', 'overdue by policy'], 'ten days')
  const own = await make.creditHold(customer, { reason: 'fraud' })
  await make.payment(customer, {
    amount: 60_000,
    received_date: '2026-03-15',
    allocations: [{ invoice_id: id, amount: 60_000 }],
  })
  await look()
  t.same(await holds(), ['fraud by person'], 'what a person placed stays')
  await tenant.api('POST', `/v1/credit-holds/${own.id}/lift`, { reason: 'Cleared.' })
  await make.invoice(customer, { total_amount: 90_000, due_date: '2026-06-30' })
  await look()
  t.same(await holds(), ['limit_exceeded by policy'])
  await tenant.api('POST', '/v1/credit-policy/retire')
  await clock.advance('2026-03-16')
  t.same(await holds(), [], 'a policy that is retired holds nothing')
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
