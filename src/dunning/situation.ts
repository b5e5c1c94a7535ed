import { sql } from 'kysely'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Reader } from '../foundation/database/frame.ts'
import { groupBy } from '../foundation/group.ts'
import type { OpenItemRow } from '../ledger/table.ts'
import { type DunnedItem, loadItems } from './dunned-items.ts'
import type { CoveringHold, ItemSituation, Situation } from './evaluate.ts'
import { loadPaymentsKnownUntil, loadUnallocated } from './known-money.ts'
import { type LimitedClaim, loadLimitationDates } from './law/limitation-dates.ts'
import { contactsOf, lastNoticeIn, loadNotices } from './past-notices.ts'
import type { HoldRow } from './table.ts'

/** One customer's open items in one currency, as facts and as the evaluator sees them. */
export interface CustomerSituation {
  customerId: string
  currency: string
  items: DunnedItem[]
  situation: Situation
}

/**
 * Everything that decides about the open items of some customers, loaded set-based: the items with their levels, the
 * policy version each is bound to or would follow, the holds of now and later, the customers' notices and contacts,
 * their unallocated money, and how fresh what we know of payments is. The proposal that is being released hinders none
 * of its own items.
 */
export async function loadSituations(
  reader: Reader,
  customerIds: readonly string[],
  { releasing = null }: { releasing?: string | null } = {},
): Promise<CustomerSituation[]> {
  const [items, holds, notices, unallocated, paymentsKnownUntil, limitationDates] =
    await Promise.all([
      loadItems(reader, customerIds, releasing),
      loadHolds(reader, customerIds),
      loadNotices(reader, customerIds),
      loadUnallocated(reader, customerIds),
      loadPaymentsKnownUntil(reader),
      loadLimitationDates(reader),
    ])
  const holdsOf = groupBy(holds, ({ customer_id }) => customer_id)
  const noticesOf = groupBy(notices, ({ customer_id }) => customer_id)
  const groups = groupBy(items, ({ customer_id, currency }) => `${customer_id} ${currency}`)
  return [...groups].map(([key, group]) => {
    const [customerId, currency] = key.split(' ') as [string, string]
    const told = noticesOf.get(customerId) ?? []
    const situation = {
      currency,
      lastNoticeDate: lastNoticeIn(currency, told),
      contacts: contactsOf(told),
      paymentsKnownUntil,
      unallocatedAmount: unallocated.get(key) ?? 0,
      items: group.map((item) =>
        toSituation(
          item,
          holdsOf.get(customerId) ?? [],
          limitationDates(claimOf(item), reader.today),
        ),
      ),
    }
    return { customerId, currency, items: group, situation }
  })
}

/** The holds of today and later; which of them counts on a day, the evaluator says. */
const loadHolds = (
  { db, tenant, today }: Reader,
  customerIds: readonly string[],
): Promise<HoldRow[]> =>
  db
    .selectFrom('dunning_hold')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', sql<string>`any(${customerIds})`)
    .where('lifted_date', 'is', null)
    .where((hold) => hold.or([hold('until_date', 'is', null), hold('until_date', '>=', today)]))
    .execute()

/** An item as the law of limitation sees it: its last notice is a written demand. */
const claimOf = (item: DunnedItem): LimitedClaim => ({
  country: item.country,
  debtor: item.customer_kind,
  claimDate: item.claim_date,
  dueDate: item.due_date,
  deferrals: item.deferrals,
  demandDate: item.level_date,
})

const toSituation = (
  item: DunnedItem,
  holds: readonly HoldRow[],
  limitationDate: CalendarDate | null,
): ItemSituation => ({
  id: item.id,
  principal: item.kind === 'invoice' || item.charge_kind === 'returned_payment',
  dueDate: item.due_date,
  openAmount: item.open_amount,
  level: item.level,
  levelDate: item.level_date,
  deadlineDate: item.deadline_date,
  courtesies: item.courtesies,
  maximumLevel: item.maximum_level,
  policy: item.policy,
  policyChooser: item.policy_chooser,
  holds: holdsOn(item, holds),
  collectionDate: item.collection_date,
  proposedBy: item.proposed_by,
  limitationDate,
})

/** The holds that cover an item: its own, its invoice's, and those on all of its customer. */
const holdsOn = (item: OpenItemRow, holds: readonly HoldRow[]): CoveringHold[] =>
  holds
    .filter(
      ({ invoice_id, item_id }) =>
        (item_id === null || item_id === item.id) &&
        (invoice_id === null || invoice_id === item.invoice_id),
    )
    .map(({ id, reason, from_date, until_date }) => ({
      id,
      reason,
      fromDate: from_date,
      untilDate: until_date,
    }))
