import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import { sum } from '../foundation/money.ts'
import type { FieldError } from '../foundation/problem.ts'
import type { Instalment, Line } from './table.ts'

/** The longest an instalment plan may be. */
export const INSTALMENTS_MAX = 60

/** How a due date came about: both sides agreed to it, or the invoice alone says it. */
export const dueDateBases = ['agreed', 'invoice_only'] as const
export type DueDateBasis = (typeof dueDateBases)[number]

/** What fixes the due dates of an invoice. Exactly one way applies: instalments, a due date, or net days. */
export interface TermsInput {
  issue_date: CalendarDate
  total_amount: number
  due_date?: CalendarDate | null
  net_days?: number | null
  instalments?: readonly Instalment[] | null
}

type Wrong = Omit<FieldError, 'in'>

/**
 * The instalments of an invoice, by due date: as given, or one for the whole amount. Net days come from the invoice,
 * else from the customer, else from the tenant. Undefined when nothing says when it is due.
 */
export function instalmentsOf(
  terms: TermsInput,
  defaultNetDays: number | null,
): Instalment[] | undefined {
  if (terms.instalments?.length) {
    return [...terms.instalments].sort((a, b) =>
      a.due_date < b.due_date ? -1 : a.due_date > b.due_date ? 1 : 0,
    )
  }
  const netDays = terms.net_days ?? defaultNetDays
  const dueDate =
    terms.due_date ?? (netDays === null ? undefined : addDays(terms.issue_date, netDays))
  return dueDate === undefined ? undefined : [{ due_date: dueDate, amount: terms.total_amount }]
}

/** What is wrong with the terms of an invoice, field by field. */
export function termsErrors(terms: TermsInput): Wrong[] {
  const errors: Wrong[] = []
  const given = (['due_date', 'net_days', 'instalments'] as const).filter(
    (field) => terms[field] != null,
  )
  if (given.length > 1) {
    errors.push({
      pointer: `#/${given[1]}`,
      code: 'contradiction',
      detail: `must not be given together with ${given[0]}`,
    })
  }
  if (terms.due_date != null && terms.due_date < terms.issue_date) {
    errors.push({
      pointer: '#/due_date',
      code: 'before_issue_date',
      detail: 'must not be before issue_date',
      params: { issue_date: terms.issue_date },
    })
  }
  for (const [index, { due_date }] of (terms.instalments ?? []).entries()) {
    if (due_date < terms.issue_date) {
      errors.push({
        pointer: `#/instalments/${index}/due_date`,
        code: 'before_issue_date',
        detail: 'must not be before issue_date',
        params: { issue_date: terms.issue_date },
      })
    }
  }
  if (terms.instalments?.length) {
    const planned = sum(terms.instalments.map(({ amount }) => amount))
    if (planned !== terms.total_amount) {
      errors.push({
        pointer: '#/instalments',
        code: 'sum',
        detail: 'must add up to total_amount',
        params: { expected: terms.total_amount, actual: planned },
      })
    }
  }
  return errors
}

/** What is wrong with the day on which an invoice was received: it lies between its date and today. */
export function receiptErrors(
  { issue_date, received_date }: { issue_date: CalendarDate; received_date: CalendarDate | null },
  today: CalendarDate,
): Wrong[] {
  if (received_date === null) return []
  const pointer = '#/received_date'
  if (received_date < issue_date) {
    const detail = 'must not be before issue_date'
    return [{ pointer, code: 'before_issue_date', detail, params: { issue_date } }]
  }
  if (received_date <= today) return []
  return [{ pointer, code: 'in_future', detail: 'must not be after today', params: { today } }]
}

/** What is wrong with the amounts of a document: its tax within its total, its lines (where given) adding up to it. */
export function amountErrors(document: {
  total_amount: number
  tax_amount?: number | null
  lines?: readonly Line[]
}): Wrong[] {
  const { total_amount: total, tax_amount: tax, lines = [] } = document
  const errors: Wrong[] = []
  if (tax != null && tax > total) {
    errors.push({
      pointer: '#/tax_amount',
      code: 'maximum',
      detail: 'must not exceed total_amount',
      params: { limit: total },
    })
  }
  if (lines.length > 0) {
    const lineTax = sum(lines.map((line) => line.tax_amount ?? 0))
    const linesTotal = sum([...lines.map((line) => line.net_amount), tax ?? lineTax])
    if (linesTotal !== total) {
      errors.push({
        pointer: '#/lines',
        code: 'sum',
        detail: 'net amounts and tax must add up to total_amount',
        params: { expected: total, actual: linesTotal },
      })
    }
    if (tax != null && lineTax !== 0 && lineTax !== tax) {
      errors.push({
        pointer: '#/tax_amount',
        code: 'sum',
        detail: 'must equal the tax of the lines',
        params: { expected: lineTax, actual: tax },
      })
    }
  }
  return errors
}
