import { Type } from '@sinclair/typebox'
import { SetCreditLimit } from '../credit/limits/schema.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  Day,
  ExternalId,
  Id,
  Metadata,
  named,
  OneOf,
  Text,
} from '../foundation/http/schema.ts'
import { ContactInput } from '../parties/customers/schema.ts'

/** Shapes of rows that no operation takes as its body. */

const { id: _, ...contactFields } = ContactInput.properties

export const ImportContact = named(
  'ImportContact',
  Body(
    { customer_id: Id('customer', 'Whose contact it is.'), ...contactFields },
    {
      description:
        'A contact of a customer. One of the same role and name is brought up to date; the customer’s others stay.',
    },
  ),
)

export const ImportCreditLimit = named(
  'ImportCreditLimit',
  Body(
    {
      customer_id: Type.Optional(Id('customer', 'Whose own limit it is.')),
      group_id: Type.Optional(Id('credit_group', 'Or the group that shares it.')),
      ...SetCreditLimit.properties,
    },
    { description: 'A limit of a customer or a group; saying the same again changes nothing.' },
  ),
)

const openingTypes = ['item', 'credit'] as const

export const ImportOpeningBalance = named(
  'ImportOpeningBalance',
  Body(
    {
      type: Type.Optional(
        OneOf(openingTypes, {
          description:
            'An open `item`, or a `credit` the customer still holds: a credit note, an advance, money without a destination.',
          default: 'item',
        }),
      ),
      external_id: ExternalId('The id in the system before; what is there already stays as it is.'),
      customer_id: Id('customer', 'Who owes it, or holds it.'),
      number: Text('The number printed on the document; for a credit its reference.', {
        maxLength: 100,
        example: 'R-2025-0815',
      }),
      currency: Currency(),
      issue_date: Type.Optional(
        Day('The date of the document; an item needs it. Not after the cut-over.', '2025-11-03'),
      ),
      due_date: Type.Optional(Day('When it was or is due; an item needs it.', '2025-12-03')),
      original_amount: Type.Optional(
        Amount('What the document was once about; kept for reference.', { minimum: 1 }),
      ),
      open_amount: Amount('What is open of it, or still to be used, at the cut-over.', {
        minimum: 1,
        example: 59_500,
      }),
      dunning_level: Type.Optional(
        Count('The level it has reached; the next notice is of the next level.', {
          minimum: 0,
          maximum: 99,
          example: 1,
        }),
      ),
      dunning_date: Type.Optional(
        Day('When it reached that level; the cut-over date unless given.', '2025-12-20'),
      ),
      metadata: Type.Optional(Metadata),
    },
    { description: 'What was open in the system before this one.' },
  ),
)
