import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-10')
const [one, other] = [await make.customer(), await make.customer()]
const ids: string[] = []
for (let index = 0; index < 23; index += 1) {
  const due_date = index % 2 === 0 ? '2026-04-01' : '2026-04-02'
  const { id } = await make.invoice(index % 3 === 0 ? other : one, { due_date })
  ids.push(id)
}

/** All rows of a list, page by page. */
async function pagesOf(url: string): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = ''
  do {
    const { status, body } = await api('GET', `${url}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    if (status !== 200) throw new Error(JSON.stringify(body))
    pages.push(body.data.map(({ id }: { id: string }) => id))
    if (body.has_more !== (body.next_cursor !== null))
      throw new Error('has_more disagrees with next_cursor')
    cursor = body.next_cursor
  } while (cursor !== null)
  return pages
}

t.test('rows that were created in one instant come once each, in every order', async (t) => {
  for (const sort of [
    '-created_at',
    'created_at',
    'due_date',
    '-due_date',
    'issue_date',
    '-issue_date',
  ]) {
    for (const limit of [1, 7, 22, 23, 24]) {
      const pages = await pagesOf(`/v1/invoices?sort=${sort}&limit=${limit}`)
      t.same(pages.flat().sort(), [...ids].sort(), `${sort}, ${limit} per page`)
      t.equal(pages.length, Math.ceil(23 / limit))
    }
  }
  const oldestFirst = await pagesOf('/v1/invoices?sort=created_at&limit=5')
  t.same(oldestFirst.flat(), ids, 'ties are broken by the id, which grows with time')
})

t.test(
  'rows that are added while somebody pages neither repeat nor hide those that were there',
  async (t) => {
    const first = (await api('GET', '/v1/customers?limit=1')).body
    await make.customer()
    const rest = await pagesOf(`/v1/customers?limit=1&cursor=${first.next_cursor}`)
    t.same([first.data[0].id, ...rest.flat()], [other.id, one.id])
  },
)

t.test('the order of the parameters does not matter to a cursor', async (t) => {
  const { body } = await api('GET', '/v1/invoices?overdue=false&status=issued&limit=2')
  const next = await api(
    'GET',
    `/v1/invoices?cursor=${body.next_cursor}&status=issued&overdue=false&limit=5`,
  )
  t.equal(next.status, 200)
  t.equal(next.body.data.length, 5)
})

t.test('a cursor belongs to its list, its filters and its order', async (t) => {
  const { body } = await api('GET', '/v1/invoices?status=issued&limit=2')
  for (const url of [
    `/v1/invoices?limit=2&cursor=${body.next_cursor}`,
    `/v1/invoices?status=paid&limit=2&cursor=${body.next_cursor}`,
    `/v1/invoices?status=issued&sort=due_date&limit=2&cursor=${body.next_cursor}`,
    `/v1/invoices?status=issued&customer_id=${one.id}&cursor=${body.next_cursor}`,
    `/v1/events?cursor=${body.next_cursor}`,
  ]) {
    const reply = await api('GET', url)
    t.match(reply, { status: 400, body: { code: 'invalid_cursor' } }, url)
  }
})

t.test('a cursor that was tampered with is refused, never run', async (t) => {
  const lists = [
    '/v1/invoices?limit=2',
    '/v1/invoices?sort=due_date&limit=2',
    '/v1/ledger/entries?limit=2',
    '/v1/customers?limit=1',
  ]
  for (const url of lists) {
    const { next_cursor } = (await api('GET', url)).body
    const [digest, key, id] = JSON.parse(Buffer.from(next_cursor, 'base64url').toString())
    const impossible = [
      ['x', key, id],
      [digest, null, id],
      [digest, '', id],
      [digest, 'infinity', id],
      [digest, '2026-13-01', id],
      [digest, '2026-02-30', id],
      [digest, '2026-19-39T29:59:59.999Z', id],
      [digest, '2026-03-10T24:00:00.000Z', id],
      [digest, '9999999999999999', id],
      [digest, "2026-03-10' or true --", id],
      [digest, key, null],
      [digest, key, 'x'],
      [digest, key, 1],
      [digest, key],
      [digest],
      [],
      'x',
      null,
      { 0: digest, 1: key, 2: id },
    ].map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))
    for (const cursor of [...impossible, 'x', '%00', '-', 'e30', next_cursor.slice(0, -5)]) {
      const reply = await api('GET', `${url}&cursor=${cursor}`)
      t.match(reply, { status: 400, body: { code: 'invalid_cursor' } }, `${url} ${cursor}`)
    }
  }
})

t.test('a page has 1 to 200 rows, and unknown parameters are refused', async (t) => {
  for (const query of [
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=1e9',
    'limit=x',
    'limit=1&limit=2',
    'page=2',
    'offset=5',
    'sort=number',
  ]) {
    const { status, body } = await api('GET', `/v1/invoices?${query}`)
    t.match({ status, code: body.code }, { status: 400, code: 'invalid_parameter' }, query)
  }
  const { body } = await api('GET', '/v1/invoices')
  t.match(body, { has_more: false, next_cursor: null })
  const { body: none } = await api('GET', '/v1/payments')
  t.same(none, { data: [], has_more: false, next_cursor: null })
})

t.test('a cursor of one tenant shows another its own rows only', async (t) => {
  const stranger = await app.tenant()
  const { next_cursor } = (await api('GET', '/v1/invoices?limit=2')).body
  const { status, body } = await stranger.api('GET', `/v1/invoices?limit=2&cursor=${next_cursor}`)
  t.same({ status, data: body.data }, { status: 200, data: [] })
})
