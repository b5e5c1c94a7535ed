import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { postingDate } from './posting-date.ts'

/** Unallocated money that becomes another customer's. */
export interface MoneyTransfer {
  entryId: string
  fromCustomerId: string
  toCustomerId: string
  currency: string
  amount: number
  effectiveDate: CalendarDate
  /** The payment that holds it from now on. */
  paymentId: string
}

/**
 * Moves unallocated money from one customer to another, with both balances, in one statement: one entry, whose two sides
 * are the same account of different customers. The caller has locked both.
 */
export async function transferMoney(tx: Tx, transfer: MoneyTransfer): Promise<void> {
  const { entryId, fromCustomerId, toCustomerId, currency, amount, effectiveDate, paymentId } =
    transfer
  await sql`
    with entered as (
      insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount,
        debit_account, debit_customer_id, credit_account, credit_customer_id, source_kind, source_id, origin)
      values (${tx.tenant.id}, ${entryId}, 'money_transferred', ${effectiveDate}, ${postingDate(tx, sql`${effectiveDate}::date`)},
        ${tx.now}, ${currency}, ${amount}, 'unallocated', ${fromCustomerId}, 'unallocated', ${toCustomerId},
        'transfer', ${paymentId}, 'own')
    ), lowered as (
      update customer_balance set unallocated_amount = unallocated_amount - ${amount}
      where tenant_id = ${tx.tenant.id} and customer_id = ${fromCustomerId} and currency = ${currency}
    )
    insert into customer_balance (tenant_id, customer_id, currency, unallocated_amount)
    values (${tx.tenant.id}, ${toCustomerId}, ${currency}, ${amount})
    on conflict (tenant_id, customer_id, currency)
    do update set unallocated_amount = customer_balance.unallocated_amount + excluded.unallocated_amount
  `.execute(tx.db)
}
