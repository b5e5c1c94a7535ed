import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problemOf, sqlStateOf } from '../database/violations.ts'
import type { Metrics } from '../metrics.ts'
import { type FieldError, Problem, type ProblemCode, problems } from '../problem.ts'
import { INSTANCE_LENGTH_MAX, problemType } from './problem-answers.ts'

/** Answers every error as a problem; what nobody foresaw is logged once, with the request id, and answered without detail. */
export function answerErrors(http: FastifyInstance, { unmappedSqlStates }: Metrics): void {
  http.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new Problem('route_not_found')),
  )
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error)
    const sqlstate = problem.code === 'internal_error' && sqlStateOf(error)
    if (sqlstate) unmappedSqlStates.inc({ sqlstate })
    if (problem.status >= 500)
      request.log.error({ err: problem.cause ?? error, request_id: request.id }, problem.message)
    return sendProblem(request, reply, problem)
  })
}

/** Answers what no route could be looked up for: a path that cannot be decoded, or a parameter without end. */
export function answerUnrouted(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.header('request-id', request.id)
  sendProblem(request, reply, toProblem(error))
}

/** Sends a problem as `application/problem+json`, with the headers that belong to it. */
function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfterSeconds, errors, ...members } = problem.details
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({
      type: problemType(problem.code),
      title: problems[problem.code].title,
      status: problem.status,
      code: problem.code,
      detail: problem.message,
      instance: instanceOf(request.url),
      request_id: request.id,
      ...members,
      ...(errors && { errors: errors.slice(0, 50) }),
    })
}

/** The path that was called, as a URI reference whatever bytes it came with, and not without end. */
const instanceOf = (url: string): string =>
  (url.split('?', 1)[0] as string)
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&'()*+,;=:@/%]/gu, (stray) =>
      encodeURIComponent(String(Buffer.from(stray))),
    )
    .slice(0, INSTANCE_LENGTH_MAX)
    .replace(/%.?$/, '')

/** Fastify's own refusals, by their code. */
const fastifyErrors: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_request',
  FST_ERR_MAX_PARAM_LENGTH: 'route_not_found',
}

function toProblem(error: FastifyError): Problem {
  if (error.validation) return invalid(error)
  const known = fastifyErrors[error.code]
  if (known !== undefined) return new Problem(known, {}, error)
  const problem = problemOf(error)
  if (problem !== undefined) return problem
  if (error.statusCode === 400 || error instanceof SyntaxError)
    return new Problem('malformed_request', {}, error)
  return new Problem(
    'internal_error',
    { detail: 'The failure has been recorded under `request_id`.' },
    error,
  )
}

const parts = { body: 'body', querystring: 'query', params: 'path', headers: 'header' } as const

/** A body that breaks its schema is 422; anything else that does is 400, since no client writes it by hand. */
function invalid(error: FastifyError): Problem {
  const place = parts[(error.validationContext ?? 'body') as keyof typeof parts]
  return invalidBy(error.validation as unknown as ErrorObject[], place)
}

/** What a schema found wrong, as a problem that names each field. */
export function invalidBy(violations: readonly ErrorObject[], place: FieldError['in']): Problem {
  const errors = violations
    .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
    .map((violation) => toFieldError(violation, place))
  const detail = `${errors.length} ${errors.length === 1 ? 'field is' : 'fields are'} invalid.`
  return new Problem(place === 'body' ? 'validation_failed' : 'invalid_parameter', {
    detail,
    errors,
  })
}

function toFieldError(
  { instancePath, keyword, message, params }: ErrorObject,
  place: FieldError['in'],
): FieldError {
  const field = params.missingProperty ?? params.additionalProperty ?? params.propertyName
  const path =
    field === undefined ? instancePath : `${instancePath}/${escapePointer(String(field))}`
  return {
    in: place,
    pointer: place === 'body' ? `#${path}` : path.slice(1),
    code: keyword === 'additionalProperties' ? 'unknown_field' : keyword,
    detail: message ?? 'is invalid',
    params,
  }
}

const escapePointer = (segment: string): string =>
  segment.replaceAll('~', '~0').replaceAll('/', '~1')
