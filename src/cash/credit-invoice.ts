import { sql } from 'kysely'
import { creditNoteFact } from '../billing/events.ts'
import { type IssueCreditNote, issueCreditNote } from '../billing/issue-credit-note.ts'
import { requireCreditNote } from '../billing/queries.ts'
import type { CreditNoteRow } from '../billing/table.ts'
import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { sum } from '../foundation/money.ts'
import { Problem } from '../foundation/problem.ts'
import { allocateToInvoice, type Share } from './allocation.ts'
import { type DesignatedItem, designateItems } from './designate-items.ts'
import { claimsOfCustomers } from './queries.ts'
import { approveRefund } from './refunds/approve-refund.ts'
import { settle } from './settle.ts'

export interface CreditInvoice extends IssueCreditNote {
  /** What the document takes back of which item; the rest settles what else is open of its invoice. */
  items: readonly DesignatedItem[]
  /** What becomes of what no item takes; it stays unallocated unless given. */
  excess: { unallocatedAmount: number; refundAmount: number } | null
}

/**
 * Issues a credit note and uses it: first on the items it names, then on what else is open of the invoice it corrects,
 * the earliest due date before the later. The excess stays unallocated, or is split explicitly between that and a
 * refund.
 */
export async function creditInvoice(tx: Tx, input: CreditInvoice): Promise<CreditNoteRow> {
  const note = await issueCreditNote(tx, input)
  const shares = await sharesOf(tx, note, input.items)
  const allocated = shares.length === 0 ? note : await use(tx, note, shares)
  if (input.excess === null) return allocated

  const { unallocatedAmount, refundAmount } = input.excess
  requireWholeExcess(allocated.unallocated_amount, unallocatedAmount + refundAmount)
  if (refundAmount === 0) return allocated
  await approveRefund(tx, {
    source: { kind: 'credit_note', id: note.id },
    amount: refundAmount,
    method: 'bank_transfer',
    reference: note.number,
    reason: note.reason ?? 'Credited beyond what was open.',
    approvalDate: null,
  })
  return requireCreditNote(tx, note.id)
}

/** What of the credit goes to which item. */
async function sharesOf(
  tx: Tx,
  note: CreditNoteRow,
  items: readonly DesignatedItem[],
): Promise<Share[]> {
  const claims = await claimsOfCustomers(tx, [note.customer_id])
  const designated = await designateItems(tx, note, items, claims)
  if (note.invoice_id === null) return designated
  const left = note.total_amount - sum(designated.map(({ amount }) => amount))
  const ofInvoice = claims
    .filter(({ invoice_id }) => invoice_id === note.invoice_id)
    .map((claim) => ({
      ...claim,
      open_amount:
        claim.open_amount -
        sum(designated.filter(({ itemId }) => itemId === claim.id).map(({ amount }) => amount)),
    }))
  return [...designated, ...allocateToInvoice(left, ofInvoice, 'credited_invoice').shares]
}

async function use(tx: Tx, note: CreditNoteRow, shares: readonly Share[]): Promise<CreditNoteRow> {
  await settle(tx, [
    { source: { kind: 'credit_note', id: note.id }, date: note.issue_date, shares },
  ])
  const used = sum(shares.map(({ amount }) => amount))
  const allocated = await tx.db
    .updateTable('credit_note')
    .set({
      allocated_amount: sql<number>`allocated_amount + ${used}`,
      unallocated_amount: sql<number>`unallocated_amount - ${used}`,
      version: sql<number>`version + 1`,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', note.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, creditNoteFact('credit_note.allocated', allocated, tx))
  return allocated
}

/** The two parts of an excess add up to it, or the caller has not seen what is open by now. */
function requireWholeExcess(expected: number, actual: number): void {
  if (actual === expected) return
  throw new Problem('amounts_do_not_add_up', {
    errors: [
      {
        in: 'body',
        pointer: '#/excess',
        code: 'sum',
        detail: 'must add up to what no open item takes',
        params: { expected, actual },
      },
    ],
  })
}
