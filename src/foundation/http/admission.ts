import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Credential } from '../access/authenticate.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { setCaller } from './caller.ts'
import type { Context } from './context.ts'

const WINDOW_SECONDS = 60

/** Wrong credentials one address may try per minute; beyond that it is told to wait. Right ones always come in. */
const FAILURES_PER_MINUTE = 300

/**
 * Who may come in: the credential is verified, counted against its rate limit, and held against the one scope the
 * operation declares. Limits are counted per replica. Operations without a scope are open to everybody.
 */
export function admitCallers(http: FastifyInstance, context: Context): void {
  const perMinute = context.config.RATE_LIMIT === 'off' ? null : Number(context.config.RATE_LIMIT)
  const limiter =
    perMinute === null
      ? null
      : new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS })
  const failures = new RateLimiterMemory({ points: FAILURES_PER_MINUTE, duration: WINDOW_SECONDS })

  http.addHook('onRequest', async (request, reply) => {
    const { operation } = request.routeOptions.config
    if (operation === undefined || operation.scope === null) return
    let credential: Credential | undefined
    try {
      credential = await verified(request)
      if (limiter !== null && perMinute !== null)
        await count(limiter, perMinute, credential.name, reply)
      const caller = await credential.enter(request.headers['tenant-id'] as string | undefined)
      if (!caller.scopes.has(operation.scope))
        throw new Problem('insufficient_scope', { required_scopes: [operation.scope] })
      setCaller(request, caller)
    } catch (error) {
      if (error instanceof Problem) noteRefusal(request, error.code, credential?.name)
      throw error
    }
  })

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

  async function verified(request: FastifyRequest): Promise<Credential> {
    const bearer = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer === undefined) throw new Problem('unauthenticated')
    try {
      return await context.authenticate(bearer, request.ip)
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        const { consumedPoints } = await failures.penalty(request.ip)
        if (consumedPoints > FAILURES_PER_MINUTE)
          throw new Problem('rate_limited', { retryAfterSeconds: WINDOW_SECONDS })
      }
      throw error
    }
  }

  async function count(
    limits: RateLimiterMemory,
    points: number,
    key: string,
    reply: FastifyReply,
  ): Promise<void> {
    const state = await limits.consume(key).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    })
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000))
    reply.header('ratelimit-policy', `"default";q=${points};w=${WINDOW_SECONDS}`)
    reply.header('ratelimit', `"default";r=${state.remainingPoints};t=${seconds}`)
    if (state.consumedPoints > points) {
      throw new Problem('rate_limited', {
        retryAfterSeconds: seconds,
        'violated-policies': ['default'],
      })
    }
  }
}
