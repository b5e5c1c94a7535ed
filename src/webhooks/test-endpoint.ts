import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import { endpointTest } from './events.ts'
import { requireEndpoint } from './queries.ts'

/** Sends a test event to one endpoint, whatever types it asked for. Answers the event's id. */
export async function testEndpoint(tx: Tx, id: string): Promise<string> {
  const endpoint = await requireEndpoint(tx, id)
  if (endpoint.status !== 'enabled') {
    throw new Problem('invalid_state', {
      current_status: endpoint.status,
      allowed_actions: ['enable'],
    })
  }
  const eventId = newId()
  announce(tx, endpointTest(endpoint, tx.tenant.mode, eventId))
  return eventId
}
