import assert from 'node:assert'
import type { FastifyInstance } from 'fastify'
import type { CalendarDate } from '../calendar.ts'
import { clientClassOf, findCaller } from './caller.ts'
import type { Context } from './context.ts'
import type { AnyOperation } from './openapi/document.ts'

/** That an operation will end, and what takes its place. */
export interface Deprecation {
  /** Since when it is not to be used in anything new. */
  since: CalendarDate
  /** From when on it may be gone: a year later at the earliest. */
  sunset: CalendarDate
  /** The path of what to use instead. */
  successor?: string
}

/**
 * Tells whoever uses an operation that will end: by `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and links with every
 * answer to an admitted caller. The operator finds how often in the figures, and who in the log.
 */
export function announceDeprecations(http: FastifyInstance, { log, metrics }: Context): void {
  http.addHook('onRoute', ({ config }) => {
    if (config?.operation?.deprecated) requireYear(config.operation)
  })
  http.addHook('onRequest', async (request, reply) => {
    const { operation } = request.routeOptions.config
    if (operation?.deprecated === undefined) return
    reply.headers(headersOf(operation, operation.deprecated))
    const { operationId } = operation
    metrics.deprecatedRequests.inc({ operation: operationId, client: clientClassOf(request) })
    log.info(
      {
        request_id: request.id,
        operation: operationId,
        principal: findCaller(request)?.principal,
        sunset: operation.deprecated.sunset,
      },
      'a deprecated operation was used',
    )
  })
}

function requireYear({ operationId, deprecated }: AnyOperation): void {
  const { since, sunset } = deprecated as Deprecation
  const earliest = `${Number(since.slice(0, 4)) + 1}${since.slice(4)}`
  assert(sunset >= earliest, `${operationId}: nothing ends within a year of its deprecation`)
}

function headersOf(
  { tag, operationId }: AnyOperation,
  { since, sunset, successor }: Deprecation,
): Record<string, string> {
  const page = `</docs#/${encodeURIComponent(tag)}/${operationId}>; rel="deprecation"; type="text/html"`
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    link: successor === undefined ? page : `${page}, <${successor}>; rel="successor-version"`,
  }
}
