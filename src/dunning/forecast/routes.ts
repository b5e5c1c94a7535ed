import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { FORECAST_CUSTOMERS_MAX, forecastNotices } from './forecast.ts'
import { DunningForecast, ForecastQuery, forecastToJson } from './forecast-schema.ts'

/** What is to come. */
export function forecastRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-forecast',
    operationId: 'getDunningForecast',
    tag: 'Dunning',
    summary: 'Forecast what dunning will send',
    description: `The notices of the next days per day, level and currency: the same evaluation as the runs to come, over all customers, if nothing happens but time. Nothing is stored. Looks at ${FORECAST_CUSTOMERS_MAX} customers at most; beyond that, ask for fewer days.`,
    scope: 'dunning:read',
    query: ForecastQuery,
    answers: { 200: DunningForecast },
    problems: ['forecast_too_large', 'amount_out_of_range'],
    work: async (reader, { query: { days } }) =>
      forecastToJson(await forecastNotices(reader, days ?? 30)),
  })
}
