import { createHash } from 'node:crypto'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { problems } from '../problem.ts'

/** Everything the reference page needs comes from this server; it works without a way out to the internet. */
const REFERENCE_POLICY = [
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

/** The API reference at `/docs` and the catalogue of problems at `/docs/errors`. Public, like the document itself. */
export async function serveDocs(http: FastifyInstance): Promise<void> {
  await http.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: REFERENCE_POLICY,
    logo: { type: 'image/svg+xml', content: Buffer.from(LOGO), href: '/docs', target: '_self' },
    theme: {
      title: 'Receivables API reference',
      css: [{ filename: 'house.css', content: HOUSE_STYLE }],
    },
    uiConfig: {
      docExpansion: 'none',
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      filter: true,
      persistAuthorization: true,
      tryItOutEnabled: true,
    },
  })
  http.get('/docs/errors', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .headers({ 'content-security-policy': CATALOGUE_POLICY })
      .type('text/html; charset=utf-8')
      .send(CATALOGUE),
  )
}

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="180" height="40"><text x="0" y="27" font-family="sans-serif" font-size="22" fill="#fff">receivables</text></svg>`

const HOUSE_STYLE =
  '.swagger-ui .topbar { background: #1d3a4f } .swagger-ui .topbar .download-url-wrapper { display: none }'

const CATALOGUE_STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1b1b1b; background: #fff }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #ddd; padding: .4rem .6rem; text-align: left; vertical-align: top }
tr:target { background: #fff3c4 }
code { font-size: .9em }
th, td:first-child { white-space: nowrap }
a { color: #0b5a8a }
`

const CATALOGUE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CATALOGUE_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`

/** Every code there is, in the order of its status; a problem's `type` points at its row. */
const CATALOGUE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems</title>
<style>${CATALOGUE_STYLE}</style>
</head>
<body>
<h1>Problems</h1>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457). Branch on <code>code</code>: it is never renamed; new ones may be added. Operations are described in the <a href="/docs">reference</a>.</p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead>
<tbody>
${Object.entries(problems).map(row).join('\n')}
</tbody>
</table>
</body>
</html>
`

function row([code, { status, title, remedy }]: [
  string,
  { status: number; title: string; remedy: string },
]): string {
  return `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${status}</td><td>${escapeHtml(title)}</td><td>${withCode(escapeHtml(remedy))}</td></tr>`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Backquoted words are code. */
function withCode(html: string): string {
  return html.replace(/`([^`]*)`/g, '<code>$1</code>')
}
