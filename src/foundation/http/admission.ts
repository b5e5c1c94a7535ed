import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Credential } from '../access/authenticate.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { setCaller } from './caller.ts'
import type { Context } from './context.ts'

const WINDOW_SECONDS = 60

/** Wrong credentials one address may try per minute; beyond that it is told to wait. Right ones always come in. */
const FAILURES_PER_MINUTE = 300

/** Requests one address may send per minute to what needs no credential. Far above what any probe asks. */
const PUBLIC_PER_MINUTE = 6_000

/** How much somebody may ask for in a window, counted in this process. */
interface Policy {
  name: string
  perWindow: number
  counter: RateLimiterMemory
}

const policy = (name: string, perWindow: number): Policy => ({
  name,
  perWindow,
  counter: new RateLimiterMemory({ points: perWindow, duration: WINDOW_SECONDS }),
})

/**
 * Who may come in: the credential is verified, counted against its rate limit, and held against the one scope the
 * operation declares. Limits are counted per replica. Operations without a scope are open to everybody, counted by
 * address.
 */
export function admitCallers(http: FastifyInstance, context: Context): void {
  const limit = context.config.RATE_LIMIT
  const callers = limit === 'off' ? null : policy('default', Number(limit))
  const everybody = limit === 'off' ? null : policy('public', PUBLIC_PER_MINUTE)
  const failures = policy('failed-credentials', FAILURES_PER_MINUTE)

  http.addHook('onRequest', async (request, reply) => {
    const { operation } = request.routeOptions.config
    if (operation === undefined) return
    let credential: Credential | undefined
    try {
      if (operation.scope === null) return await admitAnybody(request, reply)
      credential = await verified(request, reply)
      if (callers !== null) await count(callers, credential.name, reply)
      const caller = await credential.enter(request.headers['tenant-id'] as string | undefined)
      if (!caller.scopes.has(operation.scope))
        throw new Problem('insufficient_scope', { required_scopes: [operation.scope] })
      setCaller(request, caller)
    } catch (error) {
      if (error instanceof Problem) noteRefusal(request, error.code, credential?.name)
      throw error
    }
  })

  /** A credential that is no credential is refused here too, rather than taken for none. */
  async function admitAnybody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.headers.authorization !== undefined) await presented(request, reply)
    if (everybody !== null) await count(everybody, request.ip, reply)
  }

  /** Whoever is refused is counted and leaves a line in the log, by which an operator finds who tries what. */
  function noteRefusal(request: FastifyRequest, code: ProblemCode, credential?: string): void {
    const { authFailures, httpRejected } = context.metrics
    ;(code === 'unauthenticated' ? authFailures : httpRejected).inc({ reason: code })
    context.log.info(
      {
        request_id: request.id,
        code,
        route: request.routeOptions.url,
        address: request.ip,
        credential,
      },
      'access was refused',
    )
  }

  /** The credential as it was sent; what does not even look like one is no attempt to guess it, and is not counted. */
  async function presented(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const bearer = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer !== undefined) return bearer
    announce(reply, failures, await failures.counter.get(request.ip))
    throw new Problem('unauthenticated')
  }

  async function verified(request: FastifyRequest, reply: FastifyReply): Promise<Credential> {
    const bearer = await presented(request, reply)
    try {
      return await context.authenticate(bearer, request.ip)
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        const state = await failures.counter.penalty(request.ip)
        announce(reply, failures, state)
        if (state.consumedPoints > FAILURES_PER_MINUTE)
          throw new Problem('rate_limited', { retryAfterSeconds: WINDOW_SECONDS })
      }
      throw error
    }
  }

  async function count(policy: Policy, key: string, reply: FastifyReply): Promise<void> {
    const state = await policy.counter.consume(key).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
    const retryAfterSeconds = announce(reply, policy, state)
    if (state.consumedPoints <= policy.perWindow) return
    throw new Problem('rate_limited', { retryAfterSeconds, 'violated-policies': [policy.name] })
  }
}

/** Says what is left of a policy, and gives the seconds until all of it is there again. */
function announce(
  reply: FastifyReply,
  { name, perWindow }: Policy,
  state: RateLimiterRes | null,
): number {
  const left = Math.max(0, perWindow - (state?.consumedPoints ?? 0))
  const seconds = Math.max(1, Math.ceil((state?.msBeforeNext ?? WINDOW_SECONDS * 1000) / 1000))
  reply.header('ratelimit-policy', `"${name}";q=${perWindow};w=${WINDOW_SECONDS}`)
  reply.header('ratelimit', `"${name}";r=${left};t=${seconds}`)
  return seconds
}
