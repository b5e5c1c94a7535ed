import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import t from 'tap'
import { commit } from '../../src/foundation/database/commit.ts'
import type { Response } from '../../src/foundation/http/openapi/types.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { operationsIn, parametersOf } from '../support/document.ts'
import { recordsOf } from '../support/records.ts'

const app = await testApp(t)
const { http, context } = app
await http.listen({ port: 0, host: '127.0.0.1' })
const { port } = http.server.address() as AddressInfo

const cause = { origin: 'api', actor: null, requestId: null } as const

/** Customers without history, in one statement: what an export is made of is all the same to it. */
const manyCustomers = (tenantId: string, original: string, count: number) =>
  commit(context.workers, { tenantId, cause }, async ({ db, now }) => {
    await sql`
      insert into customer
      select (jsonb_populate_record(original, jsonb_build_object('id', gen_random_uuid(), 'external_id', null,
        'created_at', ${now}::timestamptz + n * interval '1 millisecond'))).*
      from customer as original, generate_series(1, ${count}::int) as n
      where original.tenant_id = ${tenantId} and original.id = ${uuidOf(original)}
    `.execute(db)
  })

/** Opens an export over a real connection and leaves its body to be read. */
async function open(secret: string, path: string): Promise<IncomingMessage> {
  const asked = httpRequest({ port, path, headers: { authorization: `Bearer ${secret}` } }).end()
  const [response] = await once(asked, 'response')
  return response
}

const jsonLines = (body: string): Record<string, unknown>[] =>
  body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

t.test('an export says what the pages say, in the same order, with the same filters', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const first = await make.customer({
    name: '=HYPERLINK("x")',
    external_id: 'C-1',
    metadata: { cost_center: 'C-100', note: 'a "quoted", note' },
  })
  await make.customer({ name: 'Zwei\nZeilen', external_id: '-17' })
  await make.invoice(first, { total_amount: 119_00 })
  await make.invoice(first, { total_amount: 5_00, number: 'R-2' })
  const pages = (await tenant.api('GET', '/v1/customers')).body.data

  const lines = await raw('/v1/customers?format=ndjson')
  t.equal(lines.headers['content-type'], 'application/x-ndjson; charset=utf-8')
  t.same(jsonLines(lines.body), pages)

  const { body, headers } = await raw('/v1/customers?format=csv')
  t.equal(headers['content-type'], 'text/csv; charset=utf-8')
  const rows = parse(body, { columns: true }) as Record<string, string>[]
  t.match(rows[0], { name: 'Zwei\nZeilen', external_id: '-17', metadata: '{}' })
  t.match(rows[1], { id: first.id, name: `'=HYPERLINK("x")`, livemode: 'false' })
  t.same(JSON.parse(rows[1]?.metadata as string), pages[1].metadata)

  const invoices = await raw(
    '/v1/invoices?format=csv&number=R-2&fields=number,total_amount,currency,open_amount',
  )
  t.equal(invoices.body, 'number,total_amount,currency,open_amount\r\nR-2,500,EUR,500\r\n')
  const chosen = await raw('/v1/customers?format=csv&fields=external_id,metadata.cost_center')
  t.equal(chosen.body, 'external_id,metadata.cost_center\r\n-17,\r\nC-1,C-100\r\n')
  const some = await raw('/v1/customers?format=ndjson&fields=external_id,metadata.cost_center')
  t.same(jsonLines(some.body), [
    { external_id: '-17' },
    { external_id: 'C-1', metadata: { cost_center: 'C-100' } },
  ])

  const page = (await tenant.api('GET', '/v1/customers?limit=1')).body
  const rest = await raw(`/v1/customers?format=ndjson&fields=id&cursor=${page.next_cursor}`)
  t.same(jsonLines(rest.body), [{ id: first.id }])
  t.equal((await raw('/v1/payments?format=ndjson')).body, '', 'nothing is no lines')

  async function raw(url: string) {
    return http.inject({ url, headers: { authorization: `Bearer ${tenant.secret}` } })
  }
})

t.test('what makes no sense of an export is refused by name', async (t) => {
  const { api } = await app.tenant()
  const refused = (pointer: string) => ({
    status: 400,
    body: { errors: [{ in: 'query', pointer }] },
  })
  t.match(await api('GET', '/v1/customers?format=csv&limit=5'), refused('limit'))
  t.match(await api('GET', '/v1/customers?fields=id'), refused('fields'))
  t.match(await api('GET', '/v1/customers?format=csv&fields=id,nonsense'), {
    status: 400,
    body: { errors: [{ pointer: 'fields', params: { field: 'nonsense' } }] },
  })
  t.match(await api('GET', '/v1/customers?format=xml'), refused('format'))
  t.match(await api('GET', '/v1/customers?format=csv&cursor=bm8'), {
    status: 400,
    body: { code: 'invalid_cursor' },
  })
  const path = '/v1/imports/imp_01kjm7f7shez7837xta3mfn3a4/results?format=csv'
  t.match(await api('GET', path), { status: 404, body: { code: 'import_not_found' } })
})

t.test('every list can be exported', async (t) => {
  const { api } = await app.tenant()
  const { body: document } = await api('GET', '/openapi.json')
  const lists: string[] = []
  for (const { method, path, operation } of operationsIn(document.paths)) {
    if (method !== 'GET') continue
    const { content } = (operation.responses['200'] ?? {}) as Response
    const answer = content?.['application/json']?.schema.$ref as string | undefined
    // Tenants are listed across all of them, which no snapshot of one can show.
    if (!/List$/.test(answer ?? '') || path === '/v1/tenants') continue
    lists.push(path)
    t.ok(
      parametersOf(document, operation).some((one) => one.name === 'format'),
      `${operation.operationId} takes a format`,
    )
    if (path.includes('{')) continue
    const whole = await api('GET', `${path}?format=csv`)
    if (whole.status === 200) t.match(whole.body, /^[a-z0-9_.,]+\r\n/, path)
    else
      t.match(whole, { status: 400, body: { errors: [{ in: 'query', code: 'required' }] } }, path)
  }
  t.ok(lists.length > 50, `${lists.length} lists`)
})

t.test('rows that come while an export is read are not in it', async (t) => {
  const tenant = await app.tenant()
  const { id } = await recordsOf(tenant).customer()
  await manyCustomers(tenant.uuid, id, 20_000)
  const response = await open(tenant.secret, '/v1/customers?format=ndjson')
  await once(response, 'readable')
  await manyCustomers(tenant.uuid, id, 1)
  const lines = jsonLines(await text(response))
  t.equal(lines.length, 20_001)
  t.equal(new Set(lines.map(({ id }) => id)).size, 20_001)

  t.test('who does not read gets no third export, and leaves its place by going', async (t) => {
    const path = '/v1/customers?format=ndjson'
    const both = [await open(tenant.secret, path), await open(tenant.secret, path)]
    const third = await tenant.api('GET', path)
    t.match(third, {
      status: 429,
      headers: { 'retry-after': '5' },
      body: { code: 'rate_limited', 'violated-policies': ['exports'] },
    })
    const other = await app.tenant()
    t.equal((await other.api('GET', path)).status, 200)
    t.equal((await tenant.api('GET', '/v1/customers')).status, 200)
    for (const one of both) one.destroy()
    await until(() => context.exports.pool.idleCount === context.exports.pool.totalCount)
    const again = await open(tenant.secret, path)
    t.equal(again.statusCode, 200)
    t.equal(jsonLines(await text(again)).length, 20_002)
  })

  t.test('an error on the way breaks the connection', async (t) => {
    const response = await open(tenant.secret, '/v1/customers?format=csv')
    t.equal(response.statusCode, 200)
    const killed = await context.workers.pool.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where state = 'idle in transaction' and datname = current_database()`)
    t.equal(killed.rowCount, 1)
    await t.rejects(text(response), { code: 'ECONNRESET' })
  })
})

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 200; tries += 1) await sleep(25)
}
