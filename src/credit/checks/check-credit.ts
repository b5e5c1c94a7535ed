import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { together } from '../../foundation/database/frame.ts'
import { insertNew } from '../../foundation/database/insert-rows.ts'
import { LATER } from '../../foundation/gather.ts'
import { newId } from '../../foundation/id.ts'
import { formatAmount } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { openTasks } from '../../tasks/open-tasks.ts'
import type { Knowledge } from '../exposure/facts.ts'
import { loadFacts } from '../exposure/load-facts.ts'
import { measurer, ratesOfDay } from '../exposure/measure.ts'
import { lockCredit } from '../lock-credit.ts'
import { type RulesInForce, rulesInForce } from '../policies/queries.ts'
import { type Reserve, reserve } from '../reservations/reserve.ts'
import type { ReservationRow } from '../reservations/table.ts'
import { evaluate, type Situation, type Verdict } from './evaluate.ts'
import { checkFact } from './events.ts'
import { countedFor, situationOf } from './situation.ts'
import type { CheckRow, MeasuredExposure } from './table.ts'

/** What somebody wants to sell on account. */
export interface CheckRequest {
  customerId: string
  /** The reference that order, reservation and invoice share; null for none. */
  externalId: string | null
  currency: string
  /** Minor units. */
  amount: number
  /** The terms that are asked for; null when nothing is said. */
  netDays: number | null
  /** How long credit is to be held if it is approved, seconds; null for not at all. */
  reserveSeconds: number | null
  /** The check that this one takes the place of. */
  recheckOfId: string | null
}

const statusOf = { approve: 'approved', refer: 'referred', deny: 'denied' } as const

/** Decides on one request, as `checkCredits` does on many. */
export async function checkCredit(tx: Tx, request: CheckRequest): Promise<CheckRow> {
  const [check] = (await checkCredits(tx, [request])) as [CheckRow | Problem]
  if (check instanceof Problem) throw check
  return check
}

/**
 * Decides whether something may be sold on account, and holds the credit if it was asked to. Whatever holds credit
 * waits for its turn at the customer, and at the group that shares a limit: of parallel checks each sees what the ones
 * before it hold, so that together they never go above a limit. A check that holds nothing takes no lock.
 * The requests are for different customers. Answers for each, in order, the check, the problem that refused it, or
 * `LATER` where an earlier one may hold credit of the same group.
 */
export async function checkCredits(
  tx: Tx,
  requests: readonly CheckRequest[],
): Promise<(CheckRow | Problem | typeof LATER)[]> {
  const [, policy] = await together([
    lockCredit(tx, requests.filter(mayHold).map(customerOf)),
    rulesInForce(tx),
  ])
  const terms = policy.definition.exposure
  const [known, counted] = await together([
    loadFacts(tx, requests.map(customerOf), terms),
    countedFor(tx, requests, terms),
  ])
  const currencies = requests.map(({ currency }) => currency)
  const measure = measurer(known, terms, ratesOfDay(tx, known, tx.today, currencies))
  const comeLater = fellowsOf(requests, known)
  const judged = await together(
    requests.map(async (request): Promise<Judged | Problem | typeof LATER> => {
      if (comeLater.has(request)) return LATER
      const measured = await measure(request.customerId)
      if (measured === undefined) return new Problem('customer_not_found')
      const situation = situationOf(measured, {
        ...request,
        counted: counted.get(request.customerId) ?? 0,
        today: tx.today,
      })
      return { id: newId(), request, situation, verdict: evaluate(situation, policy.definition) }
    }),
  )

  const decided = judged.filter((one): one is Judged => one !== LATER && !(one instanceof Problem))
  const holding = decided.filter(holds)
  const held = await reserve(tx, holding.map(toReserve))
  const reservations = new Map(holding.map(({ id }, index) => [id, held[index]]))
  const rows = decided.flatMap((one) => {
    const reservation = reservations.get(one.id)
    if (reservation instanceof Problem) return []
    return [rowOf(tx, one, { policy, snapshot: known.snapshot, reservation })]
  })
  const checks = await insertNew(tx, 'credit_check', rows)
  announce(
    tx,
    ...checks.map((check) => checkFact(`credit_check.${statusOf[check.outcome]}`, check, tx)),
  )
  await askSomebody(
    tx,
    checks.filter(({ status }) => status === 'referred'),
  )
  const byId = new Map(checks.map((check) => [check.id, check]))
  return judged.map((one) =>
    one === LATER || one instanceof Problem
      ? one
      : (byId.get(one.id) ?? (reservations.get(one.id) as Problem)),
  )
}

/** A request with what is known and what follows from it. */
interface Judged {
  /** The check's. */
  id: string
  request: CheckRequest
  situation: Situation
  verdict: Verdict
}

const customerOf = ({ customerId }: CheckRequest): string => customerId

/** Whether its customer is waited for: it may hold credit, or counts what is held already. */
const mayHold = ({ reserveSeconds, externalId }: CheckRequest): boolean =>
  reserveSeconds !== null || externalId !== null

/** Requests that must see what an earlier one of their group may hold. */
function fellowsOf(
  requests: readonly CheckRequest[],
  { facts }: Pick<Knowledge, 'facts'>,
): ReadonlySet<CheckRequest> {
  const groups = new Set<string>()
  return new Set(
    requests.filter(mayHold).filter(({ customerId }) => {
      const group = facts.get(customerId)?.group?.id
      if (group === undefined) return false
      const isFirst = !groups.has(group)
      groups.add(group)
      return !isFirst
    }),
  )
}

const holds = ({ verdict, request }: Judged): boolean =>
  verdict.outcome === 'approve' && request.reserveSeconds !== null

const toReserve = ({ id, request }: Judged): Reserve => ({
  customerId: request.customerId,
  checkId: id,
  externalId: request.externalId,
  currency: request.currency,
  amount: request.amount,
  ttlSeconds: request.reserveSeconds as number,
})

function rowOf(
  tx: Tx,
  { id, request, situation, verdict }: Judged,
  decidedBy: { policy: RulesInForce; snapshot: string; reservation: ReservationRow | undefined },
) {
  const { policy, snapshot, reservation } = decidedBy
  return {
    tenant_id: tx.tenant.id,
    id,
    customer_id: request.customerId,
    external_id: request.externalId,
    currency: request.currency,
    amount: request.amount,
    net_days: request.netDays,
    reserve_seconds: request.reserveSeconds,
    recheck_of_id: request.recheckOfId,
    status: statusOf[verdict.outcome],
    outcome: verdict.outcome,
    policy_id: policy.policyId,
    policy_version: policy.version,
    rules: verdict.findings,
    exposure: measuredExposure(situation.own),
    group_exposure: situation.group && measuredExposure(situation.group),
    human_review: verdict.humanReview,
    reservation_id: reservation?.id ?? null,
    snapshot,
    checked_date: tx.today,
    created_at: tx.now,
    updated_at: tx.now,
  }
}

const measuredExposure = ({ exposure, limit, added }: Situation['own']): MeasuredExposure => ({
  ...exposure,
  limit_id: limit?.id ?? null,
  limit_amount: limit?.amount ?? null,
  asked_amount: added,
})

/** The task that a referred check opens. */
export const checkTaskKey = ({ id }: Pick<CheckRow, 'id'>): string => `credit_check:${id}`

const askSomebody = (tx: Tx, checks: readonly CheckRow[]): Promise<unknown> =>
  openTasks(
    tx,
    checks.map((check) => ({
      originKey: checkTaskKey(check),
      reason: 'credit_check_referred',
      kind: 'credit_check',
      title: `Decide on credit of ${formatAmount(check.amount, check.currency)}`,
      note: `Rules that reacted: ${check.rules
        .filter(({ outcome }) => outcome !== 'approve')
        .map(({ rule }) => rule)
        .join(', ')}`,
      assignee: 'credit_manager',
      dueDate: tx.today,
      customerId: check.customer_id,
      invoiceId: null,
      itemId: null,
      noticeId: null,
    })),
  )
