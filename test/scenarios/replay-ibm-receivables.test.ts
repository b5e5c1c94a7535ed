import t from 'tap'
import { createClient, type ReceivablesEvent } from '../../openapi/client/src/index.ts'
import { addDays } from '../../src/foundation/calendar.ts'
import { advance, each, grouped } from '../support/client.ts'
import { testDatabase } from '../support/database.ts'
import { type PaidInvoice, readPaidInvoices } from '../support/ibm-receivables.ts'
import { startService } from '../support/service.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'

const folder = process.env.SAMPLE_DATA_DIR
const LEVELS = [5, 15, 30]

/** What was settled by this day is replayed, the first two months; all two years with `REPLAY=full`. */
const UNTIL = process.env.REPLAY === 'full' ? '9999-12-31' : '2012-02-29'

t.setTimeout(600_000)

t.test(
  'a company with 75 customers, replayed day by day, ends with every invoice paid',
  folder ? {} : { skip: 'SAMPLE_DATA_DIR does not say where ar/ibm-receivables.csv is' },
  async (t) => {
    const rows = (await readPaidInvoices(String(folder))).filter(({ settled }) => settled <= UNTIL)
    const { url: databaseUrl } = await testDatabase(t)
    const receiver = await startWebhookReceiver(t)
    const service = await startService(t, { databaseUrl })
    const client = createClient({
      baseUrl: service.url,
      token: service.apiKey,
      triesMax: 1,
    })

    /** After midnight and before 06:00 in New York, in winter as in summer. */
    const night = (date: string) => `${date}T05:30:00Z`
    const first = rows.map(({ issued }) => issued).sort()[0] as string
    const last = rows
      .map(({ settled }) => settled)
      .sort()
      .at(-1) as string

    await client.patch('/v1/tenant', {
      body: { time_zone: 'America/New_York', dunning_time: '06:00' },
    })
    await client.put('/v1/test-clock', { body: { now: night(first) } })
    const endpoint = await client.post('/v1/webhook-endpoints', {
      body: { url: receiver.url, event_types: ['*'] },
    })
    receiver.use(endpoint.secret)
    const policy = await client.post('/v1/dunning-policies', {
      body: {
        name: 'Five, fifteen, thirty',
        scope: 'invoice',
        min_notice_interval_days: 0,
        levels: LEVELS.map((days, index) => ({
          level: index + 1,
          days,
          name: `${days} days overdue`,
        })),
      },
    })
    await client.patch('/v1/tenant', { body: { dunning_policy_id: policy.id } })

    const customers = new Map<string, string>()
    await each([...new Set(rows.map(({ customer }) => customer))], async (external_id) => {
      const { id } = await client.post('/v1/customers', {
        body: {
          external_id,
          name: `Customer ${external_id}`,
          kind: 'business',
          country: 'US',
          currency: 'USD',
        },
      })
      customers.set(external_id, id)
    })

    const issuedOn = grouped(rows, ({ issued }) => issued)
    const settledOn = grouped(rows, ({ settled }) => settled)
    const invoices = new Map<string, string>()
    const spent = { requests: 0, advances: 0 }
    const begun = performance.now()
    for (let date = first; date <= last; date = addDays(date, 1)) {
      const start = performance.now()
      await each(issuedOn.get(date) ?? [], issue)
      await each(settledOn.get(date) ?? [], pay)
      spent.requests += performance.now() - start
      const reached = performance.now()
      await advance(client, night(addDays(date, 1)))
      spent.advances += performance.now() - reached
    }
    const seconds = (performance.now() - begun) / 1000

    async function issue({ customer, number, issued, due, amount }: PaidInvoice): Promise<void> {
      const { id } = await client.post('/v1/invoices', {
        body: {
          customer_id: customers.get(customer) as string,
          external_id: number,
          number,
          currency: 'USD',
          issue_date: issued,
          due_date: due,
          total_amount: amount,
          issue: true,
        },
      })
      invoices.set(number, id)
    }

    /** Half of the payers say by number what they pay, for the other half the ERP has decided. */
    async function pay(
      { customer, number, settled, amount }: PaidInvoice,
      index: number,
    ): Promise<void> {
      const what =
        index % 2 === 0
          ? { reference: `Payment of invoice ${number}` }
          : { allocations: [{ invoice_id: invoices.get(number) as string, amount }] }
      const payment = await client.post('/v1/payments', {
        body: {
          customer_id: customers.get(customer) as string,
          external_id: `P-${number}`,
          currency: 'USD',
          amount,
          received_date: settled,
          method: 'bank_transfer',
          ...what,
        },
      })
      if (payment.allocated_amount !== amount) throw new Error(`payment of ${number} is left over`)
    }

    const feed: ReceivablesEvent[] = []
    for await (const event of client.list('/v1/events', { query: { limit: 200 } })) feed.push(event)

    await t.test('every invoice is paid, at the level its delay says', async (t) => {
      const levels = new Map<string, number>()
      for await (const invoice of client.list('/v1/invoices', { query: { limit: 200 } })) {
        const { number, status, open_amount, dunning_level } = invoice
        if (status !== 'paid' || open_amount !== 0) t.fail(`${number} is ${status}`)
        levels.set(String(number), dunning_level)
      }
      t.equal(levels.size, rows.length)
      const wrong = rows.filter(
        ({ number, daysLate }) => levels.get(number) !== levelAfter(daysLate),
      )
      t.strictSame(wrong, [])
    })

    await t.test('each level reached is announced once per open item', async (t) => {
      const changes = feed.filter((event) => event.type === 'dunning.level_changed')
      const steps = changes.map(({ data }) => `${data.object.id} ${data.object.level}`)
      t.equal(new Set(steps).size, steps.length, 'none twice')
      LEVELS.forEach((days, index) => {
        t.equal(
          changes.filter(({ data }) => data.object.level === index + 1).length,
          rows.filter(({ daysLate }) => daysLate > days).length,
          `level ${index + 1}: as many as paid more than ${days} days late`,
        )
      })
    })

    await t.test('the ledger adds up', async (t) => {
      const verification = await client.get('/v1/ledger/verification')
      t.match(verification, { ok: true, differences: [] })
      const aging = await client.get('/v1/reports/aging')
      t.strictSame(
        aging.rows.filter((row) => row.total_amount !== 0 || row.unallocated_amount !== 0),
        [],
      )
    })

    await t.test(
      'every event after the endpoint’s creation was delivered and verified',
      async (t) => {
        const creation = feed.find(({ type }) => type === 'webhook_endpoint.created')?.sequence ?? 0
        const expected = feed.filter(({ sequence }) => sequence > creation)
        await receiver.until(expected.length, 60_000)
        t.strictSame(receiver.refusals, [])
        t.strictSame(
          receiver.events.map(({ id }) => id).sort(),
          expected.map(({ id }) => id).sort(),
          'none is missing, none is foreign',
        )
        t.strictSame(receiver.disorder(), [], 'in order for each entity')
        t.strictSame(
          feed.map(({ sequence }) => sequence),
          feed.map((_, index) => index + 1),
          'the feed has no gaps',
        )
        t.comment(
          `${receiver.events.length} events, ${receiver.repeatCount()} repeats, ${receiver.overtakenCount()} overtaken by events of other entities`,
        )
      },
    )

    t.comment(
      `${seconds.toFixed(1)} s: ${(spent.requests / 1000).toFixed(1)} s in requests, ${(spent.advances / 1000).toFixed(1)} s in advances`,
    )
  },
)

const levelAfter = (daysLate: number): number => LEVELS.filter((days) => daysLate > days).length
