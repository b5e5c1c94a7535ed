import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Body,
  Day,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import { type TaskRow, taskStatuses } from './table.ts'

/** A word of the caller's or the service's own, lower case. */
const Word = (description: string, example: string) =>
  Type.String({
    description,
    pattern: '^[a-z][a-z0-9_]*$',
    minLength: 1,
    maxLength: 40,
    examples: [example],
  })

const Kind = Word(
  'What is to be done, a word of your own. The service opens `decide_approval`, `report_to_insurer`, `credit_review`, `dunning_level`, `notice_undeliverable`, `proposal_hand_over` and `proposal_write_off`.',
  'call_back',
)
const Title = Text('What is to be done, in a line.', { example: 'Call about invoice R-1001.' })
const Note = Text('What helps to do it.', { maxLength: 2000, example: 'Ask for Ms Weber.' })
const Assignee = Word('The role or person that is to do it.', 'collector')
const Outcome = Text('What came of it, or why it is not to be done.', {
  maxLength: 1000,
  example: 'Will pay on Friday.',
})
const origins = ['person', 'service'] as const

export const CreateTask = named(
  'CreateTask',
  Body(
    {
      customer_id: Type.Optional(
        Id('customer', 'Whom it is about; may be left out where something of it is named.'),
      ),
      invoice_id: Type.Optional(Id('invoice', 'The invoice it is about.')),
      item_id: Type.Optional(Id('open_item', 'The open item it is about.')),
      notice_id: Type.Optional(Id('dunning_notice', 'The notice it follows.')),
      kind: Kind,
      title: Title,
      note: Type.Optional(Note),
      assignee: Type.Optional({ ...Assignee, default: 'collector' }),
      due_date: Type.Optional(Day('By when; today unless given.', '2026-04-15')),
    },
    { description: 'Something to do about a customer.' },
  ),
)

export const TaskPatch = named(
  'TaskPatch',
  Body(
    {
      title: Type.Optional(Title),
      note: Type.Optional(Nullable(Note)),
      assignee: Type.Optional(Assignee),
      due_date: Type.Optional(Day('By when.', '2026-04-20')),
    },
    { description: 'A merge patch (RFC 7396) of an open task.' },
  ),
)

export const CompleteTask = named(
  'CompleteTask',
  Body({ outcome: Type.Optional(Outcome) }, { description: 'What came of it.' }),
)

export const CancelTask = named(
  'CancelTask',
  Body(
    { reason: Text('Why it is not to be done.', { maxLength: 1000, example: 'Paid meanwhile.' }) },
    { description: 'Why a task is not to be done any more.' },
  ),
)

export const Task = named(
  'Task',
  Type.Object(
    {
      ...resourceFields('task'),
      customer_id: Id('customer', 'Whom it is about.'),
      customer: Expandable('customer'),
      invoice_id: Nullable(Id('invoice', 'The invoice it is about.')),
      invoice: Expandable('invoice'),
      item_id: Nullable(Id('open_item', 'The open item it is about.')),
      notice_id: Nullable(Id('dunning_notice', 'The notice it follows.')),
      kind: Kind,
      title: Title,
      note: Nullable(Note),
      assignee: Assignee,
      due_date: Day('By when.', '2026-04-15'),
      status: OneOf(taskStatuses, { description: 'Whether it is still to be done.' }),
      outcome: Nullable(Outcome),
      ended_date: Nullable(Day('When it was done or cancelled; null while it is open.')),
      origin: OneOf(origins, { description: 'Who opened it.' }),
      reason: Nullable(Word('Why the service opened it; null when a person did.', 'level_reached')),
    },
    { description: 'Something to do about a customer.' },
  ),
)
export const TaskList = ListOf(Task)

/** A task as the API shows it. */
export const taskToJson = (
  task: TaskRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Task> => ({
  id: publicId('task', task.id),
  object: 'task',
  version: task.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', task.customer_id),
  invoice_id: publicIdOrNull('invoice', task.invoice_id),
  item_id: publicIdOrNull('open_item', task.item_id),
  notice_id: publicIdOrNull('dunning_notice', task.notice_id),
  kind: task.kind,
  title: task.title,
  note: task.note,
  assignee: task.assignee,
  due_date: task.due_date,
  status: task.status,
  outcome: task.outcome,
  ended_date: task.ended_date,
  origin: task.origin,
  reason: task.reason,
  created_at: task.created_at,
  updated_at: task.updated_at,
})

export const TaskQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only about this customer.')),
  invoice_id: Type.Optional(Id('invoice', 'Only about this invoice.')),
  item_id: Type.Optional(Id('open_item', 'Only about this open item.')),
  notice_id: Type.Optional(Id('dunning_notice', 'Only those that follow this notice.')),
  kind: Type.Optional(Word('Only of this kind.', 'call_back')),
  assignee: Type.Optional(Word('Only for this role or person.', 'collector')),
  origin: Type.Optional(
    OneOf(origins, { description: 'Only those opened by a person, or by the service.' }),
  ),
  status: Several(taskStatuses, 'Only these statuses.'),
  due_date_gte: Type.Optional(Day('To be done on or after.')),
  due_date_lte: Type.Optional(Day('To be done on or before.')),
})
