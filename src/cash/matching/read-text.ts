import { numberKey } from '../../billing/reference-key.ts'

/** What a payer wrote, ready to be searched for invoice numbers, however banks have cut and spaced it. */
export interface Reading {
  /** The last run of letters or digits, where a bank would have cut the text off. */
  lastRun: string
  /** Neighbouring runs joined, as written. */
  joined: ReadonlySet<string>
  /** The same without leading zeros, the runs kept apart by dots. */
  unpadded: ReadonlySet<string>
  /** Joined runs of digits alone. */
  digits: ReadonlySet<string>
}

/** How well a text names an invoice, the best first. */
export type Mention = 'number' | 'digits' | 'tail' | 'cut' | 'typo'

const RUNS = /\p{L}+|\d+/gu
const RUNS_TOGETHER_MAX = 6
const NUMBER_LENGTH_MAX = 40
const TAIL_LENGTH_MIN = 3
const DIGITS_LENGTH_MIN = 4
const CUT_CHARACTERS_MAX = 3

const runsOf = (text: string): string[] => text.toUpperCase().match(RUNS) ?? []

const isDigits = (run: string): boolean => /^\d/.test(run)

const unpad = (run: string): string => run.replace(/^0+(?=\d)/, '')

/** Cuts a text into runs of letters and of digits, and joins neighbours again in every way a number could need. */
export function readText(text: string): Reading {
  const runs = runsOf(text)
  const joined = new Set<string>()
  const unpadded = new Set<string>()
  const digits = new Set<string>()
  for (let from = 0; from < runs.length; from += 1) {
    let together = ''
    for (let to = from; to < Math.min(runs.length, from + RUNS_TOGETHER_MAX); to += 1) {
      together += runs[to]
      if (together.length > NUMBER_LENGTH_MAX) break
      const window = runs.slice(from, to + 1)
      joined.add(together)
      unpadded.add(window.map(unpad).join('.'))
      if (window.every(isDigits)) digits.add(together)
    }
  }
  return { lastRun: runs.at(-1) ?? '', joined, unpadded, digits }
}

/** The keys under which the invoices that a text may name are found. */
export const keysIn = ({ digits }: Reading): string[] =>
  [...digits].filter(({ length }) => length >= DIGITS_LENGTH_MIN).map(numberKey)

/** How a text names an invoice number, or undefined when it does not. */
export function mentionOf(number: string, reading: Reading): Mention | undefined {
  const runs = runsOf(number)
  const whole = runs.join('')
  if (whole === '') return undefined
  if (reading.joined.has(whole) || reading.unpadded.has(runs.map(unpad).join('.'))) return 'number'

  const parts = runs.filter(isDigits)
  const digits = parts.join('')
  if (digits.length >= DIGITS_LENGTH_MIN) {
    if (reading.digits.has(digits) || reading.unpadded.has(parts.map(unpad).join('.')))
      return 'digits'
  }
  const tail = unpad(parts.at(-1) ?? '')
  if (tail.length >= TAIL_LENGTH_MIN && reading.unpadded.has(tail)) return 'tail'
  if (isCut(whole, reading)) return 'cut'
  if (digits.length > DIGITS_LENGTH_MIN && hasTypo(digits, reading)) return 'typo'
  return undefined
}

/** True when the text ends with the beginning of the number. */
function isCut(whole: string, { joined, lastRun }: Reading): boolean {
  for (let length = whole.length - 1; length >= whole.length - CUT_CHARACTERS_MAX; length -= 1) {
    const beginning = whole.slice(0, length)
    if (length >= DIGITS_LENGTH_MIN && beginning.endsWith(lastRun) && joined.has(beginning))
      return true
  }
  return false
}

const hasTypo = (digits: string, reading: Reading): boolean =>
  [...reading.digits].some((written) => isOneSlipAway(written, digits))

/** True when two texts differ by one character: another, one too many, one missing, or two neighbours swapped. */
export function isOneSlipAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const [restA, restB] = [a.slice(at), b.slice(at)]
  if (a.length < b.length) return restA === restB.slice(1)
  if (a.length > b.length) return restA.slice(1) === restB
  const swapped = restA[0] === restB[1] && restA[1] === restB[0]
  return restA.slice(1) === restB.slice(1) || (swapped && restA.slice(2) === restB.slice(2))
}
