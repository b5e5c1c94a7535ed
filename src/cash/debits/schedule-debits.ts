import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { type NewPayment, recordPayments } from '../record-payments.ts'
import type { CollectableItem } from './collectable.ts'
import { debitFact } from './events.ts'
import { bankIdOf } from './file-ids.ts'
import type { PresentedMandate } from './mandate.ts'
import type { DebitWithItems } from './queries.ts'
import { sepaText } from './sepa-text.ts'
import type { DebitRow, MandateRow, SettingsRow } from './table.ts'

/** A collection somebody has decided on. */
export interface PlannedDebit {
  mandate: MandateRow
  collectionDate: CalendarDate
  items: { item: CollectableItem; amount: number }[]
  /** What the debtor reads; the invoice numbers where null. */
  remittance: string | null
  final: boolean
  batchId: string | null
  /** The debit that came back and is tried again. */
  retryOf: DebitRow | null
}

/**
 * Announces debits: each with its pending payment and its pre-notification, set-based. The caller has locked the
 * customers and found the items free.
 */
export async function scheduleDebits(
  tx: Tx,
  settings: SettingsRow,
  plans: readonly PlannedDebit[],
): Promise<DebitWithItems[]> {
  const planned = plans.map((plan) => withItemRows(tx, plan, newId(), settings))
  const payments = await recordPayments(tx, planned.map(pendingPayment))
  const debits = planned.map((one, index): DebitWithItems => {
    const recorded = payments[index]
    if (recorded === undefined || recorded instanceof Problem) throw recorded
    return { ...one, debit: { ...one.debit, payment_id: recorded.payment.id } }
  })
  await insert(tx, debits)
  announce(tx, ...debits.map((one) => debitFact('direct_debit.pre_notified', one, tx)))
  return debits
}

/** What debtor and bank are told of a mandate as it stands now. */
export const presentedBy = (mandate: MandateRow, settings: SettingsRow): PresentedMandate => ({
  reference: mandate.reference,
  signature_date: mandate.signature_date,
  debtor_name: mandate.debtor_name,
  iban: mandate.iban,
  bic: mandate.bic,
  creditor_id: settings.creditor_id,
  creditor_name: settings.creditor_name,
})

function withItemRows(
  tx: Tx,
  { mandate, collectionDate, items, remittance, final, batchId, retryOf }: PlannedDebit,
  id: string,
  settings: SettingsRow,
) {
  const numbers = [...new Set(items.flatMap(({ item }) => item.number ?? []))]
  return {
    debit: {
      tenant_id: tx.tenant.id,
      id,
      customer_id: mandate.customer_id,
      mandate_id: mandate.id,
      batch_id: batchId,
      retry_of_id: retryOf?.id ?? null,
      status: 'scheduled' as const,
      scheme: mandate.scheme,
      sequence_type: null,
      final,
      amount: sum(items.map(({ amount }) => amount)),
      collection_date: collectionDate,
      end_to_end_id: bankIdOf('direct_debit', id),
      remittance: sepaText(remittance ?? (numbers.join(' ') || mandate.reference), 140),
      attempt: (retryOf?.attempt ?? 0) + 1,
      group_number: null,
      presented: presentedBy(mandate, settings),
      presented_before: null,
      reason_code: null,
      reason_text: null,
      ended_date: null,
      retry_date: null,
      bank_line_id: null,
      version: 1,
      created_at: tx.now,
      updated_at: tx.now,
    },
    items: items.map(({ item, amount }) => ({
      tenant_id: tx.tenant.id,
      direct_debit_id: id,
      item_id: item.id,
      invoice_id: item.invoice_id,
      amount,
    })),
  }
}

/** The payment a debit brings: nothing moves before its collection date, and then into clearing. */
const pendingPayment = ({ debit }: ReturnType<typeof withItemRows>): NewPayment => ({
  customerId: debit.customer_id,
  externalId: null,
  currency: 'EUR',
  amount: debit.amount,
  receivedDate: debit.collection_date,
  method: 'direct_debit',
  reference: debit.remittance,
  allocations: null,
  allocate: 'none',
  status: 'pending',
  account: 'clearing',
  provisionalUntilDate: null,
  endToEndId: debit.end_to_end_id,
  bankLineId: null,
  payer: { name: debit.presented.debtor_name, iban: debit.presented.iban },
  metadata: {},
})

async function insert(tx: Tx, debits: readonly DebitWithItems[]): Promise<void> {
  const rows = JSON.stringify(debits.map(({ debit }) => debit))
  const parts = JSON.stringify(debits.flatMap(({ items }) => items))
  await sql`insert into direct_debit select * from json_populate_recordset(null::direct_debit, ${rows})`.execute(
    tx.db,
  )
  await sql`insert into direct_debit_item select * from json_populate_recordset(null::direct_debit_item, ${parts})`.execute(
    tx.db,
  )
}
