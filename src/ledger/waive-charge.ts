import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { chargeFact } from './events.ts'
import { moveItems } from './move-items.ts'
import { findItems, type ItemWithLevel, lockCustomers, requireItem } from './queries.ts'

export interface WaiveCharge {
  itemId: string
  /** What is given up, minor units; all that is open when null. */
  amount: number | null
  /** The day it counts; today when null. */
  waiveDate: CalendarDate | null
  reason: string
}

/** Gives up a charge or part of it: charges waived against receivable. Nobody owes it any more; nothing undoes it. */
export async function waiveCharge(tx: Tx, input: WaiveCharge): Promise<ItemWithLevel> {
  const { customer_id } = await requireItem(tx, input.itemId)
  await lockCustomers(tx, [customer_id])
  const charge = await requireItem(tx, input.itemId)
  const amount = input.amount ?? charge.open_amount
  const date = input.waiveDate ?? tx.today
  refuseImpossible(charge, amount, date, tx.today)
  const [waived] = await giveUp(tx, [{ itemId: charge.id, amount }], date, input.reason)
  return waived as ItemWithLevel
}

/** Gives up all that is open of some charges, today, in one statement. The customers are locked. */
export async function waiveCharges(
  tx: Tx,
  itemIds: readonly string[],
  reason: string,
): Promise<void> {
  const open = [...(await findItems(tx, itemIds)).values()].filter(
    ({ open_amount }) => open_amount > 0,
  )
  await waiveParts(
    tx,
    open.map(({ id, open_amount }) => ({ itemId: id, amount: open_amount })),
    reason,
  )
}

/** Gives up parts of what is open of some charges, today, in one statement. The customers are locked. */
export async function waiveParts(
  tx: Tx,
  parts: readonly { itemId: string; amount: number }[],
  reason: string,
): Promise<void> {
  await giveUp(tx, parts, tx.today, reason)
}

async function giveUp(
  tx: Tx,
  waivers: readonly { itemId: string; amount: number }[],
  effectiveDate: CalendarDate,
  reason: string,
): Promise<ItemWithLevel[]> {
  const moved = await moveItems(
    tx,
    waivers.map(({ itemId, amount }) => ({
      entryId: newId(),
      itemId,
      amount,
      part: 'waived',
      happening: 'charge_waived',
      counterAccount: 'charges_waived',
      effectiveDate,
      source: { kind: 'charge', id: itemId },
      origin: 'own',
      undoesId: null,
    })),
  )
  const waived = moved.map((item) => ({ ...item, level: 0 }))
  const sequences = await lastSequences(tx, waived)
  for (const item of waived) {
    const fact = chargeFact('charge.waived', item, (sequences.get(item.id) ?? 0) + 1, tx)
    announce(tx, { ...fact, object: { ...fact.object, waive_reason: reason } })
  }
  return waived
}

function refuseImpossible(
  charge: ItemWithLevel,
  amount: number,
  date: CalendarDate,
  today: CalendarDate,
): void {
  if (charge.charge_kind === null || charge.charge_kind === 'returned_payment')
    throw new Problem('not_a_charge')
  if (charge.open_amount === 0 || amount > charge.open_amount)
    throw new Problem('insufficient_open_amount', { open_amount: charge.open_amount })
  if (date > today) throw dateInFuture('waive_date', date, today)
  if (date < charge.claim_date) {
    throw invalidFields({
      pointer: '#/waive_date',
      code: 'before_claim_date',
      detail: 'must not be before the charge was claimed',
      params: { claim_date: charge.claim_date },
    })
  }
}

/** A charge has no version of its own: its events are counted by those it has. The customers are locked. */
async function lastSequences(
  tx: Tx,
  items: readonly { id: string }[],
): Promise<Map<string, number>> {
  const rows = await tx.db
    .selectFrom('event')
    .select(['entity_id', sql<number>`max(entity_sequence)`.as('last')])
    .where('tenant_id', '=', tx.tenant.id)
    .where('entity_id', '=', sql<string>`any(${items.map(({ id }) => id)})`)
    .groupBy('entity_id')
    .execute()
  return new Map(rows.map(({ entity_id, last }) => [entity_id, last]))
}
