import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { Money } from '../policies/check-rules-schema.ts'
import type { CreditReportRow } from './table.ts'

const Provider = () => Text('Whose report it is.', { maxLength: 100, example: 'Creditreform' })
const ReportDate = () => Day('The day of the report; not after today.', '2026-02-20')
const Score = () =>
  Count('What it says, from 0 to 100, the higher the better, whatever the provider’s own scale.', {
    maximum: 100,
    example: 68,
  })
const ProviderScore = () =>
  Text('The same as the provider writes it.', { maxLength: 50, example: '248' })
const VALID_UNTIL = 'The last day on which it counts; until a newer one comes without it.'
const Raw = () =>
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description: 'What the provider has sent, up to 50,000 bytes as JSON. Kept as given.',
    additionalProperties: true,
    examples: [{ index: 248, court_entries: 0 }],
  })

export const RecordCreditReport = named(
  'RecordCreditReport',
  Body(
    {
      provider: Provider(),
      report_date: ReportDate(),
      score: Score(),
      provider_score: Type.Optional(Nullable(ProviderScore())),
      recommended_limit: Type.Optional(Nullable(ref(Money))),
      valid_until: Type.Optional(Nullable(Day(VALID_UNTIL, '2027-02-20'))),
      raw: Type.Optional(Nullable(Raw())),
    },
    { description: 'What an outside provider says of a customer.' },
  ),
)

const reportFields = {
  ...resourceFields('credit_report'),
  customer_id: Id('customer', 'The customer.'),
  provider: Provider(),
  report_date: ReportDate(),
  score: Score(),
  provider_score: Nullable(ProviderScore()),
  recommended_limit: Nullable(ref(Money)),
  valid_until: Nullable(Day(VALID_UNTIL, '2027-02-20')),
}

export const CreditReport = named(
  'CreditReport',
  Type.Object(reportFields, {
    description: 'What an outside provider says of a customer. Never changes.',
  }),
)
export const CreditReportList = ListOf(CreditReport)

export const CreditReportWithRaw = named(
  'CreditReportWithRaw',
  Type.Object(
    { ...reportFields, raw: Nullable(Raw()) },
    { description: 'A credit report with what the provider has sent.' },
  ),
)

/** A report as the API shows it. */
export const creditReportToJson = (
  report: CreditReportRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditReport> => ({
  id: publicId('credit_report', report.id),
  object: 'credit_report',
  version: report.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', report.customer_id),
  provider: report.provider,
  report_date: report.report_date,
  score: report.score,
  provider_score: report.provider_score,
  recommended_limit:
    report.limit_currency === null
      ? null
      : { currency: report.limit_currency, amount: report.limit_amount as number },
  valid_until: report.valid_until,
  created_at: report.created_at,
  updated_at: report.updated_at,
})

export const CreditReportQuery = Query({ ...paging })
