import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { addExchangeRate } from './add-exchange-rate.ts'
import { listExchangeRates, requireExchangeRate } from './queries.ts'
import * as wire from './schema.ts'

const tag = 'Credit'

/** What one currency costs in another, as the tenant says it. */
export function exchangeRateRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/exchange-rates',
    operationId: 'addExchangeRate',
    tag,
    summary: 'Add an exchange rate',
    description:
      'Amounts in other currencies count towards a credit limit by the latest rate up to the day. A rate never changes: another one for the same day replaces it from now on, and decisions of before stay reproducible. The opposite direction is worked out where only one is given.',
    scope: 'credit:write',
    body: wire.AddExchangeRate,
    answers: { 201: wire.ExchangeRate },
    problems: ['date_in_future'],
    work: async (tx, { body }) =>
      wire.exchangeRateToJson(
        await addExchangeRate(tx, {
          fromCurrency: body.from_currency,
          toCurrency: body.to_currency,
          rateDate: body.rate_date,
          rate: body.rate,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/exchange-rates',
    operationId: 'listExchangeRates',
    tag,
    summary: 'List exchange rates',
    description: 'The one added last first.',
    scope: 'credit:read',
    query: wire.ExchangeRateQuery,
    answers: { 200: wire.ExchangeRateList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listExchangeRates(reader, filters), (rate) =>
        wire.exchangeRateToJson(rate, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/exchange-rates/:id',
    operationId: 'getExchangeRate',
    tag,
    summary: 'Read an exchange rate',
    description: 'What it says, and of which day.',
    scope: 'credit:read',
    params: IdParams('exchange_rate', 'exchange rate'),
    answers: { 200: wire.ExchangeRate },
    problems: ['exchange_rate_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.exchangeRateToJson(await requireExchangeRate(reader, uuidOf(id)), reader),
  })
}
