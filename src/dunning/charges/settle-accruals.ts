import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { addDays } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { type Accrual, accrue, type ItemQuestion } from '../law/accrue.ts'
import type { PolicyDefinition } from '../policy.ts'
import { defaultOf } from './charge-row.ts'
import { type ChargedBefore, loadChargedBefore } from './charged-before.ts'
import { claimAsItems } from './claim-charges.ts'
import { accrualWaivedFact } from './events.ts'
import { explainInterest } from './explain-interest.ts'
import type { ChargeRow } from './table.ts'
import { waiveOverClaims } from './waive-over-claims.ts'

/** Interest that runs on an item of which nothing is open any more. */
type Settled = ChargeRow & {
  on_principal_paid: PolicyDefinition['on_principal_paid'] | null
  /** Whether the principal was given up rather than paid: voided or written off in part, or credited as a whole. */
  given_up: boolean
}

/**
 * Settles interest that ran on principals which are paid now: claims the rest or gives it up, as the policy says; where
 * the principal was given up, so is its interest; where more was claimed than there is, what is open of that is waived. Claimed by changing the row, so that nobody settles it twice. Where a
 * rate is missing it waits a day. Answers how many were looked at.
 */
export async function settleAccruals(tx: Tx, limit: number): Promise<number> {
  const { rows: found } = await sql<Pick<ChargeRow, 'id' | 'customer_id'>>`
    select charge.id, charge.customer_id from dunning_charge as charge
    join open_item as item on item.tenant_id = charge.tenant_id and item.id = charge.item_id
    where charge.tenant_id = ${tx.tenant.id} and charge.status = 'accrued' and charge.next_look_date <= ${tx.today}
      and item.open_amount = 0
    order by charge.id
    limit ${limit}
  `.execute(tx.db)
  if (found.length === 0) return 0
  await lockCustomers(tx, [...new Set(found.map(({ customer_id }) => customer_id))])
  const settled = await stillSettled(
    tx,
    found.map(({ id }) => id),
  )
  const itemIds = settled.map(({ item_id }) => item_id as string)
  const [accruals, before] = await Promise.all([
    accrue(tx, settled.map(questionOf), tx.today),
    loadChargedBefore(tx, itemIds),
  ])
  const rows = settled.map((one) => {
    const id = one.item_id as string
    return outcomeOf(tx, one, accruals.get(id) as Accrual, before.get(id) as ChargedBefore)
  })
  await keep(tx, rows)
  return found.length
}

/** The same accruals, now that nobody can pay or take back a payment in between. */
async function stillSettled(tx: Tx, ids: readonly string[]): Promise<Settled[]> {
  const { rows } = await sql<Settled>`
    select charge.*, version.definition ->> 'on_principal_paid' as on_principal_paid,
      item.voided_amount + item.written_off_amount > 0 or item.credited_amount = item.total_amount as given_up
    from dunning_charge as charge
    join open_item as item on item.tenant_id = charge.tenant_id and item.id = charge.item_id
    left join dunning_state as state on state.tenant_id = charge.tenant_id and state.item_id = charge.item_id
    left join dunning_policy_version as version on version.tenant_id = state.tenant_id
      and version.policy_id = state.policy_id and version.version = state.policy_version
    where charge.tenant_id = ${tx.tenant.id} and charge.id = any(${ids}) and charge.status = 'accrued' and item.open_amount = 0
    order by charge.id
  `.execute(tx.db)
  return rows
}

const questionOf = ({ item_id, percent }: Settled): ItemQuestion => ({
  itemId: item_id as string,
  interest: percent === null ? { kind: 'statutory' } : { kind: 'contract', percent },
})

interface Outcome {
  charge: ChargeRow
  /** What was not claimed before; below zero where too much was. */
  left: number
  /** Whether it cannot be settled yet. */
  waits: boolean
}

/** What becomes of an accrual. */
function outcomeOf(
  tx: Tx,
  { on_principal_paid, given_up, ...charge }: Settled,
  accrual: Accrual,
  before: ChargedBefore,
): Outcome {
  const { interest } = accrual
  if (interest === null)
    return { charge: { ...charge, next_look_date: addDays(tx.today, 1) }, left: 0, waits: true }
  const amount = interest.amount - before.interest
  const enforced = on_principal_paid === 'enforce' && !given_up
  const settled: ChargeRow = {
    ...charge,
    level: 0,
    status: enforced ? 'claimed' : 'waived',
    amount: Math.max(0, amount),
    reason: enforced ? null : given_up ? 'principal_given_up' : 'principal_paid',
    from_date: accrual.default?.date ?? charge.from_date,
    until_date: tx.today,
    claim_item_id: enforced ? newId() : null,
    next_look_date: null,
    explanation: { ...explainInterest(interest, before.interest), ...defaultOf(accrual) },
    updated_at: tx.now,
  }
  return { charge: settled, left: amount, waits: false }
}

async function keep(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  const kept = outcomes.filter(({ left, waits }) => waits || left > 0).map(({ charge }) => charge)
  const gone = outcomes
    .filter(({ left, waits }) => !waits && left <= 0)
    .map(({ charge }) => charge.id)
  const over = outcomes.filter(({ left }) => left < 0)
  await waiveOverClaims(
    tx,
    over.map(({ charge, left }) => ({ itemId: charge.item_id as string, amount: -left })),
  )
  await claimAsItems(tx, kept)
  await sql`
    with gone as (
      delete from dunning_charge where tenant_id = ${tx.tenant.id} and id = any(${gone})
    )
    update dunning_charge as charge
    set level = kept.level, status = kept.status, amount = kept.amount, reason = kept.reason, from_date = kept.from_date,
      until_date = kept.until_date, claim_item_id = kept.claim_item_id, next_look_date = kept.next_look_date,
      explanation = kept.explanation, updated_at = kept.updated_at
    from json_populate_recordset(null::dunning_charge, ${JSON.stringify(kept)}) as kept
    where charge.tenant_id = ${tx.tenant.id} and charge.id = kept.id
  `.execute(tx.db)
  const waived = kept.filter(({ status }) => status === 'waived')
  announce(tx, ...waived.map((charge) => accrualWaivedFact(charge, tx)))
}
