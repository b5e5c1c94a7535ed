import { createHash } from 'node:crypto'
import { newId } from '../../foundation/id.ts'
import type { Description, Detail, Entry, LineStatus, StatementFormat } from './bank-line.ts'
import { textOf } from './read/values.ts'

/** The columns of a line that a later statement may fill in, by the names the readers give them. */
export const knowledge = {
  value_date: 'valueDate',
  counterparty_name: 'counterpartyName',
  counterparty_iban: 'counterpartyIban',
  counterparty_bic: 'counterpartyBic',
  remittance: 'remittance',
  structured_reference: 'structuredReference',
  end_to_end_id: 'endToEndId',
  mandate_id: 'mandateId',
  instruction_id: 'instructionId',
  bank_reference: 'bankReference',
  return_reason_code: 'returnReasonCode',
  return_reason_text: 'returnReasonText',
  charges_amount: 'chargesAmount',
  transaction_code: 'transactionCode',
  bank_text: 'bankText',
} as const

type Known = { valueDate: string | null } & Description

/** What a statement is recognised by, as far as it tells which movements it cannot share with another. */
export interface Appearance {
  format: StatementFormat
  number: string | null
  openingAmount: number | null
  openingDate: string | null
  closingDate: string | null
}

/** One statement that showed a movement, and a digest of how it described it. */
export interface Sighting {
  content: string
  appearance: Appearance
}

/** A movement as we know it: stored before, or about to be. */
export interface Movement {
  id: string
  accountId: string
  status: LineStatus
  key: string
  fingerprint: string
  known: Known
  sightings: Sighting[]
}

/** A movement as a statement shows it. */
export interface Shown {
  entry: Entry
  key: string
  content: string
  /** Its parts, where they are known to the cent; none otherwise. */
  parts: Part[]
}

/** A detail whose amount is known. */
export type Part = Detail & { amount: number }

/** What two sightings of one movement always agree on. */
export const keyOf = (line: {
  bookingDate: string
  currency: string
  amount: number
  direction: string
}): string => `${line.bookingDate} ${line.currency} ${line.amount} ${line.direction}`

/** An entry, ready to be compared. */
export function shownBy(entry: Entry): Shown {
  const key = keyOf(entry)
  const described = (one: Entry | Detail) =>
    Object.values(knowledge)
      .filter((name) => name in one)
      .map((name) => (one as Partial<Known>)[name])
  const details = entry.details.map((detail) => [
    detail.amount,
    detail.direction,
    ...described(detail),
  ])
  const content = createHash('sha256')
    .update(JSON.stringify([key, entry.isReversal, described(entry), details]))
    .digest('base64url')
  return { entry, key, content, parts: partsOf(entry) }
}

/**
 * The parts of an entry that has several. A single amount that is missing is what the others leave. Parts that do not
 * add up to the entry are no parts of it: then the entry itself is matched, so that no cent is made or lost.
 */
export function partsOf({ amount, direction, details }: Entry): Part[] {
  if (details.length < 2) return []
  const signed = (detail: Detail, units: number) =>
    detail.direction === direction ? units : -units
  const told = details.reduce((sum, detail) => sum + signed(detail, detail.amount ?? 0), 0)
  const silent = details.filter((detail) => detail.amount === null)
  const [first] = silent
  const rest = first === undefined ? 0 : signed(first, amount - told)
  if (silent.length > 1 || (first !== undefined && rest <= 0)) return []
  if (first === undefined && told !== amount) return []
  return details.map((detail) => ({ ...detail, amount: detail.amount ?? rest }))
}

/** What the entry says, with what its details say for people, where they cannot be parts. */
export function knownOf({ entry, parts }: Shown): Known {
  const texts = entry.details.flatMap(({ remittance, structuredReference }) => [
    ...(structuredReference === null ? [] : [structuredReference]),
    ...(remittance === null ? [] : [remittance]),
  ])
  const isTold = parts.length > 0 || entry.details.length < 2 || texts.length === 0
  return isTold ? entry : { ...entry, remittance: entry.remittance ?? textOf(texts.join(' ')) }
}

/** A movement nobody has seen before. `ordinal` tells it from others that look exactly like it. */
export const newMovement = (shown: Shown, accountId: string, ordinal: number): Movement => ({
  id: newId(),
  accountId,
  status: shown.parts.length > 0 ? 'batch' : 'unmatched',
  key: shown.key,
  fingerprint: `${shown.content}:${ordinal}`,
  known: { ...knownOf(shown) },
  sightings: [],
})
