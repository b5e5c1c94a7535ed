import { type Static, Type } from '@sinclair/typebox'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Reason,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { hasExpired, type LimitSubject, type LimitTerms, subjectOf } from './limit.ts'
import type { AsOf } from './queries.ts'
import { type CreditLimitRow, collateralKinds, limitKinds, limitStatuses } from './table.ts'

const LIMIT_KIND =
  'A `standing` limit holds until another follows it; a `temporary` one states the whole limit while it lasts.'
const LimitReason = Reason('Why it is as high as it is.', 'Framework contract for 2026.')
const EndReason = Reason('Why it was ended.', 'The big order was paid.')
const Until = Day('The last day; none for no end.', '2026-12-31')

const insurance = {
  amount: Amount('How much of it is insured, in the currency of the limit.', { minimum: 1 }),
  insurer: Text('The credit insurer.', { example: 'Muster Kredit AG' }),
  valid_until: Day('The last day on which what is claimed is insured.', '2026-12-31'),
}
const PolicyNumber = Text('The number of the insurance policy.', { example: 'KV-4711-22' })
const Deductible = Count('What the insurer does not bear, percent.', { maximum: 100, example: 10 })
const ReportingDays = Count(
  'Days past its due date within which an item that is not paid has to be reported to the insurer; a task says so a week before.',
  { minimum: 1, maximum: 365, example: 60 },
)
const INSURED = { description: 'The insured part; null for none.' }

const security = {
  kind: OneOf(collateralKinds, { description: 'What kind of security it is.' }),
  currency: Currency(),
  amount: Amount('How much it secures.', { minimum: 1 }),
  description: Text('Which one it is.', { example: 'Guarantee 4711 of Muster Bank.' }),
}
const COLLATERAL = { description: 'What secures it.', maxItems: 20 }
const SECURITY = { description: 'One security.' }

export const SetCreditLimit = named(
  'SetCreditLimit',
  Body(
    {
      amount: Amount('What may be owed; 0 for nothing.', { example: 5_000_000 }),
      currency: Currency(),
      kind: Type.Optional(OneOf(limitKinds, { description: LIMIT_KIND, default: 'standing' })),
      valid_from: Type.Optional(Day('The first day; today unless given.', '2026-01-01')),
      valid_until: Type.Optional(Nullable(Until)),
      reason: LimitReason,
      insured: Type.Optional(
        Nullable(
          Body(
            {
              ...insurance,
              policy_number: Type.Optional(PolicyNumber),
              deductible_percent: Type.Optional(Deductible),
              reporting_days: Type.Optional(ReportingDays),
            },
            INSURED,
          ),
        ),
      ),
      collateral: Type.Optional(
        List(Body({ ...security, valid_until: Type.Optional(Until) }, SECURITY), COLLATERAL),
      ),
      request: Type.Optional(
        YesNo(
          'True only to ask for it: another principal has to approve it, whatever its amount.',
          {
            default: false,
          },
        ),
      ),
    },
    { description: 'What a customer, or a group of customers, may owe.' },
  ),
)

export const EndCreditLimit = named(
  'EndCreditLimit',
  Body({ reason: EndReason }, { description: 'Why a limit ends.' }),
)

const subject = {
  customer_id: Nullable(Id('customer', 'Whose own limit it is; null for that of a group.')),
  group_id: Nullable(Id('credit_group', 'The group that shares it; null for a customer’s own.')),
}

const terms = {
  kind: OneOf(limitKinds, { description: LIMIT_KIND }),
  currency: Currency(),
  amount: Amount('What may be owed.', { example: 5_000_000 }),
  valid_from: Day('The first day.', '2026-01-01'),
  valid_until: Nullable(Until),
  reason: LimitReason,
  insured: Nullable(
    Type.Object(
      {
        ...insurance,
        policy_number: Nullable(PolicyNumber),
        deductible_percent: Nullable(Deductible),
        reporting_days: Nullable(ReportingDays),
      },
      INSURED,
    ),
  ),
  collateral: List(
    Type.Object({ ...security, valid_until: Nullable(Until) }, SECURITY),
    COLLATERAL,
  ),
}

export const CreditLimit = named(
  'CreditLimit',
  Type.Object(
    {
      ...resourceFields('credit_limit'),
      ...subject,
      ...terms,
      status: OneOf(limitStatuses, { description: 'Only an approved limit holds.' }),
      ordinal: Nullable(
        Count('Its place among the approved ones of its subject: the later goes before.', {
          minimum: 1,
        }),
      ),
      approval_id: Nullable(
        Id('approval', 'The approval it waits or waited for; null where it needed none.'),
      ),
      decided_at: Nullable(At('When it was approved, rejected or withdrawn; null while it waits.')),
      ended_date: Nullable(Day('From this day on it holds no more.', '2026-05-04')),
      ended_reason: Nullable(EndReason),
      ended_at: Nullable(At('When that was said.')),
      expired_date: Nullable(Day('When it was found that its last day had passed.', '2027-01-01')),
      insurance_expired_date: Nullable(
        Day('When it was found that the last day of its insurance had passed.', '2027-01-01'),
      ),
    },
    { description: 'A limit of a customer or a group. Its terms never change once approved.' },
  ),
)
export const CreditLimitList = ListOf(CreditLimit)

export const CreditLimitInForce = named(
  'CreditLimitInForce',
  Type.Object(
    {
      ...subject,
      as_of_date: Day('The day.'),
      known_at: Nullable(At('As it was known when; null for what is known now.')),
      limit: Nullable(
        Type.Object(
          { id: Id('credit_limit', 'Which limit it is.'), ...terms },
          { description: 'The limit in force; null where there is none.' },
        ),
      ),
      expired: YesNo('Whether the last day of that limit had passed by then.', { example: false }),
    },
    { description: 'The limit that a customer or a group has on a day, as known at an instant.' },
  ),
)

export const AsOfQuery = Query({
  as_of_date: Type.Optional(Day('On which day; today unless given.')),
  known_at: Type.Optional(At('As it was known at this instant; as it is known now unless given.')),
})

export const CreditLimitQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s own.')),
  group_id: Type.Optional(Id('credit_group', 'Only those of this group.')),
  kind: Type.Optional(OneOf(limitKinds, { description: 'Only of this kind.' })),
  status: Several(limitStatuses, 'Only these statuses.'),
  in_force: Type.Optional(
    YesNo('Only those that hold today for their customer or group, or only the others.'),
  ),
  valid_until_lte: Type.Optional(Day('Only those whose last day is on or before.')),
})

const termsToJson = (limit: LimitTerms) => ({
  kind: limit.kind,
  currency: limit.currency,
  amount: limit.amount,
  valid_from: limit.valid_from,
  valid_until: limit.valid_until,
  reason: limit.reason,
  insured:
    limit.insured_amount === null
      ? null
      : {
          amount: limit.insured_amount,
          insurer: limit.insurer as string,
          valid_until: limit.insured_until as CalendarDate,
          policy_number: limit.insurance_policy_number,
          deductible_percent: limit.insured_deductible_percent,
          reporting_days: limit.insured_reporting_days,
        },
  collateral: limit.collateral,
})

const subjectToJson = ({ customer_id, group_id }: LimitSubject) => ({
  customer_id: publicIdOrNull('customer', customer_id),
  group_id: publicIdOrNull('credit_group', group_id),
})

/** A limit as the API shows it. */
export const creditLimitToJson = (
  limit: CreditLimitRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditLimit> => ({
  id: publicId('credit_limit', limit.id),
  object: 'credit_limit',
  version: limit.version,
  livemode: tenant.mode === 'live',
  ...subjectToJson(subjectOf(limit)),
  ...termsToJson(limit),
  status: limit.status,
  ordinal: limit.ordinal,
  approval_id: publicIdOrNull('approval', limit.approval_id),
  decided_at: limit.decided_at,
  ended_date: limit.ended_date,
  ended_reason: limit.ended_reason,
  ended_at: limit.ended_at,
  expired_date: limit.expired_date,
  insurance_expired_date: limit.insurance_expired_date,
  created_at: limit.created_at,
  updated_at: limit.updated_at,
})

/** The limit of a subject on a day as the API shows it. */
export const limitInForceToJson = (
  subject: LimitSubject,
  { day, knownAt }: AsOf,
  limit: CreditLimitRow | undefined,
): Static<typeof CreditLimitInForce> => ({
  ...subjectToJson(subject),
  as_of_date: day,
  known_at: knownAt ?? null,
  limit:
    limit === undefined ? null : { id: publicId('credit_limit', limit.id), ...termsToJson(limit) },
  expired: limit !== undefined && hasExpired(limit, day),
})

/** The terms that a body states. */
export const limitTerms = (
  body: Static<typeof SetCreditLimit>,
  today: CalendarDate,
): LimitTerms => ({
  kind: body.kind ?? 'standing',
  currency: body.currency,
  amount: body.amount,
  valid_from: body.valid_from ?? today,
  valid_until: body.valid_until ?? null,
  reason: body.reason,
  insured_amount: body.insured?.amount ?? null,
  insurer: body.insured?.insurer ?? null,
  insurance_policy_number: body.insured?.policy_number ?? null,
  insured_until: body.insured?.valid_until ?? null,
  insured_deductible_percent: body.insured?.deductible_percent ?? null,
  insured_reporting_days: body.insured?.reporting_days ?? null,
  collateral: (body.collateral ?? []).map((security) => ({
    ...security,
    valid_until: security.valid_until ?? null,
  })),
})
