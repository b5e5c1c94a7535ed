import { closeBatch } from '../../cash/debits/close-batch.ts'
import { createBatch } from '../../cash/debits/create-batch.ts'
import { createDebit } from '../../cash/debits/create-debit.ts'
import { requireMandate } from '../../cash/debits/queries.ts'
import { exampleId, Id } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { change, simulator } from './simulator.ts'

export const directDebitCollected = simulator({
  name: 'direct_debit_collected',
  description:
    'Everything that is due under a mandate is announced, put into a batch and sent to the bank at once. The money comes on the collection date, when the test clock gets there; `payment_returns` takes it back.',
  parameters: { mandate_id: Id('mandate', 'The mandate that is used.') },
  example: { mandate_id: exampleId('mandate') },
  problems: [
    'mandate_not_found',
    'mandate_not_usable',
    'direct_debit_settings_not_found',
    'nothing_to_collect',
  ],
  async run(tx, { mandate_id }) {
    const mandate = await requireMandate(tx, uuidOf(mandate_id))
    const { debit } = await createDebit(tx, {
      mandateId: mandate.id,
      collectionDate: null,
      items: null,
      remittance: null,
      final: false,
    })
    const batch = await createBatch(tx, {
      collectionDate: debit.collection_date,
      dueUntilDate: debit.collection_date,
      scheme: mandate.scheme,
      customerIds: [mandate.customer_id],
      format: null,
    })
    await closeBatch(tx, { id: batch.id, collectionDate: null, ifMatch: undefined })
    return [
      change('direct_debit', debit.id),
      change('debit_batch', batch.id),
      change('payment', debit.payment_id),
    ]
  },
})
