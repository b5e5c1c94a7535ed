import { sql } from 'kysely'
import type { Tx } from '../foundation/database/commit.ts'
import { type Kind, newId } from '../foundation/id.ts'
import type { EventType } from './catalogue.ts'
import type { EventData } from './table.ts'

/** A fact as its wing states it. */
export interface Fact {
  /** The id of the event, when it has to be known beforehand; by default a new one. */
  id?: string
  type: EventType
  /** What it happened to. `sequence` is the entity's version after the change, so that each version has its event. */
  entity: { kind: Kind; id: string; sequence: number }
  /** The customer concerned, if there is one; the feed can be filtered by it. */
  customerId: string | null
  /** The entity as it stands now, as the API would show it. */
  object: EventData['object']
  /** What of it was different before, for updates. */
  previous?: Record<string, unknown>
}

const announcements = new WeakMap<Tx, (Fact & { id: string })[]>()

/**
 * States a fact. It is written when the transaction commits, in the order in which facts were stated, all of them in
 * one statement that travels with the commit; so it is true exactly if its cause is.
 */
export function announce(tx: Tx, ...facts: Fact[]): void {
  let stated = announcements.get(tx)
  if (stated === undefined) {
    stated = []
    announcements.set(tx, stated)
    const all = stated
    tx.closing.push(() => write(tx, all))
    tx.wakes.add('sequencer')
  }
  for (const fact of facts) stated.push({ ...fact, id: fact.id ?? newId() })
}

const write = (tx: Tx, facts: (Fact & { id: string })[]) =>
  sql`
    with fact as (
      select * from json_to_recordset(${JSON.stringify(facts.map((fact, ordinal) => toRow(tx, fact, ordinal)))}) as fact(
        ordinal int, id uuid, type text, entity_kind text, entity_id uuid, entity_sequence int, customer_id uuid,
        actor text, request_id text, address text, data json)
    ), announced as (
      insert into event (tenant_id, id, type, entity_kind, entity_id, entity_sequence, customer_id, occurred_at, origin, actor, request_id, address, data)
      select ${tx.tenant.id}, id, type, entity_kind, entity_id, entity_sequence, customer_id, ${tx.now}, ${tx.cause.origin}, actor, request_id, address, data
      from fact
    )
    insert into event_outbox (tenant_id, event_id)
    select ${tx.tenant.id}, id from fact order by ordinal
  `.compile(tx.db)

function toRow(
  tx: Tx,
  { id, type, entity, customerId, object, previous }: Fact & { id: string },
  ordinal: number,
) {
  const { actor, requestId, address } =
    (customerId === null ? undefined : tx.causes?.get(customerId)) ?? tx.cause
  return {
    ordinal,
    id,
    type,
    entity_kind: entity.kind,
    entity_id: entity.id,
    entity_sequence: entity.sequence,
    customer_id: customerId,
    actor,
    request_id: requestId,
    address,
    data: previous === undefined ? { object } : { object, previous_attributes: previous },
  }
}
