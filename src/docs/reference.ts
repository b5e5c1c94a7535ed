import { readFileSync } from 'node:fs'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { besideCode } from '../foundation/places.ts'

/** Everything the reference needs comes from this server; it works without a way out to the internet. */
const POLICY = [
  "default-src 'none'",
  "base-uri 'self'",
  "connect-src 'self'",
  "font-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'self'",
  "img-src 'self' data:",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
].join('; ')

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="130" height="40"><text x="0" y="27" font-family="system-ui, sans-serif" font-size="20" font-weight="600" fill="#fff">receivables</text></svg>`

/** Without it a phone shows the page as wide as a desk, and small. */
const VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'

/** The API reference at `/docs/reference`. */
export async function serveReference(http: FastifyInstance): Promise<void> {
  await http.register((scope, _options, done) => {
    scope.addHook('onSend', async (_request, _reply, payload) =>
      typeof payload === 'string' ? payload.replace('<head>', `<head>${VIEWPORT}`) : payload,
    )
    scope.register(swaggerUi, {
      routePrefix: '/docs/reference',
      staticCSP: POLICY,
      logo: { type: 'image/svg+xml', content: Buffer.from(LOGO), href: '/docs', target: '_self' },
      theme: {
        title: 'Reference – receivables',
        css: [{ filename: 'house.css', content: houseStyle() }],
      },
      uiConfig: {
        docExpansion: 'none',
        defaultModelsExpandDepth: 0,
        displayRequestDuration: true,
        filter: true,
        persistAuthorization: true,
        deepLinking: true,
        tryItOutEnabled: true,
      },
    })
    done()
  })
}

const houseStyle = (): string => readFileSync(besideCode('src/docs/reference.css'), 'utf8')
