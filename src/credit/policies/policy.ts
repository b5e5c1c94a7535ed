import type { CalendarDate } from '../../foundation/calendar.ts'
import type { MoneyAmount } from '../../foundation/money.ts'

/** What a customer could cost the tenant is made of. Each unit of money belongs to one of them. */
export const exposureComponents = [
  'not_due',
  'overdue',
  'disputed',
  'provisional_debits',
  'orders',
  'reservations',
  'unallocated',
] as const
export type ExposureComponent = (typeof exposureComponents)[number]

/** What a check says: sell, ask a person, or do not sell. The worst of the rules decides. */
export const outcomes = ['approve', 'refer', 'deny'] as const
export type Outcome = (typeof outcomes)[number]
export type Reaction = Exclude<Outcome, 'approve'>

/** What is known of how a customer pays, in short; derived by the policy, overridable by a person. */
export const standings = ['new', 'returning', 'good', 'slow', 'problem'] as const
export type Standing = (typeof standings)[number]

/** Whether a component counts towards the limit, and how much of it there may be at most. */
export interface ComponentTerms {
  component: ExposureComponent
  included: boolean
  /** The most there may be of this component alone, by currency of the limit; a currency not named has no such bound. */
  sub_limits: MoneyAmount[]
}

/** What a check looks at besides the money, and from where on it reacts. */
export const thresholdRules = [
  /** Days the oldest overdue item is overdue. */
  'oldest_overdue_days',
  /** Percent of what is open that is overdue. */
  'overdue_percent',
  /** The highest dunning level of what is open. */
  'dunning_level',
  /** Days since a review was due. */
  'review_overdue_days',
] as const
export type ThresholdRule = (typeof thresholdRules)[number]

export interface CheckRules {
  /** What follows when exposure would go above the limit, and by how many percent of it that may be. */
  limit: { reaction: Reaction; tolerance_percent: number }
  /** What follows where there is no limit, it has expired, or an amount cannot be converted. */
  no_limit: Outcome
  limit_expired: Outcome
  missing_rate: Reaction
  credit_hold: Reaction
  /** Each reacts when its figure is above `maximum`. */
  thresholds: { rule: ThresholdRule; maximum: number; reaction: Reaction }[]
  /** Reacts to a score below `minimum`; a customer without a score passes. */
  score: { minimum: number; reaction: Reaction } | null
  /** Reacts to these standings. */
  standing: { standings: Standing[]; reaction: Reaction } | null
  /** Reacts when longer terms are asked for than the customer has. */
  terms: { reaction: Reaction } | null
}

/** What a score is made of. Months are calendar months; "the year" is the twelve months up to today. */
export const factors = [
  /** Average days late of what was settled in the year, weighted by amount; early counts 0. */
  'days_late',
  /** Percent of the items settled in the year that were late. */
  'late_percent',
  /** Average days late of the last three months less that of the nine before: above 0 it gets worse. */
  'trend_days',
  /** Months since the first invoice. */
  'relation_months',
  /** Payments of the year that were taken back by the bank. */
  'returns',
  /** Items of the year that were disputed. */
  'disputes',
  /** Percent of what is open that is overdue. */
  'overdue_percent',
  /** Exposure in percent of the limit. */
  'utilisation_percent',
  /** The newest valid score of an outside provider, 0 to 100. */
  'external_score',
  /** The average rating of trade references, 0 to 100. */
  'trade_references',
] as const
export type Factor = (typeof factors)[number]

/** One factor of a score: its weight, and the points its figure earns. */
export interface ScoreFactor {
  factor: Factor
  weight: number
  /** Ascending by `from`: the last band whose `from` the figure reaches; below the first one, its points. */
  bands: { from: number; points: number }[]
  /** The points while there is no figure. */
  missing_points: number
}

export interface Scorecard {
  factors: ScoreFactor[]
  /** Descending by `from_score`; the last begins at 0. */
  classes: { name: string; from_score: number }[]
}

/** Average monthly invoicing of the year × months × percent of the score class, within bounds, rounded down to a step. */
export interface LimitFormula {
  currency: string
  months: number
  percents: { score_class: string; percent: number }[]
  minimum_amount: number
  maximum_amount: number
  step_amount: number
}

/** When a customer is what: the first that holds of problem, new, slow, good; else returning. */
export interface StandingRules {
  /** New while fewer items than this have been settled. */
  new_below_settled_items: number
  /** Good up to so many days late on average. */
  good_up_to_days_late: number
  /** Slow from so many days late on average. */
  slow_from_days_late: number
  /** A problem from so many days that the oldest overdue item is overdue. */
  problem_from_overdue_days: number
  /** Which class of the tenant customers of a standing belong to, so that its terms and dunning policy follow. */
  customer_classes: { standing: Standing; customer_class_id: string }[]
}

/** What has to be done before a customer gets its first limit. */
export const onboardingChecks = [
  'identity',
  'register_extract',
  'tax_id',
  'sanctions_list',
  'external_report',
  'trade_references',
  'bank_reference',
  'terms_accepted',
] as const
export type OnboardingCheckKind = (typeof onboardingChecks)[number]

export interface ReviewRules {
  /** Months from one review to the next; a standing that is not named is not reviewed. */
  intervals: { standing: Standing; months: number }[]
  /** A recommendation asks for a change of the limit only from so many percent on. */
  limit_change_percent: number
  /** The net days that are fitting for a standing; 0 is prepayment. */
  terms: { standing: Standing; net_days: number }[]
}

export interface MonitoringRules {
  /** Utilisations of the limit, in percent, that are worth an event when they are reached. */
  utilisation_percents: number[]
  /** Points of score that are worth an event when they are lost between two nights; null for none. */
  score_drop: number | null
  /** Days beyond its habit (its average days late) that make an open item worth an event; null for none. */
  habit_days: number | null
}

/** When the policy itself has nothing more sold on account; it lifts its holds once their cause is gone. */
export interface HoldRules {
  /** From so many days that the oldest overdue item is overdue; null for never. */
  overdue_days: number | null
  /** While exposure is above a limit. */
  over_limit: boolean
}

/** What a version of a credit policy says. */
export interface CreditPolicyDefinition {
  /** Who answers for the policy. */
  owner: string
  /** When the policy itself is to be looked at again; null for never. */
  next_review_date: CalendarDate | null
  exposure: ComponentTerms[]
  checks: CheckRules
  /** For so many days after a release, the rules that were released do not react again; rules about money always do. */
  release_grace_days: number
  scorecard: Scorecard | null
  limit_formula: LimitFormula | null
  /** Limits above these amounts need a second person; where any is named, so does any limit in another currency. */
  approval_above: MoneyAmount[]
  onboarding_checks: OnboardingCheckKind[]
  standing: StandingRules | null
  reviews: ReviewRules | null
  monitoring: MonitoringRules
  holds: HoldRules
}

/** What holds without a policy: only the limit decides, and a hold that somebody has placed. */
export const withoutPolicy: CreditPolicyDefinition = {
  owner: '',
  next_review_date: null,
  exposure: [],
  checks: {
    limit: { reaction: 'deny', tolerance_percent: 0 },
    no_limit: 'refer',
    limit_expired: 'refer',
    missing_rate: 'refer',
    credit_hold: 'deny',
    thresholds: [],
    score: null,
    standing: null,
    terms: null,
  },
  release_grace_days: 0,
  scorecard: null,
  limit_formula: null,
  approval_above: [],
  onboarding_checks: [],
  standing: null,
  reviews: null,
  monitoring: { utilisation_percents: [], score_drop: null, habit_days: null },
  holds: { overdue_days: null, over_limit: false },
}
