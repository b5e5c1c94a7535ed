import { habitsOf, type Settlement } from '../../src/credit/foresight/habits.ts'
import { predict } from '../../src/credit/foresight/predict.ts'
import { addDays, type CalendarDate, daysBetween } from '../../src/foundation/calendar.ts'
import type { PaidInvoice } from './ibm-receivables.ts'
import { auc, meanAbsoluteError } from './metrics.ts'

/** The service's own prediction, and what it has to beat. */
export const forecasters = ['foresight', 'customer_mean', 'tenant_mean', 'due_date'] as const
export type Forecaster = (typeof forecasters)[number]

/** What was foreseen of an invoice on the day it was issued. */
export interface Foreseen {
  invoice: PaidInvoice
  /** By forecaster: how probable it is that it is paid late, and how many days after its issue it is paid. */
  forecasts: Record<Forecaster, { late: number; days: number }>
  /** Whether it was paid by the P80 date. */
  paidByP80: boolean
}

/** Nothing is judged in the first days: nobody can know anything then. The same for all. */
export const WARM_UP_DAYS = 90

/**
 * Walks through the invoices in time: each is predicted on its issue date from what was settled by that day, by every
 * forecaster from the same settlements. What is settled later is not even looked at.
 */
export function walkForward(
  invoices: readonly PaidInvoice[],
  warmUpDays = WARM_UP_DAYS,
): Foreseen[] {
  const bySettling = [...invoices].sort((a, b) => order(a.settled, b.settled))
  const byIssue = [...invoices].sort((a, b) => order(a.issued, b.issued))
  const judgedFrom = addDays(byIssue[0]?.issued ?? '2000-01-01', warmUpDays)
  const known = new Known()
  const foreseen: Foreseen[] = []
  let next = bySettling.shift()
  for (const invoice of byIssue) {
    for (; next !== undefined && next.settled <= invoice.issued; next = bySettling.shift())
      known.learn(next)
    if (invoice.issued >= judgedFrom && known.count > 0) foreseen.push(known.foresee(invoice))
  }
  return foreseen
}

const order = (a: CalendarDate, b: CalendarDate): number => (a < b ? -1 : a > b ? 1 : 0)

/** What is known on a day: the settlements up to then. */
class Known {
  readonly #settlements: Settlement[] = []
  readonly #days: number[] = []
  #habits: ReturnType<typeof habitsOf> | undefined

  get count(): number {
    return this.#settlements.length
  }

  learn({ customer, issued, due, settled }: PaidInvoice): void {
    this.#settlements.push({
      customerId: customer,
      classId: null,
      settledDate: settled,
      daysLate: daysBetween(due, settled),
    })
    this.#days.push(daysBetween(issued, settled))
    this.#habits = undefined
  }

  foresee(invoice: PaidInvoice): Foreseen {
    const { customer, issued: today, due: dueDate, settled } = invoice
    this.#habits ??= habitsOf(this.#settlements)
    const own = this.#settlements.filter(({ customerId }) => customerId === customer)
    const { lateProbability, p50Date, p80Date } = predict(
      { classId: null, dueDate, today },
      own,
      this.#habits,
    )
    const tenant = this.#mean(() => true)
    return {
      invoice,
      forecasts: {
        foresight: {
          late: lateProbability as number,
          days: daysBetween(today, p50Date as CalendarDate),
        },
        customer_mean:
          own.length === 0 ? tenant : this.#mean(({ customerId }) => customerId === customer),
        tenant_mean: tenant,
        due_date: { late: 0, days: daysBetween(today, dueDate) },
      },
      paidByP80: settled <= (p80Date as CalendarDate),
    }
  }

  #mean(of: (settlement: Settlement) => boolean): { late: number; days: number } {
    let [count, late, days] = [0, 0, 0]
    this.#settlements.forEach((settlement, index) => {
      if (!of(settlement)) return
      count += 1
      late += settlement.daysLate > 0 ? 1 : 0
      days += this.#days[index] as number
    })
    return { late: late / count, days: days / count }
  }
}

/** How good forecasts were. */
export interface Judgement {
  forecaster: Forecaster
  /** Of "paid late". */
  auc: number
  /** Days between the foreseen and the true day of payment, on average. */
  meanAbsoluteErrorDays: number
}

/** Judges every forecaster by what came. */
export const judge = (foreseen: readonly Foreseen[]): Judgement[] =>
  forecasters.map((forecaster) => ({
    forecaster,
    auc: auc(
      foreseen.map(({ invoice, forecasts }) => ({
        score: forecasts[forecaster].late,
        happened: invoice.settled > invoice.due,
      })),
    ),
    meanAbsoluteErrorDays: meanAbsoluteError(
      foreseen.map(({ invoice, forecasts }) => ({
        forecast: forecasts[forecaster].days,
        came: daysBetween(invoice.issued, invoice.settled),
      })),
    ),
  }))
