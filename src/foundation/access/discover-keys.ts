import type { JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'
import { isSafe } from './issuers.ts'
import { createKeySet, keysUnavailable } from './key-set.ts'

const TIMEOUT_MS = 3_000
const BYTES_MAX = 256 * 1024
const KEPT_MS = 60 * 60_000
const RETRY_MS = 10_000

/**
 * The public keys of an issuer whose OpenID configuration says where they are (OpenID Connect Discovery 1.0, section
 * 4). It is read when first needed and hourly after that; while it cannot be had, what it said last goes on.
 */
export function discoverKeys(issuer: string, log: Logger): JWTVerifyGetKey {
  let known: { url: string; keys: JWTVerifyGetKey } | undefined
  let looking: Promise<void> | undefined
  let lookAgainAt = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    try {
      const url = await keyAddressOf(issuer)
      if (known?.url !== url) known = { url, keys: createKeySet(new URL(url), log) }
      lookAgainAt = performance.now() + KEPT_MS
    } catch (error) {
      lookAgainAt = performance.now() + RETRY_MS
      log.warn(
        { error: (error as Error).message, issuer },
        'the configuration of a token issuer cannot be had',
      )
    }
  }

  return async (header, token) => {
    if (performance.now() >= lookAgainAt) {
      looking ??= look().finally(() => {
        looking = undefined
      })
      if (known === undefined) await looking
    }
    if (known === undefined) throw keysUnavailable()
    return known.keys(header, token)
  }
}

/** Asks the issuer where its keys are. Its answer counts only if it is about itself. */
async function keyAddressOf(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (response.status !== 200) throw new Error(`it answered ${response.status}`)
  const said = JSON.parse(await textOf(response)) as { issuer?: unknown; jwks_uri?: unknown }
  if (said.issuer !== issuer) throw new Error('it speaks for another issuer')
  const url = said.jwks_uri
  if (typeof url !== 'string' || !URL.canParse(url) || !isSafe(new URL(url)))
    throw new Error('it names no safe place for its keys')
  return url
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > BYTES_MAX) throw new Error('it is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
