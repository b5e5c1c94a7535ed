import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { activityToJson } from './schema.ts'
import type { ActivityRow } from './table.ts'

export const activityFact = (
  type: Extract<EventType, `activity.${string}`>,
  activity: ActivityRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'activity', id: activity.id, sequence: activity.version },
  customerId: activity.customer_id,
  object: activityToJson(activity, reader),
  ...(previous && { previous }),
})
