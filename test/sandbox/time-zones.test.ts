import t from 'tap'
import { addDays } from '../../src/foundation/calendar.ts'
import { testApp } from '../support/app.ts'
import { report, sizeOf } from '../support/certify.ts'
import { inParallel } from '../support/in-parallel.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)

/** A tenant somewhere, with its policy: a notice on the day after the due date. */
async function tenantIn(time_zone: string, start: string, dunning_time = '06:00') {
  const tenant = await app.tenant({ time_zone })
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(start)
  const { id } = await make.policy({ levels: [{ level: 1, days: 1, name: 'One' }] })
  await make.patch('/v1/tenant', { dunning_policy_id: id, dunning_time })
  const invoice = async (due_date: string, issue_date = due_date) =>
    make.invoice(await make.customer(), { issue_date, due_date })
  /** When an invoice became overdue, and when it was dunned. */
  const instantsOf = async ({ id: invoiceId }: { id: string }): Promise<string[]> => {
    const events = await tenant.events()
    return events
      .filter(
        ({ type, data: { object } }) =>
          (type === 'invoice.overdue' && object.id === invoiceId) ||
          (type === 'dunning.level_changed' && object.invoice_id === invoiceId),
      )
      .map(({ timestamp }) => timestamp)
  }
  const days = async (job: string): Promise<string[]> => {
    const { rows } = await app.context.workers.pool.query(
      `select slot::text as slot from job_run where tenant_id = $1 and job = $2 and status = 'done' order by slot`,
      [tenant.uuid, job],
    )
    return rows.map(({ slot }) => slot)
  }
  return { tenant, make, clock, invoice, instantsOf, days }
}

t.test('Auckland and Honolulu become overdue, and are dunned, each on its own day', async (t) => {
  const start = '2026-03-10T09:00:00Z'
  const [auckland, honolulu] = [
    await tenantIn('Pacific/Auckland', start),
    await tenantIn('Pacific/Honolulu', start),
  ]
  const [there, here] = [await auckland.invoice('2026-03-10'), await honolulu.invoice('2026-03-09')]
  const same = await honolulu.make.invoice(await honolulu.make.customer(), {
    issue_date: '2026-03-09',
    due_date: '2026-03-10',
  })
  t.match(await auckland.make.get(`/v1/invoices/${there.id}`), { overdue: false })
  for (const one of [auckland, honolulu]) await one.clock.advance('2026-03-12T00:00:00Z')
  t.same(
    await auckland.instantsOf(there),
    ['2026-03-10T11:00:00.000Z', '2026-03-10T17:00:00.000Z'],
    'midnight and 06:00 at +13',
  )
  t.same(
    await honolulu.instantsOf(here),
    ['2026-03-10T10:00:00.000Z', '2026-03-10T16:00:00.000Z'],
    'midnight and 06:00 at -10',
  )
  t.same(
    await honolulu.instantsOf(same),
    ['2026-03-11T10:00:00.000Z', '2026-03-11T16:00:00.000Z'],
    'the same due date, 23 hours later',
  )
})

t.test(
  'today is the tenant’s day: what is tomorrow elsewhere lies in the future here',
  async (t) => {
    const instant = '2026-03-10T23:30:00Z'
    const [kiritimati, pago] = [
      await tenantIn('Pacific/Kiritimati', instant),
      await tenantIn('Pacific/Pago_Pago', instant),
    ]
    const payment = { currency: 'EUR', amount: 1, method: 'cash', received_date: '2026-03-11' }
    const pay = async ({ tenant, make }: typeof pago) =>
      tenant.api('POST', '/v1/payments', { customer_id: (await make.customer()).id, ...payment })
    t.match(await pay(kiritimati), { status: 201 })
    t.match(await pay(pago), {
      status: 422,
      body: { code: 'date_in_future', errors: [{ params: { today: '2026-03-10' } }] },
    })
    t.match(await pago.make.get('/v1/reports/aging'), { as_of_date: '2026-03-10' })
    t.match(await kiritimati.make.get('/v1/reports/aging'), { as_of_date: '2026-03-11' })
  },
)

t.test('a dunning hour that summer time skips is reached right after the gap, once', async (t) => {
  const { invoice, clock, instantsOf, days } = await tenantIn(
    'Europe/Berlin',
    '2026-03-27T12:00:00Z',
    '02:30',
  )
  const [before, on, after] = [
    await invoice('2026-03-27'),
    await invoice('2026-03-28', '2026-03-27'),
    await invoice('2026-03-29', '2026-03-27'),
  ]
  await clock.advance('2026-03-31')
  t.same(await instantsOf(before), ['2026-03-27T23:00:00.000Z', '2026-03-28T01:30:00.000Z'])
  const [midnight, dunned] = (await instantsOf(on)) as [string, string]
  t.equal(midnight, '2026-03-28T23:00:00.000Z')
  t.ok(
    dunned >= '2026-03-29T01:00:00.000Z' && dunned <= '2026-03-29T01:30:00.000Z',
    `${dunned}: between the gap and an hour after`,
  )
  t.same(await instantsOf(after), ['2026-03-29T22:00:00.000Z', '2026-03-30T00:30:00.000Z'])
  t.same(await days('dunning_run'), ['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31'])
})

t.test('an hour that comes twice when summer time ends counts once', async (t) => {
  const { invoice, clock, instantsOf, days } = await tenantIn(
    'Europe/Berlin',
    '2026-10-23T12:00:00Z',
    '02:30',
  )
  const on = await invoice('2026-10-24', '2026-10-23')
  await clock.advance('2026-10-27')
  const [, dunned] = (await instantsOf(on)) as [string, string]
  t.ok(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].includes(dunned), dunned)
  t.equal((await instantsOf(on)).length, 2)
  t.same(await days('dunning_run'), ['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27'])
})

t.test('a day without a midnight begins after the gap', async (t) => {
  for (const [zone, start, day, begin] of [
    ['America/Sao_Paulo', '2018-11-02T12:00:00Z', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Asia/Beirut', '2026-03-27T12:00:00Z', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['Africa/Cairo', '2026-04-22T12:00:00Z', '2026-04-24', '2026-04-23T22:00:00.000Z'],
  ] as const) {
    const { invoice, clock, instantsOf, days } = await tenantIn(zone, start, '00:00')
    const eve = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
    const one = await invoice(eve, start.slice(0, 10))
    await clock.advance(new Date(Date.parse(day) + 2 * 86_400_000).toISOString())
    t.same(await instantsOf(one), [begin, begin], zone)
    const run = await days('announce_overdue')
    t.ok(run.includes(day) && new Set(run).size === run.length, run.join(' '))
  }
})

t.test(
  'a day that the calendar of a place has skipped is no day, and nothing is lost with it',
  async (t) => {
    const { invoice, clock, instantsOf, days } = await tenantIn(
      'Pacific/Apia',
      '2011-12-28T12:00:00Z',
    )
    const one = await invoice('2011-12-29', '2011-12-28')
    await clock.advance('2012-01-02T00:00:00Z')
    const run = await days('dunning_run')
    t.notOk(run.includes('2011-12-30'), run.join(' '))
    t.ok(['2011-12-29', '2011-12-31', '2012-01-01'].every((day) => run.includes(day)))
    t.equal((await instantsOf(one)).length, 2)
  },
)

t.test('the 29th of February is a day like any other', async (t) => {
  const { make, clock, invoice, instantsOf } = await tenantIn(
    'Europe/Berlin',
    '2024-02-15T08:00:00Z',
  )
  const leap = await invoice('2024-02-29', '2024-02-15')
  const eve = await invoice('2024-02-28', '2024-02-15')
  const net = await make.invoice(await make.customer(), { issue_date: '2024-02-15', net_days: 14 })
  t.equal(net.due_date, '2024-02-29')
  await clock.advance('2024-03-02')
  t.same(await instantsOf(eve), ['2024-02-28T23:00:00.000Z', '2024-02-29T05:00:00.000Z'])
  t.same(await instantsOf(leap), ['2024-02-29T23:00:00.000Z', '2024-03-01T05:00:00.000Z'])
})

t.test('every local day has each of its jobs once, in zones that do odd things', async (t) => {
  const { zones, length } = sizeOf({
    slice: { zones: 4, length: 4 },
    certify: { zones: 12, length: 3_652 },
    certification: { zones: 12, length: 10_957 },
  })
  const wrong: string[] = []
  const lived = oddZones.slice(0, zones).map(([zone, from]) => async () => {
    const { tenant, clock, days } = await tenantIn(zone, `${from}T12:00:00Z`, '23:59')
    const { as_of_date: first } = (await tenant.api('GET', '/v1/reports/aging')).body
    await clock.advance(`${addDays(from, length)}T12:00:00Z`)
    // The first day had begun already, and the last one may not have begun yet.
    const last = addDays(from, length - 1)
    const run = await days('announce_overdue')
    if (new Set(run).size !== run.length) wrong.push(`${zone}: a day twice`)
    for (let day = addDays(first, 1); day <= last; day = addDays(day, 1))
      if (!run.includes(day)) wrong.push(`${zone} ${day}`)
  })
  await inParallel(4, lived)
  t.same(wrong, [])
  await report({
    suite: 'T-time',
    goal: `${zones} zones × ${length} days by the virtual clock: each local day once`,
    seen: `${wrong.length} days missing or repeated`,
    met: wrong.length === 0,
  })
})

/** Zones that change their clocks by half an hour, not at midnight, in Ramadan or on another day, each from shortly before. */
const oddZones = [
  ['Australia/Lord_Howe', '2026-04-03'],
  ['Asia/Kathmandu', '2026-01-29'],
  ['Africa/Casablanca', '2026-02-13'],
  ['America/St_Johns', '2026-10-30'],
  ['Europe/Berlin', '2026-03-27'],
  ['America/New_York', '2026-10-30'],
  ['America/Sao_Paulo', '2018-11-02'],
  ['Asia/Beirut', '2026-03-27'],
  ['Africa/Cairo', '2026-04-22'],
  ['Pacific/Auckland', '2026-04-03'],
  ['Pacific/Chatham', '2026-04-03'],
  ['America/Santiago', '2026-04-03'],
] as const

t.test('a tenant that moves to another zone misses no invoice and does no day twice', async (t) => {
  const { tenant, make, clock, invoice, instantsOf, days } = await tenantIn(
    'Pacific/Auckland',
    '2026-03-10T09:00:00Z',
  )
  const one = await invoice('2026-03-10')
  await clock.advance('2026-03-10T18:00:00Z')
  await make.patch('/v1/tenant', { time_zone: 'Pacific/Honolulu' })
  const two = await invoice('2026-03-10', '2026-03-09')
  await clock.advance('2026-03-13T00:00:00Z')
  t.equal((await instantsOf(one)).length, 2, 'told once, although the 10th came again')
  t.equal((await instantsOf(two)).length, 2)
  const run = await days('dunning_run')
  t.equal(new Set(run).size, run.length, run.join(' '))
  for (const time_zone of ['Mars/Olympus', '+01:00', 'EST5EDT4', ''])
    t.match(await tenant.api('PATCH', '/v1/tenant', { time_zone }), { status: 422 }, time_zone)
})
