import type { FieldError } from '../../foundation/problem.ts'
import type { CreditPolicyDefinition } from './policy.ts'

type Contradiction = Omit<FieldError, 'in'>

/** Where a policy contradicts itself, field by field; empty when it does not. */
export function contradictions(definition: CreditPolicyDefinition): Contradiction[] {
  const { exposure, checks, scorecard, limit_formula, approval_above, standing, reviews } =
    definition
  return [
    ...repeats('#/exposure', exposure, ({ component }) => component, 'component'),
    ...exposure.flatMap(({ sub_limits }, index) =>
      repeats(`#/exposure/${index}/sub_limits`, sub_limits, ({ currency }) => currency, 'currency'),
    ),
    ...repeats('#/checks/thresholds', checks.thresholds, ({ rule }) => rule, 'rule'),
    ...repeats('#/approval_above', approval_above, ({ currency }) => currency, 'currency'),
    ...repeats('#/onboarding_checks', definition.onboarding_checks, (check) => check),
    ...(scorecard ? ofScorecard(scorecard) : []),
    ...(limit_formula ? ofFormula(limit_formula, scorecard) : []),
    ...(standing ? ofStanding(standing) : []),
    ...(reviews ? ofReviews(reviews) : []),
    ...withoutTheirBasis(definition),
    ...ascending(
      '#/monitoring/utilisation_percents',
      definition.monitoring.utilisation_percents,
      (percent) => percent,
    ),
  ]
}

/** What can never react, because what it looks at is not made. */
function withoutTheirBasis({
  checks,
  scorecard,
  standing,
  reviews,
  limit_formula,
  monitoring,
}: CreditPolicyDefinition): Contradiction[] {
  const needs = (pointer: string, field: string): Contradiction => ({
    pointer,
    code: 'has_no_basis',
    detail: `needs ${field}, which the policy does not have`,
    params: { needs: field },
  })
  const hasReviewRule = checks.thresholds.findIndex(({ rule }) => rule === 'review_overdue_days')
  return [
    ...(checks.score !== null && scorecard === null ? [needs('#/checks/score', 'scorecard')] : []),
    ...(checks.standing !== null && standing === null
      ? [needs('#/checks/standing', 'standing')]
      : []),
    ...(hasReviewRule >= 0 && reviews === null
      ? [needs(`#/checks/thresholds/${hasReviewRule}/rule`, 'reviews')]
      : []),
    ...(reviews !== null && standing === null ? [needs('#/reviews', 'standing')] : []),
    ...(limit_formula !== null && scorecard === null
      ? [needs('#/limit_formula', 'scorecard')]
      : []),
    ...(monitoring.score_drop !== null && scorecard === null
      ? [needs('#/monitoring/score_drop', 'scorecard')]
      : []),
  ]
}

function ofScorecard({
  factors,
  classes,
}: NonNullable<CreditPolicyDefinition['scorecard']>): Contradiction[] {
  const at = '#/scorecard'
  return [
    ...repeats(`${at}/factors`, factors, ({ factor }) => factor, 'factor'),
    ...factors.flatMap(({ bands }, index) =>
      ascending(`${at}/factors/${index}/bands`, bands, ({ from }) => from, 'from'),
    ),
    ...repeats(`${at}/classes`, classes, ({ name }) => name, 'name'),
    ...ascending(
      `${at}/classes`,
      classes,
      ({ from_score }) => -from_score,
      'from_score',
      'descending',
    ),
    ...(classes.at(-1)?.from_score === 0
      ? []
      : [
          {
            pointer: `${at}/classes/${classes.length - 1}/from_score`,
            code: 'not_complete',
            detail: 'must be 0, so that every score has a class',
          },
        ]),
  ]
}

function ofFormula(
  {
    percents,
    minimum_amount,
    maximum_amount,
  }: NonNullable<CreditPolicyDefinition['limit_formula']>,
  scorecard: CreditPolicyDefinition['scorecard'],
): Contradiction[] {
  const at = '#/limit_formula'
  const known = scorecard === null ? null : scorecard.classes.map(({ name }) => name)
  return [
    ...repeats(`${at}/percents`, percents, ({ score_class }) => score_class, 'score_class'),
    ...percents.flatMap(({ score_class }, index) =>
      known === null || known.includes(score_class)
        ? []
        : [
            {
              pointer: `${at}/percents/${index}/score_class`,
              code: 'unknown_class',
              detail: 'must be a class of the scorecard',
              params: { classes: known },
            },
          ],
    ),
    ...(minimum_amount <= maximum_amount
      ? []
      : [
          {
            pointer: `${at}/maximum_amount`,
            code: 'below_minimum',
            detail: 'must not be below the minimum',
            params: { minimum: minimum_amount },
          },
        ]),
  ]
}

function ofStanding({
  good_up_to_days_late,
  slow_from_days_late,
  customer_classes,
}: NonNullable<CreditPolicyDefinition['standing']>): Contradiction[] {
  return [
    ...repeats(
      '#/standing/customer_classes',
      customer_classes,
      ({ standing }) => standing,
      'standing',
    ),
    ...(good_up_to_days_late < slow_from_days_late
      ? []
      : [
          {
            pointer: '#/standing/slow_from_days_late',
            code: 'overlaps',
            detail: 'must be above the days of a good customer',
            params: { good_up_to_days_late },
          },
        ]),
  ]
}

const ofReviews = ({
  intervals,
  terms,
}: NonNullable<CreditPolicyDefinition['reviews']>): Contradiction[] => [
  ...repeats('#/reviews/intervals', intervals, ({ standing }) => standing, 'standing'),
  ...repeats('#/reviews/terms', terms, ({ standing }) => standing, 'standing'),
]

/** What is named twice in a list. */
function repeats<T>(
  at: string,
  list: readonly T[],
  keyOf: (one: T) => string,
  field?: string,
): Contradiction[] {
  const seen = new Map<string, number>()
  return list.flatMap((one, index) => {
    const key = keyOf(one)
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, index)
      return []
    }
    return [
      {
        pointer: `${at}/${index}${field === undefined ? '' : `/${field}`}`,
        code: 'repeated',
        detail: 'must be named once',
        params: { first: `${at}/${first}` },
      },
    ]
  })
}

/** What is not above the entry before it. */
const ascending = <T>(
  at: string,
  list: readonly T[],
  keyOf: (one: T) => number,
  field?: string,
  order = 'ascending',
): Contradiction[] =>
  list.flatMap((one, index) =>
    index === 0 || keyOf(one) > keyOf(list[index - 1] as T)
      ? []
      : [
          {
            pointer: `${at}/${index}${field === undefined ? '' : `/${field}`}`,
            code: `not_${order}`,
            detail: `must be ${order}`,
          },
        ],
  )
