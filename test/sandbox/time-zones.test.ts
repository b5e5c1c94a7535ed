import t from 'tap'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

/** When a tenant's invoice became overdue and was dunned, by the instants of its events. */
async function daysOf(
  app: Awaited<ReturnType<typeof testApp>>,
  {
    zone,
    start,
    end,
    due,
    dunningTime = '06:00',
  }: { zone: string; start: string; end: string; due: string; dunningTime?: string },
) {
  const tenant = await app.tenant({ time_zone: zone })
  const records = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set(start)
  const policy = await records.policy({ levels: [{ level: 1, days_overdue: 1, name: 'Reminder' }] })
  await records.patch('/v1/tenant', { dunning_policy_id: policy.id, dunning_time: dunningTime })
  const invoice = await records.invoice(await records.customer(), {
    issue_date: start.slice(0, 10) < due ? '2018-01-01' : due,
    due_date: due,
  })
  await clock.advance(end)
  const instantOf = async (type: string) =>
    (await tenant.events(type)).map(({ timestamp }) => timestamp)
  return {
    overdue: await instantOf('invoice.overdue'),
    dunned: await instantOf('dunning.level_changed'),
    invoice: await records.get(`/v1/invoices/${invoice.id}`),
  }
}

t.test('each tenant’s days are its own', async (t) => {
  const app = await testApp(t)
  const march = { start: '2026-03-08T12:00:00Z', end: '2026-03-12T12:00:00Z', due: '2026-03-10' }

  await t.test(
    'Auckland is overdue when its 11th begins, nearly a day before Honolulu',
    async (t) => {
      const auckland = await daysOf(app, { zone: 'Pacific/Auckland', ...march })
      t.same(auckland.overdue, ['2026-03-10T11:00:00.000Z'])
      t.same(auckland.dunned, ['2026-03-10T17:00:00.000Z'], 'at 06:00 local time')

      const honolulu = await daysOf(app, { zone: 'Pacific/Honolulu', ...march })
      t.same(honolulu.overdue, ['2026-03-11T10:00:00.000Z'])
      t.same(honolulu.dunned, ['2026-03-11T16:00:00.000Z'], 'at 06:00 local time')
      t.equal(auckland.invoice.days_overdue, 3, 'it is the 13th in Auckland')
      t.equal(honolulu.invoice.days_overdue, 2, 'and the 12th in Honolulu')
    },
  )

  await t.test(
    'a run at an hour that daylight saving skips happens right after the gap, once',
    async (t) => {
      const berlin = await daysOf(app, {
        zone: 'Europe/Berlin',
        start: '2026-03-26T12:00:00Z',
        end: '2026-04-01T12:00:00Z',
        due: '2026-03-28',
        dunningTime: '02:30',
      })
      t.same(berlin.overdue, ['2026-03-28T23:00:00.000Z'])
      t.same(berlin.dunned, ['2026-03-29T01:30:00.000Z'], '03:30 summer time')
    },
  )

  await t.test('a run at an hour that comes twice happens once', async (t) => {
    const berlin = await daysOf(app, {
      zone: 'Europe/Berlin',
      start: '2026-10-23T12:00:00Z',
      end: '2026-10-28T12:00:00Z',
      due: '2026-10-24',
      dunningTime: '02:30',
    })
    t.equal(berlin.dunned.length, 1)
    t.match(berlin.dunned[0], /^2026-10-25T0[01]:30/)
  })

  await t.test('a day that has no midnight begins when it begins', async (t) => {
    const saoPaulo = await daysOf(app, {
      zone: 'America/Sao_Paulo',
      start: '2018-11-01T12:00:00Z',
      end: '2018-11-06T12:00:00Z',
      due: '2018-11-03',
    })
    t.same(saoPaulo.overdue, ['2018-11-04T03:00:00.000Z'])
    t.same(saoPaulo.dunned, ['2018-11-04T08:00:00.000Z'])
  })

  await t.test('29 February is a day like any other', async (t) => {
    const utc = await daysOf(app, {
      zone: 'UTC',
      start: '2028-02-27T12:00:00Z',
      end: '2028-03-01T12:00:00Z',
      due: '2028-02-28',
    })
    t.same(utc.overdue, ['2028-02-29T00:00:00.000Z'])
    t.equal(utc.invoice.days_overdue, 2)
  })
})
