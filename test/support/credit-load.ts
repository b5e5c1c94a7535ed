import pg from 'pg'
import type { TestApp, TestTenant } from './app.ts'
import { clockOf } from './records.ts'

const TODAY = '2026-03-20'

/** A v7-shaped id that says which row it is, so that rows can refer to each other while they are generated. */
const idOf = (family: string, number: string) =>
  `('01900000-000${family}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

/** The id of the nth customer, from 1. */
export const customerOf = (n: number): string =>
  `01900000-0001-7000-8000-${n.toString(16).padStart(12, '0')}`

/**
 * Gives a tenant customers with a limit each and so many open items, a fifth of them overdue, in a few set-based
 * statements. The items are charges, which need no invoices; a check sees no difference.
 */
export async function seedCredit(
  app: TestApp,
  tenant: TestTenant,
  load: { customers: number; itemsEach: number },
): Promise<void> {
  await clockOf(app, tenant).set(TODAY)
  const client = new pg.Client({
    connectionString: app.context.workers.pool.options.connectionString,
  })
  await client.connect()
  try {
    for (const seed of [customers, limits, items, balances])
      await client.query(seed(load), [tenant.uuid])
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

type Load = Parameters<typeof seedCredit>[2]

const customers = ({ customers: count }: Load) => `
  insert into customer (tenant_id, id, name, kind, country, currency, created_at, updated_at)
  select $1, ${idOf('1', 'c')}, 'Customer ' || c, 'business', 'DE', 'EUR', now(), now()
  from generate_series(1, ${count}) as c`

const limits = ({ customers: count, itemsEach }: Load) => `
  insert into credit_limit (tenant_id, id, customer_id, kind, currency, amount, valid_from, reason, status, ordinal, decided_at, created_at, updated_at)
  select $1, ${idOf('5', 'c')}, ${idOf('1', 'c')}, 'standing', 'EUR', ${itemsEach * 10_000 + 5_000_000}, date '${TODAY}' - 100, 'Agreed.', 'approved', 1, now(), now(), now()
  from generate_series(1, ${count}) as c`

const items = ({ customers: count, itemsEach }: Load) => `
  insert into open_item (tenant_id, id, customer_id, kind, charge_kind, sequence, currency, due_date, claim_date, total_amount, open_amount, created_at)
  select $1, ${idOf('3', 'n')}, ${idOf('1', `((n - 1) % ${count} + 1)`)}, 'charge', 'fee', 1, 'EUR',
    date '${TODAY}' + case when n / ${count} % 5 = 0 then -10 else 20 end, date '${TODAY}' - 40, 10000, 10000, now()
  from generate_series(1, ${count * itemsEach}::bigint) as n`

const balances = ({ customers: count, itemsEach }: Load) => `
  insert into customer_balance (tenant_id, customer_id, currency, open_amount)
  select $1, ${idOf('1', 'c')}, 'EUR', ${itemsEach * 10_000} from generate_series(1, ${count}) as c`
