import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Act } from './limitation.ts'

/** An agreed later due date, as the law of limitation sees it. */
export interface AgreedDeferral {
  agreedDate: CalendarDate
  previousDueDate: CalendarDate
  dueDate: CalendarDate
  /** Whether the debtor acknowledged the debt in agreeing. */
  acknowledged: boolean
}

/**
 * From which due date the limitation of a claim counts, and what deferrals mean for it. One that was agreed before the
 * claim was due moves that day. One agreed later leaves it where it is: the period does not run while the deferral
 * lasts, and begins anew where the debtor acknowledged the debt. Deferrals come in the order they were agreed.
 */
export function limitationBasis(
  dueDate: CalendarDate,
  deferrals: readonly AgreedDeferral[],
): { dueDate: CalendarDate; acts: Act[] } {
  let countedFrom = deferrals[0]?.previousDueDate ?? dueDate
  const acts: Act[] = []
  for (const { agreedDate, dueDate: later, acknowledged } of deferrals) {
    if (agreedDate <= countedFrom) {
      countedFrom = later
      continue
    }
    if (acknowledged) acts.push({ kind: 'acknowledgement', date: agreedDate, untilDate: null })
    acts.push({ kind: 'deferral', date: agreedDate, untilDate: later })
  }
  return { dueDate: countedFrom, acts }
}

/** The deferrals of the row `item` that hold, as JSON. */
export const deferralsOfItem = sql<AgreedDeferral[]>`(
  select coalesce(json_agg(json_build_object('agreedDate', agreed_date, 'previousDueDate', previous_due_date,
    'dueDate', deferral.due_date, 'acknowledged', acknowledged) order by previous_due_date), '[]')
  from deferral
  where deferral.tenant_id = item.tenant_id and deferral.item_id = item.id and deferral.status = 'agreed')`
