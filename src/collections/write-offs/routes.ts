import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import {
  listWriteOffs,
  requireWriteOff,
  type WriteOffWithRecoveries,
  withRecoveries,
} from './queries.ts'
import { recordRecovery } from './record-recovery.ts'
import { relieveTax } from './relieve-tax.ts'
import * as wire from './schema.ts'
import { undoRecovery } from './undo-recovery.ts'
import { undoWriteOff } from './undo-write-off.ts'
import { writeOffItem } from './write-off-item.ts'

const params = IdParams('write_off', 'write-off')
const answers = { 200: wire.WriteOff }
const shared = { tag: 'Write-offs', scope: 'write_offs:write', params, answers } as const

/** What is given up, and what comes in after all. */
export function writeOffRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/write-offs',
    operationId: 'createWriteOff',
    tag: 'Write-offs',
    summary: 'Write an open item off',
    description:
      'Whole or in part, tax included. Dunning of it stops; its invoice is `written_off` once nothing else of it is open. Above the tenant’s `write_off_approval_above`, what was written off of the customer within a year by one principal alone included, it answers 202: nothing is booked until another principal approves it.',
    scope: 'write_offs:write',
    idempotency: 'required',
    query: wire.RehearseQuery,
    body: wire.CreateWriteOff,
    answers: { 201: wire.WriteOff, 202: wire.WriteOff },
    problems: ['open_item_not_found', 'insufficient_open_amount', 'date_in_future'],
    work: async (tx, { body }) => {
      const one = await writeOffItem(tx, {
        itemId: uuidOf(body.item_id),
        amount: body.amount ?? null,
        reason: body.reason,
        writeOffDate: body.write_off_date ?? null,
      })
      const status = one.writeOff.status === 'requested' ? 202 : 201
      return new Answer(status, wire.writeOffToJson(one, tx))
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/write-offs',
    operationId: 'listWriteOffs',
    tag: 'Write-offs',
    summary: 'List write-offs',
    description: 'Newest first, each with the recoveries that stand.',
    scope: 'write_offs:read',
    query: wire.WriteOffQuery,
    answers: { 200: wire.WriteOffList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listWriteOffs(reader, filters), (one) => wire.writeOffToJson(one, reader)),
  })

  query(http, context, {
    ...shared,
    method: 'GET',
    url: '/v1/write-offs/:id',
    operationId: 'getWriteOff',
    summary: 'Read a write-off',
    description: 'The write-off with the recoveries that stand.',
    scope: 'write_offs:read',
    problems: ['write_off_not_found'],
    work: async (reader, { params: { id } }) => {
      const [one] = (await withRecoveries(reader, [await requireWriteOff(reader, uuidOf(id))])) as [
        WriteOffWithRecoveries,
      ]
      return wire.writeOffToJson(one, reader)
    },
  })

  command(http, context, {
    ...shared,
    method: 'POST',
    url: '/v1/write-offs/:id/relief',
    operationId: 'relieveWriteOff',
    summary: 'Claim back the tax in a write-off',
    description:
      'The share of the document’s tax in what is lost, once and on its own date: the law often wants time to pass first.',
    body: wire.RelieveTax,
    problems: ['write_off_not_found', 'invalid_state', 'nothing_to_relieve', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.writeOffToJson(
        await relieveTax(tx, { id: uuidOf(id), reliefDate: body.relief_date ?? null, ifMatch }),
        tx,
      ),
  })

  command(http, context, {
    ...shared,
    method: 'POST',
    url: '/v1/write-offs/:id/recoveries',
    operationId: 'createRecovery',
    summary: 'Record what came in after all',
    description:
      'Uses unallocated money of a payment. The tax in it is owed again as far as it had been claimed back.',
    idempotency: 'required',
    body: wire.RecordRecovery,
    problems: [
      'write_off_not_found',
      'payment_not_found',
      'invalid_state',
      'insufficient_unallocated_amount',
      'insufficient_written_off_amount',
      'customer_mismatch',
      'currency_mismatch',
      'date_in_future',
    ],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.writeOffToJson(
        await recordRecovery(tx, {
          id: uuidOf(id),
          paymentId: uuidOf(body.payment_id),
          amount: body.amount,
          recoveryDate: body.recovery_date ?? null,
          ifMatch,
        }),
        tx,
      ),
  })

  command(http, context, {
    ...shared,
    method: 'POST',
    url: '/v1/recoveries/:id/undo',
    operationId: 'undoRecovery',
    summary: 'Take a recovery back',
    description: 'Its money is unallocated again. Answers the write-off.',
    ifMatch: 'none',
    params: IdParams('recovery', 'recovery'),
    body: wire.UndoRecovery,
    problems: ['recovery_not_found', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body }) =>
      wire.writeOffToJson(
        await undoRecovery(tx, { id: uuidOf(id), undoDate: body.undo_date ?? null }),
        tx,
      ),
  })

  command(http, context, {
    ...shared,
    method: 'POST',
    url: '/v1/write-offs/:id/undo',
    operationId: 'undoWriteOff',
    summary: 'Take a write-off back',
    description:
      'The item is open again on its old due date, and dunning resumes where it stood. Recoveries have to be undone first.',
    body: wire.UndoWriteOff,
    problems: ['write_off_not_found', 'invalid_state', 'date_in_future'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      wire.writeOffToJson(
        await undoWriteOff(tx, {
          id: uuidOf(id),
          reason: body.reason,
          undoDate: body.undo_date ?? null,
          ifMatch,
        }),
        tx,
      ),
  })
}
