import { isDeepStrictEqual } from 'node:util'
import { requestApproval } from '../../approvals/request-approval.ts'
import type { ApprovalRow } from '../../approvals/table.ts'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { formatAmount } from '../../foundation/money.ts'
import { creditLimitFact } from './events.ts'
import { needsApproval } from './four-eyes.ts'
import { columnOf, type LimitSubject, type LimitTerms, refuseImpossible } from './limit.ts'
import { inNextPlace, requireOnboarded } from './next-limit.ts'
import { lockSubject } from './queries.ts'
import type { CreditLimitRow } from './table.ts'

export interface SetCreditLimit {
  subject: LimitSubject
  terms: LimitTerms
  /** True only to ask for it: it waits for an approval, whatever its amount. */
  asked: boolean
}

/**
 * Sets a limit, as a record of its own; what was there stays as history. Where the policy wants four eyes, or it is only
 * asked for, it holds nothing until another principal approves it. Facts never bounce: it may be below what is owed.
 * Saying once more what was said last changes nothing.
 */
export async function setCreditLimit(
  tx: Tx,
  { subject, terms, asked }: SetCreditLimit,
): Promise<CreditLimitRow> {
  refuseImpossible(terms)
  await lockSubject(tx, subject)
  const waits = asked || (await needsApproval(tx, subject, terms))
  const same = await findSame(tx, subject, terms, waits)
  if (same !== undefined) return same
  await requireOnboarded(tx, subject, terms.amount)

  const id = newId()
  const approval = waits ? await ask(tx, id, subject, terms) : null
  const limit = await tx.db
    .insertInto('credit_limit')
    .values({
      tenant_id: tx.tenant.id,
      id,
      ...subject,
      ...terms,
      collateral: JSON.stringify(terms.collateral),
      approval_id: approval?.id ?? null,
      ...(waits
        ? { status: 'requested' }
        : { status: 'approved', ordinal: inNextPlace(tx, subject), decided_at: tx.now }),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, creditLimitFact(waits ? 'credit_limit.requested' : 'credit_limit.set', limit, tx))
  return limit
}

const ask = (
  tx: Tx,
  id: string,
  { customer_id }: LimitSubject,
  { kind, amount, currency, reason }: LimitTerms,
): Promise<ApprovalRow> =>
  requestApproval(tx, {
    subject: { kind: 'credit_limit', id },
    customerId: customer_id,
    summary: `${kind === 'standing' ? 'Credit limit' : 'Temporary credit limit'} of ${formatAmount(amount, currency)}.`,
    money: { amount, currency },
    reason,
  })

/** The limit of the same terms that was approved last, or, where it would have to wait, that waits already. */
async function findSame(
  tx: Tx,
  subject: LimitSubject,
  terms: LimitTerms,
  waits: boolean,
): Promise<CreditLimitRow | undefined> {
  const { column, id } = columnOf(subject)
  const last = await tx.db
    .selectFrom('credit_limit')
    .selectAll()
    .distinctOn('status')
    .where('tenant_id', '=', tx.tenant.id)
    .where(column, '=', id)
    .where('status', 'in', waits ? ['approved', 'requested'] : ['approved'])
    .orderBy('status')
    .orderBy('ordinal', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return last.find((limit) => limit.ended_date === null && saysTheSame(limit, terms))
}

const saysTheSame = (limit: CreditLimitRow, terms: LimitTerms): boolean =>
  Object.entries(terms).every(([name, value]) =>
    isDeepStrictEqual(limit[name as keyof LimitTerms], value),
  )
