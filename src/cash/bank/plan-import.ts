import { sum } from '../../foundation/money.ts'
import type { Entry, Statement } from './bank-line.ts'
import {
  type Appearance,
  knowledge,
  knownOf,
  type Movement,
  newMovement,
  type Part,
  type Shown,
  shownBy,
} from './movement.ts'
import { recognise } from './recognise.ts'

/** A statement with the account it belongs to. */
export interface Placed {
  id: string
  accountId: string
  currency: string
  statement: Statement
}

/** A movement to be stored, or what is now known better about a stored one. */
export interface Change {
  movement: Movement
  entry: Entry
  statementId: string
  position: number
  parts: Part[]
}

/** What a statement comes to. */
export interface PlannedStatement extends Placed {
  newLineCount: number
  duplicateCount: number
  notBookedCount: number
  balanced: boolean | null
}

/** Everything an import writes. */
export interface Plan {
  statements: PlannedStatement[]
  created: Map<Movement, Change>
  /** Known movements about which a statement tells more. */
  completed: Change[]
  sightings: { movement: Movement; statementId: string; content: string }[]
}

/**
 * Decides what of some statements is new. They are taken in their order, so that a file that shows a movement twice
 * brings it in once.
 */
export function planImport(statements: readonly Placed[], known: readonly Movement[]): Plan {
  const plan: Plan = { statements: [], created: new Map(), completed: [], sightings: [] }
  const books = new Books(known)
  for (const placed of statements) plan.statements.push(planStatement(plan, books, placed))
  return plan
}

function planStatement(plan: Plan, books: Books, placed: Placed): PlannedStatement {
  const { statement, accountId, id } = placed
  const appearance = appearanceOf(statement)
  const booked = statement.entries.filter(({ isBooked }) => isBooked)
  const shown = booked.map(shownBy)
  const found = recognise(shown, appearance, (key) => books.alike(accountId, key))
  let newLineCount = 0
  for (const [position, one] of shown.entries()) {
    const movement = found[position] ?? books.add(one, accountId)
    const change = { movement, entry: one.entry, statementId: id, position, parts: one.parts }
    if (found[position] === undefined) {
      plan.created.set(movement, change)
      newLineCount += lineCountOf(one)
    } else newLineCount += complete(plan, change, one)
    movement.sightings.push({ content: one.content, appearance })
    plan.sightings.push({ movement, statementId: id, content: one.content })
  }
  return {
    ...placed,
    newLineCount,
    duplicateCount: shown.reduce((count, one) => count + lineCountOf(one), 0) - newLineCount,
    notBookedCount: statement.entries.length - booked.length,
    balanced: isBalanced(placed),
  }
}

/** Lines of money: the parts of a batch, or the movement itself. */
const lineCountOf = ({ parts }: Shown): number => Math.max(1, parts.length)

/**
 * Fills in what was not known about a movement, as long as nobody has worked with it. An advice may bring the parts of
 * what a statement has booked as one. Answers how many lines that makes.
 */
function complete(plan: Plan, change: Change, shown: Shown): number {
  const { movement, parts } = change
  if (movement.status !== 'unmatched') return 0
  const told = knownOf(shown)
  const learned = Object.values(knowledge).filter(
    (name) => movement.known[name] === null && told[name] !== null,
  )
  if (learned.length === 0 && parts.length === 0) return 0
  for (const name of learned) Object.assign(movement.known, { [name]: told[name] })
  if (parts.length > 0) movement.status = 'batch'
  const pending = plan.created.get(movement)
  if (pending !== undefined) pending.parts = parts.length > 0 ? parts : pending.parts
  else plan.completed.push(change)
  return parts.length
}

/** The movements of each account by what all sightings of one agree on, growing as statements are taken in. */
class Books {
  readonly #alike = new Map<string, Movement[]>()
  readonly #ordinals = new Map<string, number>()

  constructor(known: readonly Movement[]) {
    for (const movement of known) this.#enter(movement)
  }

  alike(accountId: string, key: string): readonly Movement[] {
    return this.#alike.get(`${accountId} ${key}`) ?? []
  }

  /** Enters a new movement, under a fingerprint no other one has. */
  add(shown: Shown, accountId: string): Movement {
    const last = this.#ordinals.get(`${accountId} ${shown.content}`) ?? 0
    const movement = newMovement(shown, accountId, last + 1)
    this.#enter(movement)
    return movement
  }

  #enter(movement: Movement): void {
    const { accountId, key, fingerprint } = movement
    const [content, ordinal] = fingerprint.split(':') as [string, string]
    const last = this.#ordinals.get(`${accountId} ${content}`) ?? 0
    this.#ordinals.set(`${accountId} ${content}`, Math.max(last, Number(ordinal)))
    const group = this.#alike.get(`${accountId} ${key}`)
    if (group === undefined) this.#alike.set(`${accountId} ${key}`, [movement])
    else group.push(movement)
  }
}

const appearanceOf = ({ format, number, opening, closing }: Statement): Appearance => ({
  format,
  number,
  openingAmount: opening?.amount ?? null,
  openingDate: opening?.date ?? null,
  closingDate: closing?.date ?? null,
})

/** Whether the entries lead from the opening to the closing balance; null where a balance is missing. */
function isBalanced({ statement, currency }: Placed): boolean | null {
  const { opening, closing, entries, closingCount } = statement
  if (opening === null || closing === null) return null
  const moved = entries
    .slice(0, closingCount)
    .filter((entry) => entry.isBooked && entry.currency === currency)
    .map(({ amount, direction }) => (direction === 'credit' ? amount : -amount))
  return opening.currency === closing.currency && sum([opening.amount, ...moved]) === closing.amount
}
