import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  Body,
  Count,
  Country,
  Currency,
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
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import type { PolicyWithDefinition } from './create-policy.ts'
import {
  anchors,
  type Channel,
  COURTESIES_MAX,
  channels,
  FEE_MAX,
  LEVELS_MAX,
  type PolicyDefinition,
  statutoryNotices,
  tones,
} from './policy.ts'

const PERCENT = '^(?:100|\\d{1,2})(?:\\.\\d{1,4})?$'
const Percent = (description: string, example: string) =>
  Type.String({ description, pattern: PERCENT, maxLength: 8, examples: [example] })

const FeeAmount = (description: string) =>
  Amount(description, { minimum: 1, maximum: FEE_MAX, example: 500 })

const DunningFee = named(
  'DunningFee',
  Body(
    {
      currency: Currency(),
      amount: Type.Optional(FeeAmount('What a notice at this level costs the customer.')),
      percent: Type.Optional(
        Percent('The cost as a percentage of what the notice says is overdue.', '1.5'),
      ),
      steps: Type.Optional(
        List(
          Body({
            from_amount: Amount('From how much overdue this step counts.', { example: 0 }),
            amount: FeeAmount('What the notice costs then.'),
          }),
          {
            description: 'The cost by how much is overdue, ascending; below the first it is free.',
            minItems: 1,
            maxItems: 20,
          },
        ),
      ),
    },
    {
      description:
        'The fee of a level in one currency: exactly one of `amount`, `percent` and `steps`.',
    },
  ),
)

const MinimumAmount = Body(
  {
    currency: Currency(),
    amount: Amount('The least that is worth a notice at this level.', {
      minimum: 1,
      example: 1000,
    }),
  },
  { description: 'A minimum in one currency.' },
)

const ChannelList = List(
  OneOf(channels, { description: 'A way to reach the customer.', examples: ['email'] }),
  {
    description:
      'How the notice is to reach the customer, in order: the next is taken when one fails. `email`, then `letter`, unless given.',
    minItems: 1,
    maxItems: channels.length,
    examples: [['email', 'letter']],
  },
)
const ToneField = OneOf(tones, { description: 'How it sounds.', default: 'neutral' })
const TemplateField = Nullable(
  Text('Your own name of the text to send.', { maxLength: 100, example: 'reminder-1' }),
)

const InterestField = Body(
  {
    kind: OneOf(['none', 'statutory', 'contract'], {
      description: 'None, the rate of the law, or an agreed rate.',
      examples: ['statutory'],
    }),
    percent: Type.Optional(Percent('The agreed rate, percent a year; for `contract` only.', '8')),
  },
  { description: 'Which late interest a notice claims; none unless given.' },
)

const ConsequencesField = Body(
  {
    credit_hold: Type.Optional(
      YesNo('Whether nothing more is sold on account.', { default: false, example: false }),
    ),
    tasks: Type.Optional(
      List(
        Body({
          assignee: OneOf(['collector', 'sales'], { description: 'Who is to do it.' }),
          title: Text('What is to be done.', { maxLength: 200, example: 'Call the customer' }),
        }),
        { description: 'What people are to do.', maxItems: 10 },
      ),
    ),
    proposal: Type.Optional(
      Nullable(
        OneOf(['hand_over', 'write_off'], {
          description: 'What people are asked to decide; on the last level only.',
        }),
      ),
    ),
  },
  { description: 'What the level brings about besides the notice; nothing unless given.' },
)

const DunningLevel = named(
  'DunningLevel',
  Body(
    {
      level: Count('Its number: 1, 2, 3, … in order.', { minimum: 1, maximum: LEVELS_MAX }),
      days: Count('The level applies from so many days after its anchor.', {
        minimum: 1,
        maximum: 3650,
        example: 5,
      }),
      anchor: Type.Optional(
        OneOf(anchors, {
          description:
            'What the days are counted from: the due date, the end of the month in which it lies, or the deadline that the notice before has set.',
          default: 'due_date',
        }),
      ),
      name: Text('What it is called.', { maxLength: 100, example: 'Friendly reminder' }),
      tone: Type.Optional(ToneField),
      template: Type.Optional(TemplateField),
      channels: Type.Optional(ChannelList),
      minimum_amounts: Type.Optional(
        List(MinimumAmount, {
          description:
            'Below the minimum of their currency, items fall to the level below and are tested again there.',
          maxItems: 50,
        }),
      ),
      minimum_percent: Type.Optional(
        Nullable(
          Count(
            'Below this share of all that the customer owes in the currency, in percent, items fall to the level below.',
            { minimum: 1, maximum: 100, example: 5 },
          ),
        ),
      ),
      fees: Type.Optional(
        List(ref(DunningFee), {
          description: 'What a notice at this level costs, per currency; nothing unless given.',
          maxItems: 50,
        }),
      ),
      interest: Type.Optional(InterestField),
      lump_sum: Type.Optional(
        YesNo(
          'Whether the statutory lump sum is claimed, once per item, where the law grants one.',
          {
            default: false,
            example: false,
          },
        ),
      ),
      payment_days: Type.Optional(
        Nullable(
          Count('The new deadline: so many days after the notice; null for none.', {
            minimum: 1,
            maximum: 365,
            example: 10,
          }),
        ),
      ),
      statutory_notice: Type.Optional(
        Nullable(
          OneOf(statutoryNotices, {
            description:
              'The notice that a law asks for before a consumer may be charged: the Dutch 14-day letter (art. 6:96(6) BW), or the Belgian free first reminder (art. XIX.2 WER).',
          }),
        ),
      ),
      consequences: Type.Optional(ConsequencesField),
    },
    { description: 'One step of escalation.' },
  ),
)

const DunningCourtesy = named(
  'DunningCourtesy',
  Body(
    {
      days_before_due: Count('How many days before the due date; 0 for the due day itself.', {
        maximum: 365,
        example: 3,
      }),
      name: Text('What it is called.', { maxLength: 100, example: 'Due soon' }),
      tone: Type.Optional(ToneField),
      template: Type.Optional(TemplateField),
      channels: Type.Optional(ChannelList),
    },
    { description: 'A reminder before or on the due date. It leaves the level at 0.' },
  ),
)

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

/** What a version says: what was given, and the default for what was not. */
export const definitionOf = (body: Static<typeof CreateDunningPolicy>): PolicyDefinition => ({
  scope: body.scope,
  catch_up: body.catch_up ?? 'one_level',
  min_notice_interval_days: body.min_notice_interval_days ?? 0,
  item_grace_days: body.item_grace_days ?? 0,
  account_minimum_days: body.account_minimum_days ?? 0,
  release: body.release ?? 'automatic',
  payment_data_max_age_days: body.payment_data_max_age_days ?? null,
  contact_budget: body.contact_budget ?? null,
  business_days: body.business_days
    ? { country: body.business_days.country, region: body.business_days.region ?? null }
    : null,
  quiet_hours: body.quiet_hours ?? null,
  on_principal_paid: body.on_principal_paid ?? 'waive',
  courtesies: (body.courtesies ?? []).map((courtesy) => ({ ...courtesy, ...message(courtesy) })),
  levels: body.levels.map((level) => ({
    ...level,
    ...message(level),
    anchor: level.anchor ?? 'due_date',
    minimum_amounts: level.minimum_amounts ?? [],
    minimum_percent: level.minimum_percent ?? null,
    fees: level.fees ?? [],
    interest: level.interest ?? { kind: 'none' },
    lump_sum: level.lump_sum ?? false,
    payment_days: level.payment_days ?? null,
    statutory_notice: level.statutory_notice ?? null,
    consequences: {
      credit_hold: level.consequences?.credit_hold ?? false,
      tasks: level.consequences?.tasks ?? [],
      proposal: level.consequences?.proposal ?? null,
    },
  })),
})

const message = (
  given: Pick<Static<typeof DunningCourtesy>, 'tone' | 'template' | 'channels'>,
) => ({
  tone: given.tone ?? 'neutral',
  template: given.template ?? null,
  channels: given.channels ?? (['email', 'letter'] satisfies Channel[]),
})

export const PolicyQuery = Query({ ...paging })
