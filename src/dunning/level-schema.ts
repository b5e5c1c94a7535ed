import { Type } from '@sinclair/typebox'
import {
  Amount,
  Body,
  Count,
  Currency,
  List,
  Nullable,
  named,
  OneOf,
  ref,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { anchors, channels, FEE_MAX, LEVELS_MAX, statutoryNotices, tones } from './policy.ts'

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

export const DunningLevel = named(
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

export const DunningCourtesy = named(
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
