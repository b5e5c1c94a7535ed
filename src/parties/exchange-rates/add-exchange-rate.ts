import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { dateInFuture, invalidFields } from '../../foundation/problem.ts'
import { exchangeRateToJson } from './schema.ts'
import type { ExchangeRateRow } from './table.ts'

export interface AddExchangeRate {
  fromCurrency: string
  toCurrency: string
  rateDate: CalendarDate
  /** A decimal of up to ten places. */
  rate: string
}

/**
 * Adds what a currency costs in another from a day on. A rate never changes: another one for the same day holds from
 * when it is added, and what was converted before can be converted again as it was.
 */
export async function addExchangeRate(tx: Tx, input: AddExchangeRate): Promise<ExchangeRateRow> {
  const { fromCurrency, toCurrency, rateDate, rate } = input
  if (fromCurrency === toCurrency) {
    throw invalidFields({
      pointer: '#/to_currency',
      code: 'same_currency',
      detail: 'must be another currency than from_currency',
    })
  }
  if (!/[1-9]/.test(rate)) {
    throw invalidFields({ pointer: '#/rate', code: 'exclusiveMinimum', detail: 'must be above 0' })
  }
  if (rateDate > tx.today) throw dateInFuture('rate_date', rateDate, tx.today)
  const added = await tx.db
    .insertInto('exchange_rate')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      from_currency: fromCurrency,
      to_currency: toCurrency,
      rate_date: rateDate,
      rate,
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, {
    type: 'exchange_rate.added',
    entity: { kind: 'exchange_rate', id: added.id, sequence: 1 },
    customerId: null,
    object: exchangeRateToJson(added, tx),
  })
  return added
}
