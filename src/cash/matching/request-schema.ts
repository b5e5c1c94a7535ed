import { type Static, Type } from '@sinclair/typebox'
import { Amount, Body, Count, Id, List, named, Text } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { designationOf, designations } from '../allocation-schema.ts'
import type { AcceptLine } from './accept-line.ts'
import type { SplitLine } from './split-line.ts'

const PARTS_MAX = 100

const Note = Text('What there is to say about it.', { maxLength: 500, example: 'Called them.' })
const Why = (description: string, example: string) => Text(description, { maxLength: 500, example })

const allocations = Type.Optional(
  designations('Designations, all met in full; what they leave stays unallocated.'),
)

export const AcceptBankLine = named(
  'AcceptBankLine',
  Body(
    {
      customer_id: Type.Optional(
        Id('customer', 'Whose money it is. Without it, the best proposal is accepted.'),
      ),
      payment_id: Type.Optional(
        Id('payment', 'The payment that is confirmed or returned, of those that are proposed.'),
      ),
      allocations,
      note: Type.Optional(Note),
    },
    {
      description:
        'What the line is. With `customer_id` alone, what is proposed for the customer is accepted, or else the customer’s rules allocate.',
    },
  ),
)

/** What the API was told, as the command takes it. */
export const acceptLineOf = (
  body: Static<typeof AcceptBankLine>,
): Omit<AcceptLine, 'id' | 'ifMatch'> => ({
  customerId: body.customer_id === undefined ? null : uuidOf(body.customer_id),
  paymentId: body.payment_id === undefined ? null : uuidOf(body.payment_id),
  allocations: body.allocations?.map(designationOf) ?? null,
  note: body.note ?? null,
})

const SplitPart = Body(
  {
    customer_id: Id('customer', 'Whose money the part is.'),
    amount: Amount('How much of the line.', { minimum: 1 }),
    allocations,
  },
  { description: 'A part of the line; without designations the customer’s rules allocate it.' },
)

export const SplitBankLine = named(
  'SplitBankLine',
  Body(
    {
      parts: List(SplitPart, {
        description: 'The parts; they add up to the amount of the line.',
        minItems: 1,
        maxItems: PARTS_MAX,
      }),
      note: Type.Optional(Note),
    },
    { description: 'How the money of a line is divided.' },
  ),
)

/** What the API was told, as the command takes it. */
export const splitLineOf = (
  body: Static<typeof SplitBankLine>,
): Omit<SplitLine, 'id' | 'ifMatch'> => ({
  parts: body.parts.map((part) => ({
    customerId: uuidOf(part.customer_id),
    amount: part.amount,
    allocations: part.allocations?.map(designationOf) ?? null,
  })),
  note: body.note ?? null,
})

export const IgnoreBankLine = named(
  'IgnoreBankLine',
  Body(
    { reason: Why('Why it is none of ours to match.', 'Interest') },
    { description: 'Why a line leaves the queue.' },
  ),
)

export const UndoBankLine = named(
  'UndoBankLine',
  Body(
    { reason: Why('Why it was wrong.', 'Paid by a namesake') },
    { description: 'Why what became of a line is taken back.' },
  ),
)

export const MatchingSettingsPatch = named(
  'MatchingSettingsPatch',
  Body(
    {
      auto_post_score: Type.Optional(
        Count('From which score on proposals are posted by themselves; 101 for none.', {
          minimum: 1,
          maximum: 101,
          example: 85,
        }),
      ),
      bank_fee_max_amount: Type.Optional(
        Amount('What banks on the way may have kept of a payment, at most.', { example: 2_500 }),
      ),
    },
    { description: 'A merge patch (RFC 7396): what is left out stays.' },
  ),
)
