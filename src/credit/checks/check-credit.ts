import type { Insertable } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { together } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import { formatAmount } from '../../foundation/money.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { openTasks } from '../../tasks/open-tasks.ts'
import { loadFacts } from '../exposure/load-facts.ts'
import { ratesOfDay } from '../exposure/measure.ts'
import { lockCredit } from '../lock-credit.ts'
import { rulesInForce } from '../policies/queries.ts'
import { reserve } from '../reservations/reserve.ts'
import { evaluate } from './evaluate.ts'
import { checkFact } from './events.ts'
import { countedFor, situationOf } from './situation.ts'
import type { CheckRow, CheckTables, MeasuredExposure } from './table.ts'

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

/**
 * Decides whether something may be sold on account, and holds the credit if it was asked to. Whatever holds credit
 * waits for its turn at the customer, and at the group that shares a limit: of parallel checks each sees what the ones
 * before it hold, so that together they never go above a limit. A check that holds nothing waits for nobody.
 */
export async function checkCredit(tx: Tx, request: CheckRequest): Promise<CheckRow> {
  const { customerId, currency } = request
  const holds = request.reserveSeconds !== null || request.externalId !== null
  const [, policy] = await together([
    holds ? lockCredit(tx, customerId) : Promise.resolve(),
    rulesInForce(tx),
  ])
  const [known, counted] = await together([
    loadFacts(tx, [customerId], policy.definition.exposure),
    countedFor(tx, request, policy.definition.exposure),
  ])
  if (!known.facts.has(customerId)) await requireCustomer(tx, customerId)
  const into = ratesOfDay(tx, known, tx.today, [currency])
  const situation = await situationOf(known, { ...request, counted, today: tx.today }, policy, into)
  const verdict = evaluate(situation, policy.definition)
  const measured = ({ exposure, limit, added }: typeof situation.own): MeasuredExposure => ({
    ...exposure,
    limit_id: limit?.id ?? null,
    limit_amount: limit?.amount ?? null,
    asked_amount: added,
  })
  const id = newId()
  const status = statusOf[verdict.outcome]
  const reservation =
    verdict.outcome === 'approve' && request.reserveSeconds !== null
      ? await reserve(tx, {
          customerId,
          checkId: id,
          externalId: request.externalId,
          currency,
          amount: request.amount,
          ttlSeconds: request.reserveSeconds,
        })
      : null
  const check = await keep(tx, request, {
    id,
    status,
    outcome: verdict.outcome,
    policy_id: policy.policyId,
    policy_version: policy.version,
    rules: JSON.stringify(verdict.findings),
    exposure: JSON.stringify(measured(situation.own)),
    group_exposure: situation.group && JSON.stringify(measured(situation.group)),
    human_review: verdict.humanReview,
    reservation_id: reservation?.id ?? null,
    snapshot: known.snapshot,
  })
  announce(tx, checkFact(`credit_check.${status}`, check, tx))
  if (check.status === 'referred') await askSomebody(tx, check)
  return check
}

/** What the decision adds to what was asked. */
type Decided = Pick<
  Insertable<CheckTables['credit_check']>,
  | 'id'
  | 'status'
  | 'outcome'
  | 'policy_id'
  | 'policy_version'
  | 'rules'
  | 'exposure'
  | 'group_exposure'
  | 'human_review'
  | 'reservation_id'
  | 'snapshot'
>

const keep = (tx: Tx, request: CheckRequest, decided: Decided): Promise<CheckRow> =>
  tx.db
    .insertInto('credit_check')
    .values({
      tenant_id: tx.tenant.id,
      customer_id: request.customerId,
      external_id: request.externalId,
      currency: request.currency,
      amount: request.amount,
      net_days: request.netDays,
      reserve_seconds: request.reserveSeconds,
      recheck_of_id: request.recheckOfId,
      checked_date: tx.today,
      created_at: tx.now,
      updated_at: tx.now,
      ...decided,
    })
    .returningAll()
    .executeTakeFirstOrThrow()

/** The task that a referred check opens. */
export const checkTaskKey = ({ id }: Pick<CheckRow, 'id'>): string => `credit_check:${id}`

async function askSomebody(tx: Tx, check: CheckRow): Promise<void> {
  const reacted = check.rules.filter(({ outcome }) => outcome !== 'approve')
  await openTasks(tx, [
    {
      originKey: checkTaskKey(check),
      reason: 'credit_check_referred',
      kind: 'credit_check',
      title: `Decide on credit of ${formatAmount(check.amount, check.currency)}`,
      note: `Rules that reacted: ${reacted.map(({ rule }) => rule).join(', ')}`,
      assignee: 'credit_manager',
      dueDate: tx.today,
      customerId: check.customer_id,
      invoiceId: null,
      itemId: null,
      noticeId: null,
    },
  ])
}
