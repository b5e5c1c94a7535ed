import type { Static } from '@sinclair/typebox'
import { exponentOf } from '../../foundation/money.ts'
import type { PutCreditPolicy } from './schema.ts'

/**
 * A policy to begin with, for trade between businesses: what is common among credit managers, not a rule of law.
 * Amounts are whole thousands of the currency.
 */
export function standardPolicy(currency: string): Static<typeof PutCreditPolicy> {
  const thousand = 1_000 * 10 ** exponentOf(currency)
  return {
    name: 'Standard',
    owner: 'Head of credit',
    next_review_date: null,
    checks: {
      limit: { reaction: 'refer', tolerance_percent: 0 },
      no_limit: 'refer',
      limit_expired: 'refer',
      missing_rate: 'refer',
      credit_hold: 'deny',
      thresholds: [
        { rule: 'oldest_overdue_days', maximum: 30, reaction: 'refer' },
        { rule: 'overdue_percent', maximum: 50, reaction: 'refer' },
        { rule: 'dunning_level', maximum: 2, reaction: 'deny' },
        { rule: 'review_overdue_days', maximum: 60, reaction: 'refer' },
      ],
      score: { minimum: 40, reaction: 'refer' },
      standing: { standings: ['problem'], reaction: 'deny' },
      terms: { reaction: 'refer' },
    },
    release_grace_days: 3,
    scorecard: {
      factors: [
        {
          factor: 'days_late',
          weight: 30,
          bands: [
            { from: 0, points: 100 },
            { from: 3, points: 80 },
            { from: 10, points: 55 },
            { from: 20, points: 25 },
            { from: 45, points: 0 },
          ],
          missing_points: 50,
        },
        {
          factor: 'late_percent',
          weight: 20,
          bands: [
            { from: 0, points: 100 },
            { from: 20, points: 75 },
            { from: 50, points: 40 },
            { from: 80, points: 0 },
          ],
          missing_points: 50,
        },
        {
          factor: 'trend_days',
          weight: 10,
          bands: [
            { from: -1_000, points: 100 },
            { from: 2, points: 60 },
            { from: 10, points: 0 },
          ],
          missing_points: 50,
        },
        {
          factor: 'relation_months',
          weight: 10,
          bands: [
            { from: 0, points: 20 },
            { from: 12, points: 60 },
            { from: 36, points: 100 },
          ],
          missing_points: 0,
        },
        {
          factor: 'returns',
          weight: 10,
          bands: [
            { from: 0, points: 100 },
            { from: 1, points: 50 },
            { from: 2, points: 0 },
          ],
          missing_points: 100,
        },
        {
          factor: 'external_score',
          weight: 20,
          bands: [
            { from: 0, points: 0 },
            { from: 30, points: 30 },
            { from: 50, points: 60 },
            { from: 75, points: 100 },
          ],
          missing_points: 50,
        },
      ],
      classes: [
        { name: 'A', from_score: 80 },
        { name: 'B', from_score: 60 },
        { name: 'C', from_score: 40 },
        { name: 'D', from_score: 0 },
      ],
    },
    limit_formula: {
      currency,
      months: 2,
      percents: [
        { score_class: 'A', percent: 120 },
        { score_class: 'B', percent: 100 },
        { score_class: 'C', percent: 50 },
      ],
      minimum_amount: 0,
      maximum_amount: 500 * thousand,
      step_amount: thousand,
    },
    approval_above: [{ currency, amount: 50 * thousand }],
    onboarding_checks: ['identity', 'register_extract', 'sanctions_list'],
    standing: {
      new_below_settled_items: 3,
      good_up_to_days_late: 3,
      slow_from_days_late: 15,
      problem_from_overdue_days: 60,
    },
    reviews: {
      intervals: [
        { standing: 'new', months: 3 },
        { standing: 'returning', months: 12 },
        { standing: 'good', months: 12 },
        { standing: 'slow', months: 6 },
        { standing: 'problem', months: 1 },
      ],
      limit_change_percent: 10,
      terms: [
        { standing: 'good', net_days: 30 },
        { standing: 'returning', net_days: 30 },
        { standing: 'slow', net_days: 14 },
        { standing: 'problem', net_days: 0 },
      ],
    },
    monitoring: { utilisation_percents: [80, 95], score_drop: 10, habit_days: 10 },
  }
}
