import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import type { DueDateBasis } from '../law/default-date.ts'
import type { Reduction } from '../law/late-interest.ts'
import type { DebtorKind } from '../law/rule.ts'

/** An item that may bear charges, with all that the law asks about it. */
export interface Principal {
  id: string
  customer_id: string
  invoice_id: string | null
  currency: string
  country: string
  debtor: DebtorKind
  claim_date: CalendarDate
  due_date: CalendarDate
  total_amount: number
  open_amount: number
  due_date_basis: DueDateBasis
  received_date: CalendarDate | null
  consumer_notice_given: boolean
  /** The levels it has reached in its present cycle, and when. */
  steps: { level: number; date: CalendarDate }[]
  /** What took some of it or, below zero, gave it back, day by day. */
  reductions: Reduction[]
  /** The lump sum charged for it, and the interest claimed or given up for it so far. */
  lump_sum_amount: number
  interest_amount: number
  /** The fees of the notices that lifted it, without what was waived. */
  fees: { notice_id: string; amount: number }[]
}

/** Loads what the law asks about some items, set-based. A returned payment is a principal without an invoice. */
export async function loadPrincipals(
  { db, tenant }: Reader,
  itemIds: readonly string[],
): Promise<Map<string, Principal>> {
  if (itemIds.length === 0) return new Map()
  const { rows } = await sql<Principal>`
    with item as (
      select item.*, coalesce(state.cycle, 1) as cycle from open_item as item
      left join dunning_state as state on state.tenant_id = item.tenant_id and state.item_id = item.id
      where item.tenant_id = ${tenant.id} and item.id = any(${itemIds})
    ), movement as (
      select item_id, effective_date, sum(case when credit_account = 'receivable' then amount else -amount end)::bigint as amount
      from ledger_entry
      where tenant_id = ${tenant.id} and item_id = any(${itemIds})
        and (credit_account = 'receivable' or undoes_id is not null)
      group by item_id, effective_date
    ), charged as (
      select item_id, sum(amount) filter (where kind = 'lump_sum')::bigint as lump_sum_amount,
        sum(amount) filter (where kind = 'interest')::bigint as interest_amount
      from dunning_charge
      where tenant_id = ${tenant.id} and item_id = any(${itemIds}) and status in ('claimed', 'waived') and reversed_date is null
      group by item_id
    )
    select item.id, item.customer_id, item.invoice_id, item.currency, customer.country, customer.kind as debtor,
      item.claim_date, item.due_date, item.total_amount, item.open_amount,
      coalesce(invoice.due_date_basis, 'agreed') as due_date_basis, invoice.received_date,
      coalesce(invoice.consumer_notice_given, false) as consumer_notice_given,
      coalesce(charged.lump_sum_amount, 0) as lump_sum_amount, coalesce(charged.interest_amount, 0) as interest_amount,
      coalesce((
        select json_agg(json_build_object('level', step.level, 'date', step.step_date) order by step.step_date) from dunning_step as step
        where step.tenant_id = ${tenant.id} and step.item_id = item.id and step.cycle = item.cycle), '[]') as steps,
      coalesce((
        select json_agg(json_build_object('date', effective_date, 'amount', amount) order by effective_date) from movement
        where movement.item_id = item.id), '[]') as reductions,
      coalesce((
        select json_agg(json_build_object('notice_id', step.notice_id, 'amount', fee.total_amount - fee.waived_amount)) from dunning_step as step
        join dunning_charge as charge on charge.tenant_id = step.tenant_id and charge.notice_id = step.notice_id and charge.kind = 'fee'
        join open_item as fee on fee.tenant_id = charge.tenant_id and fee.id = charge.claim_item_id
        where step.tenant_id = ${tenant.id} and step.item_id = item.id), '[]') as fees
    from item
    join customer on customer.tenant_id = ${tenant.id} and customer.id = item.customer_id
    left join invoice on invoice.tenant_id = ${tenant.id} and invoice.id = item.invoice_id
    left join charged on charged.item_id = item.id
  `.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}
