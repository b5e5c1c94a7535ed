import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  dryRun,
  ExternalId,
  Figures,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  ref,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { MAX_AMOUNT } from '../../foundation/money.ts'
import { CreditExposure, exposureToJson } from '../exposure/schema.ts'
import { outcomes } from '../policies/policy.ts'
import { TtlSeconds } from '../reservations/schema.ts'
import { checkRules, type RuleFinding } from './evaluate.ts'
import type { Replay } from './replay-check.ts'
import { type CheckRow, checkStatuses, type MeasuredExposure } from './table.ts'

const Reference = () =>
  ExternalId('The reference that order, reservation and invoice share; it counts once.', 'SO-10023')
const OutcomeWord = (description: string) => OneOf(outcomes, { description })

export const CreateCreditCheck = named(
  'CreateCreditCheck',
  Body(
    {
      customer_id: Id('customer', 'Whom to sell to.'),
      amount: Amount('What is to be sold on account, tax and all.', {
        minimum: 1,
        example: 250_000,
      }),
      currency: Currency('Its currency.'),
      net_days: Type.Optional(
        Count('The terms that are asked for, days from issue to due date.', {
          maximum: 365,
          example: 30,
        }),
      ),
      external_id: Type.Optional(Reference()),
      reserve: Type.Optional(
        Body(
          {
            ttl_seconds: TtlSeconds('How long the credit is held.'),
            external_id: Type.Optional(Reference()),
          },
          {
            description:
              'Holds the credit, if it is approved, until it is invoiced, released or its time is up.',
          },
        ),
      ),
    },
    { description: 'What is to be sold on account.' },
  ),
)

const Finding = named(
  'CreditRuleFinding',
  Type.Object(
    {
      rule: OneOf(checkRules, { description: 'The rule.', examples: ['limit'] }),
      outcome: OutcomeWord('What it says by itself.'),
      inputs: Figures(
        'The figures it looked at, by name; amounts in minor units of the `currency` among them.',
        { example: { currency: 'EUR', exposure_amount: 250_000, asked_amount: 100_000 } },
      ),
      threshold: Nullable(
        Type.Integer({
          description: 'Where it begins to react; null when it has no figure.',
          format: 'int64',
          minimum: -MAX_AMOUNT,
          maximum: MAX_AMOUNT,
          examples: [1_000_000],
        }),
      ),
      released_by_check_id: Nullable(
        Id('credit_check', 'The check whose release keeps it from reacting for some days yet.'),
      ),
    },
    { description: 'What one rule found.' },
  ),
)

export const CreditCheck = named(
  'CreditCheck',
  Type.Object(
    {
      ...resourceFields('credit_check'),
      customer_id: Id('customer', 'Whom to sell to.'),
      customer: Expandable('customer'),
      external_id: Nullable(Reference()),
      amount: Amount('What is to be sold on account.', { minimum: 1 }),
      currency: Currency(),
      net_days: Nullable(Count('The terms that were asked for.', { example: 30 })),
      outcome: OutcomeWord('What the rules said: the worst of them.'),
      status: OneOf(checkStatuses, {
        description:
          'What became of it: as the rules said, or `released` or `rejected` by a person, or `rechecked` by a later check.',
      }),
      human_review_required: YesNo(
        'True when it went to a person because a natural person must not be refused by the service alone (GDPR art. 22).',
        { example: false },
      ),
      rules: List(ref(Finding), {
        description: 'Every rule with what it looked at.',
        maxItems: 30,
      }),
      exposure: ref(CreditExposure),
      group_exposure: Nullable(ref(CreditExposure)),
      policy_version: Nullable(
        Count('The version of the credit policy that decided; null without one.'),
      ),
      checked_date: Day('The day it was decided.'),
      reservation_id: Nullable(Id('reservation', 'The credit that is held for it.')),
      recheck_of_id: Nullable(Id('credit_check', 'The check that this one took the place of.')),
      decided_by: Nullable(
        Text('Who released or rejected it.', { example: 'key_01kjm7f7shez7837xta3mfn3a4' }),
      ),
      decided_role: Nullable(Text('In which role.', { maxLength: 60, example: 'credit_manager' })),
      decided_reason: Nullable(Reason('Why.', 'Pays every June, after the trade fair.')),
      decided_at: Nullable(At('When.')),
      valid_until: Nullable(At('Until when a release stands.')),
    },
    { description: 'Whether something may be sold on account, and why.' },
  ),
)
export const CreditCheckList = ListOf(CreditCheck)

const Role = Text('The role in which it is decided.', { maxLength: 60, example: 'credit_manager' })

export const ReleaseCreditCheck = named(
  'ReleaseCreditCheck',
  Body(
    {
      role: Role,
      reason: Reason('Why it may be sold after all.', 'Pays every June, after the trade fair.'),
      valid_until: At(
        'Until when the release stands; what was to be held is held until then.',
        '2026-04-30T22:00:00Z',
      ),
      grace_days: Type.Optional(
        Count(
          'For so many days the same rules do not react again; those of the policy unless given. Rules about money and holds always react.',
          {
            maximum: 90,
            example: 3,
          },
        ),
      ),
    },
    { description: 'A person’s word that something may be sold after all.' },
  ),
)

export const RejectCreditCheck = named(
  'RejectCreditCheck',
  Body(
    {
      role: Role,
      reason: Reason('Why it must not be sold.', 'The customer asked for a moratorium.'),
    },
    { description: 'A person’s word that something must not be sold.' },
  ),
)

export const CreditCheckQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  status: Several(checkStatuses, 'Only these.'),
  external_id: Type.Optional(Reference()),
})

export const CheckDryRun = Query(dryRun)

const Difference = Body(
  {
    rule: OneOf(checkRules, { description: 'The rule that finds something else.' }),
    said: Nullable(OutcomeWord('What it said when the check was decided.')),
    says: Nullable(OutcomeWord('What it says of the same moment now.')),
  },
  { description: 'A rule that does not find the same.' },
)

export const CreditCheckReplay = named(
  'CreditCheckReplay',
  Type.Object(
    {
      check_id: Id('credit_check', 'The check.'),
      outcome: OutcomeWord('What the rules say of what was known then.'),
      reproduced: YesNo('True when outcome, rules and figures are the same as then.'),
      differences: List(Difference, {
        description: 'Rules that find something else.',
        maxItems: 30,
      }),
      rules: List(ref(Finding), {
        description: 'Every rule with what it looked at.',
        maxItems: 30,
      }),
      exposure: ref(CreditExposure),
      group_exposure: Nullable(ref(CreditExposure)),
    },
    { description: 'The same decision once more, from what was known at its moment.' },
  ),
)

/** A decision made once more, as the API shows it. */
export const replayToJson = ({
  check,
  situation: { own, group },
  verdict,
  differences,
}: Replay): Static<typeof CreditCheckReplay> => ({
  check_id: publicId('credit_check', check.id),
  outcome: verdict.outcome,
  reproduced: differences.length === 0 && verdict.outcome === check.outcome,
  differences,
  rules: verdict.findings.map(findingToJson),
  exposure: exposureToJson(own.exposure, own.limit),
  group_exposure: group && exposureToJson(group.exposure, group.limit),
})

/** An exposure as it was kept with a check. */
const measuredToJson = ({ limit_id, limit_amount, ...exposure }: MeasuredExposure) =>
  exposureToJson(
    exposure,
    limit_id === null || limit_amount === null ? null : { id: limit_id, amount: limit_amount },
  )

/** A finding with public ids. */
const findingToJson = ({
  inputs,
  released_by_check_id,
  ...finding
}: RuleFinding): Static<typeof Finding> => ({
  ...finding,
  inputs: {
    ...inputs,
    ...('limit_id' in inputs && {
      limit_id: publicIdOrNull('credit_limit', inputs.limit_id as string | null),
    }),
    ...('credit_hold_id' in inputs && {
      credit_hold_id: publicIdOrNull('credit_hold', inputs.credit_hold_id as string | null),
    }),
  },
  released_by_check_id: publicIdOrNull('credit_check', released_by_check_id),
})

/** A check as the API shows it. */
export const checkToJson = (
  check: CheckRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditCheck> => ({
  id: publicId('credit_check', check.id),
  object: 'credit_check',
  version: check.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', check.customer_id),
  external_id: check.external_id,
  amount: check.amount,
  currency: check.currency,
  net_days: check.net_days,
  outcome: check.outcome,
  status: check.status,
  human_review_required: check.human_review,
  rules: check.rules.map(findingToJson),
  exposure: measuredToJson(check.exposure),
  group_exposure: check.group_exposure && measuredToJson(check.group_exposure),
  policy_version: check.policy_version,
  checked_date: check.checked_date,
  reservation_id: publicIdOrNull('reservation', check.reservation_id),
  recheck_of_id: publicIdOrNull('credit_check', check.recheck_of_id),
  decided_by: check.decided_by,
  decided_role: check.decided_role,
  decided_reason: check.decided_reason,
  decided_at: check.decided_at,
  valid_until: check.valid_until,
  created_at: check.created_at,
  updated_at: check.updated_at,
})
