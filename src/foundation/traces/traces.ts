import { createHash } from 'node:crypto'
import type { Config } from '../config.ts'
import { openTelemetry } from './open-telemetry.ts'
import type { TraceContext } from './trace-context.ts'

export type Attributes = Record<string, string | number>

/** What a span is about. Attributes never hold names, amounts, ids of records, addresses or secrets. */
export interface SpanStart {
  /** Of few values: the route, never the path. */
  name: string
  kind: 'server' | 'client' | 'internal'
  attributes: Attributes
  /** The caller's part of the trace, where there is one. */
  remote?: TraceContext | null
  /** True for what is only worth a span as part of something larger. */
  withinOnly?: true
}

/** A piece of work that is being measured. */
export interface OpenSpan {
  readonly traceId: string
  /** Does work as part of it. */
  enter<T>(work: () => T): T
  /** Ends it; with the kind of its failure, if it failed. */
  end(attributes?: Attributes, failure?: string): void
}

/** Measures what is done, for whoever has an OpenTelemetry collector. */
export interface Traces {
  /** Begins a span of the trace that goes on, of the caller's, or of a new one; null when nobody listens. */
  begin(start: SpanStart): OpenSpan | null
  /** Sends what has not been sent. */
  end(): Promise<void>
}

/** Nobody listens. */
export const noTraces: Traces = { begin: () => null, end: async () => undefined }

/** Traces go to `OTEL_EXPORTER_OTLP_ENDPOINT`. Without it nothing is measured, and OpenTelemetry is not even loaded. */
export function createTraces(config: Config): Traces {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: service } = config
  return endpoint === undefined ? noTraces : openTelemetry(endpoint, service)
}

/** Does work, measured if somebody listens. */
export async function traced<T>(
  traces: Traces,
  start: SpanStart,
  work: () => Promise<T>,
): Promise<T> {
  const span = traces.begin(start)
  if (span === null) return work()
  let failure: string | undefined
  try {
    return await span.enter(work)
  } catch (error) {
    failure = error instanceof Error ? error.name : 'unknown'
    throw error
  } finally {
    span.end({}, failure)
  }
}

/** What stands for a tenant in a trace: enough to tell tenants apart, nothing to tell who they are. */
export const tenantMark = (tenantId: string): string =>
  createHash('sha256').update(tenantId).digest('hex').slice(0, 16)

/** Work that the service does by itself, or that outlives the request that asked for it: a trace of its own. */
export const workSpan = (name: string, tenantId: string): SpanStart => ({
  name,
  kind: 'internal',
  attributes: { 'receivables.tenant': tenantMark(tenantId) },
})
