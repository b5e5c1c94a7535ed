import { requireInvoice } from '../billing/queries.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { DunnedItem } from './dunned-items.ts'
import type { Decision } from './evaluate.ts'
import { project } from './project.ts'
import { stepsOfInvoice } from './queries.ts'
import { loadSituations } from './situation.ts'
import type { StepRow } from './table.ts'

/** Where an invoice stands in dunning. */
export interface InvoiceDunning {
  invoiceId: string
  today: CalendarDate
  level: number
  items: {
    item: DunnedItem
    decision: Decision
    /** The step that follows if nothing but time happens; nulls when only an event can bring one. */
    next: { level: number | null; date: CalendarDate | null }
    /** When the customer will be reminded before the due date. */
    reminderDate: CalendarDate | null
  }[]
  steps: StepRow[]
}

/**
 * Explains an invoice: the same evaluation a run would make today, over all that the customer owes, what the runs to
 * come will decide if nothing but time happens, and the steps that were taken. What is paid has a history but nothing
 * ahead.
 */
export async function explainInvoice(reader: Reader, invoiceId: string): Promise<InvoiceDunning> {
  const invoice = await requireInvoice(reader, invoiceId)
  const [groups, steps] = await Promise.all([
    loadSituations(reader, [invoice.customer_id]),
    stepsOfInvoice(reader, invoiceId),
  ])
  const account = groups.findIndex(({ currency }) => currency === invoice.currency)
  const days = [
    ...project(
      groups.map(({ situation }) => situation),
      reader.today,
    ),
  ]
  const items = (groups[account]?.items ?? []).flatMap((item, index) =>
    item.invoice_id === invoiceId
      ? [
          {
            item,
            ...foresee(
              days.map(({ date, decisions }) => ({
                date,
                decision: decisions[account]?.[index] as Decision,
              })),
            ),
          },
        ]
      : [],
  )
  return {
    invoiceId,
    today: reader.today,
    level: Math.max(
      0,
      ...steps.filter(({ reversed_date }) => reversed_date === null).map(({ level }) => level),
    ),
    items,
    steps,
  }
}

/** Today's decision about an item, and the first step that time alone will bring it. */
function foresee(days: readonly { date: CalendarDate; decision: Decision }[]) {
  const [today] = days as [{ date: CalendarDate; decision: Decision }]
  const step = days.find(({ decision }) => decision.outcome === 'escalate')
  const reminder = days.find(({ decision }) => decision.outcome === 'remind')
  return {
    decision: today.decision,
    next: { level: step?.decision.toLevel ?? null, date: step?.date ?? null },
    reminderDate: reminder?.date ?? null,
  }
}
