import { requireCreditNote } from '../billing/queries.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { sum } from '../foundation/money.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import type { Designation } from './designation.ts'
import { requireUnallocated } from './lock-payment.ts'
import { planMoney, standingFor } from './plan-money.ts'
import { usableFrom } from './queries.ts'
import type { AllocationWithDeductions } from './table.ts'
import { useCreditNote } from './use-credit-note.ts'

export interface AllocateCreditNote {
  id: string
  /** What is decided; null leaves it to the rules. */
  designations: Designation[] | null
  ifMatch: number | undefined
}

/**
 * Uses what of a credit note is unallocated for open items of its customer: as designated, else by the rules. A credit
 * is no payment: it takes no discount, and nothing short or over is cleared with it.
 */
export async function allocateCreditNote(
  tx: Tx,
  { id, designations, ifMatch }: AllocateCreditNote,
): Promise<AllocationWithDeductions[]> {
  const { customer_id } = await requireCreditNote(tx, id)
  await lockCustomers(tx, [customer_id])
  const note = await requireCreditNote(tx, id)
  requireVersion(note.version, ifMatch)
  refuseDeductions(designations ?? [])
  requireUnallocated(note.unallocated_amount, sum((designations ?? []).map(({ amount }) => amount)))

  const money = {
    customerId: customer_id,
    amount: note.unallocated_amount,
    currency: note.currency,
    date: note.issue_date,
    reference: null,
    endToEndId: null,
    designations,
    allocate: 'auto' as const,
    clears: false,
  }
  const plan = planMoney(await standingFor(tx, [money]), money)
  if (plan instanceof Problem) throw plan
  const date = await usableFrom(tx, id, note.issue_date)
  const { allocations } = await useCreditNote(tx, note, plan.shares, date)
  return allocations
}

function refuseDeductions(designations: readonly Designation[]): void {
  const index = designations.findIndex(({ deductions = [] }) => deductions.length > 0)
  if (index >= 0) {
    throw invalidFields({
      pointer: `#/allocations/${index}/deductions`,
      code: 'not_for_credit_notes',
      detail: 'must be empty: only money comes with deductions',
    })
  }
}
