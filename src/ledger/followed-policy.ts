import { type RawBuilder, sql } from 'kysely'

/** Who may choose the dunning policy of an open item, or that it has none; in the order in which they are asked. */
export type PolicyChooser = 'invoice' | 'customer' | 'customer_class' | 'tenant'

/**
 * The joins behind the two expressions below, for a statement that knows an open item as `item`. Everything that asks
 * which policy an item follows asks it with these, so that they cannot come to answer differently.
 */
export const joinChoosers = sql`
  join tenant on tenant.tenant_id = item.tenant_id
  join customer on customer.tenant_id = item.tenant_id and customer.id = item.customer_id
  left join customer_class on customer_class.tenant_id = item.tenant_id and customer_class.id = customer.customer_class_id
  left join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id`

/** The first that has chosen a policy, or none at all; the tenant where nobody has. */
export const policyChooser: RawBuilder<PolicyChooser> = sql`case
  when invoice.no_dunning or invoice.dunning_policy_id is not null then 'invoice'
  when customer.no_dunning or customer.dunning_policy_id is not null then 'customer'
  when customer_class.no_dunning or customer_class.dunning_policy_id is not null then 'customer_class'
  else 'tenant' end`

/** The policy an item follows that dunning has not begun with; null for none. */
export const followedPolicyId: RawBuilder<string | null> = sql`case ${policyChooser}
  when 'invoice' then invoice.dunning_policy_id
  when 'customer' then customer.dunning_policy_id
  when 'customer_class' then customer_class.dunning_policy_id
  else tenant.dunning_policy_id end`
