import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import {
  Amount,
  At,
  Currency,
  Day,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  Query,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { MAX_AMOUNT, sum } from '../foundation/money.ts'
import { accounts } from './accounts.ts'
import type { AccountBalance, CustomerBalance, PointInTime } from './balances.ts'

/** The two times of a question to the ledger. */
const pointInTime = {
  as_of_date: Type.Optional(Day('The day whose end it shows; today unless given.')),
  known_at: Type.Optional(
    At(
      'Only what was recorded by then, as a report made then has shown it; everything unless given.',
    ),
  ),
}
export const PointQuery = Query(pointInTime)

const shownPoint = {
  as_of_date: Day('The day whose end it shows.'),
  known_at: Nullable(At('What was recorded later is left out; null for nothing is.')),
}

export const Balance = named(
  'CustomerBalance',
  Type.Object(
    {
      object: Type.Unsafe<'customer_balance'>(
        Type.String({
          description: 'What this is.',
          const: 'customer_balance',
          examples: ['customer_balance'],
        }),
      ),
      customer_id: Id('customer', 'Whose balance it is.'),
      ...shownPoint,
      balances: List(
        Type.Object(
          {
            currency: Currency(),
            open_amount: Amount('What the customer owes.'),
            overdue_amount: Amount('What of it is past its due date.', { example: 0 }),
            unallocated_amount: Amount('Money and credit not yet allocated.', { example: 0 }),
            net_amount: Amount('Open less unallocated; negative when we owe the customer.', {
              minimum: -MAX_AMOUNT,
            }),
          },
          { description: 'The balance in one currency.' },
        ),
        { description: 'One balance per currency; currencies are never mixed.', maxItems: 200 },
      ),
      livemode: YesNo('False in a test tenant.'),
    },
    { description: 'What a customer owes and has with us.' },
  ),
)

/** A customer's balances as the API shows them. */
export const balanceToJson = (
  customerId: string,
  { asOf, knownAt }: PointInTime,
  balances: CustomerBalance[],
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Balance> => ({
  object: 'customer_balance',
  customer_id: publicId('customer', customerId),
  as_of_date: asOf,
  known_at: knownAt,
  balances: balances.map((balance) => ({
    ...balance,
    net_amount: balance.open_amount - balance.unallocated_amount,
  })),
  livemode: tenant.mode === 'live',
})

export const LedgerBalances = named(
  'LedgerBalances',
  Type.Object(
    {
      object: Type.Unsafe<'ledger_balances'>(
        Type.String({
          description: 'What this is.',
          const: 'ledger_balances',
          examples: ['ledger_balances'],
        }),
      ),
      ...shownPoint,
      accounts: List(
        Type.Object(
          {
            account: OneOf(accounts, { description: 'The account.' }),
            currency: Currency(),
            debit_amount: Amount('What was debited.'),
            credit_amount: Amount('What was credited.', { example: 0 }),
            balance_amount: Amount('Debit less credit.', { minimum: -MAX_AMOUNT }),
          },
          { description: 'What moved on one account in one currency.' },
        ),
        { description: 'Every account that ever moved.', maxItems: 10_000 },
      ),
      totals: List(
        Type.Object(
          {
            currency: Currency(),
            debit_amount: Amount('What was debited on all accounts.'),
            credit_amount: Amount('What was credited on all accounts; the same.'),
          },
          { description: 'All accounts of one currency.' },
        ),
        { description: 'The proof that each currency balances.', maxItems: 200 },
      ),
      livemode: YesNo('False in a test tenant.'),
    },
    { description: 'The trial balance of the subledger.' },
  ),
)

/** The tenant's balances as the API shows them. */
export const ledgerBalancesToJson = (
  { asOf, knownAt }: PointInTime,
  balances: AccountBalance[],
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof LedgerBalances> => ({
  object: 'ledger_balances',
  as_of_date: asOf,
  known_at: knownAt,
  accounts: balances.map((one) => ({
    ...one,
    balance_amount: one.debit_amount - one.credit_amount,
  })),
  totals: [...new Set(balances.map(({ currency }) => currency))].map((currency) => {
    const own = balances.filter((one) => one.currency === currency)
    return {
      currency,
      debit_amount: sum(own.map(({ debit_amount }) => debit_amount)),
      credit_amount: sum(own.map(({ credit_amount }) => credit_amount)),
    }
  }),
  livemode: tenant.mode === 'live',
})
