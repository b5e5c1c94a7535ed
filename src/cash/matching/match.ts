import type { CalendarDate } from '../../foundation/calendar.ts'

/** What a bank line says about where its money belongs. */
export interface LineToMatch {
  currency: string
  amount: number
  /** When the bank booked it. */
  date: CalendarDate
  /** What the payer wrote, free and structured, with whatever else the bank lets through. */
  text: string
  structuredReference: string | null
  endToEndId: string | null
  payerName: string | null
  payerIban: string | null
}

/** A customer whose money it may be, with what is needed to judge it. */
export interface Candidate {
  customerId: string
  name: string
  /** How often money came from the line's account for this customer; 0 for never. */
  ibanSeenCount: number
  /** For how many other customers money came from the line's account. */
  ibanOthersCount: number
  /** What is open in the line's currency, the oldest due date first. */
  claims: readonly CandidateClaim[]
  /** Invoices that the line may name and of which nothing is open. */
  settled: readonly SettledInvoice[]
  /** Money of this customer that was announced under the line's end-to-end id: a pending debit, or money in clearing. */
  announced: AnnouncedPayment | null
}

export interface CandidateClaim {
  itemId: string
  invoiceId: string | null
  number: string | null
  creditorReference: string | null
  dueDate: CalendarDate
  /** What is open of it. */
  amount: number
  /** The early-payment discount it allows on the day of the line. */
  discountAmount: number
}

export interface SettledInvoice {
  number: string
  creditorReference: string | null
  totalAmount: number
}

export interface AnnouncedPayment {
  paymentId: string
  amount: number
}

/** Why money is thought to belong somewhere. */
export interface Reason {
  code: ReasonCode
  /**
   * From 1 to 100, how much of the doubt that the other reasons leave this one takes away; below zero, how much of the
   * trust.
   */
  weight: number
  /** The values that decided. */
  inputs: Record<string, string | number>
}

/** What a reason says, for the API's description and for people. */
export const reasonCodes = {
  end_to_end_id: 'The end-to-end id is that of a payment we announced ourselves.',
  structured_reference: 'A structured reference with right check digits names the invoice.',
  invoice_number: 'The invoice number stands in the text.',
  invoice_digits: 'The digits of the invoice number stand in the text.',
  invoice_tail: 'The last digits of the invoice number stand in the text.',
  invoice_cut: 'The text was cut off within the invoice number.',
  invoice_typo: 'The text names the invoice with one slip of the pen.',
  settled_invoice: 'The text names an invoice that is settled already.',
  iban_known: 'The account has paid for this customer before.',
  iban_shared: 'The account has paid for this customer before, and for others.',
  name_same: 'The payer has the name of the customer.',
  name_similar: 'The payer has a name like that of the customer.',
  amount_exact: 'The amount is what is open of the invoices named.',
  amount_adds_up: 'Some of the open items add up to the amount, in one way only.',
  amount_less_fee: 'The amount is what is open, less what a bank may have kept.',
  amount_less_discount: 'The amount is what is open, less the early-payment discount.',
  amount_one_item: 'Exactly one open item has this amount.',
  amount_several_items: 'Several open items have this amount; the oldest is taken.',
  amount_balance: 'The amount is everything that is open.',
  amount_again: 'The amount is the total of the invoice that is settled already.',
  amount_unclear: 'The amount does not say which of the invoices named it is for.',
  returned_end_to_end_id: 'The return has the end-to-end id of the payment.',
  returned_bank_reference: 'The return has the bank’s reference of the payment.',
  returned_mandate: 'The return is under the mandate of the payment.',
  returned_iban: 'The return goes to the account that the payment came from.',
  iban_of_other: 'The account has paid for another customer only.',
  rival: 'The money may as well belong elsewhere.',
} as const

export type ReasonCode = keyof typeof reasonCodes

/**
 * What a line may be: money to record as a `payment`, the `confirmation` of a payment that was announced, or the
 * `return` of one.
 */
export const proposalKinds = ['payment', 'confirmation', 'return'] as const

/** An open item, what it would get of the money, and the early-payment discount that would be cleared with it. */
export interface ProposedShare {
  itemId: string
  invoiceId: string | null
  number: string | null
  amount: number
  discountAmount: number
}

/** One place where the money of a line may belong. */
export interface Proposal {
  kind: (typeof proposalKinds)[number]
  customerId: string
  /** From 0 to 100. */
  score: number
  /** What it would settle; what is left over stays unallocated. */
  shares: ProposedShare[]
  /** The payment that is confirmed or returned; null for one to record. */
  paymentId: string | null
  reasons: Reason[]
}

/**
 * How sure all reasons together make: each one takes its part of the doubt that is left, and what speaks against takes
 * its part of the trust.
 */
export function scoreOf(reasons: readonly Reason[]): number {
  let doubt = 1
  let trust = 1
  for (const { weight } of reasons) {
    if (weight > 0) doubt *= 1 - weight / 100
    else trust *= 1 + weight / 100
  }
  return Math.round(100 * (1 - doubt) * trust)
}
