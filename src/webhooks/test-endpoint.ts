import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { endpointTest } from './events.ts'
import { requireEnabledEndpoint } from './queries.ts'

/** Sends a test event to one endpoint, whatever types it asked for. Answers the event's id. */
export async function testEndpoint(tx: Tx, id: string): Promise<string> {
  const endpoint = await requireEnabledEndpoint(tx, id)
  const eventId = newId()
  announce(tx, endpointTest(endpoint, tx.tenant.mode, eventId))
  return eventId
}
