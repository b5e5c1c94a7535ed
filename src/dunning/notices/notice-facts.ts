import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { groupBy } from '../../foundation/group.ts'
import { publicId } from '../../foundation/id.ts'
import { findCustomers } from '../../parties/queries.ts'
import type { CustomerRow } from '../../parties/table.ts'
import { type CreditorAccount, creditorAccounts } from './payment-instructions.ts'

/** A credit note that is not used up. */
export interface NoticeCredit {
  credit_note_id: string
  number: string
  issue_date: CalendarDate
  unallocated_amount: number
}

/** What notices to some customers say besides what is overdue. */
export interface NoticeFacts {
  customers: ReadonlyMap<string, CustomerRow>
  /** By customer and currency. */
  credits: ReadonlyMap<string, NoticeCredit[]>
  /** By currency. */
  accounts: ReadonlyMap<string, CreditorAccount>
  /** The language of customers that have none of their own. */
  locale: string
}

/** Loads what notices to these customers say besides what is overdue. */
export async function loadNoticeFacts(
  reader: Reader,
  customerIds: readonly string[],
): Promise<NoticeFacts> {
  const [customers, credits, accounts, locale] = await Promise.all([
    findCustomers(reader, customerIds),
    loadCredits(reader, customerIds),
    creditorAccounts(reader),
    loadLocale(reader),
  ])
  return { customers, credits, accounts, locale }
}

async function loadCredits(
  { db, tenant }: Reader,
  customerIds: readonly string[],
): Promise<Map<string, NoticeCredit[]>> {
  const rows = await db
    .selectFrom('credit_note')
    .select(['id', 'customer_id', 'currency', 'number', 'issue_date', 'unallocated_amount'])
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('unallocated_amount', '>', 0)
    .orderBy('issue_date')
    .orderBy('id')
    .execute()
  const groups = groupBy(rows, ({ customer_id, currency }) => `${customer_id} ${currency}`)
  return new Map(
    [...groups].map(([key, notes]) => [
      key,
      notes.map(({ id, number, issue_date, unallocated_amount }) => ({
        credit_note_id: publicId('credit_note', id),
        number,
        issue_date,
        unallocated_amount,
      })),
    ]),
  )
}

async function loadLocale({ db, tenant }: Reader): Promise<string> {
  const { locale } = await db
    .selectFrom('tenant')
    .select('locale')
    .where('tenant_id', '=', tenant.id)
    .executeTakeFirstOrThrow()
  return locale
}
