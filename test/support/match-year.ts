import { importAll } from '../imports/support.ts'
import type { TestApp, TestTenant } from './app.ts'
import { importStatement, matchAll } from './bank.ts'
import type { BankYear, Defect, Period, YearPayment } from './bank-year.ts'
import { defects } from './bank-year.ts'
import { clockOf } from './records.ts'

/** What became of the payments of a class. */
export interface Figures {
  lines: number
  /** Posted without anybody's help. */
  posted: number
  /** Of those, posted to another customer, or to an invoice that was not meant. */
  wrong: number
}

/** The settlement of a line, as it stands in the books. */
interface Posted {
  bank_reference: string
  customer: string
  invoices: string[]
}

/** Plays a year: of each period the invoices are issued, then the statement is imported and matched. */
export async function playYear(app: TestApp, tenant: TestTenant, year: BankYear): Promise<void> {
  await clockOf(app, tenant).set('2027-03-31')
  await importRows(
    app,
    tenant,
    'customers',
    year.customers.map(({ externalId, name, kind }) => ({
      external_id: externalId,
      name,
      kind,
      country: 'DE',
      currency: 'EUR',
    })),
  )
  for (const period of year.periods) await playPeriod(app, tenant, period)
}

async function playPeriod(app: TestApp, tenant: TestTenant, period: Period): Promise<void> {
  await importRows(
    app,
    tenant,
    'invoices',
    period.invoices.map(({ number, customer, issueDate, dueDate, amount }) => ({
      external_id: number,
      customer_external_id: customer.externalId,
      number,
      currency: 'EUR',
      issue_date: issueDate,
      due_date: dueDate,
      total_amount: amount,
      issue: true,
    })),
  )
  if (period.payments.length === 0) return
  await importStatement(
    tenant,
    period.payments.map(({ entry }) => entry),
  )
  await matchAll(app, tenant)
}

async function importRows(
  { context }: TestApp,
  tenant: TestTenant,
  resource: string,
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return
  const { results } = await importAll(context, tenant, { resource, mode: 'create', items: rows })
  const failed = results.find(({ status }) => status === 'failed')
  if (failed !== undefined) throw new Error(JSON.stringify(failed))
}

/** Compares what was posted with what is true, by class of defect. */
export async function judgeYear(
  { context }: TestApp,
  { uuid }: TestTenant,
  year: BankYear,
): Promise<Record<Defect, Figures>> {
  const { rows } = await context.workers.pool.query<Posted>(
    `select line.bank_reference, customer.external_id as customer,
       coalesce(array_agg(invoice.number) filter (where invoice.id is not null), '{}') as invoices
     from bank_line as line
     join payment on payment.tenant_id = line.tenant_id and payment.bank_line_id = line.id
     join customer on customer.tenant_id = payment.tenant_id and customer.id = payment.customer_id
     left join allocation on allocation.tenant_id = payment.tenant_id and allocation.payment_id = payment.id
     left join invoice on invoice.tenant_id = allocation.tenant_id and invoice.id = allocation.invoice_id
     where line.tenant_id = $1
     group by line.bank_reference, customer.external_id`,
    [uuid],
  )
  const posted = new Map(rows.map((row) => [row.bank_reference, row]))
  const figures = Object.fromEntries(
    defects.map((defect) => [defect, { lines: 0, posted: 0, wrong: 0 }]),
  ) as Record<Defect, Figures>
  for (const payment of year.periods.flatMap(({ payments }) => payments)) {
    const ofClass = figures[payment.defect]
    const found = posted.get(payment.entry.bankReference)
    ofClass.lines += 1
    if (found === undefined) continue
    ofClass.posted += 1
    if (!isRight(payment, found)) ofClass.wrong += 1
  }
  return figures
}

const isRight = ({ customer, invoices }: YearPayment, found: Posted): boolean =>
  found.customer === customer.externalId &&
  found.invoices.every((number) => invoices.some((invoice) => invoice.number === number))

/** The figures of several classes together. */
export const together = (figures: readonly Figures[]): Figures => ({
  lines: figures.reduce((total, { lines }) => total + lines, 0),
  posted: figures.reduce((total, { posted }) => total + posted, 0),
  wrong: figures.reduce((total, { wrong }) => total + wrong, 0),
})
