import type { Static, TSchema } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { commit, type Tx } from '../database/commit.ts'
import { waitingMax } from '../database/frame.ts'
import { gatherer, LATER, type Patience } from '../gather.ts'
import { Problem } from '../problem.ts'
import { sendReplayable, toReplayable } from './answer.ts'
import { callerOf, fullNameOf } from './caller.ts'
import type { Context } from './context.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { type Key, keyed, keyOf, type Outcome, type Replayable } from './once.ts'
import { causeOf, type Http, type Input, type Operation, route } from './operation.ts'

/**
 * How long a request waits for a lock while others wait for it, milliseconds. Then it goes aside, with all the patience
 * that a command has.
 */
const LOCK_MS_MAX = 50

/** One of the requests that share a transaction. */
interface Asked<I> {
  input: I
  request: FastifyRequest
  reply: FastifyReply
  key: Key | null
  customerId: string
}

/**
 * A write that is asked for so often that those who ask at the same time share a transaction: one command for all of
 * them, their events, an answer to each. Its work answers for each input, in order, what has come of it, the problem
 * that refused it, or that it has to come `LATER`; one that is refused leaves nothing behind and hinders no other. All
 * have different customers, so that what happens to a customer has one cause; who asks for one that is under way waits
 * for it, and so does a repeat, which then finds the answer. Only requests of one principal share. The trace of the
 * transaction is the first one's.
 */
export function gatheredCommand<B extends TSchema, P extends TSchema, Q extends TSchema>(
  http: Http,
  context: Context,
  operation: Operation<B, P, Q> & {
    /** The customer it happens to: a UUID. */
    customerOf: (body: Static<B>) => string
    work: (tx: Tx, inputs: readonly Input<B, P, Q>[]) => Promise<readonly unknown[]>
  },
): void {
  const { customerOf, work, ...described } = operation
  type One = Asked<Input<B, P, Q>>
  const together = gatherer<One, Replayable | Problem>(
    {
      groupOf: ({ request }) => fullNameOf(callerOf(request)),
      subjectOf: customerIdOf,
      waitingMax: waitingMax(context.api),
    },
    carryOut,
  )

  route(http, {
    ...described,
    work: async (input, request, reply) => {
      const dryRun = (request.query as { dry_run?: boolean }).dry_run === true
      const key = dryRun ? null : keyOf(request, idempotencyKeyOf(request, operation.idempotency))
      const asked = { input, request, reply, key, customerId: customerOf(input.body) }
      const answer = dryRun ? (await carryOut([asked], 'full', dryRun))[0] : await together(asked)
      if (answer instanceof Problem) throw answer
      return sendReplayable(reply, answer as Replayable)
    },
  })

  function carryOut(asked: readonly One[], patience: Patience, dryRun = false): Promise<Outcome[]> {
    const [{ request }] = asked as [One]
    const { tenantId } = callerOf(request)
    const { opening, once } = keyed(tenantId, asked)
    const options = {
      tenantId,
      cause: causeOf(request),
      causes: new Map(asked.map((one) => [one.customerId, causeOf(one.request)])),
      lockMsMax: patience === 'short' ? LOCK_MS_MAX : undefined,
      dryRun,
      opening,
    }
    return commit(context.api, options, (tx, seen) =>
      once(tx, seen, async (fresh) => {
        const inputs = fresh.map(({ input }) => input)
        return (await work(tx, inputs)).map((outcome, index) =>
          outcome instanceof Problem || outcome === LATER
            ? outcome
            : toReplayable((fresh[index] as One).reply, operation, outcome),
        )
      }),
    )
  }
}

const customerIdOf = ({ customerId }: Asked<unknown>): string => customerId
