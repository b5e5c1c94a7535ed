import { type RawBuilder, sql } from 'kysely'
import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import {
  followedPolicyId,
  joinChoosers,
  type PolicyChooser,
  policyChooser,
} from './followed-policy.ts'

/** When an item is to be looked at next; null for not before it moves. */
export interface NextLook {
  itemId: string
  nextLookDate: CalendarDate | null
}

/** Sets when items are looked at next, after they have been looked at. */
export async function setNextLooks(tx: Tx, looks: readonly NextLook[]): Promise<void> {
  if (looks.length === 0) return
  const rows = looks.map(({ itemId, nextLookDate }) => ({
    item_id: itemId,
    next_look_date: nextLookDate,
  }))
  await sql`
    update item_watch
    set next_look_date = look.next_look_date
    from json_to_recordset(${JSON.stringify(rows)}) as look(item_id uuid, next_look_date date)
    where item_watch.tenant_id = ${tx.tenant.id} and item_watch.item_id = look.item_id
  `.execute(tx.db)
}

/** Has all open items of a customer looked at today: something that decides about them has changed. */
export const lookAtCustomer = (tx: Tx, customerId: string): Promise<void> =>
  lookAtCustomers(tx, [customerId])

/** Has all open items of some customers looked at today. */
export async function lookAtCustomers(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.db
    .updateTable('item_watch')
    .set({ next_look_date: tx.today })
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .execute()
}

/** Has all open items of customers in some countries looked at today: what their law says has changed. */
export async function lookAtCountries(tx: Tx, countries: readonly string[]): Promise<void> {
  await sql`
    update item_watch
    set next_look_date = ${tx.today}
    from customer
    where item_watch.tenant_id = ${tx.tenant.id} and customer.tenant_id = item_watch.tenant_id
      and customer.id = item_watch.customer_id and customer.country = any(${countries})
  `.execute(tx.db)
}

/** When an item that has moved is looked at: today if it can escalate; a fee or interest never does by itself. */
export const lookAfterMove = (tx: Tx): RawBuilder<CalendarDate | null> =>
  sql`case when kind = 'invoice' or charge_kind = 'returned_payment' then ${tx.today}::date end`

/** Leaves a customer whose items cannot be judged today for tomorrow. */
export async function lookTomorrow(tx: Tx, customerId: string): Promise<void> {
  await tx.db
    .updateTable('item_watch')
    .set({ next_look_date: addDays(tx.today, 1) })
    .where('tenant_id', '=', tx.tenant.id)
    .where('customer_id', '=', customerId)
    .where('next_look_date', '<=', tx.today)
    .execute()
}

/** Which items a change of settings concerns: those that follow a policy, or those whose policy somebody may choose. */
export type FollowersOf = 'dunning_policy' | Exclude<PolicyChooser, 'customer'>

const isConcerned: Record<FollowersOf, (ids: readonly string[]) => RawBuilder<boolean>> = {
  dunning_policy: (ids) => sql`${followedPolicyId} = any(${ids})`,
  tenant: () => sql`${policyChooser} = 'tenant'`,
  customer_class: (ids) => sql`customer.customer_class_id = any(${ids})`,
  invoice: (ids) => sql`item.invoice_id = any(${ids})`,
}

/** Has all items looked at today that dunning has not begun with and that a change concerns; items under way stay on their policy. */
export async function lookAtFollowersOf(
  tx: Tx,
  kind: FollowersOf,
  ids: readonly string[],
): Promise<void> {
  await sql`
    update item_watch
    set next_look_date = ${tx.today}
    from open_item as item ${joinChoosers}
    where item.tenant_id = ${tx.tenant.id} and ${isConcerned[kind](ids)}
      and item_watch.tenant_id = item.tenant_id and item_watch.item_id = item.id
      and not exists (
        select 1 from dunning_state
        where dunning_state.tenant_id = item.tenant_id and dunning_state.item_id = item.id and dunning_state.level > 0)
  `.execute(tx.db)
}
