import type { Appearance, Movement, Shown, Sighting } from './movement.ts'
import { FileFault } from './read/fault.ts'

/** Pairs of movements alike that are compared before it is clear that nothing tells them apart. */
const COMPARISONS_MAX = 1_000_000

/**
 * Finds the movements of one statement among those we know, asked for by what all sightings of one agree on. Answers
 * for each, in order, the movement it is, or undefined for one that is new. Within a statement nothing is the same
 * twice: two equal payments are two payments.
 */
export function recognise(
  shown: readonly Shown[],
  appearance: Appearance,
  knownBy: (key: string) => readonly Movement[],
): (Movement | undefined)[] {
  const found = new Map<Shown, Movement>()
  for (const [key, alike] of groupBy(shown, (one) => [one.key])) {
    const free = new Set(knownBy(key))
    const take = (one: Shown, movement: Movement) => {
      found.set(one, movement)
      free.delete(movement)
    }
    const described = exactCandidates(free, appearance)
    for (const one of alike) {
      const queue = described.get(`${one.content} ${one.entry.bankReference !== null}`)
      const same = queue?.find((movement) => free.has(movement))
      if (same !== undefined) take(one, same)
      while (queue?.[0] !== undefined && !free.has(queue[0])) queue.shift()
    }
    const rest = alike.filter((one) => !found.has(one))
    for (const { one, movement } of likelyMatches(rest, appearance, free))
      if (!found.has(one) && free.has(movement)) take(one, movement)
  }
  return shown.map((one) => found.get(one))
}

/**
 * The movements by how statements described them, those that this very statement has shown before first. A bank's
 * reference identifies a movement in whatever statement it stands; without one it may not stand in two that share
 * nothing.
 */
function exactCandidates(
  free: ReadonlySet<Movement>,
  appearance: Appearance,
): Map<string, Movement[]> {
  const isOurs = ({ sightings }: Movement) => sightings.some(isBy(appearance))
  const contents = ({ sightings }: Movement, withReference: boolean) => [
    ...new Set(sightings.map(({ content }) => `${content} ${withReference}`)),
  ]
  const inOrder = [...free].sort((a, b) => Number(isOurs(b)) - Number(isOurs(a)))
  return groupBy(inOrder, (movement) => [
    ...contents(movement, true),
    ...(isElsewhere(appearance, movement.sightings) ? [] : contents(movement, false)),
  ])
}

const isBy =
  ({ format, number }: Appearance) =>
  (sighting: Sighting) =>
    sighting.appearance.format === format && sighting.appearance.number === number

/**
 * Movements that another statement described in other words, the likeliest first: a report in the morning knows less
 * than the statement of the night, and an advice knows the details of what the statement books as one.
 */
function likelyMatches(
  shown: readonly Shown[],
  appearance: Appearance,
  free: ReadonlySet<Movement>,
): { one: Shown; movement: Movement }[] {
  if (shown.length * free.size > COMPARISONS_MAX)
    throw new FileFault(
      'limit_exceeded',
      'too many movements of one day and amount that nothing tells apart',
    )
  return shown
    .flatMap((one) =>
      [...free].map((movement) => ({ one, movement, score: likeness(one, appearance, movement) })),
    )
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score as number) - (a.score as number))
}

/** What tells movements apart, each worth a point where both say the same. */
const marks = ['counterpartyIban', 'endToEndId', 'structuredReference', 'mandateId'] as const
/** What banks word differently in different formats. */
const wordings = ['counterpartyName', 'remittance', 'valueDate'] as const

const SAME_REFERENCE = 100

/** How much speaks for the two being one movement; null when anything speaks against it. */
function likeness(one: Shown, appearance: Appearance, movement: Movement): number | null {
  const { entry } = one
  const { known, sightings, status } = movement
  if (entry.bankReference !== null && known.bankReference !== null)
    return entry.bankReference === known.bankReference ? SAME_REFERENCE : null
  if (isElsewhere(appearance, sightings)) return null
  if (one.parts.length > 0 && status !== 'batch' && isOnePayment(movement)) return null
  const isOtherFamily = sightings.every(
    (sighting) => familyOf(sighting.appearance) !== familyOf(appearance),
  )
  let score = 0
  for (const mark of [...marks, ...(isOtherFamily ? [] : wordings)]) {
    const [here, there] = [entry[mark], known[mark]]
    if (here === null || there === null) continue
    if (here !== there) return null
    score += mark === 'valueDate' ? 0 : 1
  }
  // Statements of one kind tell alike: without anything in common they tell of two movements.
  const isSameKind = sightings.some((sighting) => sighting.appearance.format === appearance.format)
  return score === 0 && isSameKind ? null : score
}

/** Whether somebody in particular is known to have paid: then it is no batch. */
const isOnePayment = ({ known }: Movement): boolean =>
  known.counterpartyIban !== null || known.counterpartyName !== null || known.endToEndId !== null

const familyOf = ({ format }: Appearance): string => format.slice(0, 2)

/** Whether one of the statements that showed a movement is known to share none with this one. */
const isElsewhere = (appearance: Appearance, sightings: readonly Sighting[]): boolean =>
  sightings.some((sighting) => areApart(appearance, sighting.appearance))

/**
 * Whether two statements cannot show the same movement: both are numbered, with different numbers, one ends where or
 * before the other begins, and they begin with different balances (the same balance is the same statement once more,
 * under a new number).
 */
function areApart(one: Appearance, other: Appearance): boolean {
  if (![one, other].every(isNumberedStatement) || one.number === other.number) return false
  if (one.openingAmount === null || other.openingAmount === null) return false
  if (one.openingAmount === other.openingAmount) return false
  return endsBefore(one, other) || endsBefore(other, one)
}

const isNumberedStatement = ({ format, number }: Appearance): boolean =>
  number !== null && (format === 'camt.053' || format === 'mt940')

const endsBefore = (one: Appearance, other: Appearance): boolean =>
  one.closingDate !== null && other.openingDate !== null && one.closingDate <= other.openingDate

function groupBy<T>(all: Iterable<T>, keysOf: (one: T) => string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    for (const key of keysOf(one)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [one])
      else group.push(one)
    }
  }
  return groups
}
