import type { Static } from '@sinclair/typebox'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { type CreditPolicyDefinition, type StandingRules, withoutPolicy } from './policy.ts'
import type { PutCreditPolicy } from './schema.ts'

/** What a caller wants a policy to say, with everything that was left out filled in. */
export function definitionOf(body: Static<typeof PutCreditPolicy>): CreditPolicyDefinition {
  const { checks } = withoutPolicy
  const { name: _name, standing, reviews, ...given } = body
  return {
    ...withoutPolicy,
    ...given,
    exposure: (given.exposure ?? []).map((terms) => ({ sub_limits: [], ...terms })),
    checks: {
      ...checks,
      ...given.checks,
      limit: { tolerance_percent: 0, ...given.checks.limit },
    },
    standing: standing
      ? {
          ...standing,
          customer_classes: (standing.customer_classes ?? []).map((one) => ({
            ...one,
            customer_class_id: uuidOf(one.customer_class_id),
          })),
        }
      : null,
    reviews: reviews ? { limit_change_percent: 10, terms: [], ...reviews } : null,
    monitoring: { ...withoutPolicy.monitoring, ...given.monitoring },
    holds: { ...withoutPolicy.holds, ...given.holds },
  }
}

/** The classes of standings as the API shows them. */
export const customerClassesToJson = (classes: StandingRules['customer_classes']) =>
  classes.map((one) => ({
    ...one,
    customer_class_id: publicId('customer_class', one.customer_class_id),
  }))
