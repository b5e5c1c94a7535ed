import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { nameSimilarity } from './compare-names.ts'
import { SIMILAR_NAME } from './identify.ts'
import type { IdentifiedLine } from './lines.ts'
import { keysOf, readReference } from './read-reference.ts'

/** An invoice that a line may name. */
export interface NamedInvoice {
  invoice_id: string
  customer_id: string
  number: string
  creditor_reference: string | null
  total_amount: number
}

/** A customer for whom money has come from an account. */
export interface PayerAccount {
  iban: string
  customer_id: string
  seen_count: number
}

/** Money that was announced under an end-to-end id. */
export interface Announced {
  id: string
  customer_id: string
  end_to_end_id: string
  currency: string
  amount: number
}

/** Everything that leads from lines to customers. */
export interface Leads {
  /** By line. */
  named: Map<string, NamedInvoice[]>
  payers: PayerAccount[]
  announced: Announced[]
  /** By line: customers with an open item of exactly the amount, or with exactly the payer's name. */
  alike: Map<string, string[]>
}

const CUSTOMERS_BY_AMOUNT_MAX = 50
const CUSTOMERS_BY_NAME_MAX = 10
/** Up to so many customers with the very amount are shown even if nothing else speaks for them. */
const SHOWN_BY_AMOUNT_ALONE_MAX = 3

/** Looks for customers from every side, for all lines at once, each side by an index. */
export async function findLeads(reader: Reader, lines: readonly IdentifiedLine[]): Promise<Leads> {
  const [named, payers, announced, byAmount, byName] = await Promise.all([
    namedInvoices(reader, lines),
    payerAccounts(reader, lines),
    announcedPayments(reader, lines),
    customersByAmount(reader, lines),
    customersByName(reader, lines),
  ])
  const alike = new Map<string, string[]>()
  for (const line of lines) {
    const here = byAmount.filter(({ line_id }) => line_id === line.id)
    const namesakes = here.filter(
      ({ name }) => line.payerName !== null && nameSimilarity(line.payerName, name) >= SIMILAR_NAME,
    )
    const shown = here.length <= SHOWN_BY_AMOUNT_ALONE_MAX ? here : namesakes
    alike.set(line.id, [
      ...shown.map(({ customer_id }) => customer_id),
      ...byName.filter(({ name }) => name === line.payerName).map(({ id }) => id),
    ])
  }
  return { named, payers, announced, alike }
}

/** All customers that leads lead to. */
export const customersIn = ({ named, payers, announced, alike }: Leads): string[] => [
  ...new Set([
    ...[...named.values()].flat().map(({ customer_id }) => customer_id),
    ...payers.map(({ customer_id }) => customer_id),
    ...announced.map(({ customer_id }) => customer_id),
    ...[...alike.values()].flat(),
  ]),
]

async function namedInvoices(
  { db, tenant }: Reader,
  lines: readonly IdentifiedLine[],
): Promise<Map<string, NamedInvoice[]>> {
  const wanted = lines.flatMap((line) =>
    keysOf(readReference(line)).map((key) => ({ line_id: line.id, currency: line.currency, key })),
  )
  const { rows } = await sql<NamedInvoice & { line_id: string }>`
    select distinct wanted.line_id, invoice.id as invoice_id, invoice.customer_id, invoice.number, invoice.creditor_reference,
      invoice.total_amount
    from json_to_recordset(${JSON.stringify(wanted)}) as wanted(line_id uuid, currency text, key text)
    join invoice_reference as reference on reference.tenant_id = ${tenant.id} and reference.key = wanted.key
    join invoice on invoice.tenant_id = ${tenant.id} and invoice.id = reference.invoice_id
    where invoice.status in ('issued', 'paid') and invoice.currency = wanted.currency
  `.execute(db)
  const named = new Map<string, NamedInvoice[]>(lines.map(({ id }) => [id, []]))
  for (const { line_id, ...invoice } of rows) named.get(line_id)?.push(invoice)
  return named
}

const payerAccounts = (
  { db, tenant }: Reader,
  lines: readonly IdentifiedLine[],
): Promise<PayerAccount[]> =>
  db
    .selectFrom('payer_account')
    .select(['iban', 'customer_id', 'seen_count'])
    .where('tenant_id', '=', tenant.id)
    .where('iban', '=', sql<string>`any(${lines.map(({ payerIban }) => payerIban)})`)
    .execute()

const announcedPayments = (
  { db, tenant }: Reader,
  lines: readonly IdentifiedLine[],
): Promise<Announced[]> =>
  db
    .selectFrom('payment')
    .select(['id', 'customer_id', 'end_to_end_id', 'currency', 'amount'])
    .$narrowType<{ end_to_end_id: string }>()
    .where('tenant_id', '=', tenant.id)
    .where('end_to_end_id', '=', sql<string>`any(${lines.map(({ endToEndId }) => endToEndId)})`)
    .where((payment) =>
      payment.or([
        payment('status', '=', 'pending'),
        payment.and([payment('status', '=', 'received'), payment('account', '=', 'clearing')]),
      ]),
    )
    .execute()

async function customersByAmount(
  { db, tenant }: Reader,
  lines: readonly IdentifiedLine[],
): Promise<{ line_id: string; customer_id: string; name: string }[]> {
  const wanted = lines.map(({ id, currency, amount }) => ({ line_id: id, currency, amount }))
  const { rows } = await sql<{ line_id: string; customer_id: string; name: string }>`
    select distinct wanted.line_id, customer.id as customer_id, customer.name
    from json_to_recordset(${JSON.stringify(wanted)}) as wanted(line_id uuid, currency text, amount bigint)
    cross join lateral (
      select customer_id from open_item
      where tenant_id = ${tenant.id} and currency = wanted.currency and open_amount = wanted.amount and open_amount > 0
      limit ${CUSTOMERS_BY_AMOUNT_MAX}
    ) as item
    join customer on customer.tenant_id = ${tenant.id} and customer.id = item.customer_id
  `.execute(db)
  return rows
}

async function customersByName(
  { db, tenant }: Reader,
  lines: readonly IdentifiedLine[],
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select customer.id, customer.name
    from unnest(${[...new Set(lines.flatMap(({ payerName }) => payerName ?? []))]}::text[]) as wanted(name)
    cross join lateral (
      select id, name from customer
      where tenant_id = ${tenant.id} and customer.name = wanted.name
      limit ${CUSTOMERS_BY_NAME_MAX}
    ) as customer
  `.execute(db)
  return rows
}
