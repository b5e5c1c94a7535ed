import { Type } from '@sinclair/typebox'
import { requireInvoice } from '../../billing/queries.ts'
import { createHold } from '../../dunning/create-hold.ts'
import { exampleId, Id, Text } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { change, simulator } from './simulator.ts'

export const disputeOpened = simulator({
  name: 'dispute_opened',
  description:
    'A customer says that an invoice is not right: dunning of it waits, by a hold with the reason `dispute`, until that is lifted.',
  parameters: {
    invoice_id: Id('invoice', 'The invoice in dispute.'),
    note: Type.Optional(
      Text('What the customer says.', { maxLength: 500, example: 'Two pallets are missing.' }),
    ),
  },
  example: { invoice_id: exampleId('invoice'), note: 'Two pallets are missing.' },
  problems: ['invoice_not_found'],
  async run(tx, { invoice_id, note }) {
    const invoice = await requireInvoice(tx, uuidOf(invoice_id))
    const hold = await createHold(tx, {
      customerId: null,
      invoiceId: invoice.id,
      itemId: null,
      reason: 'dispute',
      note: note ?? 'The customer disputes it.',
      fromDate: null,
      untilDate: null,
    })
    return [change('dunning_hold', hold.id), change('invoice', invoice.id)]
  },
})
