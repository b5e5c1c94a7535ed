import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { DEBITS_PER_BATCH } from './batch.ts'
import type { CreateBatch } from './create-batch.ts'
import { bankIdOf } from './file-ids.ts'
import { SchemeField } from './mandate-schema.ts'
import type { Reported } from './report-status.ts'
import { Format } from './settings-schema.ts'
import { type BatchRow, batchStatuses } from './table.ts'

const MessageId = Text('How the bank names the file in its reports.', {
  maxLength: 35,
  example: 'dbt01kjm7f7shez7837xta3mfn3a4',
})

export const CreateDebitBatch = named(
  'CreateDebitBatch',
  Body(
    {
      collection_date: Day(
        'When the money is taken: a TARGET day, the pre-notification ahead.',
        '2026-03-31',
      ),
      due_until_date: Type.Optional(
        Day('Collect what is due until this day; the collection date unless given.', '2026-03-31'),
      ),
      scheme: Type.Optional(SchemeField),
      customer_ids: Type.Optional(
        List(Id('customer', 'A customer.'), {
          description: 'Only these customers’ items.',
          minItems: 1,
          maxItems: 1_000,
        }),
      ),
      format: Type.Optional(Format),
    },
    { description: 'Which debits to gather.' },
  ),
)

/** What the API was told about a batch, as the command takes it. */
export const newBatch = (body: Static<typeof CreateDebitBatch>): CreateBatch => ({
  collectionDate: body.collection_date,
  dueUntilDate: body.due_until_date ?? body.collection_date,
  scheme: body.scheme ?? null,
  customerIds: body.customer_ids?.map(uuidOf) ?? null,
  format: body.format ?? null,
})

export const CloseDebitBatch = named(
  'CloseDebitBatch',
  Body(
    {
      collection_date: Type.Optional(
        Day('A later TARGET day, where the first can no longer be reached.', '2026-04-01'),
      ),
    },
    { description: 'How to fix the file of a batch.' },
  ),
)

export const DebitBatch = named(
  'DebitBatch',
  Type.Object(
    {
      ...resourceFields('debit_batch'),
      status: OneOf(batchStatuses, {
        description:
          '`closed` has a file; the bank’s report makes it `accepted`, `partly_rejected` or `rejected`. `cancelled` had nothing left to collect.',
      }),
      format: Format,
      collection_date: Day('When the money is taken.'),
      message_id: MessageId,
      debit_count: Count(
        `How many debits were gathered; once closed, how many the file has. At most ${DEBITS_PER_BATCH}.`,
      ),
      currency: Currency('Always EUR.'),
      total_amount: Amount('What is collected in all.'),
      closed_at: Nullable(At('When the file was fixed.')),
    },
    { description: 'Debits of one day, sent to the bank as one file.' },
  ),
)
export const DebitBatchList = ListOf(DebitBatch)

/** A batch as the API shows it. */
export const batchToJson = (
  batch: BatchRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DebitBatch> => ({
  id: publicId('debit_batch', batch.id),
  object: 'debit_batch',
  version: batch.version,
  livemode: tenant.mode === 'live',
  status: batch.status,
  format: batch.format,
  collection_date: batch.collection_date,
  message_id: bankIdOf('debit_batch', batch.id),
  debit_count: batch.debit_count,
  currency: 'EUR',
  total_amount: batch.total_amount,
  closed_at: batch.closed_at,
  created_at: batch.created_at,
  updated_at: batch.updated_at,
})

export const DebitBatchQuery = Query({
  ...paging,
  status: Several(batchStatuses, 'Only these statuses.'),
})

/** A file for the bank. */
export const DebitFile = Type.Unsafe<string>({
  description: 'A CustomerDirectDebitInitiation (ISO 20022).',
  content: {
    'application/xml': {
      schema: {
        type: 'string',
        description: 'XML in UTF-8.',
        format: 'opaque',
        maxLength: 50_000_000,
        examples: ['<Document><CstmrDrctDbtInitn>…</CstmrDrctDbtInitn></Document>'],
      },
    },
  },
})

/** A report about as many debits as a batch may have fits into this. */
export const REPORT_BYTES_MAX = 10_000_000

/** A file from the bank. */
export const StatusReportFile = Type.Unsafe<Buffer>({
  description: 'A CustomerPaymentStatusReport (pain.002), as the bank delivered it.',
  examples: ['<Document><CstmrPmtStsRpt>…</CstmrPmtStsRpt></Document>'],
})

export const StatusReport = named(
  'StatusReport',
  Type.Object(
    {
      batch_id: Id('debit_batch', 'The batch it is about.'),
      status: OneOf(batchStatuses, { description: 'What became of the batch.' }),
      rejected_count: Count('How many debits this report rejected.'),
      returned_count: Count('How many of them had been collected already.', { example: 0 }),
      repeated_count: Count('How many of its rejections were known.', { example: 0 }),
      unknown_count: Count('How many of its rejections are about none of the debits.', {
        example: 0,
      }),
    },
    { description: 'What a status report changed.' },
  ),
)

/** What a report changed, as the API shows it. */
export const reportedToJson = (reported: Reported): Static<typeof StatusReport> => ({
  batch_id: publicId('debit_batch', reported.batch.id),
  status: reported.batch.status,
  rejected_count: reported.rejectedCount,
  returned_count: reported.returnedCount,
  repeated_count: reported.repeatedCount,
  unknown_count: reported.unknownCount,
})
