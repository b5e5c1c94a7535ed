import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'

/** An account that has paid for a customer. */
export interface PaidFor {
  iban: string
  customerId: string
}

/** Remembers accounts that have paid for customers; each time counts. */
export async function learnPayers(tx: Tx, seen: readonly PaidFor[]): Promise<void> {
  if (seen.length === 0) return
  await sql`
    insert into payer_account (tenant_id, iban, customer_id, seen_count, created_at, updated_at)
    select ${tx.tenant.id}, iban, customer_id, count(*), ${tx.now}, ${tx.now}
    from unnest(${seen.map(({ iban }) => iban)}::text[], ${seen.map(({ customerId }) => customerId)}::uuid[]) as seen(iban, customer_id)
    group by iban, customer_id
    order by iban, customer_id
    on conflict (tenant_id, iban, customer_id) do update
    set seen_count = payer_account.seen_count + excluded.seen_count, updated_at = excluded.updated_at
  `.execute(tx.db)
}

/** Takes back what a match taught that turned out wrong. */
export async function unlearnPayer(tx: Tx, { iban, customerId }: PaidFor): Promise<void> {
  const last = tx.db
    .deleteFrom('payer_account')
    .where('tenant_id', '=', tx.tenant.id)
    .where('iban', '=', iban)
    .where('customer_id', '=', customerId)
    .where('seen_count', '=', 1)
  const { numDeletedRows } = await last.executeTakeFirstOrThrow()
  if (numDeletedRows > 0n) return
  await tx.db
    .updateTable('payer_account')
    .set({ seen_count: sql<number>`seen_count - 1`, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('iban', '=', iban)
    .where('customer_id', '=', customerId)
    .execute()
}
