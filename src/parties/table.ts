import type { Generated, Selectable } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'
import type { Json, JsonDefault } from '../foundation/database/columns.ts'
import type { MoneyAmount } from '../foundation/money.ts'

export interface Address {
  line1?: string
  line2?: string
  postal_code?: string
  city?: string
  region?: string
}

export interface Contact {
  id: string
  role: 'billing' | 'collections' | 'sales' | 'management' | 'other'
  name: string
  email?: string
  phone?: string
  language?: string
}

export interface PartyTables {
  tenant: {
    tenant_id: string
    name: string
    mode: 'live' | 'test'
    time_zone: string
    locale: string
    currency: string
    net_days: number | null
    dunning_time: Generated<string>
    dunning_policy_id: string | null
    no_dunning: Generated<boolean>
    clock_at: Instant | null
    clock_target: Instant | null
    /** Since when it rests, in real time; null while it does not. */
    suspended_at: Instant | null
    suspension_reason: string | null
    /** Write-offs above these amounts need a second principal; where any is named, so does any in another currency. */
    write_off_approval_above: JsonDefault<MoneyAmount[]>
    /** Since when a test tenant is being emptied; null unless it is. */
    reset_at: Instant | null
    /** Where its clock stands afterwards; null to follow real time. */
    reset_to: Instant | null
    /** What stays besides tenant and keys. */
    reset_keeps: Generated<string[]>
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  api_key: {
    tenant_id: string
    id: string
    name: string
    hint: string
    scopes: string[]
    roles: Generated<string[]>
    /** The networks it may be used from; none for any. */
    allowed_cidrs: Generated<string[]>
    expires_at: Instant | null
    revoked_at: Instant | null
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  /** When keys were last used; without row-level security, since it is written across tenants. */
  api_key_use: { tenant_id: string; api_key_id: string; used_at: Instant }
  /** Which tenants there are; without row-level security, for the platform and for schedulers. */
  tenant_directory: {
    tenant_id: string
    mode: 'live' | 'test'
    suspended: Generated<boolean>
    created_at: Instant
  }
  credential: {
    key_hash: Buffer
    tenant_id: string
    api_key_id: string
    valid_until: Instant | null
  }
  customer: {
    tenant_id: string
    id: string
    external_id: string | null
    name: string
    kind: 'business' | 'consumer'
    /** Whether a business is a person, a sole trader; a consumer is one whatever it says. */
    natural_person: Generated<boolean>
    country: string
    currency: string
    language: string | null
    tax_id: string | null
    address: Json<Address> | null
    contacts: JsonDefault<Contact[]>
    net_days: number | null
    customer_class_id: string | null
    dunning_policy_id: string | null
    no_dunning: Generated<boolean>
    /** The group whose limit it shares; who joins or leaves is told by `setCreditGroup`. */
    credit_group_id: string | null
    metadata: JsonDefault<Record<string, string>>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
  customer_class: {
    tenant_id: string
    id: string
    code: string
    name: string
    net_days: number | null
    dunning_policy_id: string | null
    no_dunning: Generated<boolean>
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type TenantRow = Selectable<PartyTables['tenant']>
export type ApiKeyRow = Selectable<PartyTables['api_key']>
export type CustomerRow = Selectable<PartyTables['customer']>
export type CustomerClassRow = Selectable<PartyTables['customer_class']>
