import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { taskToJson } from './schema.ts'
import type { TaskRow } from './table.ts'

export const taskFact = (
  type: Extract<EventType, `task.${string}`>,
  task: TaskRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'task', id: task.id, sequence: task.version },
  customerId: task.customer_id,
  object: taskToJson(task, reader),
  ...(previous && { previous }),
})
