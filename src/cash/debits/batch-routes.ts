import { Readable } from 'node:stream'
import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { addXmlParser } from '../../foundation/http/raw-body.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import {
  batchToJson,
  CloseDebitBatch,
  CreateDebitBatch,
  DebitBatch,
  DebitBatchList,
  DebitBatchQuery,
  DebitFile,
  newBatch,
  REPORT_BYTES_MAX,
  reportedToJson,
  StatusReport,
  StatusReportFile,
} from './batch-schema.ts'
import { closeBatch } from './close-batch.ts'
import { createBatch } from './create-batch.ts'
import { listBatches, requireBatch } from './queries.ts'
import { readBatchFile } from './read-batch-file.ts'
import { readReport } from './read-report.ts'
import { reportStatus } from './report-status.ts'

const tag = 'Direct debits'
const params = IdParams('debit_batch', 'debit batch')

/** Debits of one day, their file for the bank, and what the bank says of it. */
export function batchRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/debit-batches',
    operationId: 'createDebitBatch',
    tag,
    summary: 'Gather a day’s direct debits',
    description:
      'Takes what is scheduled until the day, and announces a debit for each customer with a recurring mandate and something due, but what a dunning hold covers. What does not fit is left for the next batch.',
    scope: 'direct_debits:write',
    idempotency: 'required',
    body: CreateDebitBatch,
    answers: { 201: DebitBatch },
    problems: ['direct_debit_settings_not_found', 'customer_not_found', 'nothing_to_collect'],
    work: async (tx, { body }) => batchToJson(await createBatch(tx, newBatch(body)), tx),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/debit-batches',
    operationId: 'listDebitBatches',
    tag,
    summary: 'List debit batches',
    description: 'The newest first. Their debits are listed by `batch_id`.',
    scope: 'direct_debits:read',
    query: DebitBatchQuery,
    answers: { 200: DebitBatchList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listBatches(reader, filters), (batch) => batchToJson(batch, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/debit-batches/:id',
    operationId: 'getDebitBatch',
    tag,
    summary: 'Read a debit batch',
    description: 'How many debits it has, and what the bank has said of it.',
    scope: 'direct_debits:read',
    params,
    answers: { 200: DebitBatch },
    problems: ['debit_batch_not_found'],
    work: async (reader, { params: { id } }) =>
      batchToJson(await requireBatch(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/debit-batches/:id/close',
    operationId: 'closeDebitBatch',
    tag,
    summary: 'Fix the file of a debit batch',
    description:
      'Takes out what was settled otherwise meanwhile, gives the others their place in the series of their mandate, and tells amendments. From here on the file never changes.',
    scope: 'direct_debits:write',
    params,
    body: CloseDebitBatch,
    answers: { 200: DebitBatch },
    problems: ['direct_debit_settings_not_found', 'debit_batch_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, body, ifMatch }) =>
      batchToJson(
        await closeBatch(tx, {
          id: uuidOf(id),
          collectionDate: body.collection_date ?? null,
          ifMatch,
        }),
        tx,
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/debit-batches/:id/file',
    operationId: 'getDebitBatchFile',
    tag,
    summary: 'Fetch the file of a debit batch',
    description: 'A pain.008 for the bank; the same to the byte however often it is fetched.',
    scope: 'direct_debits:read',
    params,
    answers: { 200: DebitFile },
    problems: ['debit_batch_not_found', 'invalid_state'],
    work: async (reader, { params: { id } }) =>
      new Answer(200, Readable.from(await readBatchFile(reader, uuidOf(id))), {
        'content-type': 'application/xml; charset=utf-8',
        'content-disposition': `attachment; filename="${id}.xml"`,
      }),
  })

  http.register((xml, _options, done) => {
    addXmlParser(xml)
    command(xml, context, {
      method: 'POST',
      url: '/v1/debit-batches/status-reports',
      operationId: 'reportDebitBatchStatus',
      tag,
      summary: 'Take in a bank’s status report',
      description:
        'A pain.002 of any version. What it rejects is not collected, or is returned where it has been; the reason decides about another attempt and the mandate. Safe to repeat.',
      scope: 'direct_debits:write',
      bodyBytesMax: REPORT_BYTES_MAX,
      body: StatusReportFile,
      consumes: ['application/xml', 'text/xml'],
      answers: { 200: StatusReport },
      problems: ['status_report_unreadable', 'status_report_unknown'],
      ahead: async ({ body }) => readReport(body),
      work: async (tx, _input, report) => reportedToJson(await reportStatus(tx, report)),
    })
    done()
  })
}
