import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { onboardingChecks } from '../policies/policy.ts'
import type { ChecklistLine } from './queries.ts'
import { type OnboardingCheckRow, onboardingResults } from './table.ts'

const CheckKind = OneOf(onboardingChecks, { description: 'What was looked into.' })
const Result = OneOf(onboardingResults, { description: 'What came of it.' })
const DoneBy = Text('Who did it, in your own words.', { example: 'Anna Weber' })
const Note = Text('What was found.', { maxLength: 1000, example: 'No hits on the EU list.' })
const DocumentReference = Text('Where the evidence is kept.', { example: 'DMS-2026-004711' })

export const RecordOnboardingCheck = named(
  'RecordOnboardingCheck',
  Body(
    {
      kind: CheckKind,
      result: Result,
      done_by: DoneBy,
      done_date: Day('When; not in the future.', '2026-03-02'),
      note: Type.Optional(Note),
      document_reference: Type.Optional(DocumentReference),
    },
    { description: 'Something that was looked into about a customer.' },
  ),
)

export const OnboardingCheck = named(
  'OnboardingCheck',
  Type.Object(
    {
      ...resourceFields('onboarding_check'),
      customer_id: Id('customer', 'Whom it is about.'),
      kind: CheckKind,
      result: Result,
      done_by: DoneBy,
      done_date: Day('When it was done.', '2026-03-02'),
      note: Nullable(Note),
      document_reference: Nullable(DocumentReference),
    },
    { description: 'Something that was looked into about a customer. It never changes.' },
  ),
)
export const OnboardingCheckList = ListOf(OnboardingCheck)

export const OnboardingCheckQuery = Query({
  ...paging,
  kind: Type.Optional(OneOf(onboardingChecks, { description: 'Only of this kind.' })),
})

export const Onboarding = named(
  'Onboarding',
  Type.Object(
    {
      customer_id: Id('customer', 'The customer.'),
      complete: YesNo('Whether nothing is missing; always true without a policy.'),
      checks: List(
        Type.Object(
          {
            kind: CheckKind,
            state: OneOf([...onboardingResults, 'missing'], {
              description: 'The result of the newest check; `missing` while there is none.',
            }),
            onboarding_check_id: Nullable(Id('onboarding_check', 'The newest check.')),
            done_by: Nullable(DoneBy),
            done_date: Nullable(Day('When it was done.', '2026-03-02')),
          },
          { description: 'One check that the policy asks for.' },
        ),
        { description: 'What the policy asks for, in its order.', maxItems: 50 },
      ),
    },
    { description: 'What has to be done before a customer’s first limit, and what is done of it.' },
  ),
)

/** A check as the API shows it. */
export const onboardingCheckToJson = (
  check: OnboardingCheckRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof OnboardingCheck> => ({
  id: publicId('onboarding_check', check.id),
  object: 'onboarding_check',
  version: 1,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', check.customer_id),
  kind: check.kind,
  result: check.result,
  done_by: check.done_by,
  done_date: check.done_date,
  note: check.note,
  document_reference: check.document_reference,
  created_at: check.created_at,
  updated_at: check.created_at,
})

/** A customer's checklist as the API shows it. */
export const onboardingToJson = (
  customerId: string,
  checklist: readonly ChecklistLine[],
): Static<typeof Onboarding> => ({
  customer_id: publicId('customer', customerId),
  complete: checklist.every(({ done }) => done),
  checks: checklist.map(({ kind, newest }) => ({
    kind,
    state: newest?.result ?? 'missing',
    onboarding_check_id: newest === undefined ? null : publicId('onboarding_check', newest.id),
    done_by: newest?.done_by ?? null,
    done_date: newest?.done_date ?? null,
  })),
})
