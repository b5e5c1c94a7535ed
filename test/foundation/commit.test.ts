import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import { announce } from '../../src/events/announce.ts'
import { commit, read, type Tx } from '../../src/foundation/database/commit.ts'
import { together } from '../../src/foundation/database/frame.ts'
import { type Asking, askingOf, glance } from '../../src/foundation/database/glance.ts'
import { newId, uuidOf } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t, { DATABASE_POOL_SIZE: '4', LOG_LEVEL: 'silent' })
const url = String(app.context.api.pool.options.connectionString)
const tenant = await app.tenant()
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')
const cause = { origin: 'api', actor: null, requestId: null } as const
const options = { tenantId: tenant.uuid, cause }
const [one, other] = [await make.customer(), await make.customer()]

/** A connection of the test's own, past the pool. */
async function ownConnection(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  t.teardown(() => client.end().catch(() => undefined))
  return client
}
const lock = (tx: Tx, { id }: { id: string }) =>
  sql`select 1 from customer where tenant_id = ${tx.tenant.id} and id = ${uuidOf(id)} for update`.execute(
    tx.db,
  )
const raise = (tx: Tx, state: string) =>
  sql.raw(`do $$ begin raise sqlstate '${state}'; end $$`).execute(tx.db)

t.test(
  'two that wait for each other crosswise both succeed: the one that was chosen to fail is run again',
  async (t) => {
    let attempts = 0
    let meet: () => void = () => undefined
    const met = new Promise<void>((resolve) => {
      meet = resolve
    })
    const both = (first: { id: string }, second: { id: string }) =>
      commit(app.context.api, options, async (tx) => {
        attempts += 1
        await lock(tx, first)
        if (attempts === 2) meet()
        await met
        await lock(tx, second)
        return first.id
      })
    t.same(await Promise.all([both(one, other), both(other, one)]), [one.id, other.id])
    t.equal(attempts, 3)
  },
)

t.test('a migration that adds a column beside us disturbs nobody', async (t) => {
  const owner = await ownConnection()
  const ask = () => make.get(`/v1/customers/${one.id}`)
  const everywhere = () => Promise.all(Array.from({ length: 12 }, ask))
  await everywhere()
  for (const column of ['added', 'added_too']) {
    await owner.query(`alter table customer add column ${column} integer`)
    t.same(new Set((await everywhere()).map(({ id }) => id)), new Set([one.id]))
    await make.customer()
  }
})

t.test('a conflict is tried six times, and then the caller is asked to come again', async (t) => {
  for (const state of ['40001', '40P01']) {
    let attempts = 0
    const failing = commit(app.context.api, options, async (tx) => {
      attempts += 1
      await raise(tx, state)
    })
    await t.rejects(failing, { code: 'unavailable', details: { retryAfterSeconds: 1 } })
    t.equal(attempts, 6)
  }
  let attempts = 0
  t.equal(
    await commit(app.context.api, options, async (tx) => {
      attempts += 1
      if (attempts < 4) await raise(tx, '40001')
      return attempts
    }),
    4,
  )
})

t.test('what is temporary is 503, what is a bug of ours stays one', async (t) => {
  for (const state of ['55P03', '57014', '53100', '53300', '57P01', '25006'])
    await t.rejects(
      commit(app.context.api, options, (tx) => raise(tx, state)),
      { code: 'unavailable' },
      state,
    )
  for (const state of ['23505', '42P01', '22012'])
    await t.rejects(
      commit(app.context.api, options, (tx) => raise(tx, state)),
      { code: state },
      state,
    )
  await t.rejects(
    commit(app.context.api, { ...options, tenantId: newId() }, async () => undefined),
    { code: 'tenant_unknown' },
  )
})

t.test(
  'nothing remains of what fails, be it in the work or while it is being closed',
  async (t) => {
    const before = (await tenant.events()).length
    const fact = (sequence: number) => ({
      type: 'customer.updated' as const,
      entity: { kind: 'customer' as const, id: uuidOf(one.id), sequence },
      customerId: uuidOf(one.id),
      object: {},
    })
    const rename = (tx: Tx) =>
      tx.db
        .updateTable('customer')
        .set({ name: 'Never' })
        .where('tenant_id', '=', tx.tenant.id)
        .where('id', '=', uuidOf(one.id))
        .execute()
    await t.rejects(
      commit(app.context.api, options, async (tx) => {
        await rename(tx)
        announce(tx, fact(2))
        throw new Error('changed my mind')
      }),
      /changed my mind/,
    )
    await t.rejects(
      commit(app.context.api, options, async (tx) => {
        await rename(tx)
        announce(tx, fact(1))
      }),
      { code: 'version_mismatch' },
      'an entity has one event per version',
    )
    await commit(app.context.api, { ...options, dryRun: true }, async (tx) => {
      await rename(tx)
      announce(tx, fact(2))
    })
    await t.rejects(
      commit(app.context.api, options, async (tx) => {
        await rename(tx)
        await raise(tx, '22012').catch(() => undefined)
      }),
      { code: 'unavailable' },
      'a failure that was swallowed does not pass for a success',
    )
    t.equal((await make.get(`/v1/customers/${one.id}`)).name, one.name)
    t.equal((await tenant.events()).length, before)
  },
)

t.test('a read is one snapshot, and can change nothing', async (t) => {
  await read(app.context.api, tenant.uuid, async (reader) => {
    const name = async () =>
      (
        await reader.db
          .selectFrom('customer')
          .select('name')
          .where('tenant_id', '=', tenant.uuid)
          .where('id', '=', uuidOf(other.id))
          .executeTakeFirstOrThrow()
      ).name
    const before = await name()
    await make.patch(`/v1/customers/${other.id}`, { name: 'Meanwhile' })
    t.equal(await name(), before)
    await t.rejects(
      reader.db
        .updateTable('customer')
        .set({ name: 'x' })
        .where('tenant_id', '=', tenant.uuid)
        .execute(),
      { code: '25006' },
    )
  }).catch(() => undefined)
  t.equal((await make.get(`/v1/customers/${other.id}`)).name, 'Meanwhile')
})

t.test(
  'what goes out together is carried out in the order given, however it is written',
  async (t) => {
    const customer = (tx: Tx) =>
      tx.db
        .selectFrom('customer')
        .where('tenant_id', '=', tenant.uuid)
        .where('id', '=', uuidOf(one.id))
    await commit(app.context.api, { ...options, dryRun: true }, async (tx) => {
      const rename = (name: string) =>
        tx.db
          .updateTable('customer')
          .set({ name })
          .where('tenant_id', '=', tenant.uuid)
          .where('id', '=', uuidOf(one.id))
          .execute()
      const renameInText = (name: string) =>
        sql`update customer set name = ${name} where tenant_id = ${tenant.uuid} and id = ${uuidOf(one.id)}`.execute(
          tx.db,
        )
      const name = () => customer(tx).select('name').executeTakeFirst()
      const [, first, , second] = await together([
        renameInText('First'),
        name(),
        rename('Second'),
        name(),
      ])
      t.same([first, second], [{ name: 'First' }, { name: 'Second' }])
    })
  },
)

t.test(
  'a glance sees one snapshot of its tenant alone, and says what is wrong with a question',
  async (t) => {
    const stranger = await app.tenant()
    const asked = ({ db }: Asking) =>
      [
        db.selectFrom('customer').select(['id', 'name']).orderBy('id'),
        db
          .selectFrom('customer')
          .select([
            sql<string>`current_setting('transaction_isolation')`.as('isolation'),
            sql<string>`current_setting('transaction_read_only')`.as('readOnly'),
          ])
          .limit(1),
      ] as const
    const { answers, moment } = await glance(
      app.context.api,
      tenant.uuid,
      asked(askingOf(tenant.uuid)),
    )
    t.same(answers[0].map(({ id }) => id).includes(uuidOf(one.id)), true)
    t.same(answers[1], [{ isolation: 'repeatable read', readOnly: 'on' }])
    t.match(moment, { tenant: { id: tenant.uuid, mode: 'test' }, today: '2026-03-10' })

    const elsewhere = await glance(app.context.api, stranger.uuid, asked(askingOf(tenant.uuid)))
    t.same(
      elsewhere.answers[0],
      [],
      'another tenant’s rows are hidden even from who forgets to say whose',
    )

    const wrong = sql<{ n: number }>`select 1 / 0 as n`
    const asking = askingOf(tenant.uuid)
    const question = { compile: () => wrong.compile(asking.db) }
    await t.rejects(glance(app.context.api, tenant.uuid, [question, ...asked(asking)]), {
      code: '22012',
    })
    await t.rejects(glance(app.context.api, randomUUID(), asked(asking)), {
      code: 'tenant_unknown',
    })
    await t.rejects(asked(asking)[0].execute(), /sent by a glance/)
    t.equal((await make.get(`/v1/customers/${one.id}`)).id, one.id, 'and the connections are well')
  },
)

t.test('a tenant’s frame ends with its transaction', async (t) => {
  const client = await app.context.api.pool.connect()
  const { rows } = await client.query(
    `select current_setting('app.tenant_id', true) as tenant, current_user as role, session_user as login`,
  )
  client.release()
  t.notOk(rows[0].tenant)
  t.equal(rows[0].role, rows[0].login)
})

t.test('who waits too long for a lock is told to come again, and finds nothing done', async (t) => {
  const holder = await ownConnection()
  await holder.query('begin')
  await holder.query('select 1 from customer where id = $1 for update', [uuidOf(one.id)])
  const started = Date.now()
  const key = randomUUID()
  const payment = {
    customer_id: one.id,
    currency: 'EUR',
    amount: 5,
    received_date: '2026-03-02',
    method: 'cash',
    external_id: 'waited',
  }
  const reply = await tenant.api('POST', '/v1/payments', payment, { 'idempotency-key': key })
  t.match(reply, { status: 503, headers: { 'retry-after': '1' }, body: { code: 'unavailable' } })
  t.ok(Date.now() - started < 9_000, 'after three times two seconds')
  t.notMatch(JSON.stringify(reply.body), /lock|55P03|customer"/, 'without telling how we are made')
  await holder.query('rollback')
  t.match(await tenant.api('POST', '/v1/payments', payment, { 'idempotency-key': key }), {
    status: 201,
  })
  t.equal((await make.get('/v1/payments?external_id=waited')).data.length, 1)
})

t.test(
  'when every connection is taken, the next is refused in time, and health still answers',
  async (t) => {
    const holders = await Promise.all(
      Array.from({ length: 4 }, () => app.context.api.pool.connect()),
    )
    const started = Date.now()
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => tenant.api('GET', '/v1/customers')),
    )
    t.ok(Date.now() - started < 13_000, `${Date.now() - started} ms`)
    for (const { status, body, headers } of replies)
      t.match(
        { status, body, headers },
        { status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '1' } },
      )
    t.equal((await app.http.inject('/readyz')).statusCode, 200)
    for (const holder of holders) holder.release()
    t.equal((await tenant.api('GET', '/v1/customers')).status, 200)
  },
)

t.test('connections that are killed under load cost 503s and nothing else', async (t) => {
  const killer = await ownConnection()
  const customers = await Promise.all(Array.from({ length: 4 }, () => make.customer()))
  const statuses = new Map<number, number>()
  let stopped = false
  const effects = new Map<string, number>()
  const client = async (n: number) => {
    for (let m = 0; !stopped || m === 0; m += 1) {
      const customer = customers[(n + m) % customers.length] as { id: string }
      const external_id = `killed-${n}-${m}`
      const key = randomUUID()
      for (let attempt = 0; attempt < 20; attempt += 1) {
        const { status, body } = await tenant.api(
          'POST',
          '/v1/payments',
          {
            customer_id: customer.id,
            currency: 'EUR',
            amount: 3,
            received_date: '2026-03-02',
            method: 'cash',
            external_id,
          },
          { 'idempotency-key': key },
        )
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (status === 201) {
          effects.set(external_id, (effects.get(external_id) ?? 0) + 1)
          break
        }
        if (status !== 503 && body.code !== 'idempotency_in_progress')
          throw new Error(`${status} ${JSON.stringify(body)}`)
        await sleep(5)
      }
      await tenant
        .api('GET', '/v1/payments?limit=5')
        .then(({ status }) => statuses.set(status, (statuses.get(status) ?? 0) + 1))
    }
  }
  const clients = Array.from({ length: 6 }, (_, n) => client(n))
  let killed = 0
  for (let round = 0; round < 25; round += 1) {
    await sleep(60)
    const { rowCount } = await killer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'receivables'`,
    )
    killed += rowCount ?? 0
  }
  stopped = true
  await Promise.all(clients)
  t.comment(`${killed} connections killed; answers: ${JSON.stringify([...statuses])}`)
  t.ok(killed >= 25)
  t.same(
    [...statuses.keys()].filter((status) => ![200, 201, 409, 503].includes(status)),
    [],
  )
  t.ok((statuses.get(503) ?? 0) > 0, 'some were hit')
  const { rows } = await killer.query(
    `select count(*)::int as count, count(distinct external_id)::int as distinct from payment where external_id like 'killed-%'`,
  )
  t.same(
    rows[0],
    { count: effects.size, distinct: effects.size },
    'what was acknowledged is there, once',
  )
  const after = await Promise.all(
    Array.from({ length: 20 }, () => tenant.api('GET', '/v1/customers')),
  )
  t.same(new Set(after.map(({ status }) => status)), new Set([200]), 'the pool has healed')
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
