import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { type Kind, prefixes, publicId } from '../foundation/id.ts'

/**
 * What must always be true, by the name under which it is checked. Each is a view of the database,
 * `invariant_<name>`, that lists the rows of the tenant which break it; they share nothing with the code that writes.
 */
export const invariants = {
  invoice_amounts: 'An invoice is what was claimed, less what settled it.',
  money_amounts: 'A payment or credit note is what it settled, what went back and what is left.',
  entries: 'An entry has a positive amount and two sides; an undo mirrors what it undoes.',
  balances:
    'A customer’s balance is what the ledger says, and the sum of what is open and unallocated.',
  statuses: 'A status follows from what happened.',
  nothing_lost: 'What may only be added to has lost nothing, and its seals are whole.',
  events: 'Each change has its one event, numbered without gaps.',
  dunning: 'A claim is lifted to a level once in a cycle, upwards, and never when it is settled.',
  idempotency: 'A key has one answer, to what was done under it.',
  tenants: 'Nothing points at what is not there or belongs to another tenant.',
  bank_lines:
    'A movement of a bank account exists once, and what became of it adds up to it; statements lead from balance to balance.',
  currencies: 'Money settles, deducts and goes back in its own currency, for its own customer.',
  credit: 'Nothing is reserved above a limit without a person’s word, with role and reason.',
  numbers: 'A number is given once.',
  job_slots: 'Each slot of a job ends once, and none is missing.',
  deliveries: 'A delivery is queued or has ended, with every attempt counted.',
} as const

export type Invariant = keyof typeof invariants

/** An invariant as it was found. */
export interface InvariantCheck {
  invariant: Invariant
  violationCount: number
  /** Some of the rows that break it; the id is a public one where such a thing has one. */
  examples: { kind: string; id: string }[]
}

const EXAMPLES = 10

/** Looks whether every invariant holds for the tenant, in one snapshot. Reads whole tables: on request only. */
export async function checkInvariants({ db }: Reader): Promise<InvariantCheck[]> {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(db)
  const found: InvariantCheck[] = []
  for (const invariant of Object.keys(invariants) as Invariant[]) {
    const { rows } = await sql<{ kind: string; id: string; total: number }>`
      select kind, id, count(*) over () as total from ${sql.table(`invariant_${invariant}`)} order by id limit ${EXAMPLES}
    `.execute(db)
    const examples = rows.map(({ kind, id }) => ({ kind, id: shown(kind, id) }))
    found.push({ invariant, violationCount: rows[0]?.total ?? 0, examples })
  }
  return found
}

const shown = (kind: string, id: string): string =>
  kind in prefixes ? publicId(kind as Kind, id) : id
