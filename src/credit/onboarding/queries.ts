import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { OnboardingCheckKind } from '../policies/policy.ts'
import { rulesInForce } from '../policies/queries.ts'
import type { OnboardingCheckRow } from './table.ts'

/** The check, or `onboarding_check_not_found`. */
export async function requireOnboardingCheck(
  { db, tenant }: Reader,
  id: string,
): Promise<OnboardingCheckRow> {
  const check = await db
    .selectFrom('onboarding_check')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (check === undefined) throw new Problem('onboarding_check_not_found')
  return check
}

/** What the list of a customer's checks can be narrowed to. */
export interface OnboardingCheckFilters extends Page {
  kind?: OnboardingCheckKind
}

const checksOf = ({ db, tenant }: Reader, customerId: string) =>
  db
    .selectFrom('onboarding_check')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('customer_id', '=', customerId)

/** One page of what was looked into about a customer, the latest recorded first. */
export function listOnboardingChecks(
  reader: Reader,
  customerId: string,
  filters: OnboardingCheckFilters,
): Promise<Paged<OnboardingCheckRow>> {
  const select = checksOf(reader, customerId)
  return pageOf<OnboardingCheckRow>(
    filters.kind === undefined ? select : select.where('kind', '=', filters.kind),
    filters,
    newestFirst,
    { customerId },
  )
}

/** One line of a customer's checklist. */
export interface ChecklistLine {
  kind: OnboardingCheckKind
  /** The newest of its kind: of the latest day, and of that day recorded last; undefined while there is none. */
  newest: OnboardingCheckRow | undefined
  done: boolean
}

/** The checklist of the policy in force, in its order; empty without a policy. */
export async function checklistOf(reader: Reader, customerId: string): Promise<ChecklistLine[]> {
  const { definition } = await rulesInForce(reader)
  if (definition.onboarding_checks.length === 0) return []
  const newest = await checksOf(reader, customerId)
    .distinctOn('kind')
    .orderBy('kind')
    .orderBy('done_date', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const byKind = new Map(newest.map((check) => [check.kind, check]))
  return definition.onboarding_checks.map((kind) => {
    const check = byKind.get(kind)
    return { kind, newest: check, done: check !== undefined && check.result !== 'failed' }
  })
}
