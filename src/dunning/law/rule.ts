import type { CalendarDate } from '../../foundation/calendar.ts'
import type { StatutoryNotice } from '../policy.ts'
import type { DayCount } from './day-count.ts'
import type { Ppm, ReferenceDay } from './rate.ts'
import type { Scale } from './scale.ts'

/** Whose debt it is: the law protects consumers more, and gives lump sums against businesses only. */
export const debtorKinds = ['business', 'consumer'] as const
export type DebtorKind = (typeof debtorKinds)[number]

/** How late interest grows. */
export interface InterestTerms {
  /** The series the rate follows, and on which day of a half-year it is read; null for a fixed rate. */
  reference: { series: string; read: ReferenceDay } | null
  /** Points above the reference; the rate itself where there is none. */
  margin: Ppm
  /** The rate is rounded up to a multiple of this; null for not at all. */
  roundedUpTo: Ppm | null
  /** Whether the rate follows its reference, or stays what it was when interest began. */
  mode: 'floating' | 'fixed_at_start'
  /** Whether after each full year its interest bears interest. */
  compounding: 'none' | 'yearly'
  dayCount: DayCount
}

/** When default begins by itself, without a demand. */
export interface DefaultTerms {
  /** Days after which default begins although the due date was not agreed; null for never without a demand. */
  days: number | null
  /** What they are counted from: the receipt of the invoice, or the later of receipt and due date. */
  countedFrom: 'receipt' | 'receipt_and_due_date'
  /** Whether the invoice must have told the debtor that default follows. */
  needsNotice: boolean
}

/** What may be charged for chasing. */
export interface FeeTerms {
  /** Whether a fee in percent of the claim is refused. */
  refusesPercentage: boolean
  /** The most all fees for one claim may be together; null for what is reasonable. */
  cap: Scale | null
  /** The most a single notice may cost besides postage; null for what is reasonable. */
  noticeCap: { currency: string; amount: number } | null
  /** The notice that must have gone before, and whose term must have run; null for none. */
  afterNotice: StatutoryNotice | null
}

/** A fixed compensation per claim, by the size of the claim. */
export interface LumpSumTerms {
  currency: string
  /** Ascending; the first begins at 0. A claim of exactly `from` belongs to it. */
  steps: readonly { from: number; amount: number }[]
}

/** How long a payment term may be. */
export interface PaymentTermTerms {
  daysMax: number
}

/** What somebody does about a claim that concerns its limitation. */
export const limitationActs = [
  'acknowledgement',
  'written_demand',
  'court_action',
  'negotiations',
  'deferral',
] as const
export type LimitationAct = (typeof limitationActs)[number]

/** When a claim can no longer be enforced. */
export interface LimitationTerms {
  years: number
  /** From the day after the due date, or from the end of the year in which it lies. */
  countedFrom: 'due_date' | 'end_of_year'
  /** After these it begins anew, on the day after. */
  restartedBy: readonly LimitationAct[]
  /** While these last it does not run, and it ends at the earliest so many months after them. */
  suspendedBy: Partial<Record<LimitationAct, { graceMonths: number }>>
}

/** What the topics of the law say. */
export interface Topics {
  interest: InterestTerms
  default: DefaultTerms
  lump_sum: LumpSumTerms
  fees: FeeTerms
  payment_term: PaymentTermTerms
  limitation: LimitationTerms
}
export const topics = [
  'default',
  'interest',
  'lump_sum',
  'fees',
  'payment_term',
  'limitation',
] as const satisfies (keyof Topics)[]
export type Topic = keyof Topics

/** One rule of one jurisdiction, as it stands from a day on. */
export interface Rule<T extends Topic = Topic> {
  /** Stable: tenants switch rules on and off by it. */
  code: string
  topic: T
  debtor: DebtorKind
  /** Claims that arose from this day on fall under it, until the next rule of the same topic and debtor. */
  validFrom: CalendarDate
  terms: Topics[T]
  /** What it says, for people. */
  summary: string
  /** Where it stands. */
  source: string
  /** Whether the source was read for it. Rules that were not are off until a tenant switches them on. */
  verified: boolean
}

/** A rule whose terms belong to its topic. */
export type AnyRule = { [T in Topic]: Rule<T> }[Topic]
