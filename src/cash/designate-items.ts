import type { CreditNoteRow } from '../billing/table.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { publicId } from '../foundation/id.ts'
import { sum } from '../foundation/money.ts'
import { type FieldError, Problem } from '../foundation/problem.ts'
import { requireItem } from '../ledger/queries.ts'
import type { Share } from './allocation.ts'
import type { Claim } from './claim.ts'

/** What somebody has decided about a part of a credit note. */
export interface DesignatedItem {
  itemId: string
  amount: number
}

/**
 * What the items named by a credit note take of it: exactly what was said, or the whole is refused. They belong to the
 * invoice it corrects; a credit note without an invoice may name any item of its customer in its currency, charges
 * included.
 */
export async function designateItems(
  reader: Reader,
  note: CreditNoteRow,
  items: readonly DesignatedItem[],
  claims: readonly Claim[],
): Promise<Share[]> {
  const designated = sum(items.map(({ amount }) => amount))
  if (designated > note.total_amount) {
    throw new Problem('amounts_do_not_add_up', {
      errors: [
        wrong('#/items', 'sum', 'must not exceed total_amount', {
          limit: note.total_amount,
          actual: designated,
        }),
      ],
    })
  }
  const open = new Map(claims.map(({ id, open_amount }) => [id, open_amount]))
  for (const [index, { itemId, amount }] of items.entries()) {
    await refuseForeignItem(reader, note, itemId, index)
    const left = (open.get(itemId) ?? 0) - amount
    if (left < 0)
      throw new Problem('insufficient_open_amount', {
        item_id: publicId('open_item', itemId),
        open_amount: open.get(itemId) ?? 0,
      })
    open.set(itemId, left)
  }
  return items.map(({ itemId, amount }) => ({
    itemId,
    amount,
    rule: 'designated',
    reason: { code: 'designated' },
    deductions: [],
  }))
}

async function refuseForeignItem(
  reader: Reader,
  note: CreditNoteRow,
  itemId: string,
  index: number,
): Promise<void> {
  const item = await requireItem(reader, itemId)
  const pointer = `#/items/${index}/item_id`
  if (item.customer_id !== note.customer_id) throw new Problem('customer_mismatch')
  if (note.invoice_id !== null && item.invoice_id !== note.invoice_id) {
    throw new Problem('validation_failed', {
      errors: [wrong(pointer, 'other_invoice', 'must be an item of the invoice it corrects')],
    })
  }
  if (item.currency !== note.currency) {
    throw new Problem('currency_mismatch', {
      errors: [
        wrong(pointer, 'currency_mismatch', 'is an item in another currency', {
          expected: item.currency,
          actual: note.currency,
        }),
      ],
    })
  }
}

const wrong = (
  pointer: string,
  code: string,
  detail: string,
  params?: Record<string, unknown>,
): FieldError => ({ in: 'body', pointer, code, detail, ...(params && { params }) })
