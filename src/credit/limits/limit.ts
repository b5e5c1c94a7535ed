import type { CalendarDate } from '../../foundation/calendar.ts'
import { invalidFields } from '../../foundation/problem.ts'
import type { CreditLimitRow } from './table.ts'

/** Whose limit it is: a customer's own, or that of a group. */
export type LimitSubject =
  | { customer_id: string; group_id: null }
  | { customer_id: null; group_id: string }

/** What a limit says. It never changes once approved. */
export type LimitTerms = Pick<
  CreditLimitRow,
  | 'kind'
  | 'currency'
  | 'amount'
  | 'valid_from'
  | 'valid_until'
  | 'reason'
  | 'insured_amount'
  | 'insurer'
  | 'insurance_policy_number'
  | 'insured_until'
  | 'insured_deductible_percent'
  | 'insured_reporting_days'
  | 'collateral'
>

/** Whose limit a row is. */
export const subjectOf = ({ customer_id, group_id }: CreditLimitRow): LimitSubject =>
  ({ customer_id, group_id }) as LimitSubject

/** The column that names a subject, and its id there. */
export const columnOf = ({
  customer_id,
  group_id,
}: LimitSubject): { column: 'customer_id' | 'group_id'; id: string } =>
  customer_id === null
    ? { column: 'group_id', id: group_id }
    : { column: 'customer_id', id: customer_id }

/** True once the last day of a limit has passed. */
export const hasExpired = (
  { valid_until }: Pick<LimitTerms, 'valid_until'>,
  day: CalendarDate,
): boolean => valid_until !== null && valid_until < day

/** Refuses a validity that ends before it begins, and a temporary limit without an end. */
export function refuseImpossible({ kind, valid_from, valid_until }: LimitTerms): void {
  if (kind === 'temporary' && valid_until === null)
    throw invalidFields({
      pointer: '#/valid_until',
      code: 'required',
      detail: 'a temporary limit needs a last day',
    })
  if (valid_until !== null && valid_until < valid_from)
    throw invalidFields({
      pointer: '#/valid_until',
      code: 'too_early',
      detail: 'must not be before the first day',
      params: { valid_from, valid_until },
    })
}
