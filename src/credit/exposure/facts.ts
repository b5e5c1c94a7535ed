import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Standing } from '../policies/policy.ts'
import type { AmountsByCurrency } from './exposure.ts'

/** A limit as it holds on the day that is looked at. */
export interface LimitFact {
  id: string
  kind: 'standing' | 'temporary'
  currency: string
  amount: number
  valid_until: CalendarDate | null
  expired: boolean
}

/** What a credit decision can know of one customer. */
export interface CreditFacts {
  customerId: string
  currency: string
  /** A consumer or a sole trader: what is decided against it needs a person's look (GDPR art. 22). */
  naturalPerson: boolean
  /** The net days it is invoiced with; null where nobody has said. */
  netDays: number | null
  limit: LimitFact | null
  group: { id: string; limit: LimitFact | null } | null
  amounts: AmountsByCurrency
  /** The due date of the oldest item that is overdue and not disputed. */
  oldestOverdueDate: CalendarDate | null
  /** The highest dunning level of what is overdue and not disputed. */
  highestLevel: number
  /** The oldest credit hold in force. */
  creditHoldId: string | null
  score: number | null
  standing: Standing | null
  nextReviewDate: CalendarDate | null
  /** Rules that rest for some days yet, and the check whose release has them rest. */
  resting: { rule: string; checkId: string }[]
}

/** What was read at one moment, and which transactions that moment knew (pg_current_snapshot). */
export interface Knowledge {
  snapshot: string
  /** The customers that were asked for and everyone who shares a limit with one of them, by id. */
  facts: ReadonlyMap<string, CreditFacts>
}
