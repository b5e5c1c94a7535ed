import { Type } from '@sinclair/typebox'
import { Count, Text } from '../foundation/http/schema.ts'
import { HEADER_VALUE_LENGTH_MAX, HEADERS_MAX } from './custom-headers.ts'
import { eventTypeFilters } from './event-types.ts'
import type { SignatureVersion } from './table.ts'
import { URL_LENGTH_MAX } from './target.ts'
import { CONCURRENCY_DEFAULT } from './timing.ts'

/** An endpoint may ask for so many filters. */
const FILTERS_MAX = 100

export const Url = () =>
  Type.String({
    description:
      'Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.',
    format: 'text',
    minLength: 10,
    maxLength: URL_LENGTH_MAX,
    examples: ['https://erp.example.com/hooks/receivables'],
  })

export const EventTypes = () =>
  Type.Unsafe<string[]>({
    type: 'array',
    description: 'What is sent: `*` for everything, `invoice.*` for a kind, or single types.',
    minItems: 1,
    maxItems: FILTERS_MAX,
    items: { type: 'string', enum: eventTypeFilters, description: 'A filter.' },
    examples: [['invoice.*', 'dunning.level_changed']],
  })

/** A message may carry so many signatures at a time; more is never asked for. */
export const SignatureVersions = () =>
  Type.Unsafe<SignatureVersion[]>({
    type: 'array',
    description:
      'How messages are signed: `v1` by HMAC-SHA256 with the secret, always; `v1a` besides, by ed25519 with a key whose public half can be read.',
    minItems: 1,
    maxItems: 2,
    uniqueItems: true,
    items: { type: 'string', enum: ['v1', 'v1a'], description: 'A signature.' },
    examples: [['v1', 'v1a']],
  })

const HEADER_NAME = {
  type: 'string',
  maxLength: 64,
  pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$',
}
const HEADER_VALUE = {
  pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?$',
  minLength: 1,
  maxLength: HEADER_VALUE_LENGTH_MAX,
}

/** Headers as they are given. */
export const CustomHeaders = () =>
  Type.Unsafe<Record<string, string>>({
    type: 'object',
    description: `Headers sent along with every message, such as \`authorization\`; up to ${HEADERS_MAX}. Names are kept in lower case. Values are encrypted at rest and never shown again. Headers of the connection, of the message and of its signature are refused.`,
    maxProperties: HEADERS_MAX,
    propertyNames: HEADER_NAME,
    additionalProperties: { type: 'string', ...HEADER_VALUE },
    examples: [{ authorization: 'Bearer 3f1c9a77e2d04b58' }],
  })

export const CustomHeadersPatch = () =>
  Type.Unsafe<Record<string, string | null>>({
    type: 'object',
    description: 'Headers to set, or to remove with null; others stay as they are.',
    maxProperties: HEADERS_MAX,
    propertyNames: HEADER_NAME,
    additionalProperties: { type: ['string', 'null'], ...HEADER_VALUE },
    examples: [{ authorization: 'Bearer 9b27c1d5f8e64a03', 'x-team': null }],
  })

/** Headers as they are shown. */
export const CustomHeaderHints = () =>
  Type.Unsafe<Record<string, string>>({
    type: 'object',
    description:
      'The names of the headers sent along, each with the last four characters of its value if that is a long one.',
    maxProperties: HEADERS_MAX,
    additionalProperties: { type: 'string', maxLength: 5, format: 'opaque' },
    examples: [{ authorization: '…4b58' }],
  })

export const Concurrency = () =>
  Count(
    `Attempts at it at a time, per replica of the service. By default ${CONCURRENCY_DEFAULT}.`,
    {
      minimum: 1,
      maximum: 64,
      example: CONCURRENCY_DEFAULT,
    },
  )

export const Throttle = () =>
  Count('Attempts at it per second, per replica of the service. Null is without limit.', {
    minimum: 1,
    maximum: 1_000,
    example: 25,
  })

export const Description = () =>
  Text('What it is for.', { maxLength: 500, example: 'ERP, production' })
