import { addDays, type CalendarDate, daysBetween } from '../../src/foundation/calendar.ts'
import { type Chance, chanceFrom } from '../../src/sandbox/chance.ts'
import { type Customer, makeCustomer } from './customers.ts'
import { manners } from './manners.ts'

/** How much of a company is made up. */
export interface CompanySize {
  customers: number
  invoices: number
  months: number
  seed: number
}

export interface Invoice {
  /** Printed on it, and what the ERP knows it by. */
  number: string
  customer: Customer
  date: CalendarDate
  due: CalendarDate
  /** Cents, like every amount here. */
  amount: number
}

export interface Payment {
  /** What the bank's import knows it by. */
  id: string
  customer: Customer
  date: CalendarDate
  amount: number
  method: 'bank_transfer' | 'direct_debit'
  /** What the payer wrote; null for those who write nothing. */
  reference: string | null
  /** The invoice the ERP has already found for it; null where the service is to find out. */
  designated: Invoice | null
}

/** What happens on one day, in this order. */
export interface Day {
  invoices: Invoice[]
  creditNotes: { number: string; invoice: Invoice; date: CalendarDate; amount: number }[]
  payments: Payment[]
  returns: { payment: Payment; date: CalendarDate; reason: string }[]
  holds: { invoice: Invoice; until: CalendarDate; note: string }[]
}

export interface Company {
  name: string
  from: CalendarDate
  /** The first day that is not part of the story any more. */
  until: CalendarDate
  customers: Customer[]
  /** The days on which something happens, in order. */
  days: Map<CalendarDate, Day>
}

const YEAR = 2025
/** Electrical wholesale: quiet in January and in August, busy before winter. */
const SEASON = [0.7, 0.8, 1.05, 1, 1, 1.05, 0.95, 0.75, 1.1, 1.2, 1.3, 1.1]
const SMALLEST_INVOICE = 15_00
const CREDITED_SHARE = 0.015
const LOST_SHARE = 0.008
const DISPUTED_SHARE = 0.004

/** Makes up a wholesaler's year: who bought what, and how each customer paid for it, or did not. */
export function makeCompany({ customers: count, invoices, months, seed }: CompanySize): Company {
  const chance = chanceFrom(seed)
  const from = firstOf(0)
  const until = firstOf(months)
  const customers = Array.from({ length: count }, (_, index) => makeCustomer(index, chance))
  const company: Company = {
    name: 'Nordlicht Elektrogroßhandel GmbH',
    from,
    until,
    customers,
    days: new Map(),
  }
  for (const invoice of makeInvoices(chance, customers, invoices, months)) {
    dayOf(company, invoice.date)?.invoices.push(invoice)
    settle(company, chance, invoice)
  }
  company.days = new Map([...company.days].sort(([a], [b]) => (a < b ? -1 : 1)))
  return company
}

/** All invoices, in the order of their numbers. */
function makeInvoices(
  chance: Chance,
  customers: readonly Customer[],
  count: number,
  months: number,
): Invoice[] {
  const season = Array.from({ length: months }, (_, month) => SEASON[month % 12] as number)
  const sizes = customers.map(({ size }) => size)
  const sales = Array.from({ length: count }, () => {
    const month = chance.weighted(season)
    const days = daysBetween(firstOf(month), firstOf(month + 1))
    return {
      date: workdayBefore(addDays(firstOf(month), chance.between(1, days - 1))),
      customer: customers[chance.weighted(sizes)] as Customer,
    }
  })
  sales.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  return sales.map(({ date, customer }, index) => ({
    number: `RE-${YEAR}-${String(index + 1).padStart(5, '0')}`,
    customer,
    date,
    due: addDays(date, customer.netDays),
    amount: Math.max(
      SMALLEST_INVOICE,
      Math.round(chance.logNormal(620_00 * Math.sqrt(customer.size), 0.9)),
    ),
  }))
}

/** What becomes of an invoice: what is credited or disputed, and what its customer pays of the rest, when and how. */
function settle(company: Company, chance: Chance, invoice: Invoice): void {
  const { customer, number, due } = invoice
  let owed = invoice.amount
  let earliest = addDays(invoice.date, 2)
  if (chance.is(CREDITED_SHARE)) {
    const amount = Math.round(invoice.amount * (chance.between(10, 50) / 100))
    const date = workdayAfter(addDays(invoice.date, 1))
    dayOf(company, date)?.creditNotes.push({ number: `GU-${number}`, invoice, date, amount })
    owed -= amount
    earliest = addDays(date, 1)
  }
  if (chance.is(DISPUTED_SHARE)) {
    const until = addDays(due, 45)
    const note = 'Says that a part of the delivery is missing.'
    dayOf(company, workdayAfter(addDays(due, 9)))?.holds.push({ invoice, until, note })
  }
  if (chance.is(LOST_SHARE)) return

  const elapsed = daysBetween(company.from, invoice.date)
  manners[customer.manner].pay(chance, owed, elapsed).forEach((plan, index) => {
    const date = workdayAfter(laterDay(addDays(due, plan.days), earliest))
    const payment: Payment = {
      id: `BANK-${number}-${index + 1}`,
      customer,
      date,
      amount: plan.amount,
      method: plan.method ?? 'bank_transfer',
      reference: plan.wordless ? null : `${customer.name} ${number}`,
      designated: plan.designated && owed === plan.amount ? invoice : null,
    }
    dayOf(company, date)?.payments.push(payment)
    if (plan.returned !== undefined) {
      const back = workdayAfter(addDays(date, plan.returned.afterDays))
      dayOf(company, back)?.returns.push({ payment, date: back, reason: plan.returned.reason })
    }
  })
}

/** The day's page in the diary; undefined once the story has ended. */
function dayOf({ days, until }: Company, date: CalendarDate): Day | undefined {
  if (date >= until) return undefined
  const day = days.get(date) ?? {
    invoices: [],
    creditNotes: [],
    payments: [],
    returns: [],
    holds: [],
  }
  days.set(date, day)
  return day
}

function firstOf(month: number): CalendarDate {
  return new Date(Date.UTC(YEAR, month, 1)).toISOString().slice(0, 10)
}

const weekday = (date: CalendarDate): number => new Date(date).getUTCDay()

/** This day, or the Monday after it. */
const workdayAfter = (date: CalendarDate): CalendarDate =>
  addDays(date, { 6: 2, 0: 1 }[weekday(date)] ?? 0)

/** This day, or the Friday before it. */
const workdayBefore = (date: CalendarDate): CalendarDate =>
  addDays(date, -({ 6: 1, 0: 2 }[weekday(date)] ?? 0))

const laterDay = (a: CalendarDate, b: CalendarDate): CalendarDate => (a > b ? a : b)
