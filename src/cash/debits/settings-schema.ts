import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  Body,
  Count,
  List,
  Nullable,
  named,
  OneOf,
  ref,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { painFormats } from './pain008.ts'
import type { PutSettings } from './put-settings.ts'
import { retryableCodes } from './reason-codes.ts'
import type { SettingsRow } from './table.ts'

/** An account as SEPA names it. Its check digits are judged by the command. */
export const Iban = (description: string) =>
  Type.String({
    description: `${description} Without spaces (ISO 13616).`,
    pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$',
    minLength: 15,
    maxLength: 34,
    examples: ['DE89370400440532013000'],
  })

/** A bank as SWIFT names it. */
export const Bic = (description: string) =>
  Type.String({
    description,
    pattern: '^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$',
    minLength: 8,
    maxLength: 11,
    examples: ['COBADEFFXXX'],
  })

export const Format = OneOf(painFormats, {
  description: 'The version of the file for the bank.',
  examples: ['pain.008.001.08'],
})

const DebitRetry = named(
  'DebitRetry',
  Body(
    {
      reason_code: OneOf(retryableCodes, {
        description: 'The reason of the return; only those that another attempt can overcome.',
        examples: ['AM04'],
      }),
      times_max: Count('How often the same claim is collected again.', {
        minimum: 1,
        maximum: 10,
        example: 2,
      }),
      after_days: Count(
        'How many days after the return; later where the pre-notification takes longer.',
        { minimum: 1, maximum: 60, example: 5 },
      ),
    },
    { description: 'When a debit that came back for a reason is collected again.' },
  ),
)

const settings = {
  creditor_id: Text('The creditor identifier (EPC262-08), with its check digits.', {
    minLength: 8,
    maxLength: 35,
    example: 'DE98ZZZ09999999999',
  }),
  creditor_name: Text('The creditor’s name, as debtors read it on their statements.', {
    maxLength: 70,
    example: 'Muster Maschinenbau AG',
  }),
  iban: Iban('The account that collects.'),
  bic: Type.Optional(Bic('Its bank; needed for an account outside the EEA.')),
  format: Type.Optional(Format),
  prenotification_days: Type.Optional(
    Count('How many days ahead the debtor is told; 14 unless another term was agreed.', {
      minimum: 1,
      maximum: 60,
      example: 14,
    }),
  ),
  lead_days: Type.Optional(
    Count('How many TARGET days before the collection the bank wants the file.', {
      minimum: 1,
      maximum: 10,
    }),
  ),
  return_fee_amount: Type.Optional(
    Amount('What the debtor is charged for a return it has caused; none unless given.', {
      minimum: 1,
      maximum: 100_000,
      example: 500,
    }),
  ),
  retries: Type.Optional(
    List(ref(DebitRetry), {
      description: 'Without it: AM04 twice and MS03 once, each after 5 days.',
      maxItems: retryableCodes.length,
    }),
  ),
}

export const PutDirectDebitSettings = named(
  'PutDirectDebitSettings',
  Body(settings, { description: 'The creditor’s own data and rules; replaces all of them.' }),
)

/** What the API was told, as the command takes it. */
export const newSettings = (
  body: Static<typeof PutDirectDebitSettings>,
): Omit<PutSettings, 'ifMatch'> => ({
  creditorId: body.creditor_id,
  creditorName: body.creditor_name,
  iban: body.iban,
  bic: body.bic ?? null,
  format: body.format ?? 'pain.008.001.08',
  prenotificationDays: body.prenotification_days ?? 14,
  leadDays: body.lead_days ?? 1,
  returnFeeAmount: body.return_fee_amount ?? null,
  retries: body.retries ?? [
    { reason_code: 'AM04', times_max: 2, after_days: 5 },
    { reason_code: 'MS03', times_max: 1, after_days: 5 },
  ],
})

export const DirectDebitSettings = named(
  'DirectDebitSettings',
  Type.Object(
    {
      ...resourceFields('direct_debit_settings'),
      creditor_id: settings.creditor_id,
      creditor_name: settings.creditor_name,
      iban: settings.iban,
      bic: Nullable(Bic('Its bank.')),
      format: Format,
      prenotification_days: Count('How many days ahead the debtor is told.', { example: 14 }),
      lead_days: Count('How many TARGET days before the collection the bank wants the file.'),
      return_fee_amount: Nullable(
        Amount('What the debtor is charged for a return it has caused.', { example: 500 }),
      ),
      retries: List(ref(DebitRetry), {
        description: 'When returned debits are collected again.',
        maxItems: retryableCodes.length,
      }),
    },
    { description: 'The creditor’s own data and rules for direct debits.' },
  ),
)

/** The settings as the API shows them. */
export const settingsToJson = (
  settings: SettingsRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof DirectDebitSettings> => ({
  id: publicId('direct_debit_settings', settings.id),
  object: 'direct_debit_settings',
  version: settings.version,
  livemode: tenant.mode === 'live',
  creditor_id: settings.creditor_id,
  creditor_name: settings.creditor_name,
  iban: settings.iban,
  bic: settings.bic,
  format: settings.format,
  prenotification_days: settings.prenotification_days,
  lead_days: settings.lead_days,
  return_fee_amount: settings.return_fee_amount,
  retries: settings.retries,
  created_at: settings.created_at,
  updated_at: settings.updated_at,
})
