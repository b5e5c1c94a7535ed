import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TraceContext, traceContextOf } from '../traces/trace-context.ts'
import { type OpenSpan, tenantMark } from '../traces/traces.ts'
import { findCaller } from './caller.ts'
import type { Context } from './context.ts'

interface Traced {
  remote: TraceContext | null
  span: OpenSpan | null
}

const requests = new WeakMap<FastifyRequest, Traced>()

/** The trace a request belongs to: the caller's, or one that began here; undefined when there is none. */
export function traceIdOf(request: FastifyRequest): string | undefined {
  const traced = requests.get(request)
  return traced?.span?.traceId ?? traced?.remote?.traceId
}

/**
 * Gives every request to a route its span, named by the route (OpenTelemetry semantic conventions for HTTP). The path
 * and the query are left out: they hold ids and names.
 */
export function traceRequests(http: FastifyInstance, { traces }: Context): void {
  http.addHook('onRequest', (request, _reply, done) => {
    const { traceparent, tracestate } = request.headers
    const remote = traceContextOf(traceparent, tracestate)
    const span = traces.begin(spanOf(request, remote))
    requests.set(request, { remote, span })
    if (span === null) done()
    else span.enter(done)
  })
  // Reading the body leaves the asynchronous context that the first hook has begun.
  http.addHook('preValidation', (request, _reply, done) => {
    const span = requests.get(request)?.span
    if (span) span.enter(done)
    else done()
  })
  http.addHook('onResponse', async (request, reply) => endSpan(request, reply))
}

function spanOf(request: FastifyRequest, remote: TraceContext | null) {
  const { method, protocol } = request
  const route = request.routeOptions.url
  return {
    name: route === undefined ? method : `${method} ${route}`,
    kind: 'server' as const,
    attributes: {
      'http.request.method': method,
      'url.scheme': protocol,
      ...(route !== undefined && { 'http.route': route }),
    },
    remote,
  }
}

function endSpan(request: FastifyRequest, { statusCode }: FastifyReply): void {
  const tenantId = findCaller(request)?.tenantId
  requests.get(request)?.span?.end(
    {
      'http.response.status_code': statusCode,
      'receivables.request_id': request.id,
      ...(tenantId !== undefined && { 'receivables.tenant': tenantMark(tenantId) }),
    },
    statusCode >= 500 ? String(statusCode) : undefined,
  )
}
