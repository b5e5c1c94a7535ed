import type { Selectable } from 'kysely'
import type { CalendarDate, Instant } from '../../foundation/calendar.ts'
import type { OnboardingCheckKind } from '../policies/policy.ts'

export const onboardingResults = ['passed', 'failed', 'not_applicable'] as const

export interface OnboardingTables {
  /** What was looked into about a customer; never changed, the newest of a kind counts. */
  onboarding_check: {
    tenant_id: string
    id: string
    customer_id: string
    kind: OnboardingCheckKind
    result: (typeof onboardingResults)[number]
    /** Who did it, in the tenant's own words. */
    done_by: string
    done_date: CalendarDate
    note: string | null
    document_reference: string | null
    created_at: Instant
  }
}

export type OnboardingCheckRow = Selectable<OnboardingTables['onboarding_check']>
