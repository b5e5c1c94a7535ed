import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { type Assessment, assess, type Claim, type InterestBasis } from './assess-claim.ts'
import {
  type ClaimedItem,
  type CourseOfClaim,
  claimedItemColumns,
  claimOfItem,
} from './claim-of-item.ts'
import { loadLawBook } from './queries.ts'
import type { Reduction } from './stretches.ts'

/** An open item and the interest that is asked for it: that of its dunning level, say. */
export interface ItemQuestion {
  itemId: string
  interest: InterestBasis
}

/** What the law says about an open item. */
export interface Accrual extends Assessment {
  itemId: string
  claim: Claim
}

/**
 * What has accrued on open items by the end of a day, set-based: for each principal since when it is in default, the
 * interest with its segments, the lump sum it gives, and its law, by which `chargeRefusal` judges what is to be charged.
 * Amounts are those of the whole time; what was charged of them before is the caller's to subtract. A charge is no
 * principal: it bears neither interest nor fee nor lump sum, and is left out.
 */
export async function accrue(
  reader: Reader,
  items: readonly ItemQuestion[],
  asOf: CalendarDate,
  { carryForward = false } = {},
): Promise<Map<string, Accrual>> {
  const [claims, book] = await Promise.all([
    loadClaims(
      reader,
      items.map(({ itemId }) => itemId),
      asOf,
    ),
    loadLawBook(reader),
  ])
  const accruals = items.flatMap(({ itemId, interest }): Accrual[] => {
    const claim = claims.get(itemId)
    if (claim === undefined) return []
    const assessment = assess(claim, { interest, asOf, carryForward }, book)
    return [{ itemId, claim, ...assessment }]
  })
  return new Map(accruals.map((accrual) => [accrual.itemId, accrual]))
}

interface ClaimRow extends ClaimedItem {
  id: string
  demand_dates: CalendarDate[]
  reductions: Reduction[]
  interest_payments: Reduction[]
}

/**
 * Items of invoices as the law sees them by the end of a day. What reduced them is what the ledger says, by the day it
 * counts; so it is with what was paid of its interest. Its demands are its dunning steps, as far as they stand and their
 * notices may have arrived.
 */
async function loadClaims(
  { db, tenant }: Reader,
  itemIds: readonly string[],
  asOf: CalendarDate,
): Promise<Map<string, Claim>> {
  const { rows } = await sql<ClaimRow>`
    select item.id, ${claimedItemColumns}, (
        select coalesce(json_agg(distinct step_date order by step_date), '[]') from dunning_step as step
        join dunning_notice as notice on notice.tenant_id = step.tenant_id and notice.id = step.notice_id
        where step.tenant_id = item.tenant_id and step.item_id = item.id and step_date >= item.due_date and step_date <= ${asOf}
          and step.reversed_date is null and notice.status not in ('undeliverable', 'cancelled', 'reversed')
      ) as demand_dates, (
        select coalesce(json_agg(json_build_object('date', effective_date, 'amount', amount) order by effective_date), '[]')
        from (
          select effective_date, sum(case when credit_account = 'receivable' then amount else -amount end)::bigint as amount
          from ledger_entry as entry
          where entry.tenant_id = item.tenant_id and entry.item_id = item.id and effective_date <= ${asOf}
            and 'receivable' in (debit_account, credit_account) and happening not in ('invoice_issued', 'opening_item', 'item_deferred', 'deferral_revoked')
          group by effective_date
        ) as reduction
      ) as reductions, (
        select coalesce(json_agg(json_build_object('date', effective_date, 'amount', amount) order by effective_date), '[]')
        from (
          select effective_date, sum(case when credit_account = 'receivable' then entry.amount else -entry.amount end)::bigint as amount
          from dunning_charge as charge
          join ledger_entry as entry on entry.tenant_id = charge.tenant_id and entry.item_id = charge.claim_item_id
          where charge.tenant_id = item.tenant_id and charge.item_id = item.id and charge.kind = 'interest' and charge.until_date > item.due_date
            and entry.happening in ('allocation', 'allocation_undone') and effective_date <= ${asOf}
          group by effective_date
        ) as payment
      ) as interest_payments
    from open_item as item
    join customer on customer.tenant_id = item.tenant_id and customer.id = item.customer_id
    join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    where item.tenant_id = ${tenant.id} and item.id = any(${itemIds}) and item.kind = 'invoice'
  `.execute(db)
  return new Map(rows.map((row) => [row.id, claimOfItem(row, courseOf(row))]))
}

const courseOf = ({ demand_dates, reductions, interest_payments }: ClaimRow): CourseOfClaim => ({
  demandDates: demand_dates,
  reductions,
  interestPayments: interest_payments,
})
