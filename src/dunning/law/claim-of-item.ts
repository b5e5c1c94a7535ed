import { sql } from 'kysely'
import type { DueDateBasis } from '../../billing/invoice.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Claim } from './assess-claim.ts'
import { type AgreedDeferral, deferralsOfItem, limitationBasis } from './deferral.ts'
import { jurisdictionOf } from './jurisdiction.ts'
import type { Act } from './limitation.ts'
import type { DebtorKind } from './rule.ts'
import type { Reduction } from './stretches.ts'

/** An item of an invoice as the law sees it, before anything is demanded or paid. */
export interface ClaimedItem {
  currency: string
  due_date: CalendarDate
  claim_date: CalendarDate
  total_amount: number
  debtor: DebtorKind
  country: string
  due_date_basis: DueDateBasis
  received_date: CalendarDate | null
  consumer_notice_given: boolean
  deferrals: AgreedDeferral[]
}

/** What is selected of it, from the rows `item`, `customer` and `invoice`. */
export const claimedItemColumns = sql`item.currency, item.due_date, item.claim_date, item.total_amount, customer.kind as debtor,
  customer.country, invoice.due_date_basis, invoice.received_date, invoice.consumer_notice_given, ${deferralsOfItem} as deferrals`

/** What has become of a claim. */
export interface CourseOfClaim {
  /** The days on which it was demanded, in order: the first may begin default, and each may restart limitation. */
  demandDates: readonly CalendarDate[]
  reductions: readonly Reduction[]
  /** What was paid of its interest. */
  interestPayments: readonly Reduction[]
}

/** The claim that an item is, by what has become of it. */
export function claimOfItem(
  item: ClaimedItem,
  { demandDates, reductions, interestPayments }: CourseOfClaim,
): Claim {
  const limited = limitationBasis(item.due_date, item.deferrals)
  return {
    jurisdiction: jurisdictionOf(item.country),
    debtor: item.debtor,
    currency: item.currency,
    principal: item.total_amount,
    reductions,
    interestPayments,
    claimDate: item.claim_date,
    dueDate: item.due_date,
    basis: item.due_date_basis,
    receivedDate: item.received_date,
    noticeGiven: item.consumer_notice_given,
    demandDate: demandDates[0] ?? null,
    knownDefaultDate: null,
    limitationDueDate: limited.dueDate,
    acts: [
      ...limited.acts,
      ...demandDates.map((date): Act => ({ kind: 'written_demand', date, untilDate: null })),
    ],
  }
}
