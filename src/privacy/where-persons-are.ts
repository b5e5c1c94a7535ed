import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'

/** A column that can hold words. */
export interface WordColumn {
  name: string
  type: string
}

/** A table, its columns of words, and which of its rows are about a customer. */
export interface PersonalTable {
  name: string
  columns: WordColumn[]
  rows: RawBuilder<boolean>
}

/** Tables that hold nothing of a customer's own although they name it. */
const WITHOUT_WORDS = ['feed', 'event']

/**
 * Where no column names the customer, but words may name the person: files that were imported, answers that are kept for
 * repeats, what others were told.
 */
export const WITHOUT_LINK = [
  'approval',
  'bank_sighting',
  'idempotency_key',
  'import_result',
  'import_row',
  'simulator_run',
  'webhook_delivery',
] as const

/**
 * The tables with rows about a customer: every table that names one, so that a new one is never forgotten, and those
 * that are linked by a notice or a bank line.
 */
export async function tablesAbout(reader: Reader, customerId: string): Promise<PersonalTable[]> {
  const columns = await wordColumns(reader)
  const { tenant } = reader
  const own = (table: string, column: string) =>
    sql<boolean>`${sql.ref(table)}.tenant_id = ${tenant.id} and ${sql.ref(`${table}.${column}`)} = ${customerId}`
  const linked: Record<string, RawBuilder<boolean>> = {
    customer: own('customer', 'id'),
    bank_line: sql`bank_line.tenant_id = ${tenant.id} and (
      id in (select bank_line_id from bank_line_match where tenant_id = ${tenant.id} and customer_id = ${customerId})
      or id in (select bank_line_id from payment where tenant_id = ${tenant.id} and customer_id = ${customerId}))`,
    dunning_delivery: sql`dunning_delivery.tenant_id = ${tenant.id} and notice_id in (
      select id from dunning_notice where tenant_id = ${tenant.id} and customer_id = ${customerId})`,
  }
  return [...columns].flatMap(([name, { words, namesCustomer }]) => {
    const rows = linked[name] ?? (namesCustomer ? own(name, 'customer_id') : undefined)
    return rows && !WITHOUT_WORDS.includes(name) ? [{ name, columns: words, rows }] : []
  })
}

/**
 * The columns of each table of a tenant that can hold words, and whether it names a customer. A column for which the
 * database knows every word holds ours, and nobody's name.
 */
export async function wordColumns({ db }: Reader) {
  const { rows } = await sql<{ table: string; words: WordColumn[]; names_customer: boolean }>`
    select relname as table,
      coalesce(jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, null)) order by attnum)
        filter (where atttypid in ('text'::regtype, 'json'::regtype, 'jsonb'::regtype) and attname <> 'currency'
          and not exists (
            select 1 from pg_constraint
            where conrelid = pg_class.oid and contype = 'c' and conkey = array[attnum] and atttypid = 'text'::regtype
              and pg_get_constraintdef(pg_constraint.oid) ~ ('^CHECK \\(\\(' || attname || ' = ANY \\(ARRAY\\[[^]]*\\]\\)\\)\\)$'))), '[]') as words,
      bool_or(attname = 'customer_id') as names_customer
    from pg_class
    join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
    group by relname
    having bool_or(attname = 'tenant_id')
    order by relname
  `.execute(db)
  return new Map(
    rows.map(({ table, words, names_customer }) => [
      table,
      { words, namesCustomer: names_customer },
    ]),
  )
}
