import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import type { Context, Span } from '@opentelemetry/api'
import type { NodeTracerConfig } from '@opentelemetry/sdk-trace-node'
import type { OpenSpan, SpanStart, Traces } from './traces.ts'

/** Loads a package when it is needed, and not with this file. */
const load = createRequire(import.meta.url)

/**
 * Traces that go to an OTLP endpoint over HTTP. Sampling, batching, headers and time limits follow the standard
 * `OTEL_*` variables, which the SDK reads by itself. Nothing is registered globally, so that several services in one
 * process keep apart.
 */
export function openTelemetry(endpoint: string, service: string): Traces {
  const api = load('@opentelemetry/api') as typeof import('@opentelemetry/api')
  const provider = createProvider(endpoint, service)
  const tracer = provider.getTracer('receivables')
  const goingOn = new AsyncLocalStorage<Context>()
  const kinds = {
    server: api.SpanKind.SERVER,
    client: api.SpanKind.CLIENT,
    internal: api.SpanKind.INTERNAL,
  }

  function parentOf({ remote }: SpanStart): Context {
    const current = goingOn.getStore()
    if (current !== undefined || !remote) return current ?? api.ROOT_CONTEXT
    return api.trace.setSpanContext(api.ROOT_CONTEXT, {
      traceId: remote.traceId,
      spanId: remote.spanId,
      traceFlags: remote.sampled ? api.TraceFlags.SAMPLED : api.TraceFlags.NONE,
      isRemote: true,
      traceState: api.createTraceState(remote.state),
    })
  }

  return {
    begin(start) {
      if (start.withinOnly && goingOn.getStore() === undefined) return null
      const parent = parentOf(start)
      const { name, attributes } = start
      const span = tracer.startSpan(name, { kind: kinds[start.kind], attributes }, parent)
      const within = api.trace.setSpan(parent, span)
      return openSpan(span, (work) => goingOn.run(within, work))
    },
    end: () => provider.shutdown(),
  }

  function openSpan(span: Span, enter: OpenSpan['enter']): OpenSpan {
    return {
      traceId: span.spanContext().traceId,
      enter,
      end(attributes = {}, failure) {
        span.setAttributes(attributes)
        if (failure !== undefined) {
          span.setAttribute('error.type', failure)
          span.setStatus({ code: api.SpanStatusCode.ERROR })
        }
        span.end()
      },
    }
  }
}

function createProvider(endpoint: string, service: string) {
  const sdk = load(
    '@opentelemetry/sdk-trace-node',
  ) as typeof import('@opentelemetry/sdk-trace-node')
  const otlp = load(
    '@opentelemetry/exporter-trace-otlp-http',
  ) as typeof import('@opentelemetry/exporter-trace-otlp-http')
  const exporter = new otlp.OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  return new sdk.NodeTracerProvider({
    resource: resourceOf(service),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
}

type Resource = NonNullable<NodeTracerConfig['resource']>

/** The SDK has its resources in a package of its own, which is found from there. */
function resourceOf(service: string): Resource {
  const loadFromSdk = createRequire(load.resolve('@opentelemetry/sdk-trace-node'))
  const { resourceFromAttributes } = loadFromSdk('@opentelemetry/resources') as {
    resourceFromAttributes(attributes: Record<string, string>): Resource
  }
  return resourceFromAttributes({ 'service.name': service })
}
