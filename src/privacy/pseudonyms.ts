import { createHmac, randomBytes } from 'node:crypto'
import type { WordColumn } from './where-persons-are.ts'

/** Gives words other words. JSON stays JSON: only the strings in it change, never a number or the name of a member. */
export interface Pseudonyms {
  /** A column's text as it may stay: the very same where it says nothing about a person. */
  ofColumn(column: WordColumn, text: string): string
  /** The same for a column that belongs to nobody: as it is, unless an identifying word that was met stands in it. */
  wherever(column: WordColumn, text: string): string
  /** The identifying words that were met so far. */
  met(): string[]
}

/** What says by its name that it is about a person: always replaced. */
const PERSONAL = new Set(
  `name email phone tax_id iban bic note text description title remittance reference structured_reference bank_text
  bank_reference contact_name payer_name payer_iban debtor_name counterparty_name counterparty_iban counterparty_bic
  recipient line1 line2 postal_code city region`.split(/\s+/),
)
/** Of those, what finds the person where no link leads: in files, answers and the texts of others. */
const IDENTIFYING = /name|email|phone|iban|tax_id|line1|recipient/
/** All that stands below these is the person's. */
const PERSONAL_PARTS = new Set(['address', 'contacts', 'metadata', 'raw', 'presented'])
/** What names a document, a rule or somebody of ours, and what the service recognises things by: books have to keep it. */
const KEPT = new Set(
  `id object number external_id creditor_reference order_reference level_name actor requested_by decided_by done_by
  confirmed_by request_id end_to_end_id insurance_policy_number provider url country language role redactions_hash
  rule score_class reason_code block_reason_code return_reason_code reversal_reason_code transaction_code
  snapshot fingerprint origin_key once_key`.split(/\s+/),
)
/** Words of ours, ids, codes, days, instants and decimals: they say nothing about a person where the name does not. */
const HARMLESS =
  /^([a-z][a-z0-9]*(_[a-z0-9]+)*|[a-z]{3}_[0-9a-z]{26}|[0-9a-f-]{36}|[A-Z]{2,3}|\d{4}-\d\d-\d\d([T ][\d:.+Z-]+)?|-?\d{1,12}(\.\d+)?|)$/
/** What a pseudonym looks like: where a form is promised it has that form, and yet is nobody's (RFC 2606, ISO 3166 ZZ). */
const forms = {
  word: (digest: string) => `pseudonym-${digest.slice(0, 8)}`,
  email: (digest: string) => `pseudonym-${digest.slice(0, 8)}@pseudonym.invalid`,
  iban: (digest: string) => `ZZ00PSEUDONYM${digest.slice(0, 8).toUpperCase()}`,
  bic: (digest: string) => `PSEUZZXX${digest.slice(0, 3).toUpperCase()}`,
}
const PSEUDONYM =
  /^(pseudonym-[0-9a-f]{8}(@pseudonym\.invalid)?|ZZ00PSEUDONYM[0-9A-F]{8}|PSEUZZXX[0-9A-F]{3})$/
const EMAIL = /^[^\s@]+@[^\s@]+$/
const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/
const IDENTIFYING_LENGTH_MIN = 5

type Json = null | boolean | number | string | Json[] | { [member: string]: Json }

/**
 * Pseudonyms of one person. The same word becomes the same pseudonym, so that what belonged together still does; the key
 * they are made with is forgotten, so that nobody gets back.
 */
export function createPseudonyms(): Pseudonyms {
  const key = randomBytes(32)
  const met = new Map<string, string>()

  const pseudonymOf = (name: string, word: string): string =>
    formOf(name, word)(createHmac('sha256', key).update(word).digest('hex'))

  function ofWord(name: string, word: string, within: boolean): string {
    if (KEPT.has(name) || word === '' || PSEUDONYM.test(word)) return word
    const isPersonal = within || PERSONAL.has(name)
    if (!isPersonal && HARMLESS.test(word)) return word
    const pseudonym = pseudonymOf(name, word)
    if (isPersonal && IDENTIFYING.test(name) && word.length >= IDENTIFYING_LENGTH_MIN)
      met.set(word, pseudonym)
    return pseudonym
  }

  /** Without the words that were met, whatever they stand in. */
  function withoutMet(text: string): string {
    if (PSEUDONYM.test(text)) return text
    let said = text
    for (const [word, pseudonym] of met) said = said.replaceAll(word, pseudonym)
    return said
  }

  const ofColumn: Pseudonyms['ofColumn'] = (column, text) => rewritten(column, text, ofWord)

  return {
    ofColumn,
    wherever: (column, text) =>
      [...met.keys()].some((word) => holds(text, word))
        ? rewritten(column, text, (...word) => withoutMet(ofWord(...word)))
        : text,
    met: () => [...met.keys()],
  }
}

/** The form of a word's pseudonym: that of the word, wherever it stands; of a bank only its name tells. */
function formOf(name: string, word: string): (digest: string) => string {
  if (EMAIL.test(word)) return forms.email
  if (IBAN.test(word)) return forms.iban
  return name.endsWith('bic') ? forms.bic : forms.word
}

/** Says a word anew, by the name it has and whether it stands below what is a person's. */
type Rewrite = (name: string, word: string, within: boolean) => string

/** The text of a column with its words rewritten: the text itself, or each string of the JSON that it is. */
function rewritten(column: WordColumn, text: string, rewrite: Rewrite): string {
  const json = parsed(column, text)
  if (json === undefined) return rewrite(column.name, text, false)
  const after = JSON.stringify(rewrittenJson(column.name, json, PERSONAL_PARTS.has(column.name)))
  return after === JSON.stringify(json) ? text : after

  function rewrittenJson(name: string, value: Json, within: boolean): Json {
    if (typeof value === 'string') return rewrite(name, value, within)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((one) => rewrittenJson(name, one, within))
    return Object.fromEntries(
      Object.entries(value).map(([member, of]) => [
        member,
        rewrittenJson(member, of, within || PERSONAL_PARTS.has(member)),
      ]),
    )
  }
}

/** A word as it stands within JSON. */
export const inJson = (word: string): string => JSON.stringify(word).slice(1, -1)

const holds = (text: string, word: string): boolean =>
  text.includes(word) || text.includes(inJson(word))

/** The JSON that a column holds, or the object or list that is kept as text; undefined for any other text. */
function parsed({ type }: WordColumn, text: string): Json | undefined {
  if (type === 'text' && !/^[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
