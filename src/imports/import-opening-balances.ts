import { sql } from 'kysely'
import { createInvoices } from '../billing/create-invoices.ts'
import { saysTheSame as isSameInvoice } from '../billing/upsert-invoice.ts'
import { recordPayments } from '../cash/record-payments.ts'
import { saysTheSame as isSamePayment } from '../cash/upsert-payment.ts'
import { takeOverLevels } from '../dunning/take-over-levels.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { publicId } from '../foundation/id.ts'
import { type FieldError, invalidFields, Problem } from '../foundation/problem.ts'
import type { Applied, Importer } from './apply.ts'
import {
  isItem,
  openingInvoice,
  openingPayment,
  type OpeningRow as Row,
} from './opening-documents.ts'

/**
 * Takes over what was open in the system before, against the opening balance, as of the day of the move: open items
 * with the level they have reached, and what customers still hold. Nothing is allocated, so that the list is taken over
 * as it is. What is there already stays as it is, or is refused where it says something else.
 */
export const importOpeningBalances: Importer = async (tx, { cut_over_date }, bodies) => {
  const date = cut_over_date as CalendarDate
  const rows = bodies as Row[]
  const refused = new Map(rows.flatMap((row) => withProblem(row, errorsOf(row, date))))
  const sound = rows.filter((row) => !refused.has(row))
  const items = await takeOverItems(tx, sound.filter(isItem), date)
  const credits = await takeOverCredits(
    tx,
    sound.filter((row) => !isItem(row)),
    date,
  )
  return rows.map((row) => (refused.get(row) ?? items.get(row) ?? credits.get(row)) as Applied)
}

const withProblem = (row: Row, errors: Omit<FieldError, 'in'>[]): [Row, Problem][] =>
  errors.length === 0 ? [] : [[row, invalidFields(...errors)]]

/** What a row has to say beyond its schema. */
function errorsOf(row: Row, cutOver: CalendarDate): Omit<FieldError, 'in'>[] {
  const needed = isItem(row) ? (['issue_date', 'due_date'] as const) : []
  const forItems = isItem(row) ? [] : (['due_date', 'dunning_level', 'dunning_date'] as const)
  const level = row.dunning_level ?? 0
  return [
    ...needed
      .filter((field) => row[field] === undefined)
      .map((field) => error(field, 'required', 'is needed for an item')),
    ...forItems
      .filter((field) => row[field] !== undefined)
      .map((field) => error(field, 'not_with_type', 'is for items')),
    ...(['issue_date', 'dunning_date'] as const)
      .filter((field) => (row[field] ?? cutOver) > cutOver)
      .map((field) => error(field, 'after_cut_over', 'must not be after the cut-over date')),
    ...((row.original_amount ?? row.open_amount) < row.open_amount
      ? [error('original_amount', 'minimum', 'must not be less than open_amount')]
      : []),
    ...(level > 0 && (row.due_date ?? '') >= (row.dunning_date ?? cutOver)
      ? [error('dunning_level', 'not_overdue', 'cannot be reached before the item is overdue')]
      : []),
    ...(level === 0 && row.dunning_date !== undefined
      ? [error('dunning_date', 'not_without_level', 'needs a level')]
      : []),
  ]
}

const error = (field: keyof Row, code: string, detail: string) => ({
  pointer: `#/${field}`,
  code,
  detail,
})

async function takeOverItems(
  tx: Tx,
  rows: readonly Row[],
  date: CalendarDate,
): Promise<Map<Row, Applied>> {
  const known = await tx.db
    .selectFrom('invoice')
    .selectAll()
    .select([takenOver('level').as('taken_over_level'), takenOver('date').as('level_date')])
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', among(rows))
    .execute()
  return takeOver(rows, known, {
    kind: 'invoice',
    create: (fresh) => createItems(tx, fresh, date),
    isSame: (before, row) =>
      before.status !== 'void' &&
      before.taken_over_date === date &&
      before.original_amount === (row.original_amount ?? null) &&
      (before.taken_over_level ?? 0) === (row.dunning_level ?? 0) &&
      (!row.dunning_level || before.level_date === (row.dunning_date ?? date)) &&
      isSameInvoice(before, openingInvoice(row, date)),
  })
}

/** What the item of an invoice had reached with the system before. */
const takenOver = (what: 'level' | 'date') =>
  sql<number | string | null>`(
    select ${sql.ref(`state.taken_over_${what}`)}
    from open_item as item
    join dunning_state as state on state.tenant_id = item.tenant_id and state.item_id = item.id
    where item.tenant_id = invoice.tenant_id and item.invoice_id = invoice.id
  )`

/** Claims what is open, and has it stand where dunning had left it. */
async function createItems(
  tx: Tx,
  rows: readonly Row[],
  date: CalendarDate,
): Promise<(string | Problem)[]> {
  const created = await createInvoices(
    tx,
    rows.map((row) => openingInvoice(row, date)),
  )
  const itemIds = created.map((one) => (one instanceof Problem ? undefined : one.items[0]?.id))
  const levels = rows.flatMap(({ dunning_level: level, dunning_date }, index) => {
    const itemId = itemIds[index]
    return itemId && level ? { itemId, level, date: dunning_date ?? date } : []
  })
  const refused = await takeOverLevels(tx, levels)
  return created.map((one, index) =>
    one instanceof Problem ? one : (refused.get(itemIds[index] as string) ?? one.invoice.id),
  )
}

async function takeOverCredits(
  tx: Tx,
  rows: readonly Row[],
  date: CalendarDate,
): Promise<Map<Row, Applied>> {
  const known = await tx.db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', among(rows))
    .execute()
  return takeOver(rows, known, {
    kind: 'payment',
    create: async (fresh) => {
      const recorded = await recordPayments(
        tx,
        fresh.map((row) => openingPayment(row, date)),
      )
      return recorded.map((one) => (one instanceof Problem ? one : one.payment.id))
    },
    isSame: (before, row) =>
      before.status === 'received' && isSamePayment(before, openingPayment(row, date)),
  })
}

const among = (rows: readonly Row[]) =>
  sql<string>`any(${rows.map(({ external_id }) => external_id)})`

/** Creates what is not there yet, together; what is there already is unchanged, or says something else. */
async function takeOver<Known extends { id: string; external_id: string | null }>(
  rows: readonly Row[],
  known: readonly Known[],
  ways: {
    kind: 'invoice' | 'payment'
    create: (fresh: readonly Row[]) => Promise<(string | Problem)[]>
    isSame: (before: Known, row: Row) => boolean
  },
): Promise<Map<Row, Applied>> {
  const { kind, create, isSame } = ways
  const before = new Map(known.map((one) => [one.external_id, one]))
  const fresh = rows.filter(({ external_id }) => !before.has(external_id))
  const made = await create(fresh)
  const applied = new Map<Row, Applied>()
  for (const [index, row] of fresh.entries()) {
    const id = made[index] as string | Problem
    applied.set(row, id instanceof Problem ? id : { outcome: 'created', id, kind })
  }
  for (const row of rows) {
    const one = before.get(row.external_id)
    if (one === undefined) continue
    const { id } = one
    const isTaken = new Problem('external_id_taken', { conflicting_id: publicId(kind, id) })
    applied.set(row, isSame(one, row) ? { outcome: 'unchanged', id, kind } : isTaken)
  }
  return applied
}
