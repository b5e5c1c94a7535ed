import type { Reader } from '../foundation/database/frame.ts'
import {
  newestFirst,
  type Order,
  type Page,
  type Paged,
  pageOf,
} from '../foundation/http/paging.ts'
import { uuidOf } from '../foundation/id.ts'
import { Problem } from '../foundation/problem.ts'
import type { PolicyWithDefinition } from './create-policy.ts'
import type { NoticeStatus } from './notices/delivery.ts'
import type { Policy } from './policy.ts'
import type {
  DecisionRow,
  DecisionStatus,
  DeliveryRow,
  HoldReason,
  HoldRow,
  NoticeRow,
  RunRow,
  RunStatus,
  StepRow,
} from './table.ts'

const policies = ({ db, tenant }: Reader) =>
  db
    .selectFrom('dunning_policy')
    .innerJoin('dunning_policy_version as current', (join) =>
      join
        .onRef('current.tenant_id', '=', 'dunning_policy.tenant_id')
        .onRef('current.policy_id', '=', 'dunning_policy.id')
        .onRef('current.version', '=', 'dunning_policy.version'),
    )
    .selectAll('dunning_policy')
    .select('current.definition')
    .where('dunning_policy.tenant_id', '=', tenant.id)

/** The policy in its current version, or `dunning_policy_not_found`. */
export async function requirePolicy(reader: Reader, id: string): Promise<PolicyWithDefinition> {
  const policy = await policies(reader).where('dunning_policy.id', '=', id).executeTakeFirst()
  if (policy === undefined) throw new Problem('dunning_policy_not_found')
  return policy
}

const policyOrder: Order = {
  ...newestFirst,
  column: 'dunning_policy.created_at',
  tie: 'dunning_policy.id',
}

/** A version of a policy that something was decided by. */
export async function policyVersion(
  { db, tenant }: Reader,
  id: string,
  version: number,
): Promise<Policy> {
  const { definition } = await db
    .selectFrom('dunning_policy_version')
    .select('definition')
    .where('tenant_id', '=', tenant.id)
    .where('policy_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return { ...definition, id, version }
}

/** One page of policies in their current versions, the newest first. */
export const listPolicies = (reader: Reader, page: Page): Promise<Paged<PolicyWithDefinition>> =>
  pageOf<PolicyWithDefinition>(policies(reader), page, policyOrder)

/** The hold, or `dunning_hold_not_found`. */
export async function requireHold({ db, tenant }: Reader, id: string): Promise<HoldRow> {
  const hold = await db
    .selectFrom('dunning_hold')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (hold === undefined) throw new Problem('dunning_hold_not_found')
  return hold
}

export interface HoldFilters extends Page {
  customer_id?: string
  invoice_id?: string
  reason?: HoldReason
  active?: boolean
}

/** One page of holds, the newest first. */
export function listHolds({ db, tenant, today }: Reader, by: HoldFilters): Promise<Paged<HoldRow>> {
  let select = db.selectFrom('dunning_hold').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.invoice_id !== undefined) select = select.where('invoice_id', '=', uuidOf(by.invoice_id))
  if (by.reason !== undefined) select = select.where('reason', '=', by.reason)
  if (by.active !== undefined) {
    select = select.where((hold) => {
      const active = hold.and([
        hold('lifted_date', 'is', null),
        hold('from_date', '<=', today),
        hold.or([hold('until_date', 'is', null), hold('until_date', '>=', today)]),
      ])
      return by.active ? active : hold.not(active)
    })
  }
  return pageOf<HoldRow>(select, by, newestFirst)
}

/** The run, or `dunning_run_not_found`. */
export async function requireRun({ db, tenant }: Reader, id: string): Promise<RunRow> {
  const run = await db
    .selectFrom('dunning_run')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (run === undefined) throw new Problem('dunning_run_not_found')
  return run
}

export interface RunFilters extends Page {
  status?: RunStatus[]
  run_date_gte?: string
  run_date_lte?: string
}

/** One page of runs, the newest first. */
export function listRuns({ db, tenant }: Reader, by: RunFilters): Promise<Paged<RunRow>> {
  let select = db.selectFrom('dunning_run').selectAll().where('tenant_id', '=', tenant.id)
  if (by.status !== undefined) select = select.where('status', 'in', by.status)
  if (by.run_date_gte !== undefined) select = select.where('run_date', '>=', by.run_date_gte)
  if (by.run_date_lte !== undefined) select = select.where('run_date', '<=', by.run_date_lte)
  return pageOf<RunRow>(select, by, newestFirst)
}

export interface DecisionFilters extends Page {
  outcome?: DecisionRow['outcome']
  status?: DecisionStatus[]
  customer_id?: string
}

const byId: Order = { column: 'id', direction: 'asc', type: 'uuid', tie: null }

/** One page of a run's decisions. */
export function listDecisions(
  { db, tenant }: Reader,
  runId: string,
  filters: DecisionFilters,
): Promise<Paged<DecisionRow>> {
  let select = db
    .selectFrom('dunning_decision')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('run_id', '=', runId)
  if (filters.outcome !== undefined) select = select.where('outcome', '=', filters.outcome)
  if (filters.status !== undefined) select = select.where('status', 'in', filters.status)
  if (filters.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(filters.customer_id))
  return pageOf<DecisionRow>(select, filters, byId, { runId })
}

/** The decision, or `dunning_decision_not_found`. */
export async function requireDecision({ db, tenant }: Reader, id: string): Promise<DecisionRow> {
  const decision = await db
    .selectFrom('dunning_decision')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (decision === undefined) throw new Problem('dunning_decision_not_found')
  return decision
}

/** The notice, or `dunning_notice_not_found`. */
export async function requireNotice({ db, tenant }: Reader, id: string): Promise<NoticeRow> {
  const notice = await db
    .selectFrom('dunning_notice')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (notice === undefined) throw new Problem('dunning_notice_not_found')
  return notice
}

export interface NoticeFilters extends Page {
  customer_id?: string
  run_id?: string
  level?: number
  status?: NoticeStatus[]
  notice_date_gte?: string
  notice_date_lte?: string
}

/** One page of notices, the newest first. */
export function listNotices({ db, tenant }: Reader, by: NoticeFilters): Promise<Paged<NoticeRow>> {
  let select = db.selectFrom('dunning_notice').selectAll().where('tenant_id', '=', tenant.id)
  if (by.customer_id !== undefined)
    select = select.where('customer_id', '=', uuidOf(by.customer_id))
  if (by.run_id !== undefined) select = select.where('run_id', '=', uuidOf(by.run_id))
  if (by.level !== undefined) select = select.where('level', '=', by.level)
  if (by.status !== undefined) select = select.where('status', 'in', by.status)
  if (by.notice_date_gte !== undefined)
    select = select.where('notice_date', '>=', by.notice_date_gte)
  if (by.notice_date_lte !== undefined)
    select = select.where('notice_date', '<=', by.notice_date_lte)
  return pageOf<NoticeRow>(select, by, newestFirst)
}

/** One page of what was heard of a notice, the newest first. */
export const listDeliveries = (
  { db, tenant }: Reader,
  noticeId: string,
  page: Page,
): Promise<Paged<DeliveryRow>> =>
  pageOf<DeliveryRow>(
    db
      .selectFrom('dunning_delivery')
      .selectAll()
      .where('tenant_id', '=', tenant.id)
      .where('notice_id', '=', noticeId),
    page,
    newestFirst,
    { noticeId },
  )

/** Every step the items of an invoice have taken, in order. */
export const stepsOfInvoice = ({ db, tenant }: Reader, invoiceId: string): Promise<StepRow[]> =>
  db
    .selectFrom('dunning_step')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('invoice_id', '=', invoiceId)
    .orderBy('step_date')
    .orderBy('cycle')
    .orderBy('level')
    .execute()
