import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import { convert, type RateBetween } from '../../parties/exchange-rates/convert.ts'
import { ratesTo } from '../../parties/exchange-rates/queries.ts'
import type { Conversion } from './exposure.ts'

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
  const rates = others.length === 0 ? new Map() : await ratesTo(reader, currency, others, date)
  return new Map<string, Conversion>([
    [currency, { convert: (amount) => amount, used: null }],
    ...[...rates].map(([source, { id, rate_date, rate, inverse }]): [string, Conversion] => [
      source,
      {
        convert: (amount) => convertCapped(amount, source, currency, { rate, inverse }),
        used: { rateId: id, fromCurrency: source, rateDate: rate_date, rate, inverse },
      },
    ]),
  ])
}

/** Converts; what is beyond all that can be counted is that much, so that one mistyped amount stops nobody's check. */
export function convertCapped(amount: number, from: string, to: string, rate: RateBetween): number {
  try {
    return convert(amount, from, to, rate)
  } catch (error) {
    if (error instanceof RangeError) return MAX_AMOUNT
    throw error
  }
}
