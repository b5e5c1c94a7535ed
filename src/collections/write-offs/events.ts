import { announce } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { type WriteOffWithRecoveries, withRecoveries } from './queries.ts'
import { writeOffToJson } from './schema.ts'
import type { WriteOffRow } from './table.ts'

/** Announces what happened to a write-off, and answers it with the recoveries that stand now. */
export async function announceWriteOff(
  tx: Tx,
  type: Extract<EventType, `write_off.${string}`>,
  writeOff: WriteOffRow,
): Promise<WriteOffWithRecoveries> {
  const [one] = (await withRecoveries(tx, [writeOff])) as [WriteOffWithRecoveries]
  announce(tx, {
    type,
    entity: { kind: 'write_off', id: writeOff.id, sequence: writeOff.version },
    customerId: writeOff.customer_id,
    object: writeOffToJson(one, tx),
  })
  return one
}
