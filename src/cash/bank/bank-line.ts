import type { CalendarDate, Instant } from '../../foundation/calendar.ts'

/** The words of bank files, and what every reader makes of them, whatever the format. */

/**
 * A *statement* lists everything booked on an account and has balances (camt.053, MT940, CSV); a *report* says during
 * the day what has been booked so far (camt.052, MT942); an *advice* tells of single movements (camt.054).
 */
export const statementKinds = ['statement', 'report', 'advice'] as const
export type StatementKind = (typeof statementKinds)[number]

export const statementFormats = [
  'camt.052',
  'camt.053',
  'camt.054',
  'mt940',
  'mt942',
  'csv',
] as const
export type StatementFormat = (typeof statementFormats)[number]

export const bankFileFormats = ['camt', 'mt940', 'csv', 'zip'] as const
export type BankFileFormat = (typeof bankFileFormats)[number]

/** Whether a statement takes up where another one ended. */
export const continuities = ['first', 'continuous', 'gap', 'unknown'] as const
export type Continuity = (typeof continuities)[number]

/** `batch` for a movement that is known in parts: its parts are matched, not it. */
export const lineStatuses = ['unmatched', 'matched', 'ignored', 'batch'] as const
export type LineStatus = (typeof lineStatuses)[number]

export const directions = ['credit', 'debit'] as const
export type Direction = (typeof directions)[number]

/** What is known about who paid and what for: of a movement, or of one part of it. */
export interface Description {
  counterpartyName: string | null
  counterpartyIban: string | null
  counterpartyBic: string | null
  /** What the payer wrote, unstructured. */
  remittance: string | null
  /** A creditor reference: RF (ISO 11649), QRR or another scheme's. */
  structuredReference: string | null
  endToEndId: string | null
  mandateId: string | null
  instructionId: string | null
  bankReference: string | null
  returnReasonCode: string | null
  returnReasonText: string | null
  chargesAmount: number | null
  transactionCode: string | null
  /** What the bank says about it, as opposed to the payer. */
  bankText: string | null
}

/** A description that says nothing, to be filled in. */
export const nothingKnown: Readonly<Description> = {
  counterpartyName: null,
  counterpartyIban: null,
  counterpartyBic: null,
  remittance: null,
  structuredReference: null,
  endToEndId: null,
  mandateId: null,
  instructionId: null,
  bankReference: null,
  returnReasonCode: null,
  returnReasonText: null,
  chargesAmount: null,
  transactionCode: null,
  bankText: null,
}

/** One part of a movement, as far as the bank tells. */
export interface Detail extends Description {
  /** Null when the bank does not say, or says it in another currency than the movement's. */
  amount: number | null
  direction: Direction
}

/** One movement on an account. */
export interface Entry extends Description {
  bookingDate: CalendarDate
  valueDate: CalendarDate | null
  currency: string
  amount: number
  direction: Direction
  isReversal: boolean
  /** False for what is announced or pending, or about nothing (0.00): it is no money. */
  isBooked: boolean
  details: Detail[]
}

/** An account of ours as a file names it. */
export interface AccountName {
  identification: string
  iban: string | null
  bic: string | null
  name: string | null
}

/** A balance; negative when the account is overdrawn. */
export interface Balance {
  amount: number
  currency: string
  date: CalendarDate | null
}

/** One statement as a reader hands it over. */
export interface Statement {
  format: StatementFormat
  kind: StatementKind
  account: AccountName
  /** Null when nothing in it names one. */
  currency: string | null
  identification: string | null
  number: string | null
  fromDate: CalendarDate | null
  toDate: CalendarDate | null
  /** When the bank made it, where it says so with a time zone. */
  madeAt: Instant | null
  opening: Balance | null
  closing: Balance | null
  /** How many of the entries its closing balance includes. */
  closingCount: number
  entries: Entry[]
}
