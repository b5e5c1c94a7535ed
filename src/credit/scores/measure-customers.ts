import { daysOverdue } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { type Exposure, openOf, utilisation } from '../exposure/exposure.ts'
import { exposuresOf } from '../exposure/exposures-of.ts'
import type { Measured, MeasuredCustomer } from '../exposure/measure.ts'
import { type Behaviour, measureBehaviour } from './measure-behaviour.ts'
import type { Figures } from './scorecard.ts'
import type { StandingBasis } from './standing.ts'

/** Everything that a score and a standing are made from. */
export interface MeasuredForScore {
  figures: Figures
  basis: StandingBasis
}

/** Measures customers for their score and standing, as they are today. */
export async function measureCustomers(
  reader: Reader,
  customerIds: readonly string[],
  settledItemsMax: number,
): Promise<Map<string, MeasuredForScore>> {
  const exposures = await exposuresOf(reader, customerIds)
  const behaviours = await measureBehaviour(reader, [...exposures.keys()], settledItemsMax)
  return new Map(
    [...behaviours].map(([id, behaviour]) => [
      id,
      together(reader, behaviour, exposures.get(id) as MeasuredCustomer),
    ]),
  )
}

function together(
  { today }: Reader,
  { settled_items, ...behaviour }: Behaviour,
  { facts, own, group }: MeasuredCustomer,
): MeasuredForScore {
  const oldest = facts.oldestOverdueDate
  return {
    figures: {
      ...behaviour,
      overdue_percent: overduePercent(own.exposure),
      utilisation_percent: highestUtilisation(own, group),
    },
    basis: {
      settled_items,
      days_late: behaviour.days_late,
      oldest_overdue_days: oldest === null ? 0 : daysOverdue(oldest, today),
    },
  }
}

/** Rounded down; null while nothing is open. */
function overduePercent(exposure: Exposure): number | null {
  const { overdue, open } = openOf(exposure)
  return open === 0 ? null : Number((BigInt(overdue) * 100n) / BigInt(open))
}

/** Of its own limit or of that of its group, whichever is nearer; null without a limit in force. */
function highestUtilisation(own: Measured, group: Measured | null): number | null {
  const found = [own, group].flatMap((one) => {
    if (one === null || one.limit === null || one.limit.expired) return []
    return utilisation(one.exposure.amount, one.limit.amount) ?? []
  })
  return found.length === 0 ? null : Math.max(...found)
}
