import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Body,
  Count,
  Country,
  List,
  ListOf,
  Nullable,
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
import { DunningCourtesy, DunningLevel } from './level-schema.ts'
import { COURTESIES_MAX, LEVELS_MAX } from './policy.ts'

const TimeOfDay = (description: string, example: string) =>
  Type.String({
    description,
    pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
    minLength: 5,
    maxLength: 5,
    examples: [example],
  })

const policyFields = {
  name: Text('What it is called.', { maxLength: 100, example: 'Standard, three steps' }),
  scope: OneOf(['invoice', 'customer'], {
    description:
      '`invoice`: each item escalates by itself. `customer`: all due items of the customer and currency rise to the highest due level.',
  }),
  catch_up: Type.Optional(
    OneOf(['one_level', 'highest'], {
      description:
        'Whether a run lifts an item by one level at most, or to the highest that is due. A level that waits for the deadline of the one before is never skipped.',
      default: 'one_level',
    }),
  ),
  min_notice_interval_days: Type.Optional(
    Count('Days that must lie between two notices to one customer in one currency.', {
      maximum: 365,
      example: 7,
    }),
  ),
  item_grace_days: Type.Optional(
    Count('Days by which the due date of every item is shifted for dunning.', {
      maximum: 365,
      example: 3,
    }),
  ),
  account_minimum_days: Type.Optional(
    Count('A customer is left alone until one of its items is overdue by so many days.', {
      maximum: 365,
      example: 5,
    }),
  ),
  release: Type.Optional(
    OneOf(['automatic', 'review'], {
      description: 'Whether what a run proposes is released at once, or by a person.',
      default: 'automatic',
    }),
  ),
  payment_data_max_age_days: Type.Optional(
    Nullable(
      Count(
        'No notice is sent when what we know of payments is older than so many days; null for never mind. It is as old as the oldest bank account’s last statement; without bank accounts, as the last payment that was recorded.',
        { minimum: 1, maximum: 365, example: 3 },
      ),
    ),
  ),
  contact_budget: Type.Optional(
    Nullable(
      Body(
        {
          contacts: Count('How many contacts.', { minimum: 1, maximum: 100, example: 1 }),
          days: Count('Within so many consecutive days.', { minimum: 1, maximum: 365, example: 7 }),
        },
        {
          description:
            'How often a customer may be contacted, over all channels and currencies, people’s contacts included; null for any number. Statutory notices are exempt.',
        },
      ),
    ),
  ),
  business_days: Type.Optional(
    Nullable(
      Body(
        {
          country: Country('Whose public holidays, ISO 3166-1 alpha-2.'),
          region: Type.Optional(
            Nullable(
              Text('Whose regional holidays as well, as ISO 3166-2 names it after the country.', {
                maxLength: 3,
                example: 'BY',
              }),
            ),
          ),
        },
        { description: 'Notices go out on business days only; null for every day.' },
      ),
    ),
  ),
  quiet_hours: Type.Optional(
    Nullable(
      Body(
        {
          from: TimeOfDay('From when nothing is sent, local time.', '20:00'),
          to: TimeOfDay('Until when; before `from` for the next morning.', '08:00'),
        },
        {
          description:
            'When nothing is sent: a notice issued then says from when it may be; null for never.',
        },
      ),
    ),
  ),
  on_principal_paid: Type.Optional(
    OneOf(['enforce', 'waive'], {
      description: 'What becomes of charges that are not claimed yet when the principal is paid.',
      default: 'waive',
    }),
  ),
  courtesies: Type.Optional(
    List(ref(DunningCourtesy), {
      description: 'Reminders before and on the due date, the earliest first; none unless given.',
      maxItems: COURTESIES_MAX,
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

const { name, scope, levels, ...settings } = policyFields
/** Everything is told, also what was not given. */
const answered = { name, scope, ...Type.Required(Type.Object(settings)).properties, levels }

export const DunningPolicy = named(
  'DunningPolicy',
  Type.Object(
    {
      ...resourceFields('dunning_policy'),
      ...answered,
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
  ...policy.definition,
  created_at: policy.created_at,
  updated_at: policy.updated_at,
})

export const PolicyQuery = Query({ ...paging })
