import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { type CalendarDate, daysOverdue } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import type { MeasuredCustomer } from '../exposure/measure.ts'
import { creditHoldFact } from '../holds/events.ts'
import { placeCreditHolds } from '../holds/place-credit-holds.ts'
import type { CreditHoldRow } from '../holds/table.ts'
import type { HoldRules } from '../policies/policy.ts'
import { limitsSeen } from './limits-seen.ts'

/** What a policy may place a hold for. */
type Cause = Extract<CreditHoldRow['reason'], 'overdue' | 'limit_exceeded'>

/**
 * Places the holds that the policy wishes for and lifts those of its own whose cause is gone; what a person or a dunning
 * level has placed is theirs. The customers are locked.
 */
export async function holdByPolicy(
  tx: Tx,
  measured: ReadonlyMap<string, MeasuredCustomer>,
  rules: HoldRules,
): Promise<void> {
  const wishes = [...measured].flatMap(([customerId, one]) =>
    causesOf(one, rules, tx.today).map((reason) => ({ customerId, reason })),
  )
  await liftUnwished(tx, [...measured.keys()], wishes)
  await placeCreditHolds(
    tx,
    wishes.map((wish) => ({
      ...wish,
      note: null,
      fromDate: tx.today,
      origin: 'policy',
      noticeId: null,
    })),
  )
}

const causesOf = (
  one: MeasuredCustomer,
  { overdue_days, over_limit }: HoldRules,
  today: CalendarDate,
): Cause[] => {
  const { oldestOverdueDate } = one.facts
  const late = oldestOverdueDate === null ? 0 : daysOverdue(oldestOverdueDate, today)
  const isOver = limitsSeen(one).some(
    ({ exposureAmount, limitAmount }) => exposureAmount > limitAmount,
  )
  return [
    ...(overdue_days !== null && late >= overdue_days ? (['overdue'] as const) : []),
    ...(over_limit && isOver ? (['limit_exceeded'] as const) : []),
  ]
}

async function liftUnwished(
  tx: Tx,
  customerIds: readonly string[],
  wishes: readonly { customerId: string; reason: Cause }[],
): Promise<void> {
  const { rows: lifted } = await sql<CreditHoldRow>`
    update credit_hold
    set lifted_date = ${tx.today}, lift_reason = 'Its cause is gone.', version = version + 1, updated_at = ${tx.now}
    where tenant_id = ${tx.tenant.id} and customer_id = any(${customerIds}) and origin = 'policy' and lifted_date is null
      and (customer_id, reason) not in (
        select "customerId", reason from json_to_recordset(${JSON.stringify(wishes)}) as wish("customerId" uuid, reason text))
    returning *
  `.execute(tx.db)
  const previous = { lifted_date: null, lift_reason: null }
  announce(tx, ...lifted.map((hold) => creditHoldFact('credit_hold.lifted', hold, tx, previous)))
}
