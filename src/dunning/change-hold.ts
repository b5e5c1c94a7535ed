import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { lookAtCustomer } from '../ledger/watch-items.ts'
import { holdFact } from './events.ts'
import { requireHold } from './queries.ts'
import type { HoldRow } from './table.ts'

export interface ChangeHold {
  id: string
  changes: { until_date?: CalendarDate | null; note?: string | null }
  ifMatch: number | undefined
}

/** Extends or shortens a hold, or changes its note. What it covers is looked at again, today. */
export async function changeHold(tx: Tx, { id, changes, ifMatch }: ChangeHold): Promise<HoldRow> {
  const before = await requireHold(tx, id)
  requireVersion(before.version, ifMatch)
  if (before.lifted_date !== null) throw lifted(before)
  const { until_date: untilDate = before.until_date, note = before.note } = changes
  if (untilDate !== null && untilDate < before.from_date) {
    throw invalidFields({
      pointer: '#/until_date',
      code: 'before_from_date',
      detail: 'must not be before from_date',
      params: { from_date: before.from_date },
    })
  }
  if (untilDate === before.until_date && note === before.note) return before
  const hold = await update(tx, before, { until_date: untilDate, note })
  announce(
    tx,
    holdFact('dunning_hold.updated', hold, tx, {
      until_date: before.until_date,
      note: before.note,
    }),
  )
  return hold
}

/** Ends a hold before its time. What it covered is looked at again, today. */
export async function liftHold(
  tx: Tx,
  { id, ifMatch }: { id: string; ifMatch: number | undefined },
): Promise<HoldRow> {
  const before = await requireHold(tx, id)
  requireVersion(before.version, ifMatch)
  if (before.lifted_date !== null) throw lifted(before)
  const hold = await update(tx, before, { lifted_date: tx.today })
  announce(tx, holdFact('dunning_hold.lifted', hold, tx, { lifted_date: null }))
  return hold
}

async function update(
  tx: Tx,
  before: HoldRow,
  set: Partial<Pick<HoldRow, 'until_date' | 'note' | 'lifted_date'>>,
): Promise<HoldRow> {
  await lockCustomers(tx, [before.customer_id])
  const hold = await tx.db
    .updateTable('dunning_hold')
    .set({ ...set, version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (hold === undefined) throw new Problem('version_mismatch')
  await lookAtCustomer(tx, before.customer_id)
  return hold
}

const lifted = (hold: HoldRow) =>
  new Problem('invalid_state', {
    current_status: 'lifted',
    allowed_actions: [],
    lifted_date: hold.lifted_date,
  })
