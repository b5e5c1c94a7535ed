import { type Scope, tenantScopes } from './scopes.ts'

const reading: readonly Scope[] = [
  'tenants:read',
  'customers:read',
  'tasks:read',
  'approvals:read',
  'credit:read',
  'invoices:read',
  'payments:read',
  'bank:read',
  'refunds:read',
  'ledger:read',
  'deferrals:read',
  'write_offs:read',
  'direct_debits:read',
  'reports:read',
  'dunning:read',
  'events:read',
  'audit:read',
]

const clerk: readonly Scope[] = [
  ...reading,
  'customers:write',
  'tasks:write',
  'invoices:write',
  'payments:write',
  'bank:write',
  'direct_debits:write',
  'imports:read',
  'imports:write',
]

const collector: readonly Scope[] = [
  ...reading,
  'tasks:write',
  'dunning:write',
  'deferrals:write',
  'write_offs:write',
]

/**
 * Bundles of scopes, by what people and programs do. Whoever has a role has, with each request, what the role holds
 * today: a scope that is put into a bundle later counts for them too. No role reaches beyond its tenant.
 */
export const roles = {
  reader: {
    description: 'Looks at everything of the business and changes nothing.',
    scopes: reading,
  },
  clerk: {
    description: 'Bills and books: customers, invoices, payments, bank statements, direct debits.',
    scopes: clerk,
  },
  collector: {
    description: 'Gets claims paid: dunning, deferrals, tasks and activities, write-offs.',
    scopes: collector,
  },
  credit_manager: {
    description: 'Decides what is sold on account, what is refunded, and what waits for approval.',
    scopes: [
      ...collector,
      'customers:write',
      'approvals:write',
      'credit:write',
      'credit:admin',
      'refunds:write',
    ],
  },
  integrator: {
    description: 'Connects other systems: pushes all they know, hears all that happens.',
    scopes: [
      ...clerk,
      'credit:write',
      'ledger:write',
      'webhooks:read',
      'webhooks:write',
      'sandbox:write',
    ],
  },
  admin: {
    description: 'Everything in its tenant: settings, API keys and who changed what about access.',
    scopes: tenantScopes,
  },
} as const satisfies Record<string, { description: string; scopes: readonly Scope[] }>

export type Role = keyof typeof roles

/** Every role there is, from the least to the most. */
export const allRoles = Object.keys(roles) as Role[]

const isRole = (word: string): word is Role => Object.hasOwn(roles, word)

/** What roles hold today, each scope once, in the order scopes are documented. */
export function rolesToScopes(held: readonly Role[]): Scope[] {
  const granted = new Set<Scope>(held.flatMap((role) => [...roles[role].scopes]))
  return tenantScopes.filter((scope) => granted.has(scope))
}

/** Everything a credential may do: its own scopes and those of its roles. */
export const grantedBy = (own: readonly string[], held: readonly string[]): ReadonlySet<string> =>
  new Set([...own, ...rolesToScopes(held.filter(isRole))])
