import { Type } from '@sinclair/typebox'
import type { Context } from './context.ts'
import { type Http, route } from './operation.ts'
import { Count, Nullable, named } from './schema.ts'

/** What one request may ask for. Published, so that integrators split their work before they are refused. */
export const limits = {
  bodyBytesMax: 1_048_576,
  pageRowsMax: 200,
  importRowsMax: 10_000,
  importBytesMax: 20 * 1_048_576,
  bankFileBytesMax: 50 * 1_048_576,
  idempotencyRetentionDays: 7,
  metadataKeysMax: 50,
  waitSecondsMax: 30,
  waitingPerCredentialMax: 20,
  waitingMax: 1_000,
} as const

const Limits = named(
  'Limits',
  Type.Object(
    {
      object: Type.Unsafe<'limits'>(
        Type.String({ description: 'What this is.', const: 'limits', examples: ['limits'] }),
      ),
      requests_per_minute: Nullable(
        Count(
          'Requests one credential may send per minute to this replica; null is without limit.',
          { minimum: 1, example: 6000 },
        ),
      ),
      body_bytes_max: Count('Bytes of a request body, except imports.', {
        example: limits.bodyBytesMax,
      }),
      page_rows_max: Count('Rows of one page of a list.', { example: limits.pageRowsMax }),
      import_rows_max: Count('Rows of one import.', { example: limits.importRowsMax }),
      import_bytes_max: Count('Bytes of one import.', { example: limits.importBytesMax }),
      bank_file_bytes_max: Count('Bytes of one bank file.', { example: limits.bankFileBytesMax }),
      idempotency_retention_days: Count('Days for which an Idempotency-Key is remembered.', {
        example: limits.idempotencyRetentionDays,
      }),
      metadata_keys_max: Count('Keys of the metadata of one resource.', {
        example: limits.metadataKeysMax,
      }),
      wait_seconds_max: Count('Seconds for which the event feed can be asked to wait.', {
        example: limits.waitSecondsMax,
      }),
      waiting_per_credential_max: Count(
        'Requests of one credential that may wait for events at a time, per replica.',
        { example: limits.waitingPerCredentialMax },
      ),
    },
    { description: 'What one request, and one credential, may ask for.' },
  ),
)

/** `GET /v1/limits`. */
export function limitRoutes(http: Http, { config }: Context): void {
  route(http, {
    method: 'GET',
    url: '/v1/limits',
    operationId: 'getLimits',
    tag: 'Service',
    summary: 'Read the limits',
    description: 'What one request, and one credential, may ask for on this installation.',
    scope: null,
    answers: { 200: Limits },
    work: async () => ({
      object: 'limits',
      requests_per_minute: config.RATE_LIMIT === 'off' ? null : Number(config.RATE_LIMIT),
      body_bytes_max: limits.bodyBytesMax,
      page_rows_max: limits.pageRowsMax,
      import_rows_max: limits.importRowsMax,
      import_bytes_max: limits.importBytesMax,
      bank_file_bytes_max: limits.bankFileBytesMax,
      idempotency_retention_days: limits.idempotencyRetentionDays,
      metadata_keys_max: limits.metadataKeysMax,
      wait_seconds_max: limits.waitSecondsMax,
      waiting_per_credential_max: limits.waitingPerCredentialMax,
    }),
  })
}
