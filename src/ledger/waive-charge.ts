import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture, invalidFields, Problem } from '../foundation/problem.ts'
import { chargeFact } from './events.ts'
import { moveItems } from './move-items.ts'
import { type ItemWithLevel, lockCustomers, requireItem } from './queries.ts'

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

  await moveItems(tx, [
    {
      entryId: newId(),
      itemId: charge.id,
      amount,
      part: 'waived',
      happening: 'charge_waived',
      counterAccount: 'charges_waived',
      effectiveDate: date,
      source: { kind: 'charge', id: charge.id },
      origin: 'own',
      undoesId: null,
    },
  ])
  const waived = await requireItem(tx, charge.id)
  const fact = chargeFact('charge.waived', waived, await nextSequence(tx, charge.id), tx)
  announce(tx, { ...fact, object: { ...fact.object, waive_reason: input.reason } })
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

/** A charge has no version of its own: its events are counted by those it has. The customer is locked. */
async function nextSequence(tx: Tx, itemId: string): Promise<number> {
  const { last } = await tx.db
    .selectFrom('event')
    .select(sql<number>`max(entity_sequence)`.as('last'))
    .where('tenant_id', '=', tx.tenant.id)
    .where('entity_id', '=', itemId)
    .executeTakeFirstOrThrow()
  return last + 1
}
