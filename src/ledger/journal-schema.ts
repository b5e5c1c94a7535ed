import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  At,
  Day,
  ExternalId,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Text,
} from '../foundation/http/schema.ts'
import { decimalOf } from '../foundation/money.ts'
import type { JournalLine } from './journal.ts'
import { entryToJson, LedgerEntry } from './schema.ts'

export const JournalQuery = Query({
  ...paging,
  from_date: Type.Optional(Day('Posted on or after this day.', '2026-03-01')),
  to_date: Type.Optional(Day('Posted on or before this day.')),
  known_at: Type.Optional(
    At('Only what was recorded by then; the same export comes out again at any later time.'),
  ),
  origin: Type.Optional(
    OneOf(['own', 'all'], {
      description:
        'Only what the service made happen, or also what the ERP pushed and has in its books already.',
      default: 'own',
    }),
  ),
})

const Code = (side: string) =>
  Nullable(
    Text(`The tenant’s code for the account ${side}; null when it has none.`, {
      maxLength: 40,
      example: '1200',
    }),
  )

export const JournalEntry = named(
  'JournalEntry',
  Type.Object(
    {
      ...LedgerEntry.properties,
      decimal_amount: Type.String({
        description: 'The amount with the decimal places of its currency.',
        maxLength: 20,
        pattern: '^-?\\d{1,16}(\\.\\d{1,4})?$',
        examples: ['1488.10'],
      }),
      debit_code: Code('debited'),
      credit_code: Code('credited'),
      debit_customer_external_id: Nullable(
        ExternalId('The caller’s id of the customer on the debit side.', 'C-1001'),
      ),
      credit_customer_external_id: Nullable(
        ExternalId('The caller’s id of the customer on the credit side.', 'C-1001'),
      ),
      document_number: Nullable(
        Text('The number of the document behind it; for a payment its external id.', {
          maxLength: 500,
          example: 'R-2026-0815',
        }),
      ),
      invoice_number: Nullable(
        Text('The number of the invoice whose item it moves.', { example: 'R-2026-0815' }),
      ),
    },
    { description: 'A ledger entry, ready for the general ledger.' },
  ),
)

export const JournalEntryList = ListOf(JournalEntry)

/** A line of the journal as the API shows it. */
export const journalLineToJson = (
  line: JournalLine,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof JournalEntry> => ({
  ...entryToJson(line, tenant),
  decimal_amount: decimalOf(line.amount, line.currency),
  debit_code: line.debit_code,
  credit_code: line.credit_code,
  debit_customer_external_id: line.debit_customer_external_id,
  credit_customer_external_id: line.credit_customer_external_id,
  document_number: line.document_number,
  invoice_number: line.invoice_number,
})
