import { Type } from '@sinclair/typebox'
import pg from 'pg'
import { migrationNames } from '../database/migrate.ts'
import { Problem } from '../problem.ts'
import type { Context } from './context.ts'
import { type Http, route } from './operation.ts'
import { named, OneOf } from './schema.ts'

const DATABASE_MS = 1_000
const REMEMBERED_MS = 1_000

const endings = new WeakMap<Http, AbortController>()

function endingOf(http: Http): AbortController {
  const ending = endings.get(http) ?? new AbortController()
  endings.set(http, ending)
  return ending
}

/**
 * From here on `/readyz` refuses, so that load balancers look away before the server stops listening, and requests that
 * wait for something are answered.
 */
export function startDraining(http: Http): void {
  endingOf(http).abort()
}

/** Says when the process is about to stop: nothing is worth waiting for any more. */
export const drainSignal = (http: Http): AbortSignal => endingOf(http).signal

/** Whether the process is about to stop: every answer then asks its client to come back over a new connection. */
export const isDraining = (http: Http): boolean => drainSignal(http).aborted

const Liveness = named(
  'Liveness',
  Type.Object(
    { status: OneOf(['alive'], { description: 'The process answers.' }) },
    { description: 'Whether the process is alive.' },
  ),
)

const Readiness = named(
  'Readiness',
  Type.Object(
    {
      status: OneOf(['ready'], { description: 'Requests are welcome.' }),
      database: OneOf(['ok'], { description: 'The database answers in time.' }),
      schema_version: Type.String({
        description: 'The last migration the database has.',
        maxLength: 100,
        format: 'text',
        examples: ['0001_foundation'],
      }),
      ledger: OneOf(['ok', 'differs'], {
        description:
          '`differs` when the last verification of a tenant’s ledger found a difference. Look at once; requests are still served.',
      }),
    },
    { description: 'Whether requests are welcome here, and what to look at.' },
  ),
)

/** `/livez` for the one who restarts the process, `/readyz` for the one who sends it requests, `/metrics` for Prometheus. */
export function healthRoutes(http: Http, context: Context): void {
  const schemaVersion = watchSchema(http, context)
  http.addHook('preClose', async () => startDraining(http))

  route(http, {
    method: 'GET',
    url: '/livez',
    operationId: 'getLiveness',
    tag: 'Service',
    summary: 'Ask whether the process is alive',
    description:
      'Answers as long as the event loop turns, whatever the state of the database. Restart the process when it does not.',
    scope: null,
    answers: { 200: Liveness },
    work: async () => ({ status: 'alive' }),
  })

  route(http, {
    method: 'GET',
    url: '/readyz',
    operationId: 'getReadiness',
    tag: 'Service',
    summary: 'Ask whether requests are welcome',
    description:
      'Ready means that the database answers within a second, that its schema is at least what this build needs, and that the process is not about to stop. Send requests elsewhere while it answers 503.',
    scope: null,
    answers: { 200: Readiness },
    work: async () => {
      if (isDraining(http))
        throw new Problem('unavailable', {
          detail: 'The process is about to stop.',
          retryAfterSeconds: 5,
        })
      return {
        status: 'ready',
        database: 'ok',
        schema_version: await schemaVersion(),
        ledger: await ledgerState(context),
      }
    },
  })

  http.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    const { registry } = context.metrics
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/**
 * Reads the schema's version over a connection of its own, so that a pool that is busy with requests does not look
 * like a database that is gone. Whoever asks within a second of the last answer shares it: the endpoint is public.
 */
function watchSchema(http: Http, { api, log }: Context): () => Promise<string> {
  const pool = new pg.Pool({
    connectionString: api.pool.options.connectionString,
    max: 1,
    connectionTimeoutMillis: DATABASE_MS,
    query_timeout: DATABASE_MS,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
    application_name: 'receivables-health',
  })
  pool.on('error', (error) =>
    log.warn({ error: error.message }, 'the idle health connection was lost'),
  )
  http.addHook('onClose', () => pool.end())

  const needed = migrationNames().then((names) => names.at(-1) ?? '')
  let answer: Promise<string> | undefined
  let until = 0

  return () => {
    if (answer === undefined || Date.now() > until) {
      until = Number.POSITIVE_INFINITY
      answer = look().finally(() => {
        until = Date.now() + REMEMBERED_MS
      })
    }
    return answer
  }

  async function look(): Promise<string> {
    const { rows } = await pool
      .query<{ name: string }>('select name from kysely_migration order by name desc limit 1')
      .catch((error: unknown) => {
        throw new Problem(
          'unavailable',
          { detail: 'The database does not answer.', retryAfterSeconds: 1 },
          error,
        )
      })
    const found = rows[0]?.name ?? ''
    if (found < (await needed)) {
      throw new Problem('unavailable', {
        detail: 'The database schema is older than this build needs.',
        retryAfterSeconds: 5,
      })
    }
    return found
  }
}

async function ledgerState({ metrics }: Context): Promise<'ok' | 'differs'> {
  const { values } = await metrics.integrityViolations.get()
  return values.some(({ value }) => value > 0) ? 'differs' : 'ok'
}
