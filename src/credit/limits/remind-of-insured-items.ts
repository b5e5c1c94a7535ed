import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { openTasks } from '../../tasks/open-tasks.ts'
import { limitInForce } from './limit-in-force.ts'

/** How many days before an item has to be reported to the insurer somebody is told. */
const NOTICE_DAYS = 7

interface InsuredItem {
  id: string
  customer_id: string
  invoice_id: string
  number: string
  insurer: string
  insurance_policy_number: string | null
  deadline: CalendarDate
}

/**
 * Has somebody report overdue items to the credit insurer before its deadline, one task per item. An item is insured by
 * the limit that was in force, for its customer or the customer's group, on the day it was claimed.
 */
export async function remindOfInsuredItems(tx: Tx, limit: number): Promise<number> {
  const inForce = (subject: 'customer_id' | 'group_id', of: string) =>
    limitInForce({
      tenantId: tx.tenant.id,
      subject,
      of: sql.ref(of),
      day: sql<CalendarDate>`item.claim_date`,
    })
  const { rows } = await sql<InsuredItem>`
    with agreed as (
      select distinct insured_reporting_days as days from credit_limit
      where tenant_id = ${tx.tenant.id} and status = 'approved' and insured_reporting_days is not null
    )
    select distinct on (item.id) item.id, item.customer_id, invoice.id as invoice_id, invoice.number, insured.insurer,
      insured.insurance_policy_number, item.due_date + agreed.days as deadline
    from agreed
    join open_item as item on item.tenant_id = ${tx.tenant.id} and item.kind = 'invoice' and item.open_amount > 0
      and item.due_date between ${tx.today}::date - agreed.days and ${tx.today}::date - agreed.days + ${NOTICE_DAYS}::int
      and item.due_date < ${tx.today}
    join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    left join credit_group_member as member on member.tenant_id = item.tenant_id and member.customer_id = item.customer_id
    cross join lateral (
      (${inForce('customer_id', 'item.customer_id')}) union all (${inForce('group_id', 'member.group_id')})
    ) as insured
    where insured.insured_reporting_days = agreed.days and insured.insured_until >= item.claim_date
      and not exists (
        select 1 from task where task.tenant_id = item.tenant_id and task.origin_key = ${ORIGIN} || item.id)
    order by item.id, deadline
    limit ${limit}
  `.execute(tx.db)
  await openTasks(tx, rows.map(toTask))
  return rows.length
}

const ORIGIN = 'report_to_insurer:'

const toTask = (item: InsuredItem) => ({
  originKey: `${ORIGIN}${item.id}`,
  reason: 'insurance_deadline',
  kind: 'report_to_insurer',
  title: `Report invoice ${item.number} to the insurer.`,
  note: `${[item.insurer, item.insurance_policy_number].filter(Boolean).join(', policy ')}.`,
  assignee: 'credit_manager',
  dueDate: item.deadline,
  customerId: item.customer_id,
  invoiceId: item.invoice_id,
  itemId: item.id,
  noticeId: null,
})
