import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Body,
  Day,
  Id,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import type { CreateMandate as Create } from './create-mandate.ts'
import { mandateStatuses, REFERENCE_PATTERN, schemes, sequences } from './mandate.ts'
import { Bic, Iban } from './settings-schema.ts'
import type { MandateRow } from './table.ts'

const Reference = Type.String({
  description:
    "The mandate reference: letters, digits and `+ ? / - : ( ) . , '`, unique per creditor whatever the case.",
  pattern: REFERENCE_PATTERN,
  minLength: 1,
  maxLength: 35,
  examples: ['M-2026-0815'],
})

export const SchemeField = OneOf(schemes, {
  description: '`core` for everybody, `b2b` between businesses, without a right to a refund.',
})
const Sequence = OneOf(sequences, {
  description: 'Whether it allows one collection or any number.',
  examples: ['recurring'],
})
const DebtorName = Text('Who owns the account.', { maxLength: 70 })
const DebtorBic = Bic('The debtor’s bank; needed for an account outside the EEA.')

export const CreateMandate = named(
  'CreateMandate',
  Body(
    {
      customer_id: Id('customer', 'Whose claims may be collected.'),
      reference: Reference,
      scheme: SchemeField,
      sequence: Sequence,
      debtor_name: DebtorName,
      iban: Iban('The account to collect from.'),
      bic: Type.Optional(DebtorBic),
      signature_date: Day('When the debtor signed; not in the future.', '2026-02-01'),
      metadata: Type.Optional(Metadata),
    },
    { description: 'A debtor’s permission to collect.' },
  ),
)

/** What the API was told about a mandate, as the command takes it. */
export const newMandate = (body: Static<typeof CreateMandate>): Create => ({
  customerId: uuidOf(body.customer_id),
  reference: body.reference,
  scheme: body.scheme,
  sequence: body.sequence,
  debtorName: body.debtor_name,
  iban: body.iban,
  bic: body.bic ?? null,
  signatureDate: body.signature_date,
  metadata: body.metadata ?? {},
})

export const MandatePatch = named(
  'MandatePatch',
  Body(
    {
      reference: Type.Optional(Reference),
      debtor_name: Type.Optional(DebtorName),
      iban: Type.Optional(Iban('The account to collect from; a new one forgets the BIC.')),
      bic: Type.Optional(Nullable(DebtorBic)),
      metadata: Type.Optional(MetadataPatch),
    },
    {
      description:
        'A merge patch (RFC 7396). What the bank was told before goes into the next file as the original.',
    },
  ),
)

export const Mandate = named(
  'Mandate',
  Type.Object(
    {
      ...resourceFields('mandate'),
      customer_id: Id('customer', 'Whose claims may be collected.'),
      customer: Expandable('customer'),
      reference: Reference,
      scheme: SchemeField,
      sequence: Sequence,
      status: OneOf(mandateStatuses, {
        description:
          '`completed` after the only or final collection, `lapsed` after 36 months without one, `blocked` by a reason code.',
      }),
      debtor_name: DebtorName,
      iban: Iban('The account to collect from.'),
      bic: Nullable(DebtorBic),
      signature_date: Day('When the debtor signed.', '2026-02-01'),
      last_used_date: Nullable(Day('The last collection date under it.')),
      usable_until_date: Day(
        'The last day it may be used: 36 months after its last collection or its signature.',
        '2029-02-01',
      ),
      block_reason_code: Nullable(
        Text('The reason code that blocked it.', { maxLength: 10, example: 'AC04' }),
      ),
      revoked_date: Nullable(Day('When it was revoked.')),
      metadata: Metadata,
    },
    { description: 'A debtor’s permission to collect by SEPA direct debit.' },
  ),
)
export const MandateList = ListOf(Mandate)

/** A mandate as the API shows it. */
export const mandateToJson = (
  mandate: MandateRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Mandate> => ({
  id: publicId('mandate', mandate.id),
  object: 'mandate',
  version: mandate.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', mandate.customer_id),
  reference: mandate.reference,
  scheme: mandate.scheme,
  sequence: mandate.sequence,
  status: mandate.status,
  debtor_name: mandate.debtor_name,
  iban: mandate.iban,
  bic: mandate.bic,
  signature_date: mandate.signature_date,
  last_used_date: mandate.last_used_date,
  usable_until_date: mandate.lapses_after_date,
  block_reason_code: mandate.block_reason_code,
  revoked_date: mandate.revoked_date,
  metadata: mandate.metadata,
  created_at: mandate.created_at,
  updated_at: mandate.updated_at,
})

export const MandateQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  reference: Type.Optional(
    Text('Only the one with this reference, whatever the case.', {
      maxLength: 35,
      example: 'M-2026-0815',
    }),
  ),
  status: Several(mandateStatuses, 'Only these statuses.'),
})
