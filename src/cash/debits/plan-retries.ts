import { addDays, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { collectableItems, freeOf } from './collectable.ts'
import { earliestCollection } from './collection-date.ts'
import { mandatesOf, withItems } from './queries.ts'
import { treatmentOf } from './reason-codes.ts'
import type { PlannedDebit } from './schedule-debits.ts'
import type { RetryRule, SettingsRow } from './table.ts'
import type { TakenBack } from './take-back-debits.ts'
import { onTargetDay } from './target-days.ts'

/**
 * The attempts that follow debits which came back, by the id of the debit each repeats: where the reason allows one at
 * all, the settings want one more, and the mandate may still be used on the day. They collect what is open of the same
 * items, announced like any other debit.
 */
export async function planRetries(
  tx: Tx,
  all: readonly TakenBack[],
  settings: SettingsRow,
): Promise<Map<string, PlannedDebit>> {
  const wanted = all.flatMap((one) => {
    const rule = ruleFor(one, settings)
    return rule === undefined ? [] : [{ ...one, rule }]
  })
  const debits = wanted.map(({ debit }) => debit)
  const mandates = await mandatesOf(tx, debits)
  const items = new Map((await withItems(tx, debits)).map((one) => [one.debit.id, one.items]))
  const open = new Map(
    (
      await collectableItems(
        tx,
        debits.map(({ customer_id }) => customer_id),
      )
    ).map((item) => [item.id, item]),
  )
  const plans = new Map<string, PlannedDebit>()
  for (const { debit, date, rule } of wanted) {
    const mandate = mandates.get(debit.mandate_id)
    const collectionDate = onTargetDay(
      laterOf(addDays(date, rule.after_days), earliestCollection(tx.today, settings)),
    )
    const free = (items.get(debit.id) ?? []).flatMap(({ item_id, amount }) => {
      const item = open.get(item_id)
      const part = item === undefined || item.held ? 0 : Math.min(amount, freeOf(item))
      return item === undefined || part === 0 ? [] : [{ item, amount: part }]
    })
    if (mandate?.status !== 'active' || collectionDate > mandate.lapses_after_date) continue
    if (free.length === 0) continue
    const { remittance, final } = debit
    plans.set(debit.id, {
      mandate,
      collectionDate,
      items: free,
      remittance,
      final,
      batchId: null,
      retryOf: debit,
    })
  }
  return plans
}

/** The rule by which a debit is collected again; undefined when it is not, or has been often enough. */
const ruleFor = (
  { debit, reasonCode }: TakenBack,
  { retries }: SettingsRow,
): RetryRule | undefined =>
  treatmentOf(reasonCode).retry
    ? retries.find(
        ({ reason_code, times_max }) => reason_code === reasonCode && debit.attempt <= times_max,
      )
    : undefined
