import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  List,
  ListOf,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import type { PolicyWithDefinition } from './create-policy.ts'
import { FEE_MAX, LEVELS_MAX } from './policy.ts'

const DunningFee = named(
  'DunningFee',
  Body(
    {
      currency: Currency(),
      amount: Amount('What a notice at this level costs the customer.', {
        minimum: 1,
        maximum: FEE_MAX,
        example: 500,
      }),
    },
    { description: 'The fee of a level in one currency.' },
  ),
)

const DunningLevel = named(
  'DunningLevel',
  Body(
    {
      level: Count('Its number: 1, 2, 3, … in order.', { minimum: 1, maximum: LEVELS_MAX }),
      days_overdue: Count('The level applies when an item is overdue by at least this many days.', {
        minimum: 1,
        maximum: 3650,
        example: 5,
      }),
      name: Text('What it is called.', { maxLength: 100, example: 'Friendly reminder' }),
      fees: Type.Optional(
        List(ref(DunningFee), {
          description: 'What a notice at this level costs, per currency; nothing unless given.',
          maxItems: 50,
        }),
      ),
    },
    { description: 'One step of escalation.' },
  ),
)

const policyFields = {
  name: Text('What it is called.', { maxLength: 100, example: 'Standard, three steps' }),
  scope: OneOf(['invoice', 'customer'], {
    description:
      '`invoice`: each item escalates by itself. `customer`: all due items of the customer and currency rise to the highest due level.',
  }),
  min_notice_interval_days: Type.Optional(
    Count('Days that must lie between two notices to one customer in one currency.', {
      maximum: 365,
      example: 7,
    }),
  ),
  catch_up: Type.Optional(
    OneOf(['one_level', 'highest'], {
      description:
        'Whether a run lifts an item by one level at most, or to the highest that is due.',
      default: 'one_level',
    }),
  ),
  levels: List(ref(DunningLevel), {
    description: 'The levels, ascending by number and by days.',
    maxItems: LEVELS_MAX,
    minItems: 1,
  }),
}

export const CreateDunningPolicy = named(
  'CreateDunningPolicy',
  Body(policyFields, { description: 'A dunning policy: its first version.' }),
)
export const ReplaceDunningPolicy = named(
  'ReplaceDunningPolicy',
  Body(policyFields, { description: 'The next version of a dunning policy.' }),
)

export const DunningPolicy = named(
  'DunningPolicy',
  Type.Object(
    {
      ...resourceFields('dunning_policy'),
      name: policyFields.name,
      scope: policyFields.scope,
      min_notice_interval_days: Count('Days between two notices to one customer in one currency.', {
        maximum: 365,
        example: 7,
      }),
      catch_up: OneOf(['one_level', 'highest'], { description: 'How far one run lifts an item.' }),
      levels: policyFields.levels,
    },
    {
      description:
        'How a tenant asks for what is overdue. `version` names the immutable version shown; items under way stay on theirs.',
    },
  ),
)
export const DunningPolicyList = ListOf(DunningPolicy)

/** A policy in its current version, as the API shows it. */
export const policyToJson = (
  policy: PolicyWithDefinition,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DunningPolicy> => ({
  id: publicId('dunning_policy', policy.id),
  object: 'dunning_policy',
  version: policy.version,
  livemode: tenant.mode === 'live',
  name: policy.name,
  scope: policy.definition.scope,
  min_notice_interval_days: policy.definition.min_notice_interval_days,
  catch_up: policy.definition.catch_up,
  levels: policy.definition.levels,
  created_at: policy.created_at,
  updated_at: policy.updated_at,
})
export const PolicyQuery = Query({ ...paging })
