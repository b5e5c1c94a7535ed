import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, dunNow, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const at = (...days: number[]) =>
  days.map((day, n) => ({ level: n + 1, days: day, name: `Level ${n + 1}` }))

/** A creditor whose only policy has these levels in its first version. */
async function creditor(levels = at(5, 15, 30)) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const policy = await make.policy({ levels })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const url = `/v1/dunning-policies/${policy.id}`
  let version = 1
  const replace = async (next: object[]) => {
    const body = { name: 'Next', scope: 'invoice', levels: next }
    accepted(await tenant.api('PUT', url, body, { 'if-match': `"${version}"` }))
    version += 1
  }
  const migrate = (body: object = {}, query = '') =>
    tenant.api('POST', `${url}/migrations${query}`, body)
  const steps = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed')).map(
      ({ timestamp, data: { object } }) =>
        `${timestamp.slice(5, 10)} ${object.invoice_number} ${object.level} v${object.policy_version}`,
    )
  return { tenant, make, clock, policy, url, replace, migrate, steps }
}

t.test('items under way move, and the answer says what changes for each', async (t) => {
  const { tenant, make, clock, policy, url, replace, migrate, steps } = await creditor()
  const customer = await make.customer()
  const begun = await make.invoice(customer, { number: 'begun', due_date: '2026-03-05' })
  const fresh = await make.invoice(customer, { number: 'fresh', due_date: '2026-03-10' })
  await clock.advance('2026-03-11')
  await replace(at(5, 8, 40))
  const change = {
    item_id: begun.open_items[0].id,
    invoice_id: begun.id,
    customer_id: customer.id,
    from_version: 1,
    level: 1,
    before: { level: 2, date: '2026-03-20', reason: 'next_level_not_due' },
    after: { level: 2, date: '2026-03-13', reason: 'next_level_not_due' },
  }
  const counts = { customer_count: 1, item_count: 1, changed_count: 1, remaining_count: 0 }

  const rehearsed = await migrate({}, '?dry_run=true')
  t.match(rehearsed, { status: 201, body: { ...counts, to_version: 2, from_versions: null } })
  t.same(rehearsed.body.items, [change])
  t.same((await make.get(`${url}/migrations`)).data, [], 'a rehearsal keeps nothing')
  t.match(await make.get(`/v1/invoices/${begun.id}/dunning`), { items: [{ policy_version: 1 }] })

  const { status, headers, body } = await migrate()
  t.equal(status, 201)
  t.equal(headers.location, `/v1/dunning-migrations/${body.id}`)
  t.match(body, { object: 'dunning_migration', version: 1, policy_id: policy.id, ...counts })
  t.same(body.items, [change])
  const { items: _, ...kept } = body
  t.same(await make.get(headers.location as string), kept)
  t.same((await make.get(`${url}/migrations`)).data, [kept])
  t.same((await make.get(`${headers.location}/items`)).data, [change])
  t.match(await tenant.events('dunning_policy.migrated'), [
    { entity_sequence: 1, data: { object: kept } },
  ])
  t.match(await make.get(`/v1/invoices/${begun.id}/dunning`), {
    items: [{ policy_version: 2, level: 1, next_level: 2, next_date: '2026-03-13' }],
  })
  t.match(await make.get(`/v1/invoices/${fresh.id}/dunning`), { level: 0 })

  await clock.advance('2026-04-15')
  t.same(await steps(), [
    '03-10 begun 1 v1',
    '03-13 begun 2 v2',
    '03-15 fresh 1 v2',
    '03-18 fresh 2 v2',
    '04-14 begun 3 v2',
  ])
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'an item whose level the new version does not have keeps it, and has reached its last',
  async (t) => {
    const { make, clock, replace, migrate, steps } = await creditor()
    const invoice = await make.invoice(await make.customer(), {
      number: 'A',
      due_date: '2026-03-05',
    })
    await clock.advance('2026-03-21')
    await replace(at(5))
    t.match(accepted(await migrate()).items, [
      {
        level: 2,
        before: { level: 3, date: '2026-04-04', reason: 'next_level_not_due' },
        after: { level: null, date: null, reason: 'last_level_reached' },
      },
    ])
    await clock.advance('2026-04-30')
    t.same(await steps(), ['03-10 A 1 v1', '03-20 A 2 v1'])
    t.match(await make.get(`/v1/invoices/${invoice.id}/dunning`), {
      items: [{ level: 2, outcome: 'finished', reason: 'last_level_reached' }],
    })
    await replace(at(5, 15, 60))
    t.match(accepted(await migrate()).items, [
      { from_version: 2, after: { level: 3, date: '2026-05-04' } },
    ])
    await clock.advance('2026-05-05')
    t.same((await steps()).at(-1), '05-04 A 3 v3')
  },
)

t.test(
  'only items of the versions that are named move, to a version that is named, and back',
  async (t) => {
    const { make, clock, replace, migrate } = await creditor()
    const customer = await make.customer()
    await make.invoice(customer, { number: 'one', due_date: '2026-03-05' })
    await clock.advance('2026-03-10')
    await replace(at(5, 16))
    await make.invoice(customer, { number: 'two', due_date: '2026-03-06' })
    await clock.advance('2026-03-12')
    await replace(at(5, 17))
    const moved = async (body: object) =>
      accepted(await migrate(body)).items.map((item: { from_version: number }) => item.from_version)
    t.same(await moved({ from_versions: [2], to_version: 1 }), [2])
    t.same(await moved({ from_versions: [2] }), [], 'none is left there')
    t.same(await moved({}), [1, 1])
    t.same(await moved({}), [])
  },
)

t.test(
  'what is settled or not begun stays; what is reopened resumes on its own version',
  async (t) => {
    const { make, tenant, clock, replace, migrate } = await creditor()
    const customer = await make.customer()
    await make.invoice(customer, { number: 'paid', due_date: '2026-03-05' })
    await clock.advance('2026-03-10')
    const payment = await make.payment(customer, { received_date: '2026-03-10' })
    await replace(at(5, 16))
    t.match(accepted(await migrate()), { item_count: 0, items: [] })
    accepted(await tenant.api('POST', `/v1/payments/${payment.id}/reversal`, { reason: 'Bounced' }))
    t.match(accepted(await migrate()), {
      item_count: 1,
      items: [{ level: 1, after: { level: 2, date: '2026-03-21' } }],
    })
  },
)

t.test('of two migrations at once each item moves once', async (t) => {
  const { tenant, make, clock, replace, migrate } = await creditor()
  for (let n = 0; n < 4; n += 1)
    await make.invoice(await make.customer(), { due_date: '2026-03-05' })
  await clock.advance('2026-03-10')
  await replace(at(5, 16))
  await replace(at(5, 17))
  const replies = await Promise.all([migrate(), migrate(), migrate({ to_version: 2 })])
  t.same(
    replies.map(({ status }) => status),
    [201, 201, 201],
  )
  const items = replies.flatMap(({ body }) => body.items)
  const hops = new Set(
    items.map(
      (item: { item_id: string; from_version: number }) => `${item.item_id} ${item.from_version}`,
    ),
  )
  t.equal(hops.size, items.length, 'no item leaves a version twice')
  const state = await Promise.all(
    (await make.get('/v1/invoices')).data.map(({ id }: { id: string }) =>
      make.get(`/v1/invoices/${id}/dunning`),
    ),
  )
  t.equal(new Set(state.map(({ items: [item] }) => item.policy_version)).size, 1)
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'a migration that races with a run moves an item before or after its step, never under it',
  async (t) => {
    const { tenant, make, clock, replace, migrate, steps } = await creditor()
    for (let n = 0; n < 4; n += 1)
      await make.invoice(await make.customer(), { number: `${n}`, due_date: '2026-03-05' })
    await clock.advance('2026-03-20T01:00:00Z')
    await replace(at(5, 14))
    const [{ body }] = await Promise.all([migrate(), dunNow(app, tenant)])
    t.equal(body.item_count, 4)
    const second = (await steps()).filter((step) => / 2 v/.test(step))
    t.equal(second.length, 4)
    const before = new Map(
      body.items.map((item: { level: number; item_id: string }) => [item.item_id, item.level]),
    )
    const byVersion = (version: number) =>
      second.filter((step) => step.endsWith(`v${version}`)).length
    t.equal(byVersion(1), [...before.values()].filter((level) => level === 2).length)
  },
)

t.test('many items move a thousand or so at a time, and no customer is split', async (t) => {
  const { make, clock, replace, migrate } = await creditor(at(1, 15))
  const instalments = Array.from({ length: 60 }, () => ({ due_date: '2026-03-05', amount: 100 }))
  for (let n = 0; n < 17; n += 1)
    await make.invoice(await make.customer(), { total_amount: 6_000, instalments })
  await clock.advance('2026-03-06')
  await replace(at(1, 16))
  const first = accepted(await migrate())
  t.match(first, { customer_count: 16, item_count: 960, remaining_count: 60 })
  t.equal(first.items.length, 960)
  let cursor = ''
  let paged = 0
  do {
    const page = await make.get(`/v1/dunning-migrations/${first.id}/items?limit=200${cursor}`)
    paged += page.data.length
    cursor = `&cursor=${page.next_cursor}`
    if (!page.has_more) break
  } while (paged < 2_000)
  t.equal(paged, 960)
  t.match(accepted(await migrate()), { customer_count: 1, item_count: 60, remaining_count: 0 })
  t.match(accepted(await migrate()), { item_count: 0, remaining_count: 0 })
})

t.test('versions that do not exist, or move nothing, are refused; so are strangers', async (t) => {
  const { tenant, replace, migrate, url } = await creditor()
  await replace(at(5))
  for (const [body, pointer, code] of [
    [{ to_version: 3 }, '#/to_version', 'unknown_version'],
    [{ to_version: 0 }, '#/to_version', 'minimum'],
    [{ from_versions: [1, 7] }, '#/from_versions/1', 'unknown_version'],
    [{ from_versions: [] }, '#/from_versions', 'minItems'],
    [{ from_versions: [1, 2] }, '#/from_versions', 'same_version'],
    [{ from_versions: [1], to_version: 1 }, '#/from_versions', 'same_version'],
  ] as const)
    t.match(
      await migrate(body),
      { status: 422, body: { errors: [{ pointer, code }] } },
      JSON.stringify(body),
    )
  t.match(await tenant.api('POST', `${url}/migrations`, {}, { 'if-match': '"1"' }), { status: 412 })
  const { id } = accepted(await migrate({ to_version: 1 }))
  const stranger = await app.tenant()
  const nobodys = publicId('dunning_policy', newId())
  for (const path of [`${url}/migrations`, `/v1/dunning-policies/${nobodys}/migrations`]) {
    t.match(await stranger.api('POST', path, {}), {
      status: 404,
      body: { code: 'dunning_policy_not_found' },
    })
    t.match(await stranger.api('GET', path), {
      status: 404,
      body: { code: 'dunning_policy_not_found' },
    })
  }
  for (const path of [`/v1/dunning-migrations/${id}`, `/v1/dunning-migrations/${id}/items`])
    t.match(await stranger.api('GET', path), {
      status: 404,
      body: { code: 'dunning_migration_not_found' },
    })
  const reader = await app.tenant({ scopes: ['dunning:read'] })
  t.match(await reader.api('POST', `${url}/migrations`, {}), { status: 403 })
})
