import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import { convert } from '../../parties/exchange-rates/convert.ts'
import { ratesTo } from '../../parties/exchange-rates/queries.ts'
import type { Conversion, RateUsed } from './exposure.ts'

/** Conversions into one currency, by the currency they come from; one without a rate is missing. */
export type Conversions = ReadonlyMap<string, Conversion>

/** How amounts of some currencies become amounts of another on a day, by the rates the tenant has supplied. */
export async function conversionsTo(
  reader: Reader,
  currency: string,
  sources: Iterable<string>,
  date: CalendarDate,
): Promise<Conversions> {
  const others = [...new Set(sources)].filter((source) => source !== currency)
  const rates = others.length === 0 ? [] : await ratesTo(reader, currency, others, date)
  return conversionsBy(
    currency,
    [...rates].map(([fromCurrency, { id, rate_date, rate, inverse }]) => ({
      rateId: id,
      fromCurrency,
      rateDate: rate_date,
      rate,
      inverse,
    })),
  )
}

/** Conversions into a currency by these rates; into itself an amount stays what it is. */
export const conversionsBy = (currency: string, rates: readonly RateUsed[]): Conversions =>
  new Map<string, Conversion>([
    [currency, { convert: (amount) => amount, used: null }],
    ...rates.map((used): [string, Conversion] => [
      used.fromCurrency,
      { convert: (amount) => convertCapped(amount, currency, used), used },
    ]),
  ])

/** Converts; what is beyond all that can be counted is that much, so that one mistyped amount stops nobody's check. */
function convertCapped(amount: number, currency: string, used: RateUsed): number {
  try {
    return convert(amount, used.fromCurrency, currency, used)
  } catch (error) {
    if (error instanceof RangeError) return MAX_AMOUNT
    throw error
  }
}
