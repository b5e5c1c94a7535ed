import { type Static, Type } from '@sinclair/typebox'
import { discountOn } from '../../billing/early-payment-discount.ts'
import { requireInvoice } from '../../billing/queries.ts'
import type { InvoiceRow } from '../../billing/table.ts'
import { debitOfPayment } from '../../cash/debits/queries.ts'
import { reasonCodes, treatmentOf } from '../../cash/debits/reason-codes.ts'
import { returnDebit } from '../../cash/debits/return-debit.ts'
import { requirePayment } from '../../cash/queries.ts'
import { recordPayments } from '../../cash/record-payments.ts'
import { reversePayment } from '../../cash/reverse-payment.ts'
import { newPayment } from '../../cash/schema.ts'
import { addDays } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { Amount, Count, exampleId, Id, OneOf, Reason } from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { instantOn } from './instant-on.ts'
import { change, simulator } from './simulator.ts'

const ways = ['in_full', 'in_part', 'too_much', 'with_discount', 'wrong_reference'] as const

const payment = {
  invoice_id: Id('invoice', 'The invoice that is paid.'),
  way: Type.Optional(
    OneOf(ways, {
      description:
        'How: all that is open; part of it; more than that; less the early-payment discount of the day; or in full under a reference that nobody knows.',
      default: 'in_full',
    }),
  ),
  amount: Type.Optional(
    Amount('What comes in, for `in_part` and `too_much`; half, or a tenth more, unless given.', {
      minimum: 1,
      example: 50_000,
    }),
  ),
}
type Payment = Pick<Static<ReturnType<typeof Type.Object<typeof payment>>>, keyof typeof payment>

const UNKNOWN_REFERENCE = 'ORDER 0000-0000'

/** What comes in for an invoice; refused where nothing is open, or the amount does not fit the way. */
function amountOf(
  invoice: InvoiceRow,
  { way = 'in_full', amount }: Payment,
  today: string,
): number {
  const { open_amount: open, early_payment_discounts: tiers } = invoice
  if (open === 0) throw new Problem('insufficient_open_amount', { open_amount: 0 })
  if (way === 'with_discount') return open - discountOn(tiers, open, today, 0)
  if (way !== 'in_part' && way !== 'too_much') return open
  const paid =
    amount ?? (way === 'in_part' ? Math.floor(open / 2) : sum([open, Math.ceil(open / 10)]))
  if (way === 'in_part' ? paid >= 1 && paid < open : paid > open) return paid
  throw invalidFields({
    pointer: '#/amount',
    code: way === 'in_part' ? 'not_a_part' : 'not_too_much',
    detail: way === 'in_part' ? 'must be less than what is open' : 'must be more than what is open',
    params: { open_amount: open },
  })
}

async function pay(tx: Tx, parameters: Payment) {
  const invoice = await requireInvoice(tx, uuidOf(parameters.invoice_id))
  const [paid] = await recordPayments(tx, [
    newPayment({
      customer_id: publicId('customer', invoice.customer_id),
      currency: invoice.currency,
      amount: amountOf(invoice, parameters, tx.today),
      received_date: tx.today,
      method: 'bank_transfer',
      reference:
        parameters.way === 'wrong_reference'
          ? UNKNOWN_REFERENCE
          : (invoice.creditor_reference ?? (invoice.number as string)),
    }),
  ])
  if (paid === undefined || paid instanceof Problem) throw paid
  return [change('payment', paid.payment.id), change('invoice', invoice.id)]
}

const payProblems = ['invoice_not_found', 'insufficient_open_amount', 'currency_mismatch'] as const

export const customerPays = simulator({
  name: 'customer_pays',
  description:
    'The customer of an invoice pays it by bank transfer today. What comes in is allocated by the rules of the tenant.',
  parameters: payment,
  example: { invoice_id: exampleId('invoice'), way: 'in_part', amount: 50_000 },
  problems: payProblems,
  run: pay,
})

export const customerPaysLate = simulator({
  name: 'customer_pays_late',
  description:
    'The customer of an invoice pays it so many days after its due date, at nine in the morning: when the test clock gets there. At once where that has passed.',
  parameters: {
    ...payment,
    days_late: Count('Days after the due date.', { maximum: 3_650, example: 12 }),
  },
  example: { invoice_id: exampleId('invoice'), days_late: 12 },
  problems: payProblems,
  async when(tx, { invoice_id, days_late }) {
    const { earliest_open_due_date, due_date } = await requireInvoice(tx, uuidOf(invoice_id))
    return instantOn(tx, addDays(earliest_open_due_date ?? due_date, days_late))
  },
  run: pay,
})

export const paymentReversed = simulator({
  name: 'payment_reversed',
  description:
    'A payment turns out to have been none, such as a bounced cheque: it is reversed today, and what it had settled is open again.',
  parameters: {
    payment_id: Id('payment', 'The payment that is reversed.'),
    reason: Type.Optional(Reason('Why.', 'The cheque was not covered.')),
  },
  example: { payment_id: exampleId('payment') },
  problems: ['payment_not_found', 'payment_already_reversed', 'invalid_state'],
  async run(tx, { payment_id, reason }) {
    const { payment } = await reversePayment(tx, {
      id: uuidOf(payment_id),
      reversalDate: null,
      reason: reason ?? 'The cheque was not covered.',
      ifMatch: undefined,
    })
    return [change('payment', payment.id)]
  },
})

export const paymentReturns = simulator({
  name: 'payment_returns',
  description:
    'The bank sends a payment back today with an ISO 20022 reason code. That of a direct debit takes the debit back with it: the code decides about the mandate, a fee and another attempt.',
  parameters: {
    payment_id: Id('payment', 'The payment that comes back.'),
    reason_code: OneOf(Object.keys(reasonCodes) as [string, ...string[]], {
      description: 'Why, by ISO 20022 external code.',
      examples: ['AM04'],
    }),
  },
  example: { payment_id: exampleId('payment'), reason_code: 'AM04' },
  problems: ['payment_not_found', 'payment_already_reversed', 'invalid_state'],
  async run(tx, { payment_id, reason_code: reasonCode }) {
    const payment = await requirePayment(tx, uuidOf(payment_id))
    const debit = await debitOfPayment(tx, payment.id)
    const back = { reasonCode, ifMatch: undefined }
    if (debit !== undefined) {
      await returnDebit(tx, { ...back, id: debit.id, date: null })
      return [change('direct_debit', debit.id), change('payment', payment.id)]
    }
    const { meaning: reason } = treatmentOf(reasonCode)
    await reversePayment(tx, { ...back, id: payment.id, reversalDate: null, reason })
    return [change('payment', payment.id)]
  },
})
