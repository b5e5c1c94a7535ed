import { findInvoices } from '../../billing/queries.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { publicId } from '../../foundation/id.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { type CollectableItem, freeOf } from './collectable.ts'
import type { PlannedDebit } from './schedule-debits.ts'

/** What is to be collected: an item, in whole or in part, or all of an invoice. */
export interface WantedItem {
  itemId: string | null
  invoiceId: string | null
  amount: number | null
}

/** The open items a caller has chosen. All of them can be collected as asked, or the whole request is refused. */
export async function chosenItems(
  reader: Reader,
  customerId: string,
  open: readonly CollectableItem[],
  wanted: readonly WantedItem[],
): Promise<PlannedDebit['items']> {
  const chosen: PlannedDebit['items'] = []
  for (const [index, one] of wanted.entries()) {
    const items = itemsOf(open, one, `#/items/${index}`)
    if (items.length === 0) throw await whyNot(reader, customerId, one)
    chosen.push(...items)
  }
  const ids = chosen.map(({ item }) => item.id)
  const repeated = ids.find((id, index) => ids.indexOf(id) < index)
  if (repeated !== undefined)
    throw invalidFields({
      pointer: '#/items',
      code: 'repeated',
      detail: 'must name an open item once',
      params: { item_id: publicId('open_item', repeated) },
    })
  return chosen
}

/** The open items one entry of the request names. */
function itemsOf(
  open: readonly CollectableItem[],
  { itemId, invoiceId, amount }: WantedItem,
  pointer: string,
): PlannedDebit['items'] {
  if ((itemId === null) === (invoiceId === null) || (invoiceId !== null && amount !== null))
    throw invalidFields({
      pointer,
      code: 'one_of',
      detail: 'names either an item, with or without an amount, or an invoice',
    })
  const found = open.filter(({ id, invoice_id }) =>
    itemId === null ? invoice_id === invoiceId : id === itemId,
  )
  const foreign = found.find(({ currency }) => currency !== 'EUR')
  if (foreign !== undefined)
    throw new Problem('currency_mismatch', {
      errors: [
        {
          in: 'body',
          pointer,
          code: 'currency_mismatch',
          detail: 'direct debits are in euros',
          params: { expected: 'EUR', actual: foreign.currency },
        },
      ],
    })
  return found.map((item) => {
    if (freeOf(item) === 0 || (amount ?? 0) > freeOf(item)) throw notCollectable(item)
    return { item, amount: amount ?? freeOf(item) }
  })
}

const notCollectable = (item: CollectableItem): Problem =>
  new Problem('item_not_collectable', {
    item_id: publicId('open_item', item.id),
    open_amount: item.open_amount,
    pending_amount: item.pending_amount,
  })

/** Why nothing open was found: it does not exist, is another customer's, or is settled. */
async function whyNot(
  reader: Reader,
  customerId: string,
  { itemId, invoiceId }: WantedItem,
): Promise<Problem> {
  const owner =
    invoiceId === null
      ? await reader.db
          .selectFrom('open_item')
          .select('customer_id')
          .where('tenant_id', '=', reader.tenant.id)
          .where('id', '=', itemId)
          .executeTakeFirst()
      : (await findInvoices(reader, [invoiceId])).get(invoiceId)
  if (owner === undefined)
    return new Problem(invoiceId === null ? 'open_item_not_found' : 'invoice_not_found')
  return new Problem(
    owner.customer_id === customerId ? 'item_not_collectable' : 'customer_mismatch',
  )
}
