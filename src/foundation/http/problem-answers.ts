import { Type } from '@sinclair/typebox'
import { problems } from '../problem.ts'
import { Id, named, ref } from './schema.ts'

/** Where a code is explained. */
export const problemType = (code: string): string => `/docs/errors#${code}`

/** How much of a path is shown again. */
export const INSTANCE_LENGTH_MAX = 2_000

/** One field that is wrong. */
export const FieldError = named(
  'FieldError',
  Type.Object(
    {
      in: Type.String({
        description: 'Where the field stands.',
        enum: ['body', 'query', 'path', 'header'],
        examples: ['body'],
      }),
      pointer: Type.String({
        description: 'JSON Pointer as a fragment, or the name of a parameter.',
        maxLength: 300,
        format: 'text',
        examples: ['#/lines/0/quantity'],
      }),
      code: Type.String({
        description: 'The rule it breaks.',
        maxLength: 60,
        format: 'text',
        examples: ['pattern'],
      }),
      detail: Type.String({
        description: 'The rule in words.',
        maxLength: 500,
        format: 'text',
        examples: ['must be a decimal string'],
      }),
      params: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: 'object',
          description: 'The values that decided.',
          additionalProperties: true,
          examples: [{ limit: 200 }],
        }),
      ),
    },
    { description: 'One field that is wrong, and why.' },
  ),
)

/** The shape of every refusal (RFC 9457). */
export const ProblemSchema = named(
  'Problem',
  Type.Object(
    {
      type: Type.String({
        description: 'Where the code is explained.',
        format: 'uri-reference',
        maxLength: 200,
        examples: ['/docs/errors#validation_failed'],
      }),
      title: Type.String({
        description: 'The code in words.',
        maxLength: 200,
        format: 'text',
        examples: ['Validation failed'],
      }),
      status: Type.Integer({
        description: 'The HTTP status.',
        format: 'int32',
        minimum: 400,
        maximum: 599,
        examples: [422],
      }),
      code: Type.String({
        description: 'Stable and machine-readable; branch on it. New codes may be added.',
        maxLength: 60,
        format: 'text',
        examples: ['validation_failed'],
        'x-extensible-enum': Object.keys(problems),
      }),
      detail: Type.Optional(
        Type.String({
          description: 'What happened this time.',
          maxLength: 1000,
          format: 'text',
          examples: ['2 fields are invalid.'],
        }),
      ),
      instance: Type.String({
        description: 'The path that was called.',
        maxLength: INSTANCE_LENGTH_MAX,
        format: 'uri-reference',
        examples: ['/v1/invoices'],
      }),
      request_id: Id('request', 'Quote it when asking for help.'),
      errors: Type.Optional(
        Type.Array(ref(FieldError), {
          description: 'The fields that are wrong, 50 at most.',
          maxItems: 50,
        }),
      ),
    },
    {
      description:
        'A refusal. Some codes carry further members, such as `current_status` or `required_scopes`.',
      additionalProperties: true,
    },
  ),
)
