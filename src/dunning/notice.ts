import { addDays, type CalendarDate, daysOverdue } from '../foundation/calendar.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { sum } from '../foundation/money.ts'
import type { Contact, CustomerRow } from '../parties/table.ts'
import type { Decision } from './evaluate.ts'
import type { Level, Policy } from './policy.ts'
import { levelAfter } from './policy.ts'
import type { DunnedItem } from './situation.ts'

/** An item as a notice lists it. */
export interface NoticeItem {
  item_id: string
  invoice_id: string | null
  invoice_number: string | null
  kind: 'invoice' | 'charge'
  due_date: CalendarDate
  days_overdue: number
  total_amount: number
  open_amount: number
  level: number
  /** Whether it is this notice that lifted it to its level. */
  escalated: boolean
}

/** All that is needed to tell the customer, without asking back. */
export interface NoticeContent {
  customer: {
    id: string
    external_id: string | null
    name: string
    kind: string
    country: string
    language: string | null
    contacts: Contact[]
  }
  items: NoticeItem[]
  fee_amount: number
  overdue_amount: number
  unallocated_amount: number
  total_due_amount: number
  next_level: number | null
  next_date: CalendarDate | null
}

/** A notice in the making: which level it speaks at, under which policy, about what. */
export interface DraftNotice {
  level: Level
  policy: Policy
  /** The new deadline; null when the level sets none. */
  deadlineDate: CalendarDate | null
  feeAmount: number
  items: NoticeItem[]
  next: { level: number; date: CalendarDate } | null
}

/**
 * Drafts the notice that goes with some escalations of one customer in one currency: at the highest level reached,
 * with that level's fee once, listing everything that is overdue.
 */
export function draftNotice(
  items: readonly DunnedItem[],
  escalations: ReadonlyMap<string, Decision>,
  today: CalendarDate,
): DraftNotice {
  const lifted = items.filter(({ id }) => escalations.has(id))
  const top = lifted.reduce((highest, item) => (toLevel(item) > toLevel(highest) ? item : highest))
  const policy = top.policy as Policy
  const level = policy.levels.find((one) => one.level === toLevel(top)) as Level
  const feeAmount = level.fees.find(({ currency }) => currency === top.currency)?.amount ?? 0
  const overdue = items.filter((item) => item.due_date < today)
  return {
    level,
    policy,
    deadlineDate: level.payment_days === null ? null : addDays(today, level.payment_days),
    feeAmount,
    items: overdue.map((item) => toNoticeItem(item, escalations.get(item.id), today)),
    next: nextStep(lifted, policy, today),
  }

  function toLevel(item: DunnedItem): number {
    return escalations.get(item.id)?.toLevel ?? item.level
  }

  function nextStep(
    escalated: readonly DunnedItem[],
    { min_notice_interval_days: interval }: Policy,
    day: CalendarDate,
  ) {
    const steps = escalated.flatMap((item) => {
      const date = escalations.get(item.id)?.nextLookDate ?? null
      const after = item.policy === null ? undefined : levelAfter(item.policy, toLevel(item))
      return after === undefined || date === null ? [] : [{ level: after.level, date }]
    })
    const first = steps.sort((a, b) => (a.date < b.date ? -1 : 1))[0]
    const earliest = addDays(day, Math.max(1, interval))
    return first === undefined
      ? null
      : { ...first, date: first.date > earliest ? first.date : earliest }
  }
}

/** The notice as it is kept and sent. */
export function contentOf(
  draft: DraftNotice,
  customer: CustomerRow,
  unallocatedAmount: number,
): NoticeContent {
  const overdue = sum(draft.items.map(({ open_amount }) => open_amount))
  return {
    customer: {
      id: publicId('customer', customer.id),
      external_id: customer.external_id,
      name: customer.name,
      kind: customer.kind,
      country: customer.country,
      language: customer.language,
      contacts: customer.contacts,
    },
    items: draft.items,
    fee_amount: draft.feeAmount,
    overdue_amount: overdue,
    unallocated_amount: unallocatedAmount,
    total_due_amount: Math.max(0, overdue + draft.feeAmount - unallocatedAmount),
    next_level: draft.next?.level ?? null,
    next_date: draft.next?.date ?? null,
  }
}

const toNoticeItem = (
  item: DunnedItem,
  escalation: Decision | undefined,
  today: CalendarDate,
): NoticeItem => ({
  item_id: publicId('open_item', item.id),
  invoice_id: publicIdOrNull('invoice', item.invoice_id),
  invoice_number: item.number,
  kind: item.kind,
  due_date: item.due_date,
  days_overdue: daysOverdue(item.due_date, today),
  total_amount: item.total_amount,
  open_amount: item.open_amount,
  level: escalation?.toLevel ?? item.level,
  escalated: escalation !== undefined,
})
