import type { Static, TSchema } from '@sinclair/typebox'
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { Scope } from '../access/scopes.ts'
import { type Cause, type CommitOptions, commit, read, type Tx } from '../database/commit.ts'
import type { Moment, Reader } from '../database/frame.ts'
import {
  type Answers,
  type Asking,
  answered,
  askingOf,
  glance,
  type Questions,
} from '../database/glance.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { secretsOf } from '../secrets.ts'
import { answer, sendReplayable, toReplayable } from './answer.ts'
import { type Caller, callerOf, fullNameOf } from './caller.ts'
import type { Context } from './context.ts'
import type { Deprecation } from './deprecation.ts'
import { ifMatchOf } from './etag.ts'
import {
  expandableMembersOf,
  expanded,
  expandParameter,
  isExpandable,
  requireExpandScopes,
} from './expand.ts'
import {
  csvForm,
  type ExportedList,
  exportedListOf,
  exportForms,
  takeForm,
  withExpanded,
  withExportParameters,
} from './export/exported-list.ts'
import { type ReadPage, sendExport } from './export/send-export.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { keyed, keyOf, type Replayable } from './once.ts'
import type { Tag } from './openapi/tags.ts'
import { type ReceivedFile, receivedFileOf } from './received-file.ts'
import { Query, ref } from './schema.ts'

/** Everything an operation says about itself. Access, validation, documentation and tests all read this one object. */
export interface Operation<B extends TSchema, P extends TSchema, Q extends TSchema> {
  method: HTTPMethods
  url: string
  /** Verb and noun, never derived from the path: generated clients name their methods by it. */
  operationId: string
  tag: Tag
  summary: string
  description: string
  /** What the credential must hold; null for what anybody may read. */
  scope: Scope | null
  params?: P
  query?: Q
  body?: B
  /** Other ways to send the body than JSON, by media type. */
  consumes?: readonly string[]
  /** Bodies of another form than JSON, by media type, each with a schema of its own; all there are without `body`. */
  otherBodies?: Readonly<Record<string, TSchema>>
  /** Bytes of the body, where it may be larger than others. */
  bodyBytesMax?: number
  /** The 2xx answers; the first is what a plain return value is sent with. */
  answers: Record<number, TSchema>
  /** What else than resources beside their ids `expand` can add to an answer; the work minds it. */
  expands?: readonly string[]
  /** True when the answer, though not a list, also comes as CSV. */
  csv?: true
  /** The problems this operation can give besides those that every operation can. */
  problems?: readonly ProblemCode[]
  idempotency?: 'required'
  /** `none` for an action that changes nothing with a version. */
  ifMatch?: 'required' | 'none'
  /** Set for what will end; its callers are told. */
  deprecated?: Deprecation
  /** True when the answer shows a secret: what is kept for a repeat under the same Idempotency-Key is encrypted. */
  secretAnswer?: true
}

/** An operation of which only the description matters. */
// biome-ignore lint/suspicious/noExplicitAny: the schemas are generic per operation
export type Described = Operation<any, any, any>

/** What the caller sent, validated and typed. */
export interface Input<B extends TSchema, P extends TSchema, Q extends TSchema> {
  body: Static<B>
  params: Static<P>
  query: Static<Q>
  /** The version the caller believes to be current, from If-Match. */
  ifMatch: number | undefined
  /** What is wanted in full. */
  expand: readonly string[]
  /** The file that was sent as the body, where the operation takes files. */
  readonly file: ReceivedFile | undefined
  /** Who is calling; only operations with a scope know. */
  readonly caller: Caller
}

/** The server operations are added to. */
export type Http = FastifyInstance

/** A read: one consistent snapshot of the caller's tenant. A list can also be had whole, as an export. */
export function query<B extends TSchema, P extends TSchema, Q extends TSchema>(
  http: Http,
  context: Context,
  operation: Operation<B, P, Q> & {
    work: (reader: Reader, input: Input<B, P, Q>) => Promise<unknown>
    /** The same work with nothing to load beside it, where it can be done faster on its own. */
    workAlone?: (tenantId: string, input: Input<B, P, Q>) => Promise<unknown>
    /** Asked after each read, when nothing is held any more: waits, and says whether to read once again. */
    readAgain?: (body: unknown, input: Input<B, P, Q>, reply: FastifyReply) => Promise<boolean>
  },
): void {
  const { readAgain, workAlone } = operation
  const list = exportedListOf(operation.answers)
  const work = async (reader: Reader, input: Input<B, P, Q>) =>
    expanded(await operation.work(reader, input), input.expand, reader, http.expansions)
  addRoute(
    http,
    operation,
    async (request, reply) => {
      const caller = callerOf(request)
      const wanted = list && takeForm(request)
      const input = inputOf<B, P, Q>(request)
      requireExpandScopes(caller, input.expand)
      if (list && wanted) {
        const readPage: ReadPage = (reader, page) =>
          work(reader, { ...input, query: { ...(input.query as object), ...page } as Static<Q> })
        const exported = { list: withExpanded(list, input.expand), ...wanted, readPage }
        return sendExport(context, exported, request, reply)
      }
      const readOnce = () =>
        workAlone && !input.expand.some(isExpandable)
          ? workAlone(caller.tenantId, input)
          : read(context.api, caller.tenantId, (reader) => work(reader, input))
      let body = await readOnce()
      while (await readAgain?.(body, input, reply)) body = await readOnce()
      return answer(request, reply, operation, body)
    },
    list,
  )
}

/**
 * A read that asks all it asks at once, so that it takes a single round trip to the database, unless it is exported or
 * has something expanded.
 */
export function lookUp<
  B extends TSchema,
  P extends TSchema,
  Q extends TSchema,
  const Asked extends Questions,
>(
  http: Http,
  context: Context,
  operation: Operation<B, P, Q> & {
    questions: (asking: Asking, input: Input<B, P, Q>) => Asked
    /** What the answers come to. */
    show: (answers: Answers<Asked>, moment: Moment, input: Input<B, P, Q>) => unknown
  },
): void {
  const { questions, show } = operation
  query(http, context, {
    ...operation,
    work: async (reader, input) => {
      const asked = questions(askingOf(reader.tenant.id), input)
      return show(await answered(reader.db, asked), reader, input)
    },
    workAlone: async (tenantId, input) => {
      const asked = questions(askingOf(tenantId), input)
      const { answers, moment } = await glance(context.api, tenantId, asked)
      return show(answers, moment, input)
    },
  })
}

/**
 * A write: one command in one transaction, its events, its answer. What has to be asked of the network goes `ahead`,
 * before the transaction; its result is only looked at when the work is not a repeat.
 */
export function command<B extends TSchema, P extends TSchema, Q extends TSchema, A = undefined>(
  http: Http,
  context: Context,
  operation: Operation<B, P, Q> & {
    ahead?: (input: Input<B, P, Q>) => Promise<A>
    /** Where the work happens, when that is not the caller's tenant; the Idempotency-Key is kept there too. */
    frame?: (
      input: Input<B, P, Q>,
      key: string | null,
    ) => Pick<CommitOptions, 'tenantId' | 'newTenant'>
    /** True when the record of a dry run is itself kept, so that the work minds `dry_run` and the commit does not. */
    keepsDryRun?: true
    work: (tx: Tx, input: Input<B, P, Q>, ahead: A) => Promise<unknown>
  },
): void {
  const { work, ahead, frame, keepsDryRun } = operation
  addRoute(http, operation, async (request, reply) => {
    const caller = callerOf(request)
    const input = inputOf<B, P, Q>(request)
    const dryRun = keepsDryRun !== true && (request.query as { dry_run?: boolean }).dry_run === true
    const key = dryRun ? null : idempotencyKeyOf(request, operation.idempotency)
    const place = frame?.(input, key) ?? { tenantId: caller.tenantId }
    const options = { ...place, cause: causeOf(request, place.tenantId), dryRun }
    const asked = (await ahead?.(input)) as A
    const secrets = operation.secretAnswer ? await secretsOf(context) : undefined
    const { opening, once } = keyed(place.tenantId, [{ key: keyOf(request, key) }], secrets)
    const [outcome] = await commit(context.api, { ...options, opening }, (tx, seen) =>
      once(tx, seen, async () => [toReplayable(reply, operation, await work(tx, input, asked))]),
    )
    if (outcome instanceof Problem) throw outcome
    return sendReplayable(reply, outcome as Replayable)
  })
}

/** An operation with a handler of its own: what spans several transactions, or none. */
export function route<B extends TSchema, P extends TSchema, Q extends TSchema>(
  http: Http,
  operation: Operation<B, P, Q> & {
    work: (input: Input<B, P, Q>, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
  },
): void {
  const { work } = operation
  addRoute(http, operation, async (request, reply) =>
    answer(request, reply, operation, await work(inputOf(request), request, reply)),
  )
}

/** Who caused what this request does, by the name it has in the tenant where it is done. */
export function causeOf(request: FastifyRequest, tenantId = callerOf(request).tenantId): Cause {
  const caller = callerOf(request)
  return {
    origin: 'api',
    actor: tenantId === caller.tenantId ? caller.principal : fullNameOf(caller),
    requestId: request.id,
    address: request.ip,
  }
}

function addRoute(
  http: Http,
  operation: Operation<TSchema, TSchema, TSchema>,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  exported?: ExportedList,
): void {
  const {
    method,
    url,
    operationId,
    tag,
    summary,
    description,
    params,
    query: asked,
    body,
    otherBodies,
    consumes,
    bodyBytesMax,
  } = operation
  const own = withExpand(operation, asked)
  const querystring = exported === undefined ? own : withExportParameters(own)
  http.route({
    method,
    url,
    config: { operation },
    ...(bodyBytesMax && { bodyLimit: bodyBytesMax }),
    schema: {
      operationId,
      summary,
      description,
      tags: [tag],
      ...(operation.deprecated && { deprecated: true }),
      ...(params && { params }),
      querystring,
      ...((body ?? otherBodies) && { body: bodyOf(operation) }),
      ...(consumes && { consumes: [...consumes] }),
      response: answersOf(operation, exported),
    },
    handler,
  })
}

/** What may stand in the query: with `expand` where there is something to expand. */
function withExpand(operation: Described, given: TSchema | undefined): TSchema {
  const own = given ?? Query({})
  const names = [...(operation.expands ?? []), ...expandableMembersOf(operation.answers)]
  if (operation.method !== 'GET' || names.length === 0) return own
  return Query({ ...own.properties, ...expandParameter(names) })
}

/** The schema of the body, or of each of its forms. */
function bodyOf({ body, otherBodies }: Described): unknown {
  const json = body?.$id === undefined ? body : ref(body)
  if (otherBodies === undefined) return json
  const forms = Object.entries({ ...(body && { 'application/json': json }), ...otherBodies })
  return { content: Object.fromEntries(forms.map(([type, schema]) => [type, { schema }])) }
}

function answersOf(
  operation: Operation<TSchema, TSchema, TSchema>,
  exported: ExportedList | undefined,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(operation.answers).map(([status, answer]) => {
      const schema = answer.$id === undefined ? answer : ref(answer)
      const json = { 'application/json': { schema } }
      if (exported !== undefined) return [status, { content: { ...json, ...exportForms } }]
      if (operation.csv) return [status, { content: { ...json, ...csvForm } }]
      return [status, schema]
    }),
  )
}

/** Whether the operation compares If-Match with the version it finds: everything that changes what is there already. */
export const takesIfMatch = ({ method, params, ifMatch }: Described): boolean =>
  ifMatch !== 'none' &&
  method !== 'GET' &&
  (method !== 'POST' || params !== undefined || ifMatch === 'required')

const inputOf = <B extends TSchema, P extends TSchema, Q extends TSchema>(
  request: FastifyRequest,
): Input<B, P, Q> => {
  const { expand = [], ...given } = request.query as { expand?: string[] }
  const { operation } = request.routeOptions.config
  return {
    body: request.body as Static<B>,
    params: request.params as Static<P>,
    query: given as Static<Q>,
    expand,
    ifMatch:
      operation && takesIfMatch(operation)
        ? ifMatchOf(request.headers['if-match'], operation.ifMatch === 'required')
        : undefined,
    file: receivedFileOf(request),
    get caller() {
      return callerOf(request)
    },
  }
}
