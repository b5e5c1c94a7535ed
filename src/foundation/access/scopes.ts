/** What a credential may do, one line each. An operation names the one it needs; wildcards are not accepted. */
export const scopes = {
  'tenants:read': 'Read the tenant’s settings.',
  'tenants:write': 'Change the tenant’s settings.',
  'tenants:admin': 'Create, read, change, suspend and resume tenants; create API keys for them.',
  'tenants:act': 'Act for any tenant, named by the header `Tenant-Id`.',
  'api_keys:read': 'Read API keys; never their secrets.',
  'api_keys:write': 'Create, change, rotate and revoke API keys.',
  'access:read': 'Read who changed what about access.',
  'customers:read': 'Read customers and their balances.',
  'customers:write': 'Create and change customers.',
  'tasks:read': 'Read tasks and activities.',
  'tasks:write': 'Open, change and end tasks; log and cancel activities.',
  'approvals:read': 'Read approvals.',
  'approvals:write': 'Approve, reject and withdraw what waits for an approval.',
  'credit:read': 'Read credit policies, limits, exposures, checks, scores, reviews and holds.',
  'credit:admin': 'Set and retire the credit policy; release and reject credit checks.',
  'credit:write': 'Change credit limits, check, review; place and lift credit holds.',
  'invoices:read': 'Read invoices and credit notes.',
  'invoices:write': 'Draft, issue and void invoices; issue credit notes.',
  'payments:read': 'Read payments.',
  'payments:write': 'Record, allocate and reverse payments.',
  'bank:read': 'Read bank accounts, statements and lines, and CSV mappings.',
  'bank:write':
    'Import bank statements and match their lines; change CSV mappings and matching settings.',
  'refunds:read': 'Read refunds.',
  'refunds:write': 'Approve, pay and cancel refunds.',
  'ledger:read': 'Read ledger entries, the journal, balances and the verification.',
  'ledger:write': 'Map accounts to the tenant’s codes, close periods.',
  'deferrals:read': 'Read deferrals.',
  'deferrals:write': 'Agree on later due dates, and end such agreements.',
  'write_offs:read': 'Read write-offs and recoveries.',
  'write_offs:write': 'Write claims off, and record what comes in after all.',
  'direct_debits:read': 'Read mandates, direct debits and their batches.',
  'direct_debits:write': 'Change mandates, schedule, submit and return direct debits.',
  'reports:read': 'Read reports.',
  'dunning:read': 'Read dunning policies, runs, notices and holds.',
  'dunning:write': 'Change dunning policies and holds, start runs.',
  'webhooks:read': 'Read webhook endpoints and deliveries.',
  'webhooks:write': 'Change webhook endpoints, resend deliveries.',
  'events:read': 'Read the event feed.',
  'privacy:read': 'Export all that is stored about a customer.',
  'privacy:write': 'Pseudonymise a customer for good.',
  'audit:read': 'Read and verify the sealed chain over the event feed.',
  'imports:read': 'Read imports, their results, and import mappings.',
  'imports:write': 'Start imports; change import mappings.',
  'sandbox:write': 'Set and advance the test clock, run simulators, load fixtures and reset.',
} as const

export type Scope = keyof typeof scopes

/** Every scope there is, in the order they are documented. */
export const allScopes = Object.keys(scopes) as Scope[]

/** Scopes that reach beyond one tenant. Nothing of a tenant's own can give them; no role holds them. */
const platformScopes: readonly string[] = ['tenants:admin', 'tenants:act'] satisfies Scope[]

export const isPlatformScope = (scope: string): boolean => platformScopes.includes(scope)

/** Every scope a tenant may give its programs. */
export const tenantScopes = allScopes.filter((scope) => !isPlatformScope(scope))
