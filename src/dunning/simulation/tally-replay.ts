import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import { sum } from '../../foundation/money.ts'
import type { ForeseenNotice } from '../foreseen-notices.ts'
import type { ReplayedCharge } from './costs.ts'
import type { CustomerHistory, HistoricItem } from './history.ts'
import type { Replay } from './replay.ts'
import {
  addTallies,
  type ChargeTally,
  type ClaimedFigures,
  emptyTally,
  type LevelTally,
  type Tally,
} from './tally.ts'

/** What of a replay counts, and what is asked about it. */
export interface Question {
  /** Notices before it only tell where items stand. */
  fromDate: CalendarDate
  /** A customer that pays within so many days after a notice would have paid anyway. */
  paidWithinDays: number
  /** The last day of which payments are known. */
  knownUntil: CalendarDate
}

/** A notice with what the tally asks about it. */
interface JudgedNotice {
  notice: ForeseenNotice
  /** What it charges. */
  charges: readonly ReplayedCharge[]
  /** Whether all of it was paid in time; null where that is not known yet. */
  paidSoon: boolean | null
}

/** Counts what a policy would have done to one customer. */
export function tallyReplay(
  { days, standing }: Replay,
  history: CustomerHistory,
  question: Question,
): Tally {
  const items = new Map(history.items.map((item) => [item.id, item]))
  const counted = days.filter(({ date }) => date >= question.fromDate)
  const counting = counted.flatMap(({ date, notices, charges }) =>
    notices.map((notice) => ({
      date,
      notice,
      charges: charges.filter(
        ({ level, currency }) => level === notice.level && currency === notice.currency,
      ),
      paidSoon: wasPaidSoon(notice, items, date, question),
    })),
  )
  const contacts = new Set(counting.map(({ date }) => date)).size
  const demands = counting.filter(({ notice, paidSoon }) => notice.level > 0 && paidSoon !== null)
  return addTallies([
    {
      ...emptyTally,
      levels: levelsOf(counting),
      charges: chargesOf(counted.flatMap(({ charges }) => charges)),
      standing: standing.map(({ level, openAmount, id }) => ({
        level,
        currency: (items.get(id) as HistoricItem).currency,
        item_count: 1,
        amount: openAmount,
      })),
      contacted_customer_count: contacts > 0 ? 1 : 0,
      contact_count: contacts,
      max_contacts: contacts,
      customers_1_count: contacts === 1 ? 1 : 0,
      customers_2_count: contacts === 2 ? 1 : 0,
      customers_3_count: contacts === 3 ? 1 : 0,
      customers_over_3_count: contacts > 3 ? 1 : 0,
      paid_anyway_customer_count:
        demands.length > 0 && demands.every(({ paidSoon }) => paidSoon) ? 1 : 0,
    },
  ])
}

const levelsOf = (notices: readonly JudgedNotice[]): LevelTally[] =>
  [...groupBy(notices, ({ notice }) => `${notice.level} ${notice.currency}`).values()].map(
    (group) => {
      const [{ notice }] = group as [JudgedNotice]
      const soon = group.filter(({ paidSoon }) => paidSoon === true)
      return {
        level: notice.level,
        currency: notice.currency,
        notice_count: group.length,
        item_count: sum(group.map((one) => one.notice.items.length)),
        customer_count: 1,
        amount: sum(group.map((one) => one.notice.amount)),
        ...claimedOf(group.flatMap(({ charges }) => charges)),
        observed_notice_count: group.filter(({ paidSoon }) => paidSoon !== null).length,
        paid_soon_notice_count: soon.length,
        paid_soon_amount: sum(soon.map((one) => one.notice.amount)),
      }
    },
  )

const chargesOf = (charges: readonly ReplayedCharge[]): ChargeTally[] =>
  [...groupBy(charges, ({ currency }) => currency)].map(([currency, group]) => ({
    currency,
    ...claimedOf(group),
    refused_amount: sum(group.map(({ refused }) => refused)),
    waived_interest_amount: sum(group.map(({ waived }) => waived)),
  }))

const claimedOf = (charges: readonly ReplayedCharge[]): ClaimedFigures => {
  const ofKind = (wanted: ReplayedCharge['kind']) =>
    sum(charges.filter(({ kind }) => kind === wanted).map(({ claimed }) => claimed))
  return {
    fee_amount: ofKind('fee'),
    interest_amount: ofKind('interest'),
    lump_sum_amount: ofKind('lump_sum'),
  }
}

/** Whether money that no run had seen at the notice settled all that it was about within the days. */
function wasPaidSoon(
  { items: told }: ForeseenNotice,
  items: ReadonlyMap<string, HistoricItem>,
  date: CalendarDate,
  { paidWithinDays, knownUntil }: Question,
): boolean | null {
  const last = addDays(date, paidWithinDays)
  if (last > knownUntil) return null
  return told.every(({ id, openAmount }) => {
    const { movements } = items.get(id) as HistoricItem
    const came = movements.filter(
      (one) => one.cause === 'money' && one.date > date && one.effectiveDate <= last,
    )
    return -sum(came.map(({ amount }) => amount)) >= openAmount
  })
}
