import t from 'tap'
import { newId, publicId } from '../../src/foundation/id.ts'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, dunNow, recordsOf } from '../support/records.ts'

const app = await testApp(t)

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const invoice = await make.invoice(await make.customer(), { number: 'A', due_date: '2026-03-05' })
  const [item] = invoice.open_items
  const url = `/v1/open-items/${item.id}/dunning-limit`
  const limit = (maximum_level: number | null, headers?: Record<string, string>) =>
    tenant.api('PUT', url, { maximum_level, reason: 'Talks' }, headers)
  const steps = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed')).map(
      ({ timestamp, data: { object } }) => `${timestamp.slice(5, 10)} ${object.level}`,
    )
  const explained = async () => (await make.get(`/v1/invoices/${invoice.id}/dunning`)).items[0]
  return { tenant, make, clock, item, url, limit, steps, explained }
}

t.test('an item rises to its limit and no further, until the limit is taken away', async (t) => {
  const { tenant, make, clock, item, url, limit, steps, explained } = await creditor()
  const set = accepted(await limit(2))
  t.match(set, {
    object: 'dunning_limit',
    version: 1,
    item_id: item.id,
    maximum_level: 2,
    reason: 'Talks',
  })
  await clock.advance('2026-05-01')
  t.same(await steps(), ['03-10 1', '03-20 2'])
  t.match(await explained(), {
    outcome: 'finished',
    reason: 'maximum_level_reached',
    inputs: { maximum_level: 2 },
    next_date: null,
  })
  t.match(await make.get(url), { maximum_level: 2, version: 1 })
  t.match(await limit(null), { status: 200, body: { maximum_level: null, version: 2 } })
  await clock.advance('2026-05-02')
  t.same(await steps(), ['03-10 1', '03-20 2', '05-02 3'])
  const [first, second] = await tenant.events('dunning_limit.updated')
  t.match(first, { entity_sequence: 1, data: { object: { maximum_level: 2 } } })
  t.match(second, {
    entity_sequence: 2,
    data: { object: { maximum_level: null }, previous_attributes: { maximum_level: 2 } },
  })
  t.same(await auditBooks(app.context, tenant.uuid), [])
})

t.test(
  'a limit of 0 keeps an item out of dunning, one below its level leaves it where it is',
  async (t) => {
    const { clock, limit, steps, explained } = await creditor()
    await limit(0)
    await clock.advance('2026-03-15')
    t.same(await steps(), [])
    t.match(await explained(), { reason: 'maximum_level_reached', level: 0 })
    await limit(3)
    await clock.advance('2026-03-22')
    t.same(await steps(), ['03-16 1', '03-20 2'])
    await limit(1)
    await clock.advance('2026-05-01')
    t.match(await explained(), { reason: 'maximum_level_reached', level: 2 })
  },
)

t.test('saying the same again changes nothing, and a stale version is refused', async (t) => {
  const { tenant, limit } = await creditor()
  await limit(1)
  t.match(await limit(1), { status: 200, body: { version: 1 } })
  t.equal((await tenant.events('dunning_limit.updated')).length, 1)
  t.match(await limit(2, { 'if-match': '"1"' }), { status: 200, body: { version: 2 } })
  t.match(await limit(3, { 'if-match': '"1"' }), {
    status: 412,
    body: { code: 'version_mismatch' },
  })
})

t.test('what is no level, without a reason, or about nobody’s item is refused', async (t) => {
  const { tenant, url } = await creditor()
  const stranger = await app.tenant()
  for (const [body, pointer] of [
    [{ maximum_level: -1, reason: 'x' }, '#/maximum_level'],
    [{ maximum_level: 21, reason: 'x' }, '#/maximum_level'],
    [{ maximum_level: 1.5, reason: 'x' }, '#/maximum_level'],
    [{ maximum_level: 1 }, '#/reason'],
    [{ maximum_level: 1, reason: '' }, '#/reason'],
  ] as const)
    t.match(
      await tenant.api('PUT', url, body),
      { status: 422, body: { errors: [{ pointer }] } },
      JSON.stringify(body),
    )
  t.match(await tenant.api('GET', url), { status: 404, body: { code: 'dunning_limit_not_found' } })
  const body = { maximum_level: 1, reason: 'x' }
  const nobodys = `/v1/open-items/${publicId('open_item', newId())}/dunning-limit`
  t.match(await tenant.api('PUT', nobodys, body), {
    status: 404,
    body: { code: 'open_item_not_found' },
  })
  t.match(await stranger.api('PUT', url, body), {
    status: 404,
    body: { code: 'open_item_not_found' },
  })
  t.match(await stranger.api('GET', url), { status: 404, body: { code: 'open_item_not_found' } })
})

t.test('a limit that races with a run either counts or comes after it', async (t) => {
  for (let round = 0; round < 3; round += 1) {
    const { tenant, clock, limit, steps } = await creditor()
    await clock.advance('2026-03-10T01:00:00Z')
    const [{ body }] = await Promise.all([limit(0), dunNow(app, tenant)])
    t.equal(body.version, 1)
    const taken = await steps()
    await clock.advance('2026-03-25')
    t.same(await steps(), taken, 'after the limit nothing rises any more')
  }
})
