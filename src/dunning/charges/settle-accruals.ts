import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import type { PolicyDefinition } from '../policy.ts'
import type { EndingAccrual } from './end-accrual.ts'
import { settleInterest } from './settle-interest.ts'
import type { ChargeRow } from './table.ts'

/**
 * Settles interest that ran on principals which are paid now: claims the rest or gives it up, as the policy says; where
 * the principal was given up, so is its interest. Where a rate is missing it waits a day. Answers how many were looked
 * at, at most `limit`: call again while it is full.
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
  await settleInterest(tx, settled.map(endingOf), tx.today)
  return found.length
}

/** Interest that runs on an item of which nothing is open any more. */
type Settled = ChargeRow & {
  on_principal_paid: PolicyDefinition['on_principal_paid'] | null
  /** Whether the principal was given up rather than paid: voided or written off in part, or credited as a whole. */
  given_up: boolean
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

const endingOf = ({ on_principal_paid, given_up, ...charge }: Settled): EndingAccrual => ({
  charge,
  enforced: on_principal_paid === 'enforce' && !given_up,
  reason: given_up ? 'principal_given_up' : 'principal_paid',
})
