import { sql } from 'kysely'
import { holdSealing, recordRedactions } from '../audit/redactions.ts'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { APP_ROLE, PRIVACY_ROLE } from '../foundation/database/frame.ts'
import { newId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { customerToJson } from '../parties/customers/schema.ts'
import type { CustomerRow } from '../parties/table.ts'
import { createPseudonyms, inJson, type Pseudonyms } from './pseudonyms.ts'
import { requireNoDuty } from './require-no-duty.ts'
import { rewriteRows } from './rewrite-rows.ts'
import { tablesAbout, WITHOUT_LINK, wordColumns } from './where-persons-are.ts'

export interface PseudonymizeCustomer {
  id: string
  /** True where the vouchers that the law wants kept are kept by another system. */
  recordsKeptElsewhere: boolean
}

/**
 * Makes a customer nobody in particular: words about the person become pseudonyms in every table, past events included,
 * for good. Amounts, dates, ids and numbers of documents stay, so the ledger is as true as before. Doing it again finds
 * only what has come since.
 */
export async function pseudonymizeCustomer(
  tx: Tx,
  { id, recordsKeptElsewhere }: PseudonymizeCustomer,
): Promise<CustomerRow> {
  // Whoever writes a document for the customer right now ends first; what comes later finds the pseudonym.
  const { rows } = await sql`
    select 1 from customer where tenant_id = ${tx.tenant.id} and id = ${id} for update
  `.execute(tx.db)
  if (rows.length === 0) throw new Problem('customer_not_found')
  await requireNoDuty(tx, id, recordsKeptElsewhere)
  const sealedUpTo = await holdSealing(tx)

  await workAs(tx, PRIVACY_ROLE)
  const eventIds = await rewriteEverything(tx, id)
  await workAs(tx, APP_ROLE)

  const eventId = newId()
  const { count, hash } = await recordRedactions(tx, { eventIds, redactedBy: eventId, sealedUpTo })
  const customer = await tx.db
    .updateTable('customer')
    .set({ version: sql<number>`version + 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, {
    id: eventId,
    type: 'customer.pseudonymized',
    entity: { kind: 'customer', id, sequence: customer.version },
    customerId: id,
    object: {
      ...customerToJson(customer, tx.tenant.mode),
      redaction_count: count,
      redactions_hash: hash,
    },
  })
  return customer
}

const workAs = (tx: Tx, role: string) =>
  sql`select set_config('role', ${role}, true)`.execute(tx.db)

/**
 * Rewrites the rows that lead to the customer, then its events, and at last, wherever no link leads, the words that were
 * met on the way. Answers the events that were changed.
 */
async function rewriteEverything(tx: Tx, customerId: string): Promise<string[]> {
  const pseudonyms = createPseudonyms()
  for (const { name, columns, rows } of await tablesAbout(tx, customerId))
    await rewriteRows(tx, name, columns, rows, pseudonyms.ofColumn)
  const changed = await rewriteEvents(tx, pseudonyms, customerId)
  const words = pseudonyms.met()
  if (words.length > 0) await rewriteWherever(tx, pseudonyms, words)
  return changed
}

const EVENT_DATA = { name: 'data', type: 'json' }

async function rewriteEvents(
  tx: Tx,
  pseudonyms: Pseudonyms,
  customerId: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string; data: string }>`
    select id, data::text as data from event where tenant_id = ${tx.tenant.id} and customer_id = ${customerId}
  `.execute(tx.db)
  const changed = rows.flatMap(({ id, data }) => {
    const redacted = pseudonyms.ofColumn(EVENT_DATA, data)
    return redacted === data ? [] : [{ id, data: redacted }]
  })
  await sql`
    update event set data = given.data::json
    from json_to_recordset(${JSON.stringify(changed)}) as given(id uuid, data text)
    where event.tenant_id = ${tx.tenant.id} and event.id = given.id
  `.execute(tx.db)
  return changed.map(({ id }) => id)
}

async function rewriteWherever(tx: Tx, pseudonyms: Pseudonyms, words: string[]): Promise<void> {
  const columnsOf = await wordColumns(tx)
  const written = [...new Set(words.flatMap((word) => [word, inJson(word)]))]
  for (const table of WITHOUT_LINK) {
    const columns = columnsOf.get(table)?.words ?? []
    const holdsAny = columns.map(
      ({ name }) =>
        sql<boolean>`exists (select from unnest(${written}::text[]) as word where position(word in ${sql.ref(`${table}.${name}`)}::text) > 0)`,
    )
    const rows = sql<boolean>`${sql.ref(table)}.tenant_id = ${tx.tenant.id} and (${sql.join(holdsAny, sql` or `)})`
    await rewriteRows(tx, table, columns, rows, pseudonyms.wherever)
  }
}
