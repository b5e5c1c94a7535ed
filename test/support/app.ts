import { randomUUID } from 'node:crypto'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { createApp } from '../../src/app.ts'
import { createContext } from '../../src/context.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import type { Scope } from '../../src/foundation/access/scopes.ts'
import { allScopes } from '../../src/foundation/access/scopes.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { commit } from '../../src/foundation/database/commit.ts'
import type { Context } from '../../src/foundation/http/context.ts'
import { newId, publicId } from '../../src/foundation/id.ts'
import {
  type CreateTenant,
  createTenant,
  newTenant,
} from '../../src/parties/tenants/create-tenant.ts'
import { testDatabase } from './database.ts'
import { testLog } from './suite-log.ts'

/** What a tenant of a test may be told; a test tenant in Berlin, in euros, with a key that may do everything. */
export type TenantOptions = Partial<CreateTenant> & { scopes?: readonly Scope[] }

export interface Reply {
  status: number
  headers: Record<string, string | number | string[] | undefined>
  /** The JSON of the answer; the text itself when it is not JSON, undefined when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
}

/** Calls the API with a tenant's key. A POST gets a fresh Idempotency-Key unless the headers name one or none (''). */
export type Api = (
  method: HTTPMethods,
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Reply>

export interface TestTenant {
  /** The public id, `ten_…`. */
  id: string
  /** The id in the database. */
  uuid: string
  /** The API key's secret. */
  secret: string
  api: Api
  /** Gives what was announced its place in the feed and reads it, oldest first, 200 at most. */
  // biome-ignore lint/suspicious/noExplicitAny: events carry objects of every shape
  events(type?: string): Promise<any[]>
}

export interface TestApp {
  http: FastifyInstance
  context: Context
  /** A new tenant with a key of its own. */
  tenant(options?: TenantOptions): Promise<TestTenant>
  /** Calls the API with any bearer, or with none. */
  call(bearer: string | null, ...request: Parameters<Api>): Promise<Reply>
}

/** What of a tap test is needed here. */
interface Test {
  teardown(handler: () => Promise<void>): void
}

/** The whole service on a database of this test's own, without its workers. */
export async function testApp(t: Test, env: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const { url } = await testDatabase(t)
  return appOn(t, url, env)
}

/** The service on a database that is there already: a second replica, for instance. */
export async function appOn(
  t: Test,
  databaseUrl: string,
  env: NodeJS.ProcessEnv = {},
): Promise<TestApp> {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    RATE_LIMIT: 'off',
    DATABASE_POOL_SIZE: '8',
    LOG_LEVEL: 'error',
    ...env,
  })
  const context = createContext(config, databaseUrl, testLog(config.LOG_LEVEL))
  const http = await createApp(context)
  await http.ready()
  t.teardown(async () => {
    await http.close()
    const { api, workers, exports, access } = context
    await Promise.all([api, workers, exports, access].map(({ pool }) => pool.end()))
  })

  const call: TestApp['call'] = async (bearer, method, path, body, headers = {}) => {
    const reply = await http.inject({
      method: method as 'GET',
      url: path,
      headers: {
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: parsed(reply.body, reply.headers['content-type']),
    }
  }

  return {
    http,
    context,
    call,
    async tenant(options = {}) {
      const input: CreateTenant = {
        name: 'Muster Maschinenbau AG',
        mode: 'test',
        time_zone: 'Europe/Berlin',
        currency: 'EUR',
        locale: 'de',
        scopes: allScopes,
        ...options,
      }
      const uuid = newId()
      const cause = { origin: 'api', actor: null, requestId: null } as const
      const { secret } = await commit(
        context.api,
        { tenantId: uuid, cause, newTenant: newTenant(input) },
        (tx) => createTenant(tx, input),
      )
      return {
        id: publicId('tenant', uuid),
        uuid,
        secret,
        api: (...request) => call(secret, ...request),
        async events(type) {
          await sequenceTenant(context, uuid)
          const reply = await call(
            secret,
            'GET',
            `/v1/events?limit=200${type === undefined ? '' : `&type=${type}`}`,
          )
          return reply.body.data
        },
      }
    },
  }
}

function parsed(text: string, contentType: unknown): unknown {
  if (text === '') return undefined
  return /\bjson\b/.test(String(contentType)) ? JSON.parse(text) : text
}
