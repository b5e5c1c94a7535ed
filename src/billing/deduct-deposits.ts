import assert from 'node:assert'
import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId, publicId } from '../foundation/id.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { type ItemMovement, moveItems } from '../ledger/move-items.ts'
import { lockCustomers } from '../ledger/queries.ts'
import {
  type Deposit,
  type DepositDeduction,
  depositLeft,
  type TaxedDeduction,
  taxIn,
} from './deposits.ts'
import { invoiceFact } from './events.ts'
import { creditedOf, findInvoices, type InvoiceWithItems, withItems } from './queries.ts'
import { refreshInvoices } from './refresh-invoices.ts'
import type { InvoiceRow } from './table.ts'

type Final = Pick<InvoiceRow, 'id' | 'customer_id' | 'currency'> & {
  deposit_deductions: readonly DepositDeduction[]
}

/**
 * Judges what invoices that are about to be issued deduct, one after the other, each seeing what the ones before have
 * taken. Locks the customers, so that what is found stands until the commit: those of all invoices if one deducts, since
 * issuing locks the rest later and locks are taken in one order. Answers by invoice the deductions with their tax, or
 * the problem: `invoice_not_found`, `customer_mismatch`, `currency_mismatch`, `not_a_deposit`, `deposit_exhausted`.
 */
export async function planDeductions(
  tx: Tx,
  finals: readonly Final[],
): Promise<Map<string, TaxedDeduction[] | Problem>> {
  const deducting = finals.filter(({ deposit_deductions }) => deposit_deductions.length > 0)
  if (deducting.length === 0) return new Map()
  await lockCustomers(tx, [...new Set(finals.map(({ customer_id }) => customer_id))])
  const deposits = await findDeposits(tx, [
    ...new Set(deducting.flatMap((one) => one.deposit_deductions.map((it) => it.invoice_id))),
  ])
  return new Map(deducting.map((final) => [final.id, planOne(final, deposits)]))
}

/** The invoices among these ids, by id, with what credit notes have given back of each. */
async function findDeposits(tx: Tx, ids: readonly string[]): Promise<Map<string, Deposit>> {
  const invoices = await findInvoices(tx, ids)
  const credited = await creditedOf(tx, [...invoices.keys()])
  return new Map(
    [...invoices].map(([id, invoice]) => {
      const given_back_amount = (credited.get(id) ?? 0) - invoice.credited_amount
      return [id, { ...invoice, given_back_amount }]
    }),
  )
}

function planOne(final: Final, deposits: Map<string, Deposit>): TaxedDeduction[] | Problem {
  for (const [index, deduction] of final.deposit_deductions.entries()) {
    const problem = whyNot(final, deduction, deposits.get(deduction.invoice_id), index)
    if (problem !== undefined) return problem
  }
  return final.deposit_deductions.map(({ invoice_id, amount }) => {
    const deposit = deposits.get(invoice_id) as Deposit
    const tax_amount = taxIn(deposit, amount)
    deposits.set(invoice_id, {
      ...deposit,
      deposit_used_amount: deposit.deposit_used_amount + amount,
    })
    return { invoice_id, amount, tax_amount }
  })
}

function whyNot(
  final: Final,
  { amount }: DepositDeduction,
  deposit: Deposit | undefined,
  index: number,
): Problem | undefined {
  if (deposit === undefined) return new Problem('invoice_not_found')
  if (deposit.customer_id !== final.customer_id) return new Problem('customer_mismatch')
  if (deposit.currency !== final.currency) return new Problem('currency_mismatch')
  if (deposit.kind !== 'deposit') {
    return invalidFields({
      pointer: `#/deposit_deductions/${index}/invoice_id`,
      code: 'not_a_deposit',
      detail: 'must be an invoice of kind deposit',
      params: { kind: deposit.kind },
    })
  }
  if (amount > depositLeft(deposit)) {
    return new Problem('deposit_exhausted', {
      invoice_id: publicId('invoice', deposit.id),
      available_amount: depositLeft(deposit),
    })
  }
  return undefined
}

/**
 * Deducts deposits on the final invoices that have just claimed their totals: the items are settled from the earliest
 * due date on, deposits against receivable and the tax share against output tax, on the day of the final invoice.
 * The customers are locked and the deductions planned (`planDeductions`).
 */
export async function deductDeposits(tx: Tx, finals: readonly InvoiceWithItems[]): Promise<void> {
  const deducting = finals.filter(({ invoice }) => isDeducting(invoice))
  if (deducting.length === 0) return
  await moveItems(tx, deducting.flatMap(movementsOf))
  await useDeposits(
    tx,
    deducting.flatMap(({ invoice }) => invoice.deposit_deductions),
    'invoice.deposit_deducted',
  )
  await refreshInvoices(
    tx,
    deducting.map(({ invoice }) => invoice.id),
  )
}

/** True for an issued invoice that deducts deposits; a draft only means to. */
export const isDeducting = ({ status, deposit_deductions }: InvoiceRow): boolean =>
  status !== 'draft' && deposit_deductions.length > 0

/** What settles the items of one final invoice: each deduction's net and tax, the earliest items first. */
function movementsOf({ invoice, items }: InvoiceWithItems): ItemMovement[] {
  const open = items.map(({ id, open_amount }) => ({ id, left: open_amount }))
  const take = (account: 'deposits' | 'output_tax', wanted: number): ItemMovement[] => {
    const movements: ItemMovement[] = []
    let missing = wanted
    for (const item of open) {
      const amount = Math.min(item.left, missing)
      if (amount === 0) continue
      item.left -= amount
      missing -= amount
      movements.push({
        entryId: newId(),
        itemId: item.id,
        amount,
        part: 'deposit',
        happening: 'deposit_deducted',
        counterAccount: account,
        effectiveDate: invoice.issue_date,
        source: { kind: 'invoice', id: invoice.id },
        origin: invoice.origin,
        undoesId: null,
      })
    }
    return movements
  }
  return invoice.deposit_deductions.flatMap(({ amount, tax_amount }) => [
    ...take('deposits', amount - tax_amount),
    ...take('output_tax', tax_amount),
  ])
}

/** Gives the deposits of a final invoice that is taken back free again. */
export const releaseDeposits = (tx: Tx, { deposit_deductions }: InvoiceRow): Promise<void> =>
  useDeposits(
    tx,
    deposit_deductions.map((one) => ({ ...one, amount: -one.amount })),
    'invoice.deposit_released',
  )

/** Counts what is deducted of each deposit, or given back where the amount is negative. */
async function useDeposits(
  tx: Tx,
  uses: readonly DepositDeduction[],
  meaning: 'invoice.deposit_deducted' | 'invoice.deposit_released',
): Promise<void> {
  if (uses.length === 0) return
  const { rows } = await sql<InvoiceRow>`
    with used as (
      select invoice_id, sum(amount) as amount
      from json_to_recordset(${JSON.stringify(uses)}) as used(invoice_id uuid, amount bigint)
      group by invoice_id
    )
    update invoice as deposit
    set deposit_used_amount = deposit.deposit_used_amount + used.amount,
      version = deposit.version + 1,
      updated_at = ${tx.now}
    from used
    where deposit.tenant_id = ${tx.tenant.id} and deposit.id = used.invoice_id and deposit.kind = 'deposit'
      and (used.amount < 0 or deposit.paid_amount - deposit.deposit_used_amount >= used.amount)
    returning deposit.*
  `.execute(tx.db)
  assert(
    rows.length === new Set(uses.map(({ invoice_id }) => invoice_id)).size,
    'only deposits that were paid are deducted',
  )
  announce(tx, ...(await withItems(tx, rows)).map((one) => invoiceFact(meaning, one, tx)))
}
