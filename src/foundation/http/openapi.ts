import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { packageRoot } from '../places.ts'
import { contentTag } from './etag.ts'
import { type AnyOperation, completeDocument, type DescribeWebhooks } from './openapi/document.ts'
import type { OpenApiDocument } from './openapi/types.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The OpenAPI 3.0.3 document, for generators that do not read 3.1. */
    swagger30(): object
  }
}

export interface Documentation {
  webhooks: DescribeWebhooks
}

/**
 * Documents every route that is added from here on, as OpenAPI 3.1 at `/openapi.json` and as 3.0.3 at
 * `/openapi-3.0.json`. Both are public and the same on every installation, so that a client generated anywhere fits.
 */
export async function documentApi(
  http: FastifyInstance,
  { webhooks }: Documentation,
): Promise<void> {
  const operations = new Map<string, AnyOperation>()
  http.addHook('onRoute', ({ config }) => {
    const operation = config?.operation
    if (operation !== undefined) operations.set(operation.operationId, operation)
  })
  const shared = {
    refResolver: { buildLocalReference: (json: { $id?: unknown }) => String(json.$id) },
    transformObject: ((made: { openapiObject: OpenApiDocument }) =>
      completeDocument(made.openapiObject, { operations, webhooks })) as never,
  } satisfies FastifyDynamicSwaggerOptions
  await http.register(swagger, { ...shared, convertConstToEnum: false, openapi: opening('3.1.0') })
  await http.register(swagger, {
    ...shared,
    decorator: 'swagger30' as never,
    openapi: opening('3.0.3'),
  })
  serve(http, '/openapi.json', () => http.swagger())
  serve(http, '/openapi-3.0.json', () => http.swagger30())
}

function serve(http: FastifyInstance, url: string, document: () => object): void {
  let made: { text: string; etag: string } | undefined
  http.get(url, { schema: { hide: true } }, async (request, reply) => {
    made ??= stamped(JSON.stringify(document()))
    reply.headers({
      etag: made.etag,
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
    })
    if (request.headers['if-none-match'] === made.etag) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(made.text)
  })
}

const stamped = (text: string) => ({ text, etag: contentTag(text) })

function opening(openapi: '3.1.0' | '3.0.3') {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string
  }
  return {
    openapi,
    info: {
      title: 'Receivables',
      version,
      summary: 'Who owes what, since when and why, and what to do next.',
      description: DESCRIPTION,
      contact: { name: 'The maintainers of receivables' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      {
        url: '/',
        description: 'The installation that serves this document, in production or as a sandbox.',
        'x-internal': false,
      },
    ],
    components: {},
  }
}

const DESCRIPTION = `A headless accounts-receivable service. ERP and CRM systems push customers, invoices and payments; every day overdue
items escalate by the tenant's dunning policy; webhooks tell what happened. This document is served as [OpenAPI 3.1](/openapi.json) and
as [3.0](/openapi-3.0.json).

- **Money** is whole minor units (\`*_amount\`, an integer within ±(2^53 − 1)) of the currency beside it. Currencies are never mixed or converted silently.
- **Time**: \`*_date\` is a calendar day in the tenant's time zone, \`*_at\` an instant in UTC. Nothing is overdue on its due date.
- **Ids** are typed (\`cus_…\`, \`inv_…\`). \`external_id\` is yours, unique per tenant and type.
- **Bodies are strict**: an unknown field is refused (422), an unknown parameter too (400). Answers may gain fields, and lists of words may gain words; ignore what you do not know.
- **Retries are safe**: send an \`Idempotency-Key\` with every POST and repeat it on every retry. Keys are kept for seven days.
- **Concurrent changes**: \`version\` is the ETag; \`If-Match\` refuses a change to a version you have not seen (412).
- **Lists** answer \`data\`, \`has_more\` and \`next_cursor\`; send \`next_cursor\` as \`cursor\` for the next page.
- **Tenants**: a credential belongs to one and sees nothing else. Whoever holds \`tenants:act\` may name another by the header \`Tenant-Id\`.
- **Problems** are \`application/problem+json\` (RFC 9457). Branch on \`code\`; every code is explained at [/docs/errors](/docs/errors).
- **Limits** are published at \`GET /v1/limits\`; \`RateLimit\` headers say what is left.`
