import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { type Accrual, accrue, type ItemQuestion } from '../law/accrue.ts'
import { rateUnknown } from '../law/late-interest.ts'
import { type ChargedBefore, loadChargedBefore } from './charged-before.ts'
import { claimAsItems } from './claim-charges.ts'
import { basisOf, type EndedAccrual, type EndingAccrual, endAccrual } from './end-accrual.ts'
import { accrualWaivedFact } from './events.ts'
import { waiveOverClaims } from './waive-over-claims.ts'

/**
 * Ends interest that ran, by the end of a day: claims what was not claimed before, or gives it up; where more was claimed
 * than there is, that is waived, and given back where it was paid. Claimed by changing the row, so that nobody settles it
 * twice. What cannot be reckoned, as for a missing rate, runs on, is looked at again tomorrow, and is answered. The
 * customers are locked.
 */
export async function settleInterest(
  tx: Tx,
  endings: readonly EndingAccrual[],
  until: CalendarDate,
): Promise<Accrual[]> {
  const itemIds = endings.map(({ charge }) => charge.item_id as string)
  const [accruals, before] = await Promise.all([
    accrue(tx, endings.map(questionOf), until),
    loadChargedBefore(tx, itemIds),
  ])
  const outcomes = endings.map((ending) => {
    const id = ending.charge.item_id as string
    const accrual = accruals.get(id) as Accrual
    return {
      accrual,
      ...endAccrual(tx, ending, accrual, before.get(id) as ChargedBefore, until),
    }
  })
  await keep(tx, outcomes)
  return outcomes.filter(({ waits }) => waits).map(({ accrual }) => accrual)
}

/** Ends the interest of one item at once, where it runs; refuses where a rate is missing (`reference_rate_unknown`). */
export async function endInterest(
  tx: Tx,
  itemId: string,
  { enforced, until }: { enforced: boolean; until: CalendarDate },
): Promise<void> {
  const charge = await tx.db
    .selectFrom('dunning_charge')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .where('item_id', '=', itemId)
    .where('status', '=', 'accrued')
    .executeTakeFirst()
  if (charge === undefined) return
  const [waiting] = await settleInterest(tx, [{ charge, enforced, reason: 'item_deferred' }], until)
  if (waiting?.series && waiting.unknownFrom) throw rateUnknown(waiting.series, waiting.unknownFrom)
}

const questionOf = ({ charge }: EndingAccrual): ItemQuestion => ({
  itemId: charge.item_id as string,
  interest: basisOf(charge),
})

async function keep(tx: Tx, outcomes: readonly EndedAccrual[]): Promise<void> {
  const kept = outcomes.filter(({ left, waits }) => waits || left > 0).map(({ charge }) => charge)
  const gone = outcomes
    .filter(({ left, waits }) => !waits && left <= 0)
    .map(({ charge }) => charge.id)
  const over = outcomes.filter(({ left }) => left < 0)
  await waiveOverClaims(
    tx,
    over.map(({ charge, left }) => ({ itemId: charge.item_id as string, amount: -left })),
  )
  await claimAsItems(tx, kept)
  await sql`
    with gone as (
      delete from dunning_charge where tenant_id = ${tx.tenant.id} and id = any(${gone})
    )
    update dunning_charge as charge
    set level = kept.level, status = kept.status, amount = kept.amount, reason = kept.reason, from_date = kept.from_date,
      until_date = kept.until_date, claim_item_id = kept.claim_item_id, next_look_date = kept.next_look_date,
      explanation = kept.explanation, updated_at = kept.updated_at
    from json_populate_recordset(null::dunning_charge, ${JSON.stringify(kept)}) as kept
    where charge.tenant_id = ${tx.tenant.id} and charge.id = kept.id
  `.execute(tx.db)
  const waived = kept.filter(({ status }) => status === 'waived')
  announce(tx, ...waived.map((charge) => accrualWaivedFact(charge, tx)))
}
