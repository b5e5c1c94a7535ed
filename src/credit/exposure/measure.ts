import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { ComponentTerms } from '../policies/policy.ts'
import { type Conversions, conversionsTo } from './conversions.ts'
import {
  type Amounts,
  type AmountsByCurrency,
  type Exposure,
  exposureIn,
  noAmounts,
} from './exposure.ts'
import type { CreditFacts, Knowledge, LimitFact } from './facts.ts'

/** Exposure beside the limit it counts against. */
export interface Measured {
  limit: LimitFact | null
  exposure: Exposure
  conversions: Conversions
}

/** The exposure of a customer beside its own limit, and that of its group beside the limit they share. */
export interface MeasuredCustomer {
  facts: CreditFacts
  own: Measured
  /** Null where the customer is in no group, or the group has no limit. */
  group: Measured | null
}

/** Conversions into a currency, loaded once per look. */
export type ConversionsInto = (currency: string) => Promise<Conversions>

/**
 * Measures customers by the currency of their limit, else by their own. A group is measured by the currency of its
 * limit, all its members together, once however many of them are asked for. An unknown customer is undefined.
 */
export function measurer(
  { facts: known }: Pick<Knowledge, 'facts'>,
  terms: readonly ComponentTerms[],
  into: ConversionsInto,
): (customerId: string) => Promise<MeasuredCustomer | undefined> {
  const groups = new Map<string, Promise<Measured>>()
  return async (customerId) => {
    const facts = known.get(customerId)
    if (facts === undefined) return undefined
    const own = await by(facts.limit, facts.limit?.currency ?? facts.currency, facts.amounts)
    return { facts, own, group: await groupOf(facts) }
  }

  async function groupOf({ group }: CreditFacts): Promise<Measured | null> {
    if (group === null || group.limit === null) return null
    const members = () => [...known.values()].filter((one) => one.group?.id === group.id)
    const measured = groups.get(group.id) ?? by(group.limit, group.limit.currency, total(members()))
    groups.set(group.id, measured)
    return measured
  }

  async function by(
    limit: LimitFact | null,
    currency: string,
    amounts: AmountsByCurrency,
  ): Promise<Measured> {
    const conversions = await into(currency)
    return { limit, conversions, exposure: exposureIn(currency, amounts, terms, conversions) }
  }
}

/** Conversions by the tenant's rates of a day, from every currency that somebody has amounts in. */
export function ratesOfDay(
  reader: Reader,
  { facts }: Pick<Knowledge, 'facts'>,
  date: CalendarDate,
  also: readonly string[] = [],
): ConversionsInto {
  const sources = [...also, ...[...facts.values()].flatMap(({ amounts }) => [...amounts.keys()])]
  const loaded = new Map<string, Promise<Conversions>>()
  return (currency) => {
    const known = loaded.get(currency) ?? conversionsTo(reader, currency, sources, date)
    loaded.set(currency, known)
    return known
  }
}

/** What several customers have together. */
function total(members: readonly CreditFacts[]): AmountsByCurrency {
  const sums = new Map<string, Amounts>()
  for (const { amounts } of members) {
    for (const [currency, parts] of amounts) {
      const sum = sums.get(currency) ?? noAmounts()
      sums.set(currency, sum)
      for (const component of Object.keys(sum) as (keyof Amounts)[])
        sum[component] += parts[component]
    }
  }
  return sums
}
