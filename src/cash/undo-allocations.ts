import { sql } from 'kysely'
import { type CalendarDate, laterOf } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { type ItemMovement, type MovedItem, moveItems } from '../ledger/move-items.ts'
import { deductionPostings } from './deduction.ts'
import type { AllocationWithDeductions, DeductionRow } from './table.ts'

/**
 * Undoes allocations with what was deducted with them, each on the day given but never before it counted itself. Their
 * items are open again on their old due dates. The caller has locked the customers, moves the sources' own amounts and
 * brings the invoices in line. Answers the items as they stand.
 */
export async function undoAllocations(
  tx: Tx,
  allocations: readonly AllocationWithDeductions[],
  date: CalendarDate,
): Promise<MovedItem[]> {
  if (allocations.length === 0) return []
  const items = await moveItems(
    tx,
    allocations.flatMap((allocation) => takeBack(allocation, date)),
  )
  const ids = JSON.stringify(allocations.map(({ id }) => id))
  await sql`
    with undone as (
      update allocation
      set undone_date = greatest(effective_date, ${date}::date)
      where tenant_id = ${tx.tenant.id} and undone_date is null
        and id in (select value::uuid from json_array_elements_text(${ids}))
      returning id
    )
    update deduction
    set undone_date = greatest(effective_date, ${date}::date)
    from undone
    where deduction.tenant_id = ${tx.tenant.id} and deduction.allocation_id = undone.id and deduction.undone_date is null
  `.execute(tx.db)
  return items
}

function takeBack(allocation: AllocationWithDeductions, date: CalendarDate): ItemMovement[] {
  const { payment_id, credit_note_id, deductions } = allocation
  const source =
    payment_id === null
      ? { kind: 'credit_note' as const, id: credit_note_id as string }
      : { kind: 'payment' as const, id: payment_id }
  return [
    {
      entryId: newId(),
      itemId: allocation.item_id,
      amount: -allocation.amount,
      part: payment_id === null ? 'credited' : 'paid',
      happening: 'allocation_undone',
      counterAccount: 'unallocated',
      effectiveDate: laterOf(date, allocation.effective_date),
      source,
      origin: 'own',
      undoesId: allocation.entry_id,
    },
    ...deductions.flatMap((deduction) => takeBackDeduction(deduction, source, date)),
  ]
}

/** The deduction's net amount and its tax share, each as the undo of its entry. */
function takeBackDeduction(
  deduction: DeductionRow,
  source: ItemMovement['source'],
  date: CalendarDate,
): ItemMovement[] {
  const { happening, account, part } = deductionPostings[deduction.kind]
  const shared = {
    itemId: deduction.item_id,
    part,
    happening: `${happening}_undone`,
    effectiveDate: laterOf(date, deduction.effective_date),
    source,
    origin: 'own' as const,
  }
  const net: ItemMovement = {
    ...shared,
    entryId: newId(),
    amount: deduction.tax_amount - deduction.amount,
    counterAccount: account,
    undoesId: deduction.entry_id,
  }
  if (deduction.tax_entry_id === null) return [net]
  const tax: ItemMovement = {
    ...shared,
    entryId: newId(),
    amount: -deduction.tax_amount,
    counterAccount: 'output_tax',
    undoesId: deduction.tax_entry_id,
  }
  return [net, tax]
}
