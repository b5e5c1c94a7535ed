import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  Day,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { CheckRulesSchema, ExposureTerms, MoneyByCurrency } from './check-rules-schema.ts'
import { customerClassesToJson } from './definition-of.ts'
import { exposureComponents, onboardingChecks } from './policy.ts'
import type { PolicyVersion } from './queries.ts'
import {
  HoldRulesSchema,
  LimitFormulaSchema,
  MonitoringRulesSchema,
  ReviewRulesSchema,
  ScorecardSchema,
  StandingRulesSchema,
} from './score-rules-schema.ts'

const policyFields = {
  name: Text('What it is called.', { maxLength: 100, example: 'Credit policy 2026' }),
  owner: Text('Who answers for the policy.', { example: 'Head of credit' }),
  next_review_date: Type.Optional(
    Nullable(Day('When the policy itself is to be looked at again; null for never.', '2027-01-31')),
  ),
  exposure: Type.Optional(
    List(ref(ExposureTerms), {
      description: 'What counts towards the limit; a component that is not named does.',
      maxItems: exposureComponents.length,
    }),
  ),
  checks: ref(CheckRulesSchema),
  release_grace_days: Type.Optional(
    Count(
      'For so many days after a release, the rules that were released do not react again. Rules about money always do.',
      { maximum: 90, example: 3 },
    ),
  ),
  scorecard: Type.Optional(Nullable(ref(ScorecardSchema))),
  limit_formula: Type.Optional(Nullable(ref(LimitFormulaSchema))),
  approval_above: Type.Optional(
    MoneyByCurrency(
      'Limits above these amounts need a second person; where any is named, so does any limit in another currency.',
    ),
  ),
  onboarding_checks: Type.Optional(
    List(OneOf(onboardingChecks, { description: 'A check.' }), {
      description: 'What has to be done before a customer gets its first limit.',
      maxItems: onboardingChecks.length,
    }),
  ),
  standing: Type.Optional(Nullable(ref(StandingRulesSchema))),
  reviews: Type.Optional(Nullable(ref(ReviewRulesSchema))),
  monitoring: Type.Optional(ref(MonitoringRulesSchema)),
  holds: Type.Optional(ref(HoldRulesSchema)),
}

/** A credit policy as it is to be. */
export const PutCreditPolicy = named(
  'PutCreditPolicy',
  Body(policyFields, { description: 'The whole policy as it is to be: what is left out is off.' }),
)

/** How the tenant decides about credit. */
export const CreditPolicy = named(
  'CreditPolicy',
  Type.Object(
    {
      ...resourceFields('credit_policy'),
      retired_date: Nullable(Day('From when on it decides nothing; null while it is in force.')),
      ...policyFields,
    },
    { description: 'How the tenant decides about credit, in one of its versions.' },
  ),
)
export const CreditPolicyList = ListOf(CreditPolicy)

export const CreditPolicyQuery = Query(paging)

/** A policy as the API shows it. */
export const policyToJson = (
  { definition, ...policy }: PolicyVersion,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditPolicy> => ({
  id: publicId('credit_policy', policy.id),
  object: 'credit_policy',
  version: policy.version,
  livemode: tenant.mode === 'live',
  name: policy.name,
  retired_date: policy.retired_date,
  ...definition,
  standing: definition.standing && {
    ...definition.standing,
    customer_classes: customerClassesToJson(definition.standing.customer_classes),
  },
  created_at: policy.created_at,
  updated_at: policy.updated_at,
})
