/** How many levels a policy may have. */
export const LEVELS_MAX = 20

/** How many reminders before the due date a policy may have. */
export const COURTESIES_MAX = 10

/** The highest fee of a notice, minor units: anything above it is a typing error. */
export const FEE_MAX = 100_000_000

/** What the days of a level are counted from. */
export const anchors = ['due_date', 'end_of_month', 'previous_deadline'] as const
export type Anchor = (typeof anchors)[number]

/** How a notice sounds. */
export const tones = ['friendly', 'neutral', 'firm', 'final'] as const
export type Tone = (typeof tones)[number]

/** The ways by which a notice can reach a customer. */
export const channels = ['email', 'letter', 'sms', 'phone', 'portal'] as const
export type Channel = (typeof channels)[number]

/** Notices that a law asks for before a debtor may be charged. */
export const statutoryNotices = ['nl_14_day', 'be_first_reminder'] as const
export type StatutoryNotice = (typeof statutoryNotices)[number]

/** What a notice costs the customer in one currency: an amount, a percentage of what is overdue, or steps by it. */
export interface Fee {
  currency: string
  amount?: number
  /** A decimal of up to four places, in percent. */
  percent?: string
  /** Ascending: the last step whose `from_amount` what is overdue reaches. */
  steps?: { from_amount: number; amount: number }[]
}

/** Which late interest a notice claims. */
export interface InterestTerms {
  kind: 'none' | 'statutory' | 'contract'
  /** The agreed rate, percent a year; for `contract` only. */
  percent?: string
}

/** What a level brings about besides the notice. */
export interface Consequences {
  /** Nothing more is sold on account. */
  credit_hold: boolean
  /** What people are to do. */
  tasks: { assignee: 'collector' | 'sales'; title: string }[]
  /** What people are asked to decide at the end of the ladder. */
  proposal: 'hand_over' | 'write_off' | null
}

/** One step of escalation. */
export interface Level {
  level: number
  /** The level applies from so many days after its anchor. */
  days: number
  anchor: Anchor
  name: string
  tone: Tone
  /** The integrator's own name of the text to send. */
  template: string | null
  /** In order: the next is taken when one fails. */
  channels: Channel[]
  /** Below it in its currency, items fall to the level below. */
  minimum_amounts: { currency: string; amount: number }[]
  /** Below this share of all that is open, in percent, items fall to the level below. */
  minimum_percent: number | null
  fees: Fee[]
  interest: InterestTerms
  /** Whether the statutory lump sum is claimed, where the law grants one. */
  lump_sum: boolean
  /** The new deadline: so many days after the notice; null for none. */
  payment_days: number | null
  statutory_notice: StatutoryNotice | null
  consequences: Consequences
}

/** A reminder before or on the due date: a courtesy, which leaves the level at 0. */
export interface Courtesy {
  /** 0 for the due day itself. */
  days_before_due: number
  name: string
  tone: Tone
  template: string | null
  channels: Channel[]
}

/** How often a customer may be contacted, over all channels, people's contacts included. */
export interface ContactBudget {
  contacts: number
  /** Within so many consecutive days. */
  days: number
}

/** The days on which notices go out. */
export interface BusinessDays {
  /** Whose public holidays, ISO 3166-1 alpha-2. */
  country: string
  /** Whose regional holidays as well, as ISO 3166-2 names it without the country; null for none. */
  region: string | null
}

/** What an immutable version of a policy says. */
export interface PolicyDefinition {
  /** `invoice`: each item escalates by itself; `customer`: all due items rise to the highest due level. */
  scope: 'invoice' | 'customer'
  /** Whether a run lifts an item by one level at most, or to the highest level that is due. */
  catch_up: 'one_level' | 'highest'
  /** Days that must lie between two notices to one customer in one currency. */
  min_notice_interval_days: number
  /** Days by which every item's due date is shifted for dunning. */
  item_grace_days: number
  /** A customer is left alone until one of its items is overdue by so many days. */
  account_minimum_days: number
  /** Whether what a run proposes is released at once or by a person. */
  release: 'automatic' | 'review'
  /** No notice when we have not known of payments for more days than this; null for never mind. */
  payment_data_max_age_days: number | null
  contact_budget: ContactBudget | null
  business_days: BusinessDays | null
  /** Local times `HH:MM` between which nothing is sent. */
  quiet_hours: { from: string; to: string } | null
  /** What becomes of charges that are not claimed yet when the principal is paid. */
  on_principal_paid: 'enforce' | 'waive'
  /** Ascending in time: the earliest reminder first. */
  courtesies: Courtesy[]
  /** Ascending by number. */
  levels: Level[]
}

/** A version of a policy, as items are bound to it. */
export interface Policy extends PolicyDefinition {
  id: string
  version: number
}

/** The level after one that is reached; undefined after the last. */
export const levelAfter = ({ levels }: PolicyDefinition, reached: number): Level | undefined =>
  levels.find(({ level }) => level > reached)

/** The level of this number; undefined when the policy has none. */
export const levelOf = ({ levels }: PolicyDefinition, number: number): Level | undefined =>
  levels.find(({ level }) => level === number)
