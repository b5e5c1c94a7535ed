import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { orderToJson } from './schema.ts'
import type { OrderRow } from './table.ts'

/** What happened to an order on hand, with the order as it stands now. */
export const orderFact = (
  type: Extract<EventType, `order_on_hand.${string}`>,
  order: OrderRow,
  reader: Reader,
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind: 'order_on_hand', id: order.id, sequence: order.version },
  customerId: order.customer_id,
  object: orderToJson(order, reader),
  ...(previous && { previous }),
})
