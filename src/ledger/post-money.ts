import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import type { Account } from './accounts.ts'
import { postingDate } from './posting-date.ts'

/** Money or credit that becomes a customer's to use, or stops being so. */
export interface MoneyPosting {
  entryId: string
  customerId: string
  currency: string
  /** Positive adds to what is unallocated, negative takes away. Minor units. */
  amount: number
  happening: string
  /** The account on the other side of unallocated. */
  counterAccount: Account
  effectiveDate: CalendarDate
  /** The money itself: what is unallocated of it is the sum of the entries that name it. */
  source: { kind: 'payment' | 'credit_note'; id: string }
  undoesId: string | null
  /** `pushed` unless the service made it happen by itself. */
  origin?: 'pushed' | 'own'
}

/**
 * Enters money into the ledger and into the customers' unallocated balances, in one statement for any number of
 * postings. Taking away more than is unallocated is refused by the CHECK on the balance; that CHECK also judges a row
 * proposed for insertion before its conflict is seen, so only what adds may be an insertion.
 */
export async function postMoney(tx: Tx, postings: readonly MoneyPosting[]): Promise<void> {
  if (postings.length === 0) return
  await sql`
    with posting as (
      select * from json_to_recordset(${JSON.stringify(postings.map(toRow))}) as posting(
        entry_id uuid, customer_id uuid, currency text, amount bigint, happening text, counter_account text, effective_date date,
        source_kind text, source_id uuid, origin text, undoes_id uuid)
    ), entered as (
      insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount,
        debit_account, debit_customer_id, credit_account, credit_customer_id, source_kind, source_id, origin, undoes_id)
      select ${tx.tenant.id}, entry_id, happening, effective_date, ${postingDate(tx, sql`effective_date`)}, ${tx.now}, currency, abs(amount),
        case when amount > 0 then counter_account else 'unallocated' end, customer_id,
        case when amount > 0 then 'unallocated' else counter_account end, customer_id,
        source_kind, source_id, origin, undoes_id
      from posting
    ), change as (
      select customer_id, currency, sum(amount) as amount from posting
      group by customer_id, currency
    ), lowered as (
      update customer_balance
      set unallocated_amount = customer_balance.unallocated_amount + change.amount
      from change
      where change.amount < 0 and customer_balance.tenant_id = ${tx.tenant.id}
        and customer_balance.customer_id = change.customer_id and customer_balance.currency = change.currency
    )
    insert into customer_balance (tenant_id, customer_id, currency, unallocated_amount)
    select ${tx.tenant.id}, customer_id, currency, amount from change
    where amount > 0
    order by customer_id, currency
    on conflict (tenant_id, customer_id, currency)
    do update set unallocated_amount = customer_balance.unallocated_amount + excluded.unallocated_amount
  `.execute(tx.db)
}

const toRow = (posting: MoneyPosting) => ({
  entry_id: posting.entryId,
  customer_id: posting.customerId,
  currency: posting.currency,
  amount: posting.amount,
  happening: posting.happening,
  counter_account: posting.counterAccount,
  effective_date: posting.effectiveDate,
  source_kind: posting.source.kind,
  source_id: posting.source.id,
  origin: posting.origin ?? 'pushed',
  undoes_id: posting.undoesId,
})
