import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  ref,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicIdOrNull } from '../foundation/id.ts'
import { jurisdictions } from './imputation.ts'
import { type AllocationSettings as Applied, automaticRules } from './settings.ts'
import type { AllocationSettingsRow } from './table.ts'

const CURRENCIES_MAX = 50

export const AllocationTolerance = named(
  'AllocationTolerance',
  Body(
    {
      currency: Currency('The currency it is for.'),
      short_amount: Amount('The most that may be missing.', { example: 500 }),
      short_percent: Type.Optional(
        Nullable(
          Type.String({
            description:
              'The most that may be missing in percent of what was to be paid; the smaller of both counts. Null for no such limit.',
            pattern: '^\\d{1,2}(\\.\\d{1,4})?$',
            maxLength: 7,
            examples: ['1.5'],
          }),
        ),
      ),
      over_amount: Amount('The most that may be too much.', { example: 100 }),
    },
    { description: 'What may be missing, or be too much, without anybody being asked.' },
  ),
)

const fields = {
  rules: List(OneOf(automaticRules, { description: 'A rule.' }), {
    description:
      'The rules that find items for money nobody designated, in the order they are tried; one that is left out is not applied. `imputation` and `oldest_first` take whatever is open.',
    maxItems: automaticRules.length,
    examples: [['reference', 'exact_amount', 'imputation']],
  }),
  jurisdiction: OneOf(jurisdictions, {
    description:
      'Whose law orders the debts in `imputation`; without it that of the customer’s country, and the oldest first where that is not known.',
    examples: ['DE'],
  }),
  tolerances: List(ref(AllocationTolerance), {
    description: 'What may be missing or too much, per currency.',
    maxItems: CURRENCIES_MAX,
    examples: [[{ currency: 'EUR', short_amount: 500, short_percent: '1.5', over_amount: 100 }]],
  }),
  discount_grace_days: Count('Days after its last day on which a discount is still allowed.', {
    maximum: 60,
    example: 2,
  }),
  use_unallocated: YesNo('Whether unallocated money is used for invoices issued afterwards.'),
}

export const AllocationSettingsPatch = named(
  'AllocationSettingsPatch',
  Body(
    {
      rules: Type.Optional(Nullable(fields.rules)),
      jurisdiction: Type.Optional(Nullable(fields.jurisdiction)),
      tolerances: Type.Optional(Nullable(fields.tolerances)),
      discount_grace_days: Type.Optional(Nullable(fields.discount_grace_days)),
      use_unallocated: Type.Optional(Nullable(fields.use_unallocated)),
    },
    {
      description:
        'A merge patch (RFC 7396): what is left out stays, null goes back to the default.',
    },
  ),
)

export const CustomerAllocationSettings = named(
  'CustomerAllocationSettings',
  Body(
    {
      rules: Type.Optional(fields.rules),
      jurisdiction: Type.Optional(fields.jurisdiction),
      tolerances: Type.Optional(fields.tolerances),
      discount_grace_days: Type.Optional(fields.discount_grace_days),
      use_unallocated: Type.Optional(fields.use_unallocated),
    },
    { description: 'All that differs for the customer from what the tenant says.' },
  ),
)

export const AllocationSettings = named(
  'AllocationSettings',
  Type.Object(
    {
      id: Nullable(Id('allocation_settings', 'The id; null while nothing was said.')),
      object: Type.Unsafe<'allocation_settings'>(
        Type.String({
          description: 'What this is.',
          const: 'allocation_settings',
          examples: ['allocation_settings'],
        }),
      ),
      version: Count('Grows by one with every change; the ETag. 0 while nothing was said.'),
      livemode: YesNo('False in a test tenant.'),
      customer_id: Nullable(Id('customer', 'Whose they are; null for the tenant’s.')),
      ...fields,
      jurisdiction: Nullable(fields.jurisdiction),
      said: List(
        Type.String({
          description: 'A field.',
          maxLength: 40,
          format: 'text',
          examples: ['tolerances'],
        }),
        {
          description:
            'The fields that were said here; the others come from the tenant or are the default.',
          maxItems: 5,
        },
      ),
    },
    { description: 'How money is allocated that nobody designated, as it applies.' },
  ),
)

/** Settings as they apply, and where they were said, as the API shows them. */
export const settingsToJson = (
  applied: Applied,
  row: AllocationSettingsRow | undefined,
  customerId: string | null,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof AllocationSettings> => ({
  id: publicIdOrNull('allocation_settings', row?.id ?? null),
  object: 'allocation_settings',
  version: row?.version ?? 0,
  livemode: tenant.mode === 'live',
  customer_id: publicIdOrNull('customer', customerId),
  ...applied,
  said: Object.keys(row?.settings ?? {}).sort(),
})
