import { requireInvoice } from '../billing/queries.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { type Decision, evaluate } from './evaluate.ts'
import { levelAfter } from './policy.ts'
import { stepsOfInvoice } from './queries.ts'
import { type DunnedItem, loadSituations } from './situation.ts'
import type { StepRow } from './table.ts'

/** Where an invoice stands in dunning. */
export interface InvoiceDunning {
  invoiceId: string
  today: CalendarDate
  level: number
  items: {
    item: DunnedItem
    decision: Decision
    next: { level: number | null; date: CalendarDate | null }
  }[]
  steps: StepRow[]
}

/**
 * Explains an invoice: the same evaluation a run would make today, over all that the customer owes in that currency,
 * and the steps that were taken. What is paid has a history but nothing ahead.
 */
export async function explainInvoice(reader: Reader, invoiceId: string): Promise<InvoiceDunning> {
  const invoice = await requireInvoice(reader, invoiceId)
  const [groups, steps] = await Promise.all([
    loadSituations(reader, [invoice.customer_id]),
    stepsOfInvoice(reader, invoiceId),
  ])
  const group = groups.find(({ currency }) => currency === invoice.currency)
  const decisions = group === undefined ? [] : evaluate(group.situation)
  const items = (group?.items ?? []).flatMap((item, index) => {
    if (item.invoice_id !== invoiceId) return []
    const decision = decisions[index] as Decision
    return [{ item, decision, next: nextStep(item, decision, reader.today) }]
  })
  return {
    invoiceId,
    today: reader.today,
    level: Math.max(0, ...steps.map(({ level }) => level)),
    items,
    steps,
  }
}

function nextStep(item: DunnedItem, decision: Decision, today: CalendarDate) {
  if (decision.outcome === 'escalate') return { level: decision.toLevel, date: today }
  const next = item.policy === null ? undefined : levelAfter(item.policy, item.level)
  return { level: next?.level ?? null, date: next === undefined ? null : decision.nextLookDate }
}
