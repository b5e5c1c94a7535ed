import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { jurisdictionOf } from './imputation.ts'
import { type AllocationSettings, defaultSettings } from './settings.ts'
import type { AllocationSettingsRow } from './table.ts'

interface SettingsOfCustomer {
  id: string
  country: string
  own: Partial<AllocationSettings> | null
  of_tenant: Partial<AllocationSettings> | null
}

/**
 * The settings that apply to customers, by customer: what its own say, else the tenant's, else the default. The
 * jurisdiction, where nothing says otherwise, is that of the customer's country.
 */
export async function allocationSettings(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, AllocationSettings>> {
  const { rows } = await sql<SettingsOfCustomer>`
    select customer.id, customer.country, own.settings as own, of_tenant.settings as of_tenant
    from customer
    left join allocation_settings as own
      on own.tenant_id = customer.tenant_id and own.customer_id = customer.id
    left join allocation_settings as of_tenant
      on of_tenant.tenant_id = customer.tenant_id and of_tenant.customer_id is null
    where customer.tenant_id = ${tenant.id} and customer.id = any(${customerIds})
  `.execute(db)
  return new Map(
    rows.map(({ id, country, own, of_tenant }) => {
      const settings = { ...defaultSettings, ...of_tenant, ...own }
      const jurisdiction = settings.jurisdiction ?? jurisdictionOf(country)
      return [id, { ...settings, jurisdiction }]
    }),
  )
}

/** The settings a customer has, or with null the tenant's own; undefined when they say nothing. */
export const findSettings = (
  { db, tenant }: Reader,
  customerId: string | null,
): Promise<AllocationSettingsRow | undefined> =>
  db
    .selectFrom('allocation_settings')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', 'is not distinct from', customerId)
    .executeTakeFirst()
