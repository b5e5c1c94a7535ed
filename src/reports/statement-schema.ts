import { type Static, Type } from '@sinclair/typebox'
import { daysOverdue } from '../foundation/calendar.ts'
import { csvLine } from '../foundation/csv.ts'
import {
  Amount,
  At,
  Count,
  Currency,
  Day,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  Query,
  Text,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { decimalOf, MAX_AMOUNT } from '../foundation/money.ts'
import { SourceId, sourceKindNames, sourceKinds } from '../ledger/schema.ts'
import { format } from './rows.ts'
import type { StatementItem, StatementMovement, StatementQuestion } from './statement-of-account.ts'

const forms = ['open_item', 'balance_forward'] as const

const Signed = (description: string, example = 148810) =>
  Amount(description, { minimum: -MAX_AMOUNT, example })
const DocumentNumber = Nullable(
  Text('The number of the document; for a payment its reference.', {
    maxLength: 500,
    example: 'R-2026-0815',
  }),
)
const LINES_MAX = 1_000_000

export const StatementQuery = Query({
  ...format,
  from_date: Type.Optional(
    Day('The first day of the period; that of the month it ends in unless given.', '2026-03-01'),
  ),
  to_date: Type.Optional(Day('The last day of the period; today unless given.')),
  form: Type.Optional(
    OneOf(forms, {
      description:
        'What is open at the end, by document, or every movement of the period with the running balance.',
      default: 'open_item',
    }),
  ),
  currency: Type.Optional(Currency('The currency; the customer’s own unless given.')),
  known_at: Type.Optional(At('Only what was recorded by then; everything unless given.')),
})

export const StatementOfAccount = named(
  'StatementOfAccount',
  Type.Object(
    {
      object: Type.Unsafe<'statement_of_account'>(
        Type.String({
          description: 'What this is.',
          const: 'statement_of_account',
          examples: ['statement_of_account'],
        }),
      ),
      customer_id: Id('customer', 'Whose account it is.'),
      form: OneOf(forms, { description: 'Whether it lists what is open or what moved.' }),
      currency: Currency(),
      from_date: Day('The first day of the period.', '2026-03-01'),
      to_date: Day('The last day of the period.'),
      known_at: Nullable(At('What was recorded later is left out; null for nothing is.')),
      opening_amount: Signed('What was owed on balance before the first day.', 0),
      movements: Nullable(
        List(
          Type.Object(
            {
              date: Day('When it counts.'),
              happening: Text('What happened.', { maxLength: 60, example: 'invoice_issued' }),
              source_kind: OneOf(sourceKindNames, { description: 'The kind of document.' }),
              source_id: SourceId('The document.'),
              document_number: DocumentNumber,
              amount: Signed('By how much more is owed; negative for less.'),
              balance_amount: Signed('What was owed on balance after it.'),
            },
            { description: 'A change of what is owed on balance.' },
          ),
          {
            description: 'The movements in the order in which they count; null for open items.',
            maxItems: LINES_MAX,
          },
        ),
      ),
      items: Nullable(
        List(
          Type.Object(
            {
              kind: OneOf(['open_item', 'payment', 'credit_note'], {
                description: 'An open item, or money or credit that is not allocated.',
              }),
              id: Text('Which one.', { maxLength: 40, example: 'itm_01kjm7f7shez7837xta3mfn3a4' }),
              document_number: DocumentNumber,
              date: Day('The day of the document.', '2026-03-01'),
              due_date: Nullable(Day('The last day on which it is not overdue.')),
              days_overdue: Count('Days past the due date at the end.', { example: 0 }),
              total_amount: Signed('What it was over; negative for money and credit.'),
              open_amount: Signed('What of it is open; negative for money and credit.'),
            },
            { description: 'What is open of one document.' },
          ),
          {
            description:
              'What is open at the end, the oldest due date first, then money and credit; null for balance forward.',
            maxItems: LINES_MAX,
          },
        ),
      ),
      closing_amount: Signed('What is owed on balance at the end of the last day.'),
    },
    {
      description:
        'What a customer owes on balance: open items less what is not allocated. Opening and closing are the balances of those days.',
    },
  ),
)

/** The running balance goes beside each movement. */
const withBalance = (movements: readonly StatementMovement[], opening: number) => {
  let balance = opening
  return movements.map(({ source_id, ...movement }) => {
    balance += movement.amount
    return {
      ...movement,
      source_id: publicId(sourceKinds[movement.source_kind], source_id),
      balance_amount: balance,
    }
  })
}

/** A statement as the API shows it. */
export const statementToJson = (
  question: StatementQuestion,
  { opening, closing }: { opening: number; closing: number },
  lines: { movements: StatementMovement[] } | { items: StatementItem[] },
): Static<typeof StatementOfAccount> => ({
  object: 'statement_of_account',
  customer_id: publicId('customer', question.customerId),
  form: 'items' in lines ? 'open_item' : 'balance_forward',
  currency: question.currency,
  from_date: question.fromDate,
  to_date: question.toDate,
  known_at: question.knownAt,
  opening_amount: opening,
  movements: 'movements' in lines ? withBalance(lines.movements, opening) : null,
  items:
    'items' in lines
      ? lines.items.map((item) => ({
          ...item,
          id: publicId(item.kind, item.id),
          days_overdue: item.due_date === null ? 0 : daysOverdue(item.due_date, question.toDate),
        }))
      : null,
  closing_amount: closing,
})

/** The statement as CSV, opening and closing as lines of their own; amounts with the currency's decimal places. */
export function statementToCsv(statement: Static<typeof StatementOfAccount>): string {
  const { currency, from_date, to_date, opening_amount, closing_amount } = statement
  const decimal = (amount: number) => decimalOf(amount, currency)
  const lines =
    statement.movements === null
      ? [
          ['date', 'kind', 'id', 'document_number', 'due_date', 'currency', 'total', 'open'],
          ...(statement.items ?? []).map((item) => [
            item.date,
            item.kind,
            item.id,
            item.document_number,
            item.due_date,
            currency,
            decimal(item.total_amount),
            decimal(item.open_amount),
          ]),
          [to_date, 'closing', null, null, null, currency, null, decimal(closing_amount)],
        ]
      : [
          ['date', 'happening', 'source_id', 'document_number', 'currency', 'amount', 'balance'],
          [from_date, 'opening', null, null, currency, null, decimal(opening_amount)],
          ...statement.movements.map((movement) => [
            movement.date,
            movement.happening,
            movement.source_id,
            movement.document_number,
            currency,
            decimal(movement.amount),
            decimal(movement.balance_amount),
          ]),
          [to_date, 'closing', null, null, currency, null, decimal(closing_amount)],
        ]
  return lines.map((line) => csvLine(line)).join('')
}
