import { scopes } from '../../access/scopes.ts'
import { type ProblemCode, problems } from '../../problem.ts'
import { problemType } from '../problem-answers.ts'
import { exampleId } from '../schema.ts'
import type { Json, Parameter } from './types.ts'

/** The ways to say who is calling. Both are bearers; which one it is shows by its form. */
export const securitySchemes: Record<string, Json> = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: `An API key of a tenant. It holds scopes:\n\n${Object.entries(scopes)
      .map(([scope, meaning]) => `- \`${scope}\`: ${meaning}`)
      .join('\n')}`,
  },
  accessToken: {
    type: 'oauth2',
    description:
      'An access token (RFC 9068, validated as RFC8725 advises) that a program gets with its client credentials from the operator’s identity provider; put the token endpoint of that in the place of `tokenUrl`. Its `scope` claim holds the scopes; another claim names the tenant.',
    flows: {
      clientCredentials: { tokenUrl: 'https://identity-provider.invalid/oauth2/token', scopes },
    },
  },
}

const text = (description: string, example: string, more: Json = {}): Json => ({
  description,
  schema: { type: 'string', format: 'text', maxLength: 300, ...more },
  example,
})

/** Headers of answers. */
export const headers: Record<string, Json> = {
  RequestId: text(
    'Names this request in logs and events; quote it when asking for help.',
    exampleId('request'),
  ),
  RateLimitPolicy: text(
    'The limits that apply: `q` requests per `w` seconds.',
    '"default";q=6000;w=60',
  ),
  RateLimit: text(
    'What is left of the limit: `r` requests for the next `t` seconds.',
    '"default";r=5998;t=41',
  ),
  RetryAfter: {
    description: 'Seconds to wait before the same request may succeed.',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
    example: 1,
  },
  ETag: text(
    'What the resource is now, by its version where it has one. Send it as If-None-Match to ask for news only, and as If-Match to change what you have seen.',
    '"3"',
  ),
  Location: text('Where the new resource is read.', `/v1/invoices/${exampleId('invoice')}`),
  IdempotentReplayed: {
    description:
      '`true` when this is the stored answer of an earlier request with the same Idempotency-Key.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
  Deprecation: text(
    'Since when the operation is not to be used any more (RFC 9745).',
    '@1767225600',
  ),
  Sunset: text('From when on it may be gone (RFC 8594).', 'Fri, 01 Jan 2027 00:00:00 GMT'),
  Link: text(
    'Where its end is explained, and what to use instead.',
    '</v1/events>; rel="successor-version"',
  ),
  WwwAuthenticate: text('How to authenticate.', 'Bearer'),
}

const key = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 257, pattern: '^[\\x20-\\x7e]+$' },
  example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
} as const

const match = {
  name: 'If-Match',
  in: 'header',
  schema: { type: 'string', format: 'opaque', minLength: 1, maxLength: 100 },
  example: '"3"',
} as const

/** Headers of requests. */
export const parameters: Record<string, Parameter> = {
  IdempotencyKey: {
    ...key,
    required: false,
    description:
      'One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.',
  },
  IdempotencyKeyRequired: {
    ...key,
    required: true,
    description:
      'One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.',
  },
  IfMatch: {
    ...match,
    required: false,
    description:
      'The ETag of the version you have seen; if the resource has changed since, nothing happens (412).',
  },
  IfMatchRequired: {
    ...match,
    required: true,
    description:
      'The ETag of the version you have seen; if the resource has changed since, nothing happens (412).',
  },
  IfNoneMatch: {
    ...match,
    name: 'If-None-Match',
    required: false,
    description:
      'The ETag you already have; if it is still current, the answer is 304 without a body.',
  },
}

/** Members that some codes carry besides those of every problem. */
const members: Partial<Record<ProblemCode, Json>> = {
  validation_failed: {
    detail: '1 field is invalid.',
    errors: [
      {
        in: 'body',
        pointer: '#/currency',
        code: 'required',
        detail: 'must have required property',
        params: {},
      },
    ],
  },
  invalid_parameter: {
    detail: '1 field is invalid.',
    errors: [
      {
        in: 'query',
        pointer: 'limit',
        code: 'maximum',
        detail: 'must be <= 200',
        params: { limit: 200 },
      },
    ],
  },
  insufficient_scope: { required_scopes: ['invoices:read'] },
  external_id_taken: { conflicting_id: exampleId('customer') },
  invoice_number_taken: { conflicting_id: exampleId('invoice') },
  credit_note_number_taken: { conflicting_id: exampleId('credit_note') },
  invalid_state: { current_status: 'void', allowed_actions: [] },
  version_mismatch: { current_version: 4 },
  rate_limited: { 'violated-policies': ['default'] },
}

/** One example per problem, as it would be answered. */
export const examples: Record<string, Json> = Object.fromEntries(
  Object.entries(problems).map(([code, { status, title, remedy }]) => [
    code,
    {
      summary: `${title}.`,
      description: remedy,
      value: {
        type: problemType(code),
        title,
        status,
        code,
        detail: title,
        instance: '/v1/invoices',
        request_id: exampleId('request'),
        ...members[code as ProblemCode],
      },
    },
  ]),
)
