import { Type } from '@sinclair/typebox'
import {
  Amount,
  Body,
  Count,
  Day,
  Decimal,
  ExternalId,
  Id,
  List,
  named,
  ref,
  Text,
} from '../foundation/http/schema.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import { DISCOUNT_TIERS_MAX } from './early-payment-discount.ts'
import { INSTALMENTS_MAX } from './invoice.ts'

const LINES_MAX = 1_000

const SignedAmount = (description: string) =>
  Amount(description, { minimum: -MAX_AMOUNT, example: 125050 })

const InvoiceLine = named(
  'InvoiceLine',
  Body(
    {
      external_id: Type.Optional(ExternalId('The caller’s own id of the line.', '10')),
      description: Text('What was delivered.', { maxLength: 1000, example: 'Consulting' }),
      quantity: Type.Optional(Decimal('How much, kept as given.', '2')),
      unit_price: Type.Optional(
        Decimal('Price of one in the currency’s major unit, kept as given.', '625.25'),
      ),
      net_amount: SignedAmount('The line without tax.'),
      tax_amount: Type.Optional(SignedAmount('The line’s tax.')),
    },
    { description: 'A line of a document, kept as given; the service computes no taxes.' },
  ),
)

/** The lines of a document. */
export const lines = (of: string) =>
  List(ref(InvoiceLine), {
    description: `The lines of the ${of}. When given, net amounts and tax must add up to the total.`,
    maxItems: LINES_MAX,
  })

const Instalment = named(
  'Instalment',
  Body(
    {
      due_date: Day('The last day on which it is not overdue.'),
      amount: Amount('What falls due then.', { minimum: 1 }),
    },
    { description: 'A part of the total with a due date of its own.' },
  ),
)

export const instalments = List(ref(Instalment), {
  description: 'Parts of the total, each with a due date; they add up to it.',
  maxItems: INSTALMENTS_MAX,
  minItems: 1,
})
const deduction = {
  invoice_id: Id('invoice', 'The deposit invoice.'),
  amount: Amount('What is deducted of it, tax included.', { minimum: 1 }),
}

export const DepositDeduction = named(
  'DepositDeduction',
  Body(deduction, {
    description: 'A part of a deposit that was invoiced and paid before, deducted here.',
  }),
)

export const TaxedDepositDeduction = named(
  'TaxedDepositDeduction',
  Type.Object(
    {
      ...deduction,
      tax_amount: Amount('The tax in it, in proportion to the deposit’s; 0 until it is issued.', {
        example: 0,
      }),
    },
    { description: 'A part of a deposit that is deducted here, and the tax in it.' },
  ),
)

export const DEDUCTIONS_MAX = 50

export const depositDeductions = List(ref(DepositDeduction), {
  description:
    'Deposits deducted on this final invoice: at most what was paid of each and not deducted yet. They settle its items when it is issued, the earliest due date first.',
  maxItems: DEDUCTIONS_MAX,
})

const Percent = Type.String({
  description: 'The share that may be kept, in percent.',
  pattern: '^\\d{1,2}(\\.\\d{1,4})?$',
  maxLength: 7,
  examples: ['2.5'],
})

const EarlyPaymentDiscountTerm = named(
  'EarlyPaymentDiscountTerm',
  Body(
    {
      until_date: Type.Optional(Day('The last day of it. Alternative to `days`.', '2026-03-11')),
      days: Type.Optional(
        Count('Days from the issue date to the last day of it.', { maximum: 365, example: 10 }),
      ),
      percent: Percent,
    },
    { description: 'One tier of an early-payment discount, as it is agreed.' },
  ),
)

export const EarlyPaymentDiscount = named(
  'EarlyPaymentDiscount',
  Type.Object(
    { until_date: Day('The last day of it.', '2026-03-11'), percent: Percent },
    { description: 'Who pays by this day may keep this share.' },
  ),
)

export const discountTerms = List(ref(EarlyPaymentDiscountTerm), {
  description: 'Early-payment discounts; the best that has not ended when the money comes counts.',
  maxItems: DISCOUNT_TIERS_MAX,
})
