import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { insertRows } from '../../foundation/database/insert-rows.ts'
import type { Account } from '../../ledger/accounts.ts'
import { claimItems, type NewItem } from '../../ledger/claim-items.ts'
import { chargeFact } from '../../ledger/events.ts'
import { overClaimed } from './charge-row.ts'
import type { ChargeRow } from './table.ts'
import { waiveOverClaims } from './waive-over-claims.ts'

/**
 * Writes the charges of notices: those that are claimed become open items, due today, that never escalate; those the law
 * refused are kept with the reason; interest runs on from tomorrow; what was claimed too much of it is waived, and given
 * back where it was paid. Once per notice, item and level, by unique keys. The notices are written and the customers
 * locked.
 */
export async function claimCharges(tx: Tx, charges: readonly ChargeRow[]): Promise<void> {
  await claimAsItems(tx, charges)
  await insertRows(
    tx,
    'dunning_charge',
    charges.filter(({ status }) => status !== 'accrued'),
  )
  const running = charges.filter(({ status }) => status === 'accrued')
  await runOn(tx, running)
  await waiveOverClaims(
    tx,
    running
      .map((charge) => ({ itemId: charge.item_id as string, amount: overClaimed(charge) }))
      .filter(({ amount }) => amount > 0),
  )
}

/** Makes open items of the charges that are claimed, and says so. */
export async function claimAsItems(tx: Tx, charges: readonly ChargeRow[]): Promise<void> {
  const claimed = charges.filter(({ status }) => status === 'claimed')
  const items = await claimItems(
    tx,
    claimed.map((charge) => toItem(tx, charge)),
  )
  announce(tx, ...items.map((item) => chargeFact('charge.claimed', item, 1, tx)))
}

/** Interest of an item runs once: where it runs already, it goes on under the new notice. */
async function runOn(tx: Tx, running: readonly ChargeRow[]): Promise<void> {
  if (running.length === 0) return
  await sql`
    insert into dunning_charge select * from json_populate_recordset(null::dunning_charge, ${JSON.stringify(running)})
    on conflict (tenant_id, item_id) where status = 'accrued' do update
    set notice_id = excluded.notice_id, cycle = excluded.cycle, level = excluded.level, percent = excluded.percent,
      from_date = excluded.from_date, next_look_date = excluded.next_look_date, updated_at = excluded.updated_at
  `.execute(tx.db)
}

const incomes: Record<ChargeRow['kind'], Account> = {
  fee: 'fee_income',
  interest: 'interest_income',
  lump_sum: 'recovery_income',
}

const toItem = (tx: Tx, charge: ChargeRow): NewItem => ({
  id: charge.claim_item_id as string,
  customerId: charge.customer_id,
  kind: 'charge',
  invoiceId: null,
  chargeKind: charge.kind,
  noticeId: charge.notice_id,
  sequence: 1,
  currency: charge.currency,
  dueDate: tx.today,
  claimDate: tx.today,
  credits: [{ account: incomes[charge.kind], amount: charge.amount }],
  happening: 'charge_claimed',
  source: { kind: 'charge', id: charge.claim_item_id as string },
  origin: 'own',
})
