import type { Static } from '@sinclair/typebox'
import { sql } from 'kysely'
import { type NewPayment, recordPayments } from '../cash/record-payments.ts'
import { type CreatePayment, newPayment } from '../cash/schema.ts'
import type { PaymentRow } from '../cash/table.ts'
import { isReceiptOf, receiveAnnounced, saysTheSame } from '../cash/upsert-payment.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { part } from '../foundation/database/part.ts'
import { publicId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { type Applied, createOrUpsert, type Importer } from './apply.ts'

/**
 * Records payments in their order. Money that came in is never changed: a row whose external id is known is unchanged
 * when it says the same, and refused when it does not; unless it says that what was pending is received.
 */
export const importPayments: Importer = async (tx, { mode }, bodies) => {
  const inputs = (bodies as Static<typeof CreatePayment>[]).map(newPayment)
  const known = mode === 'create' ? new Map<string, PaymentRow>() : await findKnown(tx, inputs)
  return createOrUpsert(mode, inputs, {
    create: async (fresh) =>
      (await recordPayments(tx, fresh)).map((one) =>
        one instanceof Problem ? one : one.payment.id,
      ),
    isKnown: ({ externalId }) => known.has(externalId as string),
    upsert: async (input) => {
      const id = input.externalId as string
      const payment = (known.get(id) ?? (await findKnown(tx, [input])).get(id)) as PaymentRow
      if (!isReceiptOf(payment, input)) return compare(payment, input)
      await part(tx, (inner) => receiveAnnounced(inner, payment, input))
      return { outcome: 'updated', id: payment.id }
    },
  })
}

/** Money that came in is never changed: the same again, or a conflict. */
const compare = (payment: PaymentRow, input: NewPayment): Applied =>
  saysTheSame(payment, input)
    ? { outcome: 'unchanged', id: payment.id }
    : new Problem('external_id_taken', { conflicting_id: publicId('payment', payment.id) })

async function findKnown(
  { db, tenant }: Tx,
  inputs: readonly NewPayment[],
): Promise<Map<string, PaymentRow>> {
  const rows = await db
    .selectFrom('payment')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('external_id', '=', sql<string>`any(${inputs.map(({ externalId }) => externalId)})`)
    .execute()
  return new Map(rows.map((row) => [row.external_id as string, row]))
}
