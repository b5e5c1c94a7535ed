import { announce } from '../../events/announce.ts'
import { addDays, type Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { replacedFields } from '../../foundation/merge.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { endServiceTask } from '../../tasks/end-service-task.ts'
import { lockCredit } from '../lock-credit.ts'
import { rulesInForce } from '../policies/queries.ts'
import { TTL_SECONDS_MAX } from '../reservations/reservation.ts'
import { reserve } from '../reservations/reserve.ts'
import { type CheckRequest, checkCredit, checkTaskKey } from './check-credit.ts'
import { checkFact } from './events.ts'
import { requireCheck } from './queries.ts'
import { checkToJson } from './schema.ts'
import type { CheckRow, CheckStatus } from './table.ts'

/** Which check, and the version the caller believes to be current. */
interface NamedCheck {
  id: string
  ifMatch: number | undefined
}

/** Who decides, and why. */
export interface Decision {
  role: string
  reason: string
}

export interface Release extends Decision {
  /** Until when the release stands. */
  validUntil: Instant
  /** For how many days the same rules rest; those of the policy when null. */
  graceDays: number | null
}

/**
 * Lets something be sold that the rules have referred or denied. It is a person's word, kept with role and reason; what
 * was to be held is held now, limit or not, and the rules that had reacted rest for some days. Rules about money and
 * holds never rest.
 */
export async function releaseCheck(
  tx: Tx,
  named: NamedCheck,
  { role, reason, validUntil, graceDays }: Release,
): Promise<CheckRow> {
  const before = await lockCheck(tx, named, ['referred', 'denied'])
  const seconds = Math.floor((Date.parse(validUntil) - Date.parse(tx.now)) / 1_000)
  if (seconds < 1 || seconds > TTL_SECONDS_MAX) {
    throw invalidFields({
      pointer: '#/valid_until',
      code: seconds < 1 ? 'not_in_future' : 'too_late',
      detail: 'must be later than now, by 90 days at most',
      params: { now: tx.now },
    })
  }
  const wanted = {
    customerId: before.customer_id,
    checkId: before.id,
    externalId: before.external_id,
    currency: before.currency,
    amount: before.amount,
    ttlSeconds: seconds,
  }
  const [reservation = null] = await reserve(tx, before.reserve_seconds === null ? [] : [wanted])
  if (reservation instanceof Problem) throw reservation
  const days = graceDays ?? (await rulesInForce(tx)).definition.release_grace_days
  await tx.db
    .insertInto('credit_override')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      check_id: before.id,
      customer_id: before.customer_id,
      rules: before.rules.filter(({ outcome }) => outcome !== 'approve').map(({ rule }) => rule),
      currency: before.currency,
      amount: before.amount,
      role,
      reason,
      actor: tx.cause.actor,
      reacts_from_date: addDays(tx.today, days),
      created_at: tx.now,
    })
    .execute()
  return decide(tx, before, 'released', {
    decided_role: role,
    decided_reason: reason,
    valid_until: validUntil,
    reservation_id: reservation?.id ?? null,
  })
}

/** Says no to something the rules have referred. */
export async function rejectCheck(
  tx: Tx,
  named: NamedCheck,
  { role, reason }: Decision,
): Promise<CheckRow> {
  const before = await lockCheck(tx, named, ['referred'])
  return decide(tx, before, 'rejected', { decided_role: role, decided_reason: reason })
}

/** Asks once more what was referred or denied, as things stand now; the new check takes the old one's place. */
export async function recheck(tx: Tx, named: NamedCheck): Promise<CheckRow> {
  const before = await lockCheck(tx, named, ['referred', 'denied'])
  await change(tx, before, 'rechecked', {})
  await endServiceTask(tx, checkTaskKey(before), 'cancelled', 'rechecked')
  return checkCredit(tx, requestOf(before))
}

const requestOf = (check: CheckRow): CheckRequest => ({
  customerId: check.customer_id,
  externalId: check.external_id,
  currency: check.currency,
  amount: check.amount,
  netDays: check.net_days,
  reserveSeconds: check.reserve_seconds,
  recheckOfId: check.id,
})

/** The check as it stands once its customer's turn has come, in one of the states that are wanted. */
async function lockCheck(
  tx: Tx,
  { id, ifMatch }: NamedCheck,
  wanted: readonly CheckStatus[],
): Promise<CheckRow> {
  await lockCredit(tx, [(await requireCheck(tx, id)).customer_id])
  const check = await requireCheck(tx, id)
  requireVersion(check.version, ifMatch)
  if (!wanted.includes(check.status)) {
    throw new Problem('invalid_state', {
      current_status: check.status,
      allowed_actions: allowed[check.status] ?? [],
    })
  }
  return check
}

const allowed: Partial<Record<CheckStatus, string[]>> = {
  referred: ['release', 'reject', 'recheck'],
  denied: ['release', 'recheck'],
}

async function decide(
  tx: Tx,
  before: CheckRow,
  status: 'released' | 'rejected',
  said: Partial<CheckRow>,
): Promise<CheckRow> {
  const words = { ...said, decided_by: tx.cause.actor, decided_at: tx.now }
  const after = await change(tx, before, status, words)
  await endServiceTask(tx, checkTaskKey(before), 'done', status)
  return after
}

async function change(
  tx: Tx,
  before: CheckRow,
  status: 'released' | 'rejected' | 'rechecked',
  said: Partial<CheckRow>,
): Promise<CheckRow> {
  const { rules: _rules, exposure: _exposure, group_exposure: _group, ...words } = said
  const after = await tx.db
    .updateTable('credit_check')
    .set({ ...words, status, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const previous = replacedFields(checkToJson(before, tx), checkToJson(after, tx))
  announce(tx, checkFact(`credit_check.${status}`, after, tx, previous))
  return after
}
