import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { addReferenceRate } from './add-reference-rate.ts'
import { calculateLatePayment } from './calculate-late-payment.ts'
import { CalculateLatePayment, LatePayment, LatePaymentQuery } from './calculation-schema.ts'
import { explainLatePayment } from './explain-late-payment.ts'
import { requireJurisdiction } from './jurisdiction.ts'
import * as wire from './jurisdiction-schema.ts'
import { listJurisdictions, listRates, settingsOf } from './queries.ts'
import { ppmOf } from './rate.ts'
import {
  AddReferenceRate,
  RateQuery,
  ReferenceRate,
  ReferenceRateList,
  rateToJson,
} from './rate-schema.ts'
import { switchRules } from './switch-rules.ts'

/** The law of late payment: what it says, by which rates, and what follows for a claim. */
export function lawRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'POST',
    url: '/v1/late-payment-calculations',
    operationId: 'calculateLatePayment',
    tag: 'Late payment',
    summary: 'Calculate what late payment costs',
    description:
      'For any amount, dates, part payments, law or contract: the day of default, interest with every segment it is made of, the lump sum, the limitation date, and the rules that say so. Nothing is stored. Past the last known reference rate it refuses, unless `carry_forward` is chosen.',
    scope: 'dunning:read',
    body: CalculateLatePayment,
    answers: { 200: LatePayment },
    problems: ['reference_rate_unknown', 'amount_out_of_range'],
    work: (reader, { body }) => calculateLatePayment(reader, body),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/open-items/:id/late-payment',
    operationId: 'explainLatePayment',
    tag: 'Late payment',
    summary: 'Explain what late payment of an open item costs',
    description:
      'By the law of the customer’s country as of a day, from what the ledger says was paid when: since when it is in default, the interest with its segments, the lump sum, and when it is time-barred. Of what restarts or suspends limitation the service knows its own demands only. Interest that was agreed is claimed by the dunning level.',
    scope: 'dunning:read',
    params: IdParams('open_item', 'open item'),
    query: LatePaymentQuery,
    answers: { 200: LatePayment },
    problems: ['open_item_not_found', 'not_a_principal', 'amount_out_of_range'],
    work: (reader, { params: { id }, query: { as_of_date, carry_forward } }) =>
      explainLatePayment(reader, uuidOf(id), as_of_date ?? reader.today, carry_forward ?? false),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/reference-rates',
    operationId: 'listReferenceRates',
    tag: 'Late payment',
    summary: 'List reference rates',
    description: 'Those that come with the service and those you have added, the latest first.',
    scope: 'dunning:read',
    query: RateQuery,
    answers: { 200: ReferenceRateList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listRates(reader, filters), (rate) => rateToJson(rate, reader)),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/reference-rates',
    operationId: 'addReferenceRate',
    tag: 'Late payment',
    summary: 'Add a reference rate',
    description:
      'Newer than all that are known of its series: rates by which interest was reckoned do not change. One that repeats the rate before says that it still holds.',
    scope: 'dunning:write',
    body: AddReferenceRate,
    answers: { 201: ReferenceRate },
    problems: ['reference_rate_known'],
    work: async (tx, { body: { series, valid_from_date, percent, source } }) =>
      rateToJson(
        await addReferenceRate(tx, {
          series,
          validFromDate: valid_from_date,
          ppm: ppmOf(percent),
          source,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/jurisdictions',
    operationId: 'listJurisdictions',
    tag: 'Late payment',
    summary: 'List jurisdictions',
    description:
      'Every place whose law of late payment is known, with its rules, where they stand, whether they were verified, and whether they count.',
    scope: 'dunning:read',
    answers: { 200: wire.JurisdictionList },
    work: async (reader) =>
      listToJson({ rows: await listJurisdictions(reader), nextCursor: null }, (one) =>
        wire.jurisdictionToJson(one.jurisdiction, one.settings, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/jurisdictions/:code',
    operationId: 'getJurisdiction',
    tag: 'Late payment',
    summary: 'Read a jurisdiction',
    description: 'Its rules, where they stand, whether they were verified, and whether they count.',
    scope: 'dunning:read',
    params: wire.CodeParams,
    answers: { 200: wire.Jurisdiction },
    problems: ['jurisdiction_not_found'],
    work: async (reader, { params: { code } }) => {
      const jurisdiction = requireJurisdiction(code)
      return wire.jurisdictionToJson(
        jurisdiction,
        await settingsOf(reader, jurisdiction.code),
        reader,
      )
    },
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/jurisdictions/:code',
    operationId: 'switchJurisdictionRules',
    tag: 'Late payment',
    summary: 'Switch rules of a jurisdiction on or off',
    description:
      'Rules that were not verified are off until you switch them on; any rule can be switched off. Counts for everything reckoned from now on.',
    scope: 'dunning:write',
    params: wire.CodeParams,
    body: wire.SwitchRules,
    answers: { 200: wire.Jurisdiction },
    problems: ['jurisdiction_not_found'],
    work: async (tx, { params: { code }, body, ifMatch }) => {
      const jurisdiction = requireJurisdiction(code)
      const settings = await switchRules(tx, { jurisdiction, switches: body.enabled, ifMatch })
      return wire.jurisdictionToJson(jurisdiction, settings, tx)
    },
  })
}
