import type { ReceivablesClient } from '../../openapi/client/src/index.ts'
import type { CalendarDate } from '../../src/foundation/calendar.ts'
import { advance, each, grouped } from '../../test/support/client.ts'
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts'
import type { Company, Day, Payment } from './company.ts'
import { FEES } from './manners.ts'

/** What has been done so far. */
export interface Progress {
  /** The day that has just ended. */
  date: CalendarDate
  invoices: number
  payments: number
}

export interface Played {
  policy: { name: string; levels: { level: number; name: string; days: number }[] }
  endpointId: string
}

/** Office hours in Berlin, after the morning's dunning run. */
const morning = (date: CalendarDate): string => `${date}T08:00:00Z`

/**
 * Plays a company's story through the public API and nothing else: the ERP pushes customers, invoices, credit notes
 * and payments on their days, and the test clock is advanced from day to day.
 */
export async function play(
  company: Company,
  client: ReceivablesClient,
  receiver: WebhookReceiver,
  onDay: (progress: Progress) => void,
): Promise<Played> {
  await client.put('/v1/test-clock', { body: { now: morning(company.from) } })
  const played = await setUp(company, client, receiver)
  const erp = createErp(client, await pushCustomers(company, client))
  const progress: Progress = { date: company.from, invoices: 0, payments: 0 }
  for (const [date, day] of company.days) {
    if (date > company.from) await advance(client, morning(date))
    await playDay(erp, day)
    progress.date = date
    progress.invoices += day.invoices.length
    progress.payments += day.payments.length
    onDay(progress)
  }
  await advance(client, morning(company.until))
  return played
}

/** The creditor's settings, the webhook endpoint of its CRM, and how it asks for what is overdue. */
async function setUp(
  company: Company,
  client: ReceivablesClient,
  receiver: WebhookReceiver,
): Promise<Played> {
  await client.patch('/v1/tenant', {
    body: { name: company.name, time_zone: 'Europe/Berlin', locale: 'de', currency: 'EUR' },
  })
  const endpoint = await client.post('/v1/webhook-endpoints', {
    body: { url: receiver.url, event_types: ['*'] },
  })
  receiver.use(endpoint.secret)
  const fee = (amount: number) => [{ currency: 'EUR', amount }]
  const policy = await client.post('/v1/dunning-policies', {
    body: {
      name: 'Three steps',
      scope: 'invoice',
      min_notice_interval_days: 7,
      levels: [
        { level: 1, days: 5, name: 'Friendly reminder' },
        { level: 2, days: 20, name: 'Second reminder', fees: fee(FEES.second) },
        { level: 3, days: 35, name: 'Final demand', fees: fee(FEES.third) },
      ],
    },
  })
  await client.patch('/v1/tenant', { body: { dunning_policy_id: policy.id } })
  return { policy, endpointId: endpoint.id }
}

/** Creates the customers and answers their ids by number. */
async function pushCustomers(
  { customers }: Company,
  client: ReceivablesClient,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  await each(customers, async ({ number, name, kind, country, language, email, netDays }) => {
    const { id } = await client.post('/v1/customers', {
      body: {
        external_id: number,
        name,
        kind,
        country,
        language,
        currency: 'EUR',
        net_days: netDays,
        contacts: [{ role: 'billing', name: 'Buchhaltung', email }],
      },
    })
    ids.set(number, id)
  })
  return ids
}

type Erp = ReturnType<typeof createErp>

/** What an ERP does, and what it remembers: its own numbers and the ids they have here. */
function createErp(client: ReceivablesClient, customerIds: ReadonlyMap<string, string>) {
  const invoiceIds = new Map<string, string>()
  const paymentIds = new Map<string, string>()
  const idIn = (ids: ReadonlyMap<string, string>, number: string) => ids.get(number) as string
  return {
    async issue({ number, customer, date, due, amount }: Day['invoices'][number]) {
      const body = {
        customer_id: idIn(customerIds, customer.number),
        external_id: number,
        number,
        currency: 'EUR',
        issue_date: date,
        due_date: due,
        total_amount: amount,
        issue: true,
      }
      const { id } = await client.post('/v1/invoices', { body })
      invoiceIds.set(number, id)
    },
    async credit({ number, invoice, date, amount }: Day['creditNotes'][number]) {
      const body = {
        customer_id: idIn(customerIds, invoice.customer.number),
        invoice_id: idIn(invoiceIds, invoice.number),
        number,
        currency: 'EUR',
        issue_date: date,
        total_amount: amount,
        reason: 'Goods returned',
      }
      await client.post('/v1/credit-notes', { body })
    },
    async pay({ id, customer, date, amount, method, reference, designated }: Payment) {
      const body = {
        customer_id: idIn(customerIds, customer.number),
        external_id: id,
        currency: 'EUR',
        amount,
        received_date: date,
        method,
        ...(reference !== null && { reference }),
        ...(designated !== null && {
          allocations: [{ invoice_id: idIn(invoiceIds, designated.number), amount }],
        }),
      }
      const payment = await client.post('/v1/payments', { body })
      paymentIds.set(id, payment.id)
    },
    async reverse({ payment, date, reason }: Day['returns'][number]) {
      const path = { id: idIn(paymentIds, payment.id) }
      await client.post('/v1/payments/{id}/reversal', {
        path,
        body: { reason, reversal_date: date },
      })
    },
    async hold({ invoice, until, note }: Day['holds'][number]) {
      const body = {
        invoice_id: idIn(invoiceIds, invoice.number),
        reason: 'dispute',
        until_date: until,
        note,
      } as const
      await client.post('/v1/dunning-holds', { body })
    },
  }
}

/** Several customers at a time, but what one customer does keeps its order. */
async function playDay(erp: Erp, { invoices, creditNotes, payments, returns, holds }: Day) {
  await each(invoices, erp.issue)
  await each(creditNotes, erp.credit)
  const payers = [...grouped(payments, ({ customer }) => customer).values()]
  await each(payers, async (some) => {
    for (const payment of some) await erp.pay(payment)
  })
  await each(returns, erp.reverse)
  await each(holds, erp.hold)
}
