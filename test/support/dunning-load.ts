import pg from 'pg'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { uuidOf } from '../../src/foundation/id.ts'
import type { TestApp, TestTenant } from './app.ts'
import { clockOf, recordsOf } from './records.ts'

/** How much there is to dun. */
export interface Load {
  /** Open items altogether, 20 a customer. */
  items: number
  /** Those that are due for an escalation on the day of the run, 4 a customer. */
  due: number
}

/** What some work took. */
export interface Cost {
  seconds: number
  statements: number
  /** How far the resident memory of this process grew at its peak, MiB. */
  grownMiB: number
  /** The resident memory of this process at its peak, MiB. */
  peakMiB: number
}

/** The day on which what is due is dunned. */
export const TODAY = '2026-03-20'
const ITEMS_PER_CUSTOMER = 20
const DUE_PER_CUSTOMER = 4

/** A v7-shaped id that says which row it is, so that rows can refer to each other while they are generated. */
const idOf = (family: string, number: string) =>
  `('01900000-000${family}-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

/**
 * Gives a tenant its customers, invoices and open items in a few set-based statements. Of the items that are due, half
 * are to reach level 1 and half, at level 1 already, level 2; all others are not due yet.
 */
export async function seedLoad(app: TestApp, tenant: TestTenant, load: Load): Promise<void> {
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set(TODAY)
  const policy = await make.policy()
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  await followChoice(app, tenant)
  const client = new pg.Client({
    connectionString: app.context.workers.pool.options.connectionString,
  })
  await client.connect()
  try {
    const seeds = [customers, invoices, openItems, watches, balances]
    for (const seed of seeds) await client.query(seed(load), [tenant.uuid])
    await client.query(states(load), [tenant.uuid, uuidOf(policy.id)])
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

/** The tenant's choice of a policy is followed while it has nothing to dun, so that no item is looked at for it later. */
const followChoice = ({ context }: TestApp, { uuid }: TestTenant) =>
  runScheduledDunning(context, uuid, new AbortController().signal)

/** Every item with its customer and due date, as the other statements generate it. */
const generated = ({ items, due }: Load) => `
  select n, (n - 1) / ${ITEMS_PER_CUSTOMER} + 1 as c, is_due, is_due and n % 2 = 0 as is_at_level_1,
    case when not is_due then date '${TODAY}' + 1 + n % 60 when n % 2 = 0 then date '${TODAY}' - 20 else date '${TODAY}' - 10 end as due_date
  from (
    select n, (n - 1) % ${ITEMS_PER_CUSTOMER} < ${DUE_PER_CUSTOMER}
      and (n - 1) / ${ITEMS_PER_CUSTOMER} < ${Math.ceil(due / DUE_PER_CUSTOMER)} as is_due
    from generate_series(1, ${items}) as n
  ) as numbered`

const customers = ({ items }: Load) => `
  insert into customer (tenant_id, id, name, kind, country, currency, created_at, updated_at)
  select $1, ${idOf('1', 'c')}, 'Customer ' || c, 'business', 'DE', 'EUR', now(), now()
  from generate_series(1, ${Math.ceil(items / ITEMS_PER_CUSTOMER)}) as c`

const invoices = (load: Load) => `
  insert into invoice (tenant_id, id, customer_id, number, status, currency, issue_date, due_date, total_amount, open_amount,
    earliest_open_due_date, overdue_announced_for, instalments, created_at, updated_at)
  select $1, ${idOf('2', 'n')}, ${idOf('1', 'c')}, 'R-' || n, 'issued', 'EUR', due_date - 14, due_date, 10000, 10000,
    due_date, case when is_due then due_date end, '[]', now(), now()
  from (${generated(load)}) as item`

const openItems = (load: Load) => `
  insert into open_item (tenant_id, id, customer_id, kind, invoice_id, sequence, currency, due_date, claim_date, total_amount,
    open_amount, created_at)
  select $1, ${idOf('3', 'n')}, ${idOf('1', 'c')}, 'invoice', ${idOf('2', 'n')}, 1, 'EUR', due_date, due_date - 14, 10000, 10000, now()
  from (${generated(load)}) as item`

const watches = (load: Load) => `
  insert into item_watch (tenant_id, item_id, customer_id, next_look_date)
  select $1, ${idOf('3', 'n')}, ${idOf('1', 'c')}, case when is_due then date '${TODAY}' else due_date + 5 end
  from (${generated(load)}) as item`

const balances = () => `
  insert into customer_balance (tenant_id, customer_id, currency, open_amount)
  select tenant_id, customer_id, currency, sum(open_amount) from open_item where tenant_id = $1 group by 1, 2, 3`

const states = (load: Load) => `
  insert into dunning_state (tenant_id, item_id, invoice_id, customer_id, policy_id, policy_version, level, level_date)
  select $1, ${idOf('3', 'n')}, ${idOf('2', 'n')}, ${idOf('1', 'c')}, $2, 1, 1, date '${TODAY}' - 10
  from (${generated(load)}) as item where is_at_level_1`

/** Does some work and tells what it took: counts what is sent to PostgreSQL, and samples the memory as it goes. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const { prototype } = pg.Client
  const { query } = prototype
  let statements = 0
  prototype.query = function (this: pg.Client, ...given: never[]) {
    statements += 1
    return Reflect.apply(query, this, given)
  } as typeof query
  const before = process.memoryUsage.rss()
  let peak = before
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  const startedAt = performance.now()
  try {
    await work()
  } finally {
    clearInterval(sampler)
    prototype.query = query
  }
  const seconds = (performance.now() - startedAt) / 1_000
  return { seconds, statements, grownMiB: (peak - before) / 2 ** 20, peakMiB: peak / 2 ** 20 }
}

/**
 * The same work in one bare statement, as somebody would write it who knows this load: no reasons looked for, no
 * locks, one policy, nobody on hold. It is rolled back, so that the run finds everything as it was.
 */
export async function dunBare(
  app: TestApp,
  tenant: TestTenant,
): Promise<Cost & { escalated: number }> {
  const client = new pg.Client({
    connectionString: app.context.workers.pool.options.connectionString,
  })
  await client.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into dunning_run (tenant_id, id, run_date, trigger, status, created_at, updated_at)
       values ($1, $2, '${TODAY}', 'request', 'completed', now(), now())`,
      [tenant.uuid, BARE_RUN],
    )
    let escalated = 0
    const cost = await costOf(async () => {
      const { rows } = await client.query<{ count: string }>(BARE, [tenant.uuid, BARE_RUN])
      escalated = Number(rows[0]?.count)
    })
    await client.query('rollback')
    await client.query('vacuum analyze')
    return { ...cost, escalated }
  } finally {
    await client.end()
  }
}

const BARE_RUN = '01900000-0004-7000-8000-000000000001'

/** Levels, steps, notices, decisions, next looks and events; what the evaluator decides is a join here. */
const BARE = `
  with level (level, days) as (values (1, 5), (2, 15), (3, 30)),
  due as (
    select item.*, invoice.number, level.level as to_level, after.days as next_days, tenant.dunning_policy_id as policy_id,
      coalesce(state.version, 0) as state_version
    from item_watch as watch
    join open_item as item on item.tenant_id = watch.tenant_id and item.id = watch.item_id
    join tenant on tenant.tenant_id = watch.tenant_id
    join invoice on invoice.tenant_id = item.tenant_id and invoice.id = item.invoice_id
    left join dunning_state as state on state.tenant_id = item.tenant_id and state.item_id = item.id
    join level on level.level = coalesce(state.level, 0) + 1 and level.days <= date '${TODAY}' - item.due_date
    left join level as after on after.level = level.level + 1
    where watch.tenant_id = $1 and watch.next_look_date <= '${TODAY}' and item.open_amount > 0
  ), told as (
    select gen_random_uuid() as id, customer_id, currency, policy_id, max(to_level) as level, jsonb_agg(jsonb_build_object(
      'item_id', due.id, 'invoice_id', invoice_id, 'invoice_number', number, 'due_date', due_date, 'open_amount', open_amount,
      'total_amount', total_amount, 'level', to_level, 'escalated', true)) as items, sum(open_amount) as overdue_amount
    from due group by customer_id, currency, policy_id
  ), noticed as (
    insert into dunning_notice (tenant_id, id, run_id, customer_id, currency, policy_id, policy_version, level, level_name,
      notice_date, content, created_at, updated_at)
    select $1, told.id, $2, customer_id, told.currency, policy_id, 1, level, 'Reminder', '${TODAY}', jsonb_build_object(
      'customer', to_jsonb(customer), 'items', items, 'overdue_amount', overdue_amount, 'total_due_amount', overdue_amount), now(), now()
    from told join customer on customer.tenant_id = $1 and customer.id = told.customer_id
  ), stepped as (
    insert into dunning_step (tenant_id, item_id, cycle, level, from_level, invoice_id, notice_id, step_date, days_overdue)
    select $1, due.id, 1, to_level, to_level - 1, invoice_id, told.id, '${TODAY}', date '${TODAY}' - due_date
    from due join told using (customer_id, currency)
  ), lifted as (
    insert into dunning_state (tenant_id, item_id, invoice_id, customer_id, policy_id, policy_version, level, level_date)
    select $1, id, invoice_id, customer_id, policy_id, 1, to_level, '${TODAY}' from due
    on conflict (tenant_id, item_id) do update
    set level = excluded.level, level_date = excluded.level_date, version = dunning_state.version + 1
  ), decided as (
    insert into dunning_decision (tenant_id, id, run_id, item_id, invoice_id, customer_id, outcome, reason, inputs, from_level,
      to_level, next_look_date)
    select $1, gen_random_uuid(), $2, id, invoice_id, customer_id, 'escalate', 'level_due',
      jsonb_build_object('days_overdue', date '${TODAY}' - due_date), to_level - 1, to_level, due_date + next_days
    from due
  ), looked as (
    update item_watch set next_look_date = due.due_date + due.next_days
    from due where item_watch.tenant_id = $1 and item_watch.item_id = due.id
  ), fact as (
    select gen_random_uuid() as id, 'dunning.level_changed' as type, 'open_item' as kind, due.id as entity_id,
      state_version + 1 as sequence, customer_id, json_build_object('object', row_to_json(due)) as data
    from due
    union all
    select gen_random_uuid(), 'dunning.notice_issued', 'dunning_notice', told.id, 1, customer_id, json_build_object('object', row_to_json(told))
    from told
  ), announced as (
    insert into event (tenant_id, id, type, entity_kind, entity_id, entity_sequence, customer_id, occurred_at, origin, data)
    select $1, id, type, kind, entity_id, sequence, customer_id, now(), 'schedule', data from fact
  ), queued as (
    insert into event_outbox (tenant_id, event_id) select $1, id from fact
  )
  select count(*) as count from due`
