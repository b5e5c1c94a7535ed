import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Amount,
  AnyId,
  Body,
  Currency,
  Day,
  exampleId,
  Id,
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
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { type ApprovalRow, approvalStatuses, approvalSubjects } from './table.ts'

const SubjectKind = OneOf(approvalSubjects, { description: 'What kind of thing waits for it.' })
const DecisionReason = Reason('Why it was decided so.', 'Pays within 14 days since 2019.')
const Principal = (description: string) =>
  Type.String({ description, maxLength: 300, format: 'text', examples: [exampleId('api_key')] })

export const DecideApproval = named(
  'DecideApproval',
  Body({ reason: DecisionReason }, { description: 'Why it is decided so.' }),
)

export const Approval = named(
  'Approval',
  Type.Object(
    {
      ...resourceFields('approval'),
      subject: Type.Object(
        {
          kind: SubjectKind,
          id: AnyId('Its id.', 'credit_limit'),
        },
        { description: 'What waits for it.' },
      ),
      customer_id: Nullable(Id('customer', 'The customer concerned; null where there is none.')),
      customer: Expandable('customer'),
      summary: Text('What is asked, in plain words.', {
        example: 'Credit limit of 120,000.00 EUR.',
      }),
      currency: Nullable(Currency()),
      amount: Nullable(Amount('How much is asked for; null where it is not about money.')),
      reason: Reason('Why it is asked for.', 'Framework contract for 2026.'),
      requested_by: Nullable(
        Principal(
          'The principal that asked: an API key or a token’s subject; null for the service.',
        ),
      ),
      requested_date: Day('When it was asked for.', '2026-04-20'),
      status: OneOf(approvalStatuses, { description: 'Whether it was decided, and how.' }),
      decided_by: Nullable(Principal('The principal that decided or withdrew it.')),
      decided_date: Nullable(Day('When it was decided; null while it waits.', '2026-04-21')),
      decision_reason: Nullable(DecisionReason),
    },
    { description: 'What one principal has asked for, and another has to agree to.' },
  ),
)
export const ApprovalList = ListOf(Approval)

/** An approval as the API shows it. */
export const approvalToJson = (
  approval: ApprovalRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Approval> => ({
  id: publicId('approval', approval.id),
  object: 'approval',
  version: approval.version,
  livemode: tenant.mode === 'live',
  subject: {
    kind: approval.subject_kind,
    id: publicId(approval.subject_kind, approval.subject_id),
  },
  customer_id: publicIdOrNull('customer', approval.customer_id),
  summary: approval.summary,
  currency: approval.currency,
  amount: approval.amount,
  reason: approval.reason,
  requested_by: approval.requested_by,
  requested_date: approval.requested_date,
  status: approval.status,
  decided_by: approval.decided_by,
  decided_date: approval.decided_date,
  decision_reason: approval.decision_reason,
  created_at: approval.created_at,
  updated_at: approval.updated_at,
})

export const ApprovalQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only those that concern this customer.')),
  subject_kind: Type.Optional(
    OneOf(approvalSubjects, { description: 'Only for this kind of thing.' }),
  ),
  status: Several(approvalStatuses, 'Only these statuses.'),
})
