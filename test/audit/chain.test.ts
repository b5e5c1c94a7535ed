import pg from 'pg'
import t from 'tap'
import { createClient, type ReceivablesClient } from '../../openapi/client/src/index.ts'
import { checkChain } from '../../scripts/verify-audit/check-chain.ts'
import { canonicalJson } from '../../src/audit/canonical-json.ts'
import { eventHash } from '../../src/audit/hashes.ts'
import { BLOCK_EVENTS_MAX, sealEvents, sealTenant } from '../../src/audit/seal-events.ts'
import { verifyTenantChain } from '../../src/audit/verify-tenant-chain.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { runReset } from '../../src/sandbox/reset/run-reset.ts'
import { appOn, type TestTenant, testApp } from '../support/app.ts'
import { recordsOf } from '../support/records.ts'

const app = await testApp(t)
const forever = new AbortController().signal
const databaseUrl = String(app.context.api.pool.options.connectionString)
const owner = new pg.Pool({ connectionString: databaseUrl, max: 2 })
owner.on('error', () => undefined)
t.teardown(() => owner.end())

/** The generated client, which reaches the service without a port. */
const clientOf = ({ secret }: TestTenant): ReceivablesClient =>
  createClient({
    baseUrl: 'http://service.test',
    token: secret,
    fetch: async (input, init) => {
      const request = new Request(input as string, init)
      const url = request.url.slice('http://service.test'.length)
      const headers = Object.fromEntries(request.headers)
      const reply = await app.http.inject({ method: 'GET', url, headers })
      return new Response(reply.rawPayload, {
        status: reply.statusCode,
        headers: { 'content-type': String(reply.headers['content-type']) },
      })
    },
  })

const seal = async (tenant: TestTenant) => {
  await sequenceTenant(app.context, tenant.uuid)
  return sealTenant(app.context, tenant.uuid, forever)
}
const get = async (tenant: TestTenant, url: string) => (await tenant.api('GET', url)).body
const faultsOf = async (tenant: TestTenant) => (await get(tenant, '/v1/audit/verification')).faults

/** A tenant with three blocks of a few events each. */
async function sealedTenant() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  for (let block = 0; block < 3; block += 1) {
    const customer = await make.customer({ name: `Größe ${block} "Ü" \u2028 GmbH` })
    await make.invoice(customer)
    await seal(tenant)
  }
  return { tenant, client: clientOf(tenant), make }
}

const COLUMNS =
  'tenant_id, id, type, entity_kind, entity_id, entity_sequence, customer_id, occurred_at, origin, actor, request_id, data'

/** What somebody does who owns the database and is stopped by nothing. */
const tamper = (tenant: TestTenant, ...statements: string[]) =>
  owner.query(
    [
      `set session_replication_role = replica`,
      ...['event', 'feed', 'audit_block', 'audit_redaction'].map(
        (table) => `alter table ${table} no force row level security`,
      ),
      ...statements.map((statement) =>
        statement.replaceAll('TENANT', `tenant_id = '${tenant.uuid}'`),
      ),
      ...['event', 'feed', 'audit_block', 'audit_redaction'].map(
        (table) => `alter table ${table} force row level security`,
      ),
      `set session_replication_role = origin`,
    ].join(';'),
  )

t.test('canonical JSON is that of RFC 8785', async (t) => {
  t.equal(
    canonicalJson({
      '\u20ac': 'Euro',
      '\r': 1e30,
      '1': [4.5, 0.002, 1e-27, -0],
      a: { c: null, b: true },
      '😂': '\u000f"\\',
    }),
    '{"\\r":1e+30,"1":[4.5,0.002,1e-27,0],"a":{"b":true,"c":null},"€":"Euro","😂":"\\u000f\\"\\\\"}',
  )
})

t.test('each event is in one block, each block holds on to the one before', async (t) => {
  const { tenant, client } = await sealedTenant()
  const { data: blocks } = await get(tenant, '/v1/audit/blocks?limit=200')
  const { data: events } = await get(tenant, '/v1/events?limit=200')
  t.match(blocks[0], { number: 1, first_sequence: 1, previous_hash: '0'.repeat(64) })
  for (const [index, block] of blocks.entries()) {
    t.equal(block.number, index + 1)
    t.equal(block.event_count, block.last_sequence - block.first_sequence + 1)
    if (index > 0) {
      t.equal(block.previous_hash, blocks[index - 1].hash)
      t.equal(block.first_sequence, blocks[index - 1].last_sequence + 1)
    }
  }
  t.equal(blocks.at(-1).last_sequence, events.at(-1).sequence)
  t.same((await get(tenant, '/v1/audit/heads')).sealed, blocks.at(-1))
  t.equal(await seal(tenant), 0, 'nothing new, no block')
  t.match(await get(tenant, '/v1/audit/verification'), {
    ok: true,
    last_block: 3,
    event_count: events.length,
    has_more: false,
    faults: [],
  })
  t.match(await get(tenant, '/v1/audit/verification?after_block=2'), { ok: true, last_block: 3 })
  t.match(await checkChain(client, blocks[1].hash), {
    blocks: 3,
    events: events.length,
    head: blocks[2].hash,
    difference: null,
  })
  const page = await get(tenant, '/v1/audit/blocks?limit=2')
  t.equal((await get(tenant, `/v1/audit/blocks?limit=2&cursor=${page.next_cursor}`)).data.length, 1)
  t.equal((await tenant.api('GET', '/v1/audit/blocks/9')).body.code, 'audit_block_not_found')
})

t.test('a third party who only knows the description comes to the same hashes', async (t) => {
  const { tenant } = await sealedTenant()
  const { createHash } = await import('node:crypto')
  const block = await get(tenant, '/v1/audit/blocks/2')
  const { data } = await get(tenant, `/v1/events?limit=200&sequence_gt=${block.first_sequence - 1}`)
  const hashes = data.slice(0, block.event_count).map((event: Record<string, never>) => {
    const { cause, data, entity_sequence, id, related, sequence, timestamp, type } = event
    // Python: json.dumps(…, sort_keys=True, separators=(',', ':'), ensure_ascii=False), for plain numbers
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, of]) => [key, sorted(of)]),
            )
          : value
    const hashed = {
      cause,
      data,
      entity_sequence,
      id,
      related_id: (related as { id: string } | undefined)?.id,
      sequence,
      timestamp,
      type,
    }
    return createHash('sha256')
      .update(JSON.stringify(sorted(hashed)))
      .digest('hex')
  })
  t.same(hashes, block.event_hashes)
  const lines = [
    'receivables audit block 1',
    tenant.id,
    2,
    block.first_sequence,
    block.last_sequence,
    block.previous_hash,
    block.sealed_at,
    ...hashes,
  ]
  t.equal(
    createHash('sha256')
      .update(`${lines.join('\n')}\n`)
      .digest('hex'),
    block.hash,
  )
})

t.test('whatever an owner of the database changes is found, and named', async (t) => {
  const cases: Record<string, { by: string[]; fault: object; difference: object }> = {
    'a body that was altered': {
      by: [
        `update event set data = replace(data::text, 'Größe 1', 'Größe 9')::json where TENANT and type = 'customer.created' and data::text like '%Größe 1%'`,
      ],
      fault: { kind: 'event_altered', block: 2 },
      difference: { block: 2, reason: /not the one that was sealed/ },
    },
    'a cause that was altered': {
      by: [
        `update event set actor = 'somebody else' where TENANT and id = (select event_id from feed where TENANT and position = 2)`,
      ],
      fault: { kind: 'event_altered', block: 1, sequence: 2 },
      difference: { block: 1, sequence: 2 },
    },
    'an event that was removed': {
      by: [`delete from feed where TENANT and position = 2`],
      fault: { kind: 'event_missing', block: 1, sequence: 2 },
      difference: { block: 1, sequence: 2 },
    },
    'an event that was inserted': {
      by: [
        `update feed set position = -position where TENANT and position >= 3`,
        `update feed set position = 1 - position where TENANT and position < 0`,
        `insert into event (${COLUMNS}) select tenant_id, gen_random_uuid(), type, entity_kind, entity_id, 99, customer_id, occurred_at, origin, actor, request_id, data from event where TENANT and id = (select event_id from feed where TENANT and position = 2)`,
        `insert into feed select tenant_id, 3, id, type, entity_kind, entity_id, customer_id from event where TENANT and entity_sequence = 99`,
      ],
      fault: { kind: 'event_altered', block: 1, sequence: 3 },
      difference: { block: 1, sequence: 3 },
    },
    'two events that changed places': {
      by: [
        `update feed set position = -3 where TENANT and position = 3`,
        `update feed set position = 3 where TENANT and position = 2`,
        `update feed set position = 2 where TENANT and position = -3`,
      ],
      fault: { kind: 'event_altered', block: 1, sequence: 2 },
      difference: { block: 1, sequence: 2 },
    },
    'a block whose instant was changed': {
      by: [
        `update audit_block set sealed_at = sealed_at - interval '1 day' where TENANT and number = 2`,
      ],
      fault: { kind: 'block_altered', block: 2, sequence: null },
      difference: { block: 2, sequence: null, reason: /its hash/ },
    },
    'a block that was removed': {
      by: [`delete from audit_block where TENANT and number = 2`],
      fault: { kind: 'block_missing', block: 2, sequence: null },
      difference: { block: 3, reason: /block 2 is missing/ },
    },
  }
  for (const [name, { by, fault, difference }] of Object.entries(cases)) {
    await t.test(name, async (t) => {
      const { tenant, client } = await sealedTenant()
      await tamper(tenant, ...by)
      const [first] = await faultsOf(tenant)
      t.match(first, fault)
      t.match((await checkChain(client)).difference, difference)
      app.context.log.level = 'silent'
      t.ok((await verifyTenantChain(app.context, tenant.uuid, forever)).tampered > 0)
      const again = await verifyTenantChain(app.context, tenant.uuid, forever)
      t.equal(again.sealed_events, 0, 'once a day')
      app.context.log.level = 'error'
    })
  }
})

t.test('a chain that was written anew as a whole is found by who kept a hash of it', async (t) => {
  const { tenant, client } = await sealedTenant()
  const { sealed } = await get(tenant, '/v1/audit/heads')
  await tamper(
    tenant,
    `update event set actor = 'nobody' where TENANT`,
    `delete from audit_block where TENANT`,
    `update audit_head set last_position = 0 where TENANT`,
  )
  t.equal(await sealTenant(app.context, tenant.uuid, forever), 1)
  t.same(await faultsOf(tenant), [], 'it agrees with itself')
  t.equal((await checkChain(client)).difference, null)
  t.match((await checkChain(client, sealed.hash)).difference, {
    block: null,
    reason: /written anew/,
  })
})

t.test(
  'a redaction with leave is accepted; one that no sealed event owns up to is not',
  async (t) => {
    const { tenant, client, make } = await sealedTenant()
    const customer = await make.customer({ name: 'Erika Mustermann' })
    await seal(tenant)
    const forget = await tenant.api('POST', `/v1/customers/${customer.id}/pseudonymize`, {})
    t.equal(forget.status, 200)
    t.match(await checkChain(client), { difference: { reason: /redaction/ } }, 'not sealed yet')
    await seal(tenant)
    t.match(await checkChain(client), { redacted: 1, difference: null })
    t.same(await faultsOf(tenant), [])
    await tamper(
      tenant,
      `update event set actor = 'nobody' where TENANT and type = 'tenant.created'`,
    )
    const { data } = await get(tenant, '/v1/events?limit=1')
    await tamper(
      tenant,
      `insert into audit_redaction select tenant_id, ${data[0].sequence}, redacted_by, '${eventHash(data[0])}' from audit_redaction where TENANT`,
    )
    t.match(await checkChain(client), {
      difference: { reason: /redaction is not what the sealed/ },
    })
  },
)

t.test(
  'sealers at once, on two replicas, while commands go on, seal each event once',
  async (t) => {
    const replica = await appOn(t, databaseUrl)
    const tenant = await app.tenant()
    const make = recordsOf(tenant)
    const customer = await make.customer()
    let done = false
    const sealing = [app, replica, app].map(async ({ context }) => {
      while (!done) {
        await sequenceTenant(context, tenant.uuid)
        await sealTenant(context, tenant.uuid, forever)
      }
    })
    await Promise.all(Array.from({ length: 24 }, () => make.invoice(customer)))
    done = true
    await Promise.all(sealing)
    await seal(tenant)
    const { data: blocks } = await get(tenant, '/v1/audit/blocks?limit=200')
    t.match(await checkChain(clientOf(tenant)), { blocks: blocks.length, difference: null })
    t.equal(blocks.at(-1).last_sequence, (await get(tenant, '/v1/audit/heads')).last_sequence)
  },
)

t.test('one who dies in the middle leaves nothing behind; the next seals the same', async (t) => {
  const tenant = await app.tenant()
  await recordsOf(tenant).customer()
  await sequenceTenant(app.context, tenant.uuid)
  const client = await owner.connect()
  await client.query('begin; lock table audit_block in exclusive mode')
  let died = false
  const dying = sealTenant(app.context, tenant.uuid, forever).catch(() => {
    died = true
  })
  while (!died) {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
    )
  }
  await client.query('rollback')
  client.release()
  await dying
  t.equal((await get(tenant, '/v1/audit/heads')).sealed, null)
  t.equal(await seal(tenant), 1)
  t.equal((await checkChain(clientOf(tenant))).difference, null)
})

t.test(
  'a long feed is sealed in blocks of bounded size, by the worker that goes round',
  async (t) => {
    const tenant = await app.tenant()
    await sequenceTenant(app.context, tenant.uuid)
    await tamper(
      tenant,
      `insert into event (${COLUMNS}) select tenant_id, gen_random_uuid(), type, entity_kind, entity_id, n, customer_id, occurred_at, origin, actor, request_id, data from event, generate_series(1000, 2199) as n where TENANT and entity_sequence = 1`,
      `insert into feed select tenant_id, row_number() over () + (select last_position from feed_head where TENANT), id, type, entity_kind, entity_id, customer_id from event where TENANT and entity_sequence >= 1000`,
      `update feed_head set last_position = last_position + (select count(*) from event where TENANT and entity_sequence >= 1000) where TENANT`,
    )
    await sealEvents(app.context, forever)
    const { data: blocks } = await get(tenant, '/v1/audit/blocks')
    t.ok(blocks.length >= 3)
    t.ok(
      blocks.every(({ event_count }: { event_count: number }) => event_count <= BLOCK_EVENTS_MAX),
    )
    t.equal((await checkChain(clientOf(tenant))).difference, null)
  },
)

t.test('a test tenant that is emptied begins a chain anew', async (t) => {
  const { tenant } = await sealedTenant()
  await recordsOf(tenant).customer()
  t.equal((await tenant.api('POST', '/v1/test-tenant/reset', {})).status, 202)
  await runReset(app.context, tenant.uuid, '', forever)
  t.equal(await seal(tenant), 1)
  const { data: blocks } = await get(tenant, '/v1/audit/blocks')
  t.match(blocks, [{ number: 1, previous_hash: '0'.repeat(64) }])
  t.equal((await checkChain(clientOf(tenant))).difference, null)
  await recordsOf(tenant).customer()
  await seal(tenant)
  t.match(await get(tenant, '/v1/audit/verification'), { ok: true, last_block: 2 })
})
