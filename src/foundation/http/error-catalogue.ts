import { type Static, Type } from '@sinclair/typebox'
import { problems } from '../problem.ts'
import { type Http, route } from './operation.ts'
import { problemType } from './problem-answers.ts'
import { List, named, ref, Text } from './schema.ts'

const CODES_MAX = 1_000

const ErrorCode = named(
  'ErrorCode',
  Type.Object(
    {
      code: Text('The `code` of the problem. Never renamed.', {
        maxLength: 60,
        example: 'validation_failed',
      }),
      type: Type.String({
        description: 'The `type` of the problem: where this is explained to people.',
        format: 'uri-reference',
        maxLength: 200,
        examples: [problemType('validation_failed')],
      }),
      status: Type.Integer({
        description: 'The HTTP status it is answered with.',
        format: 'int32',
        minimum: 400,
        maximum: 599,
        examples: [422],
      }),
      cause: Text('What is wrong.', { example: problems.validation_failed.title }),
      remedy: Text('What to do about it.', {
        maxLength: 1000,
        example: problems.validation_failed.remedy,
      }),
    },
    { description: 'A reason for a refusal.' },
  ),
)

const ErrorCatalogue = named(
  'ErrorCatalogue',
  Type.Object(
    {
      object: Type.Unsafe<'error_catalogue'>(
        Type.String({
          description: 'What this is.',
          const: 'error_catalogue',
          examples: ['error_catalogue'],
        }),
      ),
      data: List(ref(ErrorCode), {
        description: 'Every code, in the order of its status.',
        maxItems: CODES_MAX,
      }),
    },
    { description: 'Every reason for which a request can be refused.' },
  ),
)

const catalogue: Static<typeof ErrorCatalogue> = {
  object: 'error_catalogue',
  data: Object.entries(problems)
    .map(([code, { status, title, remedy }]) => ({
      code,
      type: problemType(code),
      status,
      cause: title,
      remedy,
    }))
    .sort((a, b) => a.status - b.status),
}

/** `GET /v1/errors`. */
export function errorRoutes(http: Http): void {
  route(http, {
    method: 'GET',
    url: '/v1/errors',
    operationId: 'listErrors',
    tag: 'Service',
    summary: 'List the codes of problems',
    description:
      'Every `code` a refusal can have, with its cause and its remedy; people read the same at [/docs/errors](/docs/errors).',
    scope: null,
    answers: { 200: ErrorCatalogue },
    work: async () => catalogue,
  })
}
