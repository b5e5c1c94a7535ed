import type { FastifyInstance, FastifyRequest } from 'fastify'

const rawBodies = new WeakMap<FastifyRequest, string>()

/** The body as it came, for fingerprints; empty when there was none. */
export const rawBodyOf = (request: FastifyRequest): string => rawBodies.get(request) ?? ''

/** Remembers what stands for the body of a request that is not kept as text. */
export function rememberBody(request: FastifyRequest, text: string): void {
  rawBodies.set(request, text)
}

/**
 * Parses JSON and merge patches (RFC 7396) and remembers the text. Keys that would poison a prototype are refused by
 * Fastify's own parser. An empty body counts as none, so that actions without options need no `{}`.
 */
export function addJsonParser(http: FastifyInstance): void {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    (request, body, done) => {
      const text = String(body)
      rawBodies.set(request, text)
      if (text === '') done(null, undefined)
      else void parse(request, text, done)
    },
  )
}

/** Takes XML and nothing else, as the bytes it is: which characters they are is for its reader to say. */
export function addXmlParser(http: FastifyInstance): void {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser(
    ['application/xml', 'text/xml'],
    { parseAs: 'buffer' },
    (request, body, done) => {
      rawBodies.set(request, body.toString('latin1'))
      done(null, body)
    },
  )
}
