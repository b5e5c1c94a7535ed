import type { Fact } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { sum } from '../foundation/money.ts'
import type { NewItem } from './claim-items.ts'

/** A charge became an open item. */
export const chargeClaimedFact = (tx: Tx, charge: NewItem): Fact => ({
  type: 'charge.claimed',
  entity: { kind: 'open_item', id: charge.id, sequence: 1 },
  customerId: charge.customerId,
  object: {
    id: publicId('open_item', charge.id),
    object: 'open_item',
    kind: charge.kind,
    charge_kind: charge.chargeKind,
    customer_id: publicId('customer', charge.customerId),
    notice_id: publicIdOrNull('dunning_notice', charge.noticeId),
    currency: charge.currency,
    due_date: charge.dueDate,
    total_amount: sum(charge.credits.map(({ amount }) => amount)),
    claimed_date: tx.today,
  },
})
