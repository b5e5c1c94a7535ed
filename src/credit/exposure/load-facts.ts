import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { effectiveStandingSql } from '../effective-standing.ts'
import { limitInForce } from '../limits/limit-in-force.ts'
import type { ComponentTerms, ExposureComponent, Standing } from '../policies/policy.ts'
import { type Amounts, isIncluded, noAmounts } from './exposure.ts'
import type { CreditFacts, Knowledge, LimitFact } from './facts.ts'

interface FactsRow {
  snapshot: string
  customer_id: string
  currency: string
  natural_person: boolean
  net_days: number | null
  own_limit: LimitFact | null
  group_id: string | null
  group_limit: LimitFact | null
  parts: { currency: string; component: Part; amount: number }[] | null
  oldest_overdue_date: CalendarDate | null
  highest_level: number
  credit_hold_id: string | null
  score: number | null
  standing: Standing | null
  next_review_date: CalendarDate | null
  resting: CreditFacts['resting'] | null
}

/** As it is stored: what is open is kept whole, what is not due of it is what remains. */
type Part = Exclude<ExposureComponent, 'not_due'> | 'open'

/**
 * Everything a credit decision can know of some customers now, in one statement and so of one moment: of them, and of
 * everyone who shares a limit with them. What is open and unallocated is kept per customer by the ledger; only what is
 * overdue, disputed, ordered or reserved is added up, each by an index of its own. What an order that counts claims, its
 * reservation does not claim again.
 */
export async function loadFacts(
  reader: Reader,
  customerIds: readonly string[],
  terms: readonly ComponentTerms[],
): Promise<Knowledge> {
  const { db, tenant, today, now } = reader
  const { rows } = await sql<FactsRow>`
    with concerned as (
      select unnest(${customerIds}::uuid[]) as customer_id
      union
      select fellow.customer_id from credit_group_member as member
      join credit_group_member as fellow on fellow.tenant_id = ${tenant.id} and fellow.group_id = member.group_id
      where member.tenant_id = ${tenant.id} and member.customer_id = any(${customerIds})
    ), disputed as (
      select distinct item.id, item.customer_id, item.currency, item.open_amount
      from concerned
      join dunning_hold as hold on hold.tenant_id = ${tenant.id} and hold.customer_id = concerned.customer_id
        and hold.reason = 'dispute' and hold.lifted_date is null and hold.from_date <= ${today}
        and (hold.until_date is null or hold.until_date >= ${today})
      join open_item as item on item.tenant_id = ${tenant.id} and item.customer_id = concerned.customer_id
        and item.open_amount > 0 and ${covers}
    ), overdue as (
      select item.customer_id, item.currency, item.open_amount, item.due_date, coalesce(state.level, 0) as level
      from concerned
      join open_item as item on item.tenant_id = ${tenant.id} and item.customer_id = concerned.customer_id
        and item.open_amount > 0 and item.due_date < ${today}
      left join dunning_state as state on state.tenant_id = ${tenant.id} and state.item_id = item.id
      where not exists (select 1 from disputed where disputed.id = item.id)
    ), part as (
      select balance.customer_id, balance.currency, kept.component, kept.amount
      from concerned
      join customer_balance as balance on balance.tenant_id = ${tenant.id} and balance.customer_id = concerned.customer_id
      cross join lateral (values ('open', balance.open_amount), ('unallocated', balance.unallocated_amount)) as kept(component, amount)
      union all
      select customer_id, currency, 'disputed', open_amount from disputed
      union all
      select customer_id, currency, 'overdue', open_amount from overdue
      union all
      select payment.customer_id, payment.currency, 'provisional_debits', payment.amount - payment.reversed_amount
      from concerned
      join payment on payment.tenant_id = ${tenant.id} and payment.customer_id = concerned.customer_id
        and payment.status = 'received' and payment.provisional_until_date >= ${today} and payment.transferred_from_id is null
      union all
      select ordered.customer_id, ordered.currency, 'orders', ordered.open_amount
      from concerned
      join order_on_hand as ordered on ordered.tenant_id = ${tenant.id} and ordered.customer_id = concerned.customer_id
        and ordered.open_amount > 0
      union all
      select reservation.customer_id, reservation.currency, 'reservations', greatest(0, reservation.open_amount - coalesce(ordered.open_amount, 0))
      from concerned
      join reservation on reservation.tenant_id = ${tenant.id} and reservation.customer_id = concerned.customer_id
        and reservation.status = 'active' and reservation.expires_at > ${now}
      left join order_on_hand as ordered on ordered.tenant_id = ${tenant.id} and ordered.customer_id = reservation.customer_id
        and ordered.external_id = reservation.external_id and ordered.currency = reservation.currency and ${isIncluded(terms, 'orders')}
    ), parts as (
      select customer_id, json_agg(json_build_object('currency', currency, 'component', component, 'amount', amount)) as parts
      from (select customer_id, currency, component, sum(amount) as amount from part group by customer_id, currency, component) as total
      group by customer_id
    ), lateness as (
      select customer_id, min(due_date) as oldest_overdue_date, max(level) as highest_level from overdue group by customer_id
    )
    select pg_current_snapshot()::text as snapshot, customer.id as customer_id, customer.currency,
      customer.natural_person or customer.kind = 'consumer' as natural_person,
      coalesce(customer.net_days, class.net_days, (select net_days from tenant where tenant_id = ${tenant.id})) as net_days,
      ${limitAsJson('own')} as own_limit, member.group_id, ${limitAsJson('shared')} as group_limit,
      parts.parts, lateness.oldest_overdue_date, coalesce(lateness.highest_level, 0) as highest_level,
      (select id from credit_hold as hold
        where hold.tenant_id = ${tenant.id} and hold.customer_id = customer.id and hold.lifted_date is null and hold.from_date <= ${today}
        order by hold.created_at, hold.id limit 1) as credit_hold_id,
      known.score, ${effectiveStandingSql(sql`${today}`)} as standing, known.next_review_date,
      (select json_agg(json_build_object('rule', rule, 'checkId', word.check_id) order by rule, word.created_at desc, word.id desc)
        from credit_override as word, unnest(word.rules) as rule
        where word.tenant_id = ${tenant.id} and word.customer_id = customer.id and word.reacts_from_date > ${today}) as resting
    from concerned
    join customer on customer.tenant_id = ${tenant.id} and customer.id = concerned.customer_id
    left join customer_class as class on class.tenant_id = ${tenant.id} and class.id = customer.customer_class_id
    left join credit_group_member as member on member.tenant_id = ${tenant.id} and member.customer_id = customer.id
    left join credit_standing as known on known.tenant_id = ${tenant.id} and known.customer_id = customer.id
    left join parts on parts.customer_id = customer.id
    left join lateness on lateness.customer_id = customer.id
    left join lateral (${limitOf('customer_id', sql`customer.id`)}) as own on true
    left join lateral (${limitOf('group_id', sql`member.group_id`)}) as shared on true
  `.execute(db)
  return {
    snapshot: rows[0]?.snapshot ?? '',
    facts: new Map(rows.map((row) => [row.customer_id, factsOf(row)])),
  }

  function limitOf(subject: 'customer_id' | 'group_id', of: RawBuilder<unknown>) {
    return limitInForce({
      tenantId: tenant.id,
      subject,
      of,
      day: sql<CalendarDate>`${today}::date`,
    })
  }

  function limitAsJson(limit: 'own' | 'shared') {
    const column = (name: string) => sql.ref(`${limit}.${name}`)
    return sql`case when ${column('id')} is not null then json_build_object(
      'id', ${column('id')}, 'kind', ${column('kind')}, 'currency', ${column('currency')}, 'amount', ${column('amount')},
      'valid_until', ${column('valid_until')}, 'expired', coalesce(${column('valid_until')} < ${today}, false)) end`
  }
}

/** Whether a hold covers an item: it names the item, its invoice, or neither. */
const covers = sql`(hold.item_id = item.id or hold.item_id is null and coalesce(hold.invoice_id = item.invoice_id, hold.invoice_id is null))`

const factsOf = (row: FactsRow): CreditFacts => ({
  customerId: row.customer_id,
  currency: row.currency,
  naturalPerson: row.natural_person,
  netDays: row.net_days,
  limit: row.own_limit,
  group: row.group_id === null ? null : { id: row.group_id, limit: row.group_limit },
  amounts: amountsOf(row.parts ?? []),
  oldestOverdueDate: row.oldest_overdue_date,
  highestLevel: row.highest_level,
  creditHoldId: row.credit_hold_id,
  score: row.score,
  standing: row.standing,
  nextReviewDate: row.next_review_date,
  resting: row.resting ?? [],
})

/** Parts by currency; what is open and neither overdue nor disputed is not due. */
export function amountsOf(parts: readonly { currency: string; component: Part; amount: number }[]) {
  const amounts = new Map<string, Amounts>()
  for (const { currency, component, amount } of parts) {
    let own = amounts.get(currency)
    if (own === undefined) {
      own = noAmounts()
      amounts.set(currency, own)
    }
    own[component === 'open' ? 'not_due' : component] += amount
    if (component === 'disputed' || component === 'overdue') own.not_due -= amount
  }
  return amounts
}
