import { type Static, Type } from '@sinclair/typebox'
import {
  At,
  Body,
  exampleId,
  Id,
  List,
  named,
  ref,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import type { Section } from './export-personal-data.ts'

export const PseudonymizeCustomerBody = Body(
  {
    records_kept_elsewhere: Type.Optional(
      YesNo(
        'True to say that the vouchers which the law wants kept are kept, with their names, in another system.',
        { default: false, example: true },
      ),
    ),
  },
  { description: 'What has been seen to before.' },
)

const StoredRecord = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  description: 'One record, as it is stored.',
  additionalProperties: true,
  examples: [{ name: 'Erika Mustermann', country: 'DE' }],
})

const PersonalDataSection = named(
  'PersonalDataSection',
  Type.Object(
    {
      name: Text('What the records are.', { maxLength: 60, example: 'customer' }),
      records: Type.Array(StoredRecord, {
        description: 'All of them.',
        maxItems: 1_000_000,
      }),
    },
    { description: 'What is stored in one place.' },
  ),
)

export const PersonalData = named(
  'PersonalData',
  Type.Object(
    {
      object: Type.Unsafe<'personal_data'>(
        Type.String({
          description: 'What this is.',
          const: 'personal_data',
          examples: ['personal_data'],
        }),
      ),
      customer_id: Id('customer', 'The customer it is about.'),
      exported_at: At('When it was read, by the tenant’s clock.'),
      sections: List(ref(PersonalDataSection), {
        description: 'By where it is stored; what is empty is left out.',
        maxItems: 200,
      }),
    },
    {
      description: 'Everything that is stored about a customer, in a form machines can read.',
      examples: [
        {
          object: 'personal_data',
          customer_id: exampleId('customer'),
          exported_at: '2026-03-31T04:00:04.201Z',
          sections: [{ name: 'customer', records: [{ name: 'Erika Mustermann' }] }],
        },
      ],
    },
  ),
)

export const personalDataToJson = (
  customerId: string,
  sections: Section[],
  now: string,
): Static<typeof PersonalData> => ({
  object: 'personal_data',
  customer_id: publicId('customer', customerId),
  exported_at: now,
  sections,
})
