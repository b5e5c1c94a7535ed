import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { Problem } from '../foundation/problem.ts'

/**
 * Years that booking vouchers are kept after the end of the year they are of: § 147 (3) AO and § 257 (4) HGB, since 2025.
 * Letters (6 years) are shorter; books (10 years) name nobody here, since entries hold ids and amounts only.
 */
const VOUCHER_YEARS = 8

/** Refuses while something is open with a customer, or while the law wants its vouchers kept (Art. 17 (3) (b) GDPR). */
export async function requireNoDuty(
  { db, tenant, today }: Tx,
  customerId: string,
  recordsKeptElsewhere: boolean,
): Promise<void> {
  const of = sql`tenant_id = ${tenant.id} and customer_id = ${customerId}`
  const { rows } = await sql<{ open: boolean; kept_until: string | null; kept: boolean }>`
    with latest as (
      select max(day) as day from (
        select issue_date as day from invoice where ${of}
        union all select issue_date from credit_note where ${of}
        union all select received_date from payment where ${of}
      ) as documents
    ), kept as (
      select make_date(extract(year from day)::int + ${VOUCHER_YEARS}, 12, 31) as until from latest
    )
    select exists (select from customer_balance where ${of} and (open_amount <> 0 or unallocated_amount <> 0))
        or exists (select from invoice where ${of} and status = 'draft') as open,
      until as kept_until, coalesce(until >= ${today}::date, false) as kept
    from kept
  `.execute(db)
  const [{ open, kept_until, kept } = { open: false, kept_until: null, kept: false }] = rows
  if (open) throw new Problem('customer_has_open_business')
  if (kept && !recordsKeptElsewhere)
    throw new Problem('retention_duty', {
      detail: `Vouchers of this customer have to be kept until ${kept_until}.`,
      retained_until: kept_until,
    })
}
