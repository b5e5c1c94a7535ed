import pg from 'pg'
import type { TestApp, TestTenant } from './app.ts'
import { TODAY } from './dunning-load.ts'

/**
 * Gives each open item of a tenant made by `seedLoad` its history in the ledger, five entries each: the claim, and a
 * part payment that came, was undone, came again and was undone again.
 */
export async function seedEntries({ context }: TestApp, { uuid }: TestTenant): Promise<void> {
  const { connectionString } = context.workers.pool.options
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    for (const n of [0, 1, 2, 3, 4]) await client.query(entries(n), [uuid])
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** The claim is entry 0; of the others the odd ones settle, and the even ones undo the one before. */
const entries = (n: number) => {
  const isClaim = n === 0
  const settles = n % 2 === 1
  const claimed = `'receivable', customer_id`
  const other = isClaim ? `'sales', null::uuid` : `'unallocated', customer_id`
  const [debit, credit] = settles ? [other, claimed] : [claimed, other]
  const day = `least(claim_date + ${n * 4}, date '${TODAY}')`
  return `
    insert into ledger_entry (tenant_id, id, happening, effective_date, posting_date, recorded_at, currency, amount,
      debit_account, debit_customer_id, credit_account, credit_customer_id, item_id, due_date, source_kind, source_id, origin, undoes_id)
    select tenant_id, ${idOf(n)}, ${idOf(n)}, ${day}, ${day}, now(), currency, ${isClaim ? 'total_amount' : '1000'},
      ${debit}, ${credit}, id, due_date, ${isClaim ? `'invoice', invoice_id` : `'payment', id`}, 'own',
      ${isClaim || settles ? 'null::uuid' : idOf(n - 1)}
    from open_item where tenant_id = $1`
}

/** The item's id in another family. */
const idOf = (n: number) => `overlay(id::text placing '0190000${n}-0006' from 1 for 13)::uuid`
