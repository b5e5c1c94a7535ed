import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requirePayment } from '../queries.ts'
import { reversePayment } from '../reverse-payment.ts'
import { lookAtItemsOf } from './cancel-debits.ts'
import { cancelPending } from './cancel-pending.ts'
import { receiveDebits } from './collect-debits.ts'
import { debitFact } from './events.ts'
import { blockMandates, restoreMandates } from './judge-mandates.ts'
import { planRetries } from './plan-retries.ts'
import { requireSettings, withItems } from './queries.ts'
import { type ReasonTreatment, treatmentOf } from './reason-codes.ts'
import { scheduleDebits } from './schedule-debits.ts'
import type { DebitRow, SettingsRow } from './table.ts'

/** A debit that did not last, and why. */
export interface TakenBack {
  debit: DebitRow
  reasonCode: string
  /** What the bank says about it; the meaning of the code where null. */
  reasonText: string | null
  date: CalendarDate
  bankLineId: string | null
  /** What the bank takes for it; minor units. */
  bankCharges?: number
}

/**
 * Takes back debits that the bank rejected before their collection date or that were returned after it. Rejected: the
 * pending payment is dropped and the mandate stands as before the file. Returned: the payment is reversed and its items
 * are open again on their old due dates. Then the reason decides about the mandate, a fee, and another attempt. The
 * caller has locked the customers and found each debit submitted or collected.
 */
export async function takeBackDebits(tx: Tx, all: readonly TakenBack[]): Promise<void> {
  if (all.length === 0) return
  const settings = await requireSettings(tx)
  await receiveDebits(
    tx,
    all.filter(wasCollected).map(({ debit }) => debit.id),
  )
  const rejected = all.filter((one) => !wasCollected(one))
  await dropPayments(tx, rejected)
  for (const one of all.filter(wasCollected)) await reverse(tx, one, settings)
  await restoreMandates(
    tx,
    rejected.map(({ debit }) => debit),
  )
  await blockMandates(tx, all)
  await end(tx, all)
  await retry(tx, all, settings)
}

/** Whether the money had been taken: what comes back before its day was rejected. */
export const wasCollected = ({ debit, date }: Pick<TakenBack, 'debit' | 'date'>): boolean =>
  debit.status === 'collected' || debit.collection_date <= date

const treatment = ({ reasonCode }: TakenBack): ReasonTreatment => treatmentOf(reasonCode)

const textOf = (one: TakenBack): string => one.reasonText ?? treatment(one).meaning

/** Drops the pending payments of rejected debits, those of one reason together. */
async function dropPayments(tx: Tx, rejected: readonly TakenBack[]): Promise<void> {
  for (const code of new Set(rejected.map(({ reasonCode }) => reasonCode))) {
    const ofCode = rejected.filter(({ reasonCode }) => reasonCode === code)
    await cancelPending(
      tx,
      ofCode.map(({ debit }) => debit.payment_id),
      treatmentOf(code).meaning,
      code,
    )
  }
}

/** Reverses the payment of a returned debit, unless somebody has done so by hand. */
async function reverse(tx: Tx, one: TakenBack, settings: SettingsRow): Promise<void> {
  if ((await requirePayment(tx, one.debit.payment_id)).status === 'reversed') return
  const fee = treatment(one).debtorFault ? (settings.return_fee_amount ?? 0) : 0
  await reversePayment(tx, {
    id: one.debit.payment_id,
    reversalDate: one.date,
    reason: textOf(one),
    reasonCode: one.reasonCode,
    fee,
    bankCharges: one.bankCharges ?? 0,
    ifMatch: undefined,
  })
}

async function end(tx: Tx, all: readonly TakenBack[]): Promise<void> {
  const rows = all.map((one) => ({
    id: one.debit.id,
    status: wasCollected(one) ? 'returned' : 'rejected',
    reason_code: one.reasonCode,
    reason_text: textOf(one).slice(0, 500),
    ended_date: one.date,
    bank_line_id: one.bankLineId,
  }))
  await sql`
    update direct_debit
    set status = ended.status, reason_code = ended.reason_code, reason_text = ended.reason_text,
      ended_date = ended.ended_date, bank_line_id = ended.bank_line_id
    from json_to_recordset(${JSON.stringify(rows)}) as ended(
      id uuid, status text, reason_code text, reason_text text, ended_date date, bank_line_id uuid)
    where direct_debit.tenant_id = ${tx.tenant.id} and direct_debit.id = ended.id
  `.execute(tx.db)
}

/** Announces what came back, with the day of the next attempt, and schedules the attempts. */
async function retry(tx: Tx, all: readonly TakenBack[], settings: SettingsRow): Promise<void> {
  const plans = await planRetries(tx, all, settings)
  const dates = [...plans].map(([id, { collectionDate }]) => ({ id, retry_date: collectionDate }))
  const { rows } = await sql<DebitRow>`
    update direct_debit
    set retry_date = next.retry_date, version = version + 1, updated_at = ${tx.now}
    from unnest(${all.map(({ debit }) => debit.id)}::uuid[]) as ended(id)
    left join json_to_recordset(${JSON.stringify(dates)}) as next(id uuid, retry_date date) on next.id = ended.id
    where direct_debit.tenant_id = ${tx.tenant.id} and direct_debit.id = ended.id
    returning direct_debit.*
  `.execute(tx.db)
  const ended = await withItems(tx, rows)
  announce(
    tx,
    ...ended.map((one) =>
      debitFact(
        one.debit.status === 'returned' ? 'direct_debit.returned' : 'direct_debit.rejected',
        one,
        tx,
      ),
    ),
  )
  await lookAtItemsOf(tx, ended)
  await scheduleDebits(tx, settings, [...plans.values()])
}
