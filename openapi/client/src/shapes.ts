/** What the OpenAPI document says about each operation, as types: computed, never written by hand. */
import type { components, paths } from '../schema.d.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The paths that have a method, such as `'/v1/invoices/{id}'` for `get`. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never
}[keyof paths]

/** What a path and a method stand for in the document. */
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>

type Parameters<O> = O extends { parameters: infer Given } ? Given : never
type Part<O, Name extends string> = Name extends keyof Parameters<O>
  ? NonNullable<Parameters<O>[Name]>
  : never

/** A member that may be left out when nothing in it is required, and must be when there is none. */
type Member<Name extends string, Value> = [Value] extends [never]
  ? { [key in Name]?: never }
  : Record<never, never> extends Value
    ? { [key in Name]?: Value }
    : { [key in Name]: Value }

/** A file, lines or a form: whatever is not JSON, and can be sent once more if need be. */
export type RawBody = string | Uint8Array<ArrayBuffer> | Blob | FormData

type Json = 'application/json' | 'application/merge-patch+json'
type ContentOf<Body> = Body extends { content: infer Content } ? Content : never
type Bodies<O> = O extends { requestBody?: infer Body } ? ContentOf<NonNullable<Body>> : never

/** JSON as an object, or anything else with its content type beside it. */
type BodyMember<O> = [Bodies<O>] extends [never]
  ? { body?: never; contentType?: never }
  : {
      [Type in keyof Bodies<O>]: Type extends Json
        ? Member<'body', Bodies<O>[Type]> & { contentType?: never }
        : { body: RawBody; contentType: Type }
    }[keyof Bodies<O>]

/** How one request is to be sent; nothing of it is part of the operation. */
export interface RequestOptions {
  /** Gives up when it aborts, whatever the request is waiting for. */
  signal?: AbortSignal
  /** The longest one try may take, milliseconds; by default the client's. */
  timeoutMs?: number
  /** The key of a POST, by default a random one: name your own to survive a crash of your process between two tries. */
  idempotencyKey?: string
  /** Refuses the change (412 `version_mismatch`) unless this is still the version: the resource you read, or an ETag. */
  ifMatch?: { version: number } | string
  /** Further headers, such as `traceparent`. */
  headers?: Record<string, string>
}

/** What an operation takes. */
export type Options<P extends keyof paths, M extends Method> = RequestOptions &
  Member<'path', Part<Operation<P, M>, 'path'>> &
  Member<'query', Part<Operation<P, M>, 'query'>> &
  BodyMember<Operation<P, M>>

/** An argument that may be left out when all its members may. */
export type Optional<T> = Record<never, never> extends T ? [options?: T] : [options: T]

type Success = 200 | 201 | 202 | 204
type Content<Reply> = Reply extends { content: infer Types }
  ? Types extends { 'application/json': infer Data }
    ? Data
    : string
  : undefined
type Replies<O> = O extends { responses: infer All } ? All : never

/** What an operation answers when it succeeds. */
export type Answer<P extends keyof paths, M extends Method> = {
  [Status in keyof Replies<Operation<P, M>> & Success]: Content<Replies<Operation<P, M>>[Status]>
}[keyof Replies<Operation<P, M>> & Success]

/** The paths whose GET answers a list, page by page. */
export type ListPath = {
  [P in PathWith<'get'>]: Answer<P, 'get'> extends { data: unknown[]; has_more: boolean }
    ? P
    : never
}[PathWith<'get'>]

/** One of what a list holds. */
export type Item<P extends ListPath> = P extends '/v1/events'
  ? ReceivablesEvent
  : Answer<P, 'get'> extends { data: (infer One)[] }
    ? One
    : never

/** The paths whose GET answers something that passes through states. */
export type JobPath = {
  [P in PathWith<'get'>]: Answer<P, 'get'> extends { status: string } ? P : never
}[PathWith<'get'>]

/** Any event; compare its `type` and it is narrowed to that. */
export type ReceivablesEvent = components['schemas']['WebhookEvent']

/** The type of an event, such as `'invoice.issued'`. */
export type EventType = ReceivablesEvent['type']

/** The body of one type of event, with the resource it shows in `data.object`. */
export type EventOf<Type extends EventType> = Extract<ReceivablesEvent, { type: Type }>

/** Why something was refused. New codes may be added, so leave room for others. */
export type ProblemCode = components['schemas']['ProblemCode']
