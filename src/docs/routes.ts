import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { besideCode } from '../foundation/places.ts'
import { Problem } from '../foundation/problem.ts'
import { guidePage, indexPage, readGuides } from './guides.ts'
import { PAGE_POLICY, type Page, pageHtml } from './page.ts'
import { problemsPage } from './problems-page.ts'
import { serveReference } from './reference.ts'

const hidden = { schema: { hide: true } }

/**
 * The documentation at `/docs`: the way in, the guides, the catalogue of problems and the API reference. Public, like
 * the OpenAPI document itself, and without anything from elsewhere.
 */
export async function serveDocs(http: FastifyInstance): Promise<void> {
  const guides = once(readGuides)
  const style = once(() => readFileSync(besideCode('src/docs/style.css'), 'utf8'))
  const send = (reply: FastifyReply, page: Page) =>
    reply
      .headers({ 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(pageHtml(page))

  await serveReference(http)
  http.get('/docs', hidden, async (_request, reply) => send(reply, indexPage(guides())))
  http.get('/docs/', hidden, async (_request, reply) => reply.redirect('/docs', 301))
  http.get('/docs/guides', hidden, async (_request, reply) => reply.redirect('/docs', 301))
  http.get('/docs/errors', hidden, async (_request, reply) => send(reply, problemsPage()))
  http.get('/docs/guides/:slug', hidden, async (request, reply) => {
    const { slug } = request.params as { slug: string }
    const guide = guides().find((one) => one.slug === slug)
    if (guide === undefined) throw new Problem('route_not_found')
    return send(reply, guidePage(guide, guides()))
  })
  http.get('/docs/style.css', hidden, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(style()),
  )
}

/** Made when first asked for: most processes are never asked. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
