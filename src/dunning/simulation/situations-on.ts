import type { CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import type { ItemSituation, Situation } from '../evaluate.ts'
import type { Policy } from '../policy.ts'
import { amountOn, type CustomerHistory, type HistoricItem } from './history.ts'
import type { Rules } from './rules.ts'

/** Where a replay has brought a customer. */
export interface Standing {
  items: ReadonlyMap<string, ItemSituation>
  lastNotices: ReadonlyMap<string, CalendarDate | null>
  contacts: readonly CalendarDate[]
}

/** What is open on a day, by currency, as the evaluator sees it. */
export function situationsOn(
  { items, unallocated }: CustomerHistory,
  { policy, limitationDates, paymentData }: Rules,
  standing: Standing,
  today: CalendarDate,
): Situation[] {
  const open = items.flatMap((item) => {
    const openAmount = amountOn(item.movements, today)
    return openAmount > 0 ? [{ item, openAmount }] : []
  })
  const accounts = groupBy(open, ({ item }) => item.currency)
  return [...accounts].map(([currency, ofCurrency]) => ({
    currency,
    lastNoticeDate: standing.lastNotices.get(currency) ?? null,
    contacts: standing.contacts,
    paymentsKnownUntil: paymentData(today),
    unallocatedAmount: Math.max(0, amountOn(unallocated.get(currency) ?? [], today)),
    items: ofCurrency.map(({ item, openAmount }) => {
      const before = standing.items.get(item.id) ?? untouched(item, policy)
      const limited = { ...item.limited, demandDate: before.levelDate }
      return {
        ...before,
        openAmount,
        maximumLevel: item.limits.findLast(({ date }) => date <= today)?.maximumLevel ?? null,
        collectionDate: collectionDateOn(item, today),
        limitationDate: limitationDates(limited, today),
      }
    }),
  }))
}

/** The last day on which a direct debit that is on its way collects an item; null when none is. */
function collectionDateOn({ debits }: HistoricItem, today: CalendarDate): CalendarDate | null {
  const states = debits.filter(({ date }) => date <= today)
  const last = new Map(states.map(({ debitId, collectionDate }) => [debitId, collectionDate]))
  return (
    [...last.values()]
      .flatMap((date) => date ?? [])
      .sort()
      .at(-1) ?? null
  )
}

const untouched = ({ id, dueDate, holds }: HistoricItem, policy: Policy): ItemSituation => ({
  id,
  principal: true,
  dueDate,
  openAmount: 0,
  level: 0,
  levelDate: null,
  deadlineDate: null,
  courtesies: [],
  maximumLevel: null,
  policy,
  holds,
  collectionDate: null,
  proposedBy: null,
  limitationDate: null,
  policyChooser: 'tenant',
})

/** Where a customer stands after what was decided has been done. */
export function standingAfter(before: Standing, situations: readonly Situation[]): Standing {
  const [first] = situations
  if (first === undefined) return before
  return {
    items: new Map([
      ...before.items,
      ...situations.flatMap(({ items }) => items.map((item) => [item.id, item] as const)),
    ]),
    lastNotices: new Map([
      ...before.lastNotices,
      ...situations.map(({ currency, lastNoticeDate }) => [currency, lastNoticeDate] as const),
    ]),
    contacts: first.contacts,
  }
}
