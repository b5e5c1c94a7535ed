import type { TSchema } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contentTag, etagOf, isFresh } from './etag.ts'
import type { Replayable } from './once.ts'
import type { Described, Operation } from './operation.ts'

/** An answer that is not simply the body with the operation's own status. */
export class Answer {
  readonly status: number
  readonly body: unknown
  readonly headers: Record<string, string>

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** Whether the operation reads one thing that its path names last: every such answer has an ETag, versioned or not. */
export const readsOne = ({ method, url }: Described): boolean =>
  method === 'GET' && /\/:\w+$/.test(url)

/** Sends an answer with its ETag, or says that the caller has it already. */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: Operation<TSchema, TSchema, TSchema>,
  result: unknown,
): unknown {
  if (reply.sent || result === reply) return reply
  const { status, body, headers } = toAnswer(operation, result)
  reply.code(status).headers(headers)
  if (body === undefined || body === null) return reply.send()
  const version = etagOf(body)
  const text = version === undefined && readsOne(operation) ? reply.serialize(body) : undefined
  const etag = text === undefined ? version : contentTag(String(text))
  if (etag !== undefined) {
    reply.header('etag', etag)
    if (request.method === 'GET' && isFresh(request.headers['if-none-match'], etag))
      return reply.code(304).send()
  }
  return text === undefined ? reply.send(body) : reply.type(JSON_TYPE).send(text)
}

const JSON_TYPE = 'application/json; charset=utf-8'

function toAnswer(operation: Operation<TSchema, TSchema, TSchema>, result: unknown): Answer {
  if (result instanceof Answer) return result
  const status = Number(Object.keys(operation.answers)[0])
  return new Answer(status, result)
}

/** Serialises an answer while the transaction is open, so that a repeat is the same to the byte. */
export function toReplayable(
  reply: FastifyReply,
  operation: Operation<TSchema, TSchema, TSchema>,
  result: unknown,
): Replayable {
  const { status, body, headers } = toAnswer(operation, result)
  const created = status === 201 || status === 202
  const id = (body as { id?: string } | null | undefined)?.id
  const etag = etagOf(body)
  return {
    status,
    headers: {
      ...(created && id !== undefined && headers.location === undefined
        ? { location: `${operation.url}/${id}` }
        : {}),
      ...(etag === undefined ? {} : { etag }),
      ...headers,
    },
    body: body === undefined || body === null ? null : String(reply.code(status).serialize(body)),
    replayed: false,
  }
}

/** Sends what was kept, or has just been made, to the byte. */
export function sendReplayable(
  reply: FastifyReply,
  { status, headers, body, replayed }: Replayable,
): FastifyReply {
  reply.code(status).headers(headers)
  if (replayed) reply.header('idempotent-replayed', 'true')
  return body === null ? reply.send() : reply.type(JSON_TYPE).send(body)
}
