import { distance } from 'fastest-levenshtein'

const LEGAL_FORMS = new Set(
  'gmbh mbh ggmbh ag kg kgaa co ohg gbr ug haftungsbeschrankt ev eg ek se inc ltd limited llc llp plc corp corporation company sa sarl sas sasu snc srl spa bv nv vof ab oy oyj as asa aps sl slu lda kft zrt sro doo sp zoo und and et the herr frau mr mrs dr'.split(
    ' ',
  ),
)

const CUT_LENGTH_MIN = 8
const TOKEN_LENGTH_FOR_SLIP = 5

/** The words of a name that tell it from others: lower case, without accents and legal forms; ü is u and ue. */
function significantWords(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/([aou])e/g, '$1')
    .replace(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  const telling = words.filter((word) => !LEGAL_FORMS.has(word))
  return telling.length === 0 ? words : telling
}

/**
 * How alike two names are, from 0 to 1. Order, legal forms, accents and case do not count; a name that a bank has cut
 * off is nearly the same.
 */
export function nameSimilarity(a: string, b: string): number {
  const [wordsA, wordsB] = [significantWords(a), significantWords(b)]
  if (wordsA.length === 0 || wordsB.length === 0) return 0
  const [wholeA, wholeB] = [wordsA.join(' '), wordsB.join(' ')]
  if (wholeA === wholeB) return 1
  const shorter = wholeA.length < wholeB.length ? wholeA : wholeB
  const longer = shorter === wholeA ? wholeB : wholeA
  if (shorter.length >= CUT_LENGTH_MIN && longer.startsWith(shorter)) return 0.95
  const spelling = 1 - distance(wholeA, wholeB) / longer.length
  return Math.max(spelling, sharedWords(wordsA, wordsB))
}

/** The share of words that two names have in common, one slip of the pen in a long word allowed. */
function sharedWords(wordsA: readonly string[], wordsB: readonly string[]): number {
  const left = [...wordsB]
  let shared = 0
  for (const word of wordsA) {
    const index = left.findIndex(
      (other) =>
        other === word || (word.length >= TOKEN_LENGTH_FOR_SLIP && distance(word, other) <= 1),
    )
    if (index === -1) continue
    left.splice(index, 1)
    shared += 1
  }
  return (2 * shared) / (wordsA.length + wordsB.length)
}
