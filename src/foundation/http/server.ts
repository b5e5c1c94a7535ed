import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { listed } from '../config.ts'
import { newId, publicId } from '../id.ts'
import { Problem } from '../problem.ts'
import { admitCallers } from './admission.ts'
import { clientClassOf } from './caller.ts'
import type { Context } from './context.ts'
import { announceDeprecations } from './deprecation.ts'
import { answerErrors, answerUnrouted } from './errors.ts'
import type { Expansions } from './expand.ts'
import { isDraining } from './health.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { addJsonParser } from './raw-body.ts'
import { namedSchemas } from './schema.ts'
import { buildSerializers } from './serializers.ts'
import { traceIdOf, traceRequests } from './trace-requests.ts'
import { buildValidators, documentaryFormats } from './validators.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Loads what `expand` shows in full; the app says how, since the wings own it. */
    expansions: Expansions
  }
  interface FastifyContextConfig {
    /** What the operation says about itself; set by `operation.ts` for every documented route. */
    // biome-ignore lint/suspicious/noExplicitAny: the schemas are generic per operation
    operation?: Operation<any, any, any>
  }
}

/** A Fastify that is strict with bodies, patient with nobody, and answers every error as a problem. */
export async function createHttp(context: Context): Promise<FastifyInstance> {
  const { config, log } = context
  const proxies = listed(config.TRUSTED_PROXIES)
  const http = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => publicId('request', newId()),
    bodyLimit: limits.bodyBytesMax,
    trustProxy: proxies.length > 0 && proxies,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // What still comes in over a connection that is open is answered; it is told that the connection ends with that.
    return503OnClosing: false,
    frameworkErrors: answerUnrouted,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: false },
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    serializerOpts: { ajv: { formats: documentaryFormats } },
    schemaController: {
      compilersFactory: {
        buildValidator: onceFor(buildValidators) as never,
        buildSerializer: onceFor(buildSerializers) as never,
      },
    },
  })
  http.removeContentTypeParser('text/plain')
  addJsonParser(http)
  answerErrors(http, context.metrics)
  for (const schema of namedSchemas.values()) http.addSchema(schema)

  traceRequests(http, context)
  http.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id)
  })
  admitCallers(http, context)
  announceDeprecations(http, context)
  http.addHook('preValidation', async (request) => {
    if (request.is404) return
    const { schema } = request.routeOptions
    splitLists(request.query, schema?.querystring)
    if (schema?.body !== undefined) request.body ??= {}
    if (request.method !== 'PATCH') request.body = withoutNulls(request.body)
  })
  http.addHook('onSend', async (_request, reply) => {
    if (isDraining(http) || !http.server.listening) reply.header('connection', 'close')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('x-content-type-options', 'nosniff')
  })
  http.addHook('onResponse', async (request, reply) => measure(context, request, reply))
  return http
}

/** Fastify asks for compilers once for every route; all routes share the schemas, and so what is made of them. */
function onceFor<Given extends unknown[], Made>(
  make: (...given: Given) => Made,
): (...given: Given) => Made {
  let made: Made | undefined
  return (...given) => {
    made ??= make(...given)
    return made
  }
}

/** What of an answered request is counted and logged: its route, never its path. */
function measure({ log, metrics }: Context, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request
  const { statusCode: status } = reply
  const route = request.routeOptions.url ?? 'none'
  const seconds = reply.elapsedTime / 1000
  metrics.httpSeconds.observe({ method, route, status: String(status) }, seconds)
  const operation = request.routeOptions.config.operation?.operationId
  if (operation !== undefined) {
    metrics.httpRequests.inc({ operation, client: clientClassOf(request) })
    if (reply.hasHeader('idempotent-replayed')) metrics.idempotentReplays.inc({ operation })
  }
  const ms = Math.round(seconds * 1000)
  const trace_id = traceIdOf(request)
  log.info({ request_id: request.id, method, route, status, ms, trace_id }, 'answered')
}

/** No body of ours is nested deeper; what is, is refused by its schema. */
const DEPTH_MAX = 8

/** Null and absent mean the same, but for a merge patch: ERP systems send the fields they have nothing for. */
function withoutNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth === DEPTH_MAX) return value
  if (Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map((inner) => withoutNulls(inner, depth + 1))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === null ? [] : [[key, withoutNulls(inner, depth + 1)]],
    ),
  )
}

/** `status=issued,paid` is a list of words wherever the schema says so; text never becomes a list by repetition alone. */
function splitLists(query: unknown, schema: unknown): void {
  const values = query as Record<string, unknown>
  const properties =
    (schema as { properties?: Record<string, { type?: unknown }> } | undefined)?.properties ?? {}
  for (const [name, value] of Object.entries(values)) {
    const expectsList = properties[name]?.type === 'array'
    if (expectsList && typeof value === 'string') values[name] = value.split(',')
    if (!expectsList && Array.isArray(value)) {
      throw new Problem('invalid_parameter', {
        errors: [{ in: 'query', pointer: name, code: 'repeated', detail: 'must be given once' }],
      })
    }
  }
}
