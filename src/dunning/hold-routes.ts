import type { Static } from '@sinclair/typebox'
import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { changeHold, liftHold } from './change-hold.ts'
import { createHold } from './create-hold.ts'
import * as wire from './hold-schema.ts'
import * as find from './queries.ts'

const holdParams = IdParams('dunning_hold', 'dunning hold')

/** Dated reasons to wait. */
export function holdRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-holds',
    operationId: 'createDunningHold',
    tag: 'Dunning',
    summary: 'Hold dunning',
    description:
      'For a customer, an invoice or an open item, from a day until a day (both included) or until lifted.',
    scope: 'dunning:write',
    body: wire.CreateDunningHold,
    answers: { 201: wire.DunningHold },
    problems: [
      'customer_not_found',
      'invoice_not_found',
      'open_item_not_found',
      'customer_mismatch',
    ],
    work: async (tx, { body }) => wire.holdToJson(await createHold(tx, newHold(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-holds',
    operationId: 'listDunningHolds',
    tag: 'Dunning',
    summary: 'List dunning holds',
    description: 'The newest first.',
    scope: 'dunning:read',
    query: wire.HoldQuery,
    answers: { 200: wire.DunningHoldList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listHolds(reader, filters), (hold) => wire.holdToJson(hold, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-holds/:id',
    operationId: 'getDunningHold',
    tag: 'Dunning',
    summary: 'Read a dunning hold',
    description: 'What it covers, why, and until when.',
    scope: 'dunning:read',
    params: holdParams,
    answers: { 200: wire.DunningHold },
    problems: ['dunning_hold_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.holdToJson(await find.requireHold(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PATCH',
    url: '/v1/dunning-holds/:id',
    operationId: 'updateDunningHold',
    tag: 'Dunning',
    summary: 'Extend or shorten a dunning hold',
    description: 'What it covers is looked at again at the next run.',
    scope: 'dunning:write',
    params: holdParams,
    body: wire.DunningHoldPatch,
    answers: { 200: wire.DunningHold },
    problems: ['dunning_hold_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.holdToJson(await changeHold(tx, { id: uuidOf(id), changes: body, ifMatch }), tx),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/dunning-holds/:id/lift',
    operationId: 'liftDunningHold',
    tag: 'Dunning',
    summary: 'Lift a dunning hold',
    description: 'Ends it today; what it covered is looked at again at the next run.',
    scope: 'dunning:write',
    params: holdParams,
    answers: { 200: wire.DunningHold },
    problems: ['dunning_hold_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      wire.holdToJson(await liftHold(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}

const newHold = (body: Static<typeof wire.CreateDunningHold>) => ({
  customerId: body.customer_id === undefined ? null : uuidOf(body.customer_id),
  invoiceId: body.invoice_id === undefined ? null : uuidOf(body.invoice_id),
  itemId: body.item_id === undefined ? null : uuidOf(body.item_id),
  reason: body.reason,
  note: body.note ?? null,
  fromDate: body.from_date ?? null,
  untilDate: body.until_date ?? null,
})
