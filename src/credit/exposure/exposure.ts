import type { CalendarDate } from '../../foundation/calendar.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import {
  type ComponentTerms,
  type ExposureComponent,
  exposureComponents,
} from '../policies/policy.ts'

/** What a customer could cost the tenant in one currency, by component; unallocated money is positive and lowers it. */
export type Amounts = Record<ExposureComponent, number>

/** Amounts by their currency. */
export type AmountsByCurrency = ReadonlyMap<string, Amounts>

/** How an amount of another currency is counted. */
export interface RateUsed {
  rateId: string
  fromCurrency: string
  rateDate: CalendarDate
  rate: string
  inverse: boolean
}

/** Turns an amount into the currency of the exposure; null where the tenant has supplied no rate. */
export interface Conversion {
  convert(amount: number): number
  used: RateUsed | null
}

/** One component, in the currency of the exposure. */
interface ComponentAmount {
  component: ExposureComponent
  /** Minor units; unallocated money is positive too. */
  amount: number
  included: boolean
  /** The most there may be of it; null without such a bound. */
  subLimit: number | null
}

/** What a customer, or a group, could cost the tenant, in one currency. */
export interface Exposure {
  currency: string
  /** Minor units: all included components, less unallocated money if that is included. Negative when we owe more. */
  amount: number
  components: ComponentAmount[]
  rates: RateUsed[]
  /** Currencies in which there are amounts that no rate converts; they are not in `amount`. */
  unconverted: string[]
}

/** Whether a component counts; one that the policy does not name does. */
export const isIncluded = (
  terms: readonly ComponentTerms[],
  component: ExposureComponent,
): boolean => terms.find((one) => one.component === component)?.included ?? true

export const noAmounts = (): Amounts =>
  Object.fromEntries(exposureComponents.map((component) => [component, 0])) as Amounts

/** No more than an amount can be. */
const capped = (amount: number): number => Math.min(amount, MAX_AMOUNT)

/** What a component adds to exposure: unallocated money lowers it. */
const signOf = (component: ExposureComponent): 1 | -1 => (component === 'unallocated' ? -1 : 1)

/**
 * Exposure in one currency. Every component of every currency is converted by itself and rounded once; what cannot be
 * converted is named instead of guessed. What is beyond all that can be counted is that much: above any limit anyway.
 */
export function exposureIn(
  currency: string,
  amounts: AmountsByCurrency,
  terms: readonly ComponentTerms[],
  conversions: ReadonlyMap<string, Conversion>,
): Exposure {
  const usable = [...amounts].filter(([from]) => conversions.has(from))
  const components = exposureComponents.map((component): ComponentAmount => {
    const own = terms.find((one) => one.component === component)
    return {
      component,
      amount: capped(
        usable.reduce(
          (total, [from, parts]) =>
            total + (conversions.get(from) as Conversion).convert(parts[component]),
          0,
        ),
      ),
      included: isIncluded(terms, component),
      subLimit: own?.sub_limits.find((limit) => limit.currency === currency)?.amount ?? null,
    }
  })
  return {
    currency,
    amount: capped(
      components.reduce(
        (total, { component, amount, included }) =>
          total + (included ? signOf(component) * amount : 0),
        0,
      ),
    ),
    components,
    rates: usable.flatMap(([from]) => conversions.get(from)?.used ?? []),
    unconverted: [...amounts]
      .flatMap(([from, parts]) =>
        conversions.has(from) || Object.values(parts).every((amount) => amount === 0) ? [] : [from],
      )
      .sort(),
  }
}

/** How much of a component there is. */
const amountOf = ({ components }: Exposure, component: ExposureComponent): number =>
  (components.find((one) => one.component === component) as ComponentAmount).amount

/** What is open, and what of it is overdue and not disputed. */
export function openOf(exposure: Exposure): { open: number; overdue: number } {
  const overdue = amountOf(exposure, 'overdue')
  return {
    overdue,
    open: capped(overdue + amountOf(exposure, 'not_due') + amountOf(exposure, 'disputed')),
  }
}

/** As much as a percentage is shown, however small the limit. */
export const UTILISATION_MAX = 2_147_483_647

/** Exposure in percent of a limit, rounded down; null where there is no limit above 0. */
export const utilisation = (amount: number, limit: number | null): number | null =>
  limit === null || limit === 0
    ? null
    : Math.min(Math.max(0, Number((BigInt(amount) * 100n) / BigInt(limit))), UTILISATION_MAX)
