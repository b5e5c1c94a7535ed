import { type Static, Type } from '@sinclair/typebox'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  List,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  ref,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { ApiKeyWithSecret, ScopeName } from '../api-keys/schema.ts'
import { PolicyChoiceField, policyChoice, policyChoiceToJson } from '../policy-choice.ts'
import type { TenantRow } from '../table.ts'

const TimeZone = (description = 'The IANA time zone whose days are the business days.') =>
  Type.String({
    description,
    minLength: 1,
    maxLength: 60,
    pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
    examples: ['Europe/Berlin'],
  })

const Locale = (
  description = 'The language and region notices are written in by default, BCP 47.',
) =>
  Type.String({
    description,
    minLength: 2,
    maxLength: 35,
    pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$',
    examples: ['de-DE'],
  })

const DunningTime = () =>
  Type.String({
    description: 'Local time at which the dunning run of a day happens, `HH:MM`.',
    minLength: 5,
    maxLength: 5,
    pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
    examples: ['06:00'],
  })

const NetDays = () =>
  Count(
    'Days from issue to due date where neither invoice, customer nor its class says otherwise.',
    {
      maximum: 365,
      example: 30,
    },
  )

const Policy = () => PolicyChoiceField('there is no dunning unless somebody else has chosen')

export const tenantStatuses = ['active', 'suspended'] as const
const modes = ['live', 'test'] as const

const SuspensionReason = () => Reason('Why it is suspended.', 'Contract ended on 31 March.')

const WriteOffApprovalAbove = () =>
  List(
    Body(
      { currency: Currency(), amount: Amount('What one principal may decide.') },
      { description: 'A threshold in its currency.' },
    ),
    {
      description:
        'Write-offs above these amounts need a second principal; where any is named, so does any write-off in another currency. None: nobody needs one.',
      maxItems: 20,
      examples: [[{ currency: 'EUR', amount: 100_000 }]],
    },
  )

const tenantFields = {
  ...resourceFields('tenant'),
  name: Text('The creditor’s name.', { example: 'Muster Maschinenbau AG' }),
  mode: OneOf(modes, {
    description: 'A test tenant has a test clock and its data is not livemode.',
  }),
  status: OneOf(tenantStatuses, {
    description: 'While it is suspended its credentials are refused and its jobs wait.',
  }),
  suspended_at: Nullable(At('Since when it is suspended, in real time; null while it is not.')),
  suspension_reason: Nullable(SuspensionReason()),
  time_zone: TimeZone(),
  locale: Locale(),
  currency: Currency('The currency of reports and default of new customers, ISO 4217.'),
  net_days: Nullable(NetDays()),
  dunning_time: DunningTime(),
  dunning_policy_id: Policy(),
  write_off_approval_above: WriteOffApprovalAbove(),
  metadata: Metadata,
}

/** A creditor: one legal entity. */
export const Tenant = named(
  'Tenant',
  Type.Object(tenantFields, {
    description: 'A creditor: one legal entity with its time zone, locale and currency.',
  }),
)

export const TenantList = ListOf(Tenant)

export const TenantQuery = Query({
  ...paging,
  status: Type.Optional(OneOf(tenantStatuses, { description: 'Only tenants that are this.' })),
  mode: Type.Optional(OneOf(modes, { description: 'Only tenants of this mode.' })),
})

export const SuspendTenant = named(
  'SuspendTenant',
  Body({ reason: SuspensionReason() }, { description: 'Why a tenant is suspended.' }),
)

export const CreatedTenant = named(
  'CreatedTenant',
  Type.Object(
    { ...tenantFields, api_key: ref(ApiKeyWithSecret) },
    { description: 'The new tenant and its first API key, whose secret is shown this once.' },
  ),
)

export const CreateTenant = named(
  'CreateTenant',
  Body(
    {
      name: Text('The creditor’s name.', { example: 'Muster Maschinenbau AG' }),
      mode: OneOf(modes, {
        description: 'Test tenants have a test clock. It cannot be changed later.',
        examples: ['test'],
      }),
      time_zone: TimeZone(),
      locale: Type.Optional(Locale()),
      currency: Currency('The currency of reports and default of new customers, ISO 4217.'),
      net_days: Type.Optional(Nullable(NetDays())),
      dunning_time: Type.Optional(DunningTime()),
      scopes: Type.Optional(
        List(ScopeName, {
          description:
            'What the first API key may do; by default everything within the tenant; more it cannot be given.',
          minItems: 1,
          maxItems: 100,
          examples: [['customers:read', 'invoices:read']],
        }),
      ),
      metadata: Type.Optional(Metadata),
    },
    { description: 'A tenant to create.' },
  ),
)

export const TenantPatch = named(
  'TenantPatch',
  Body(
    {
      name: Type.Optional(Text('The creditor’s name.', { example: 'Muster Maschinenbau AG' })),
      time_zone: Type.Optional(TimeZone()),
      locale: Type.Optional(Locale()),
      currency: Type.Optional(Currency('Only while there is no invoice and no payment.')),
      net_days: Type.Optional(Nullable(NetDays())),
      dunning_time: Type.Optional(DunningTime()),
      dunning_policy_id: Type.Optional(Policy()),
      write_off_approval_above: Type.Optional(WriteOffApprovalAbove()),
      metadata: Type.Optional(MetadataPatch),
    },
    { description: 'A merge patch (RFC 7396) of the tenant’s settings.' },
  ),
)

export const tenantToJson = (row: TenantRow): Static<typeof Tenant> => ({
  id: publicId('tenant', row.tenant_id),
  object: 'tenant',
  version: row.version,
  livemode: row.mode === 'live',
  name: row.name,
  mode: row.mode,
  status: row.suspended_at === null ? 'active' : 'suspended',
  suspended_at: row.suspended_at,
  suspension_reason: row.suspension_reason,
  time_zone: row.time_zone,
  locale: row.locale,
  currency: row.currency,
  net_days: row.net_days,
  dunning_time: row.dunning_time,
  dunning_policy_id: policyChoiceToJson(row),
  write_off_approval_above: row.write_off_approval_above,
  metadata: row.metadata,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

/** What a merge patch says, in the words of the table. */
export function patchOf({ dunning_policy_id: policy, ...rest }: Static<typeof TenantPatch>) {
  return { ...rest, ...(policy !== undefined && policyChoice(policy)) }
}
