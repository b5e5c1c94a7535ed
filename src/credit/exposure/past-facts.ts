import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { type Kind, publicId, uuidOf } from '../../foundation/id.ts'
import { effectiveStanding } from '../effective-standing.ts'
import { isNaturalPerson } from '../natural-person.ts'
import type { ComponentTerms } from '../policies/policy.ts'
import { isIncluded } from './exposure.ts'
import type { CreditFacts, LimitFact } from './facts.ts'
import { amountsOf } from './load-facts.ts'
import type { Moment } from './moment.ts'
import { openAt, type PastItem, unallocatedAt } from './past-money.ts'
import { type PastRest, type PastStanding, restingAt, standingsAt } from './past-standings.ts'
import { concernedBy, isActive, membersAt, type PastState, statesAt } from './past-states.ts'

/**
 * What a credit decision could know of some customers at a moment of the past: money from the ledger's entries,
 * everything else from the events, which tell of each change with the whole state. The same facts as `loadFacts` reads
 * now, of them and of everyone they shared a limit with.
 */
export async function factsAt(
  reader: Reader,
  customerIds: readonly string[],
  moment: Moment,
  terms: readonly ComponentTerms[],
): Promise<PastKnowledge> {
  const groups = await membersAt(reader, customerIds, moment)
  const ids = [...new Set([...customerIds, ...groups.keys()])]
  const concerned = await concernedBy(reader, ids, [...new Set(groups.values())], moment)
  const items = await openAt(reader, ids, moment)
  const states = await statesAt(
    reader,
    [...concerned, ...items.map(({ item_id }) => item_id)],
    moment,
  )
  const classes = await statesAt(reader, classIdsOf(states), moment)
  const past: Past = {
    moment,
    countsOrders: isIncluded(terms, 'orders'),
    groups,
    items,
    unallocated: await unallocatedAt(reader, ids, moment),
    states: [...states, ...classes],
    standings: await standingsAt(reader, ids, moment),
    resting: await restingAt(reader, ids, moment),
  }
  const isKnown = (id: string) => past.states.some((state) => state.id === id)
  return {
    facts: new Map(ids.filter(isKnown).map((id) => [id, factsOf(past, id)])),
    states: past.states,
  }
}

/** What was known, and the states it came from. */
interface PastKnowledge {
  facts: ReadonlyMap<string, CreditFacts>
  states: readonly PastState[]
}

interface Past {
  moment: Moment
  countsOrders: boolean
  groups: ReadonlyMap<string, string>
  items: readonly PastItem[]
  unallocated: readonly { customer_id: string; currency: string; amount: number }[]
  states: readonly PastState[]
  standings: ReadonlyMap<string, PastStanding>
  resting: readonly PastRest[]
}

const classIdsOf = (states: readonly PastState[]): string[] =>
  states.flatMap(({ kind, object }) =>
    kind === 'customer' && object.customer_class_id !== null
      ? [uuidOf(object.customer_class_id)]
      : [],
  )

function factsOf(past: Past, customerId: string): CreditFacts {
  const { moment, states, groups } = past
  const named = publicId('customer', customerId)
  const of = (kind: Kind) =>
    states.filter((state) => state.kind === kind && state.object.customer_id === named)
  const customer = states.find(({ id }) => id === customerId)?.object
  const tenant = states.find(({ kind }) => kind === 'tenant')?.object
  const customerClass = states.find(
    ({ kind, object }) => kind === 'customer_class' && object.id === customer.customer_class_id,
  )?.object
  const groupId = groups.get(customerId)
  const { late, disputed } = lateItems(past, customerId, of('dunning_hold'))
  const standing = past.standings.get(customerId)
  const holds = of('credit_hold')
    .filter(({ object }) => object.lifted_date === null && object.from_date <= moment.day)
    .sort((a, b) => order(a.object.created_at, b.object.created_at) || order(a.id, b.id))
  return {
    customerId,
    currency: customer.currency,
    naturalPerson: isNaturalPerson(customer),
    netDays: customer.net_days ?? customerClass?.net_days ?? tenant?.net_days ?? null,
    limit: limitOn(moment.day, of('credit_limit')),
    group:
      groupId === undefined
        ? null
        : {
            id: groupId,
            limit: limitOn(
              moment.day,
              states.filter(({ object }) => object.group_id === publicId('credit_group', groupId)),
            ),
          },
    amounts: amountsOf(partsOf(past, customerId, late, disputed, of)),
    oldestOverdueDate: late.map(({ due_date }) => due_date).sort()[0] ?? null,
    highestLevel: late.reduce(
      (highest, { item_id }) => Math.max(highest, levelOf(states, item_id)),
      0,
    ),
    creditHoldId: holds[0]?.id ?? null,
    score: standing?.score ?? null,
    standing: standing === undefined ? null : effectiveStanding(standing, moment.day),
    nextReviewDate: standing?.next_review_date ?? null,
    resting: past.resting
      .filter((one) => one.customer_id === customerId)
      .map(({ rule, check_id }) => ({ rule, checkId: check_id })),
  }
}

/** The items that were overdue, and those that were disputed: by a hold on them, on their invoice or on the customer. */
function lateItems(
  { items, moment: { day } }: Past,
  customerId: string,
  holds: readonly PastState[],
) {
  const own = items.filter(({ customer_id }) => customer_id === customerId)
  const disputes = holds.filter(
    ({ object }) =>
      object.reason === 'dispute' &&
      object.lifted_date === null &&
      object.from_date <= day &&
      (object.until_date === null || object.until_date >= day),
  )
  const isDisputed = ({ item_id, invoice_id }: PastItem) =>
    disputes.some(({ object }) =>
      object.item_id === null
        ? object.invoice_id === null ||
          (invoice_id !== null && object.invoice_id === publicId('invoice', invoice_id))
        : object.item_id === publicId('open_item', item_id),
    )
  return {
    disputed: own.filter(isDisputed),
    late: own.filter((item) => item.due_date < day && !isDisputed(item)),
  }
}

function partsOf(
  { items, unallocated, countsOrders, moment: { day, at } }: Past,
  customerId: string,
  late: readonly PastItem[],
  disputed: readonly PastItem[],
  of: (kind: Kind) => PastState[],
) {
  const part =
    (component: Parameters<typeof amountsOf>[0][number]['component']) =>
    ({ currency, amount }: { currency: string; amount: number }) => ({
      currency,
      component,
      amount,
    })
  const orders = of('order_on_hand').map(({ object }) => object)
  const isOwn = ({ customer_id }: { customer_id: string }) => customer_id === customerId
  return [
    ...items.filter(isOwn).map(part('open')),
    ...unallocated.filter(isOwn).map(part('unallocated')),
    ...late.map(part('overdue')),
    ...disputed.map(part('disputed')),
    ...of('payment')
      .filter(
        ({ object }) =>
          object.status === 'received' &&
          object.provisional_until_date >= day &&
          object.transferred_from_id === null,
      )
      .map(({ object }) =>
        part('provisional_debits')({
          currency: object.currency,
          amount: object.amount - object.reversed_amount,
        }),
      ),
    ...orders.map(({ currency, open_amount }) => part('orders')({ currency, amount: open_amount })),
    ...of('reservation')
      .filter(({ object }) => isActive(object, at))
      .map(({ object }) => {
        const ordered = orders.find(
          (one) => one.external_id === object.external_id && one.currency === object.currency,
        )
        const amount = Math.max(
          0,
          object.open_amount - (countsOrders ? (ordered?.open_amount ?? 0) : 0),
        )
        return part('reservations')({ currency: object.currency, amount })
      }),
  ]
}

const levelOf = (states: readonly PastState[], itemId: string): number =>
  states.find(({ id }) => id === itemId)?.object.level ?? 0

/** The limit in force on a day among those that were there: the rule of `limitInForce`. */
function limitOn(day: CalendarDate, limits: readonly PastState[]): LimitFact | null {
  const [first] = limits
    .map(({ id, object }) => ({ ...object, id }))
    .filter(
      (limit) =>
        limit.status === 'approved' &&
        limit.valid_from <= day &&
        (limit.kind === 'standing' || limit.valid_until >= day) &&
        (limit.ended_date === null || limit.ended_date > day),
    )
    .sort(
      (a, b) =>
        Number(b.kind === 'temporary') - Number(a.kind === 'temporary') ||
        order(b.valid_from, a.valid_from) ||
        b.ordinal - a.ordinal,
    )
  if (first === undefined) return null
  const { id, kind, currency, amount, valid_until } = first
  return {
    id,
    kind,
    currency,
    amount,
    valid_until,
    expired: valid_until !== null && valid_until < day,
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
