import { type Static, Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Day,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  Text,
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../foundation/id.ts'
import type { InvoiceDunning } from './explain-invoice.ts'
import { decisionReasons, outcomes } from './reasons.ts'
import { decisionFields } from './runs/decision-schema.ts'

export const InvoiceDunningSchema = named(
  'InvoiceDunning',
  Type.Object(
    {
      object: Type.Unsafe<'invoice_dunning'>(
        Type.String({
          description: 'What this is.',
          const: 'invoice_dunning',
          examples: ['invoice_dunning'],
        }),
      ),
      invoice_id: Id('invoice', 'The invoice.'),
      as_of_date: Day('The day of the explanation.'),
      level: Count('The highest level its items have reached.', { example: 1 }),
      items: List(
        Type.Object(
          {
            item_id: decisionFields.item_id,
            due_date: Day('Its due date.'),
            open_amount: Amount('What is open.'),
            level: Count('The level it has reached.', { example: 1 }),
            policy_id: Nullable(
              Id('dunning_policy', 'The policy that decides; null when none does.'),
            ),
            policy_version: Nullable(Count('Its version.', { minimum: 1 })),
            outcome: OneOf(outcomes, { description: 'What a run would do today.' }),
            reason: decisionFields.reason,
            reason_text: Text('The reason in words.', {
              maxLength: 200,
              example: decisionReasons.next_level_not_due,
            }),
            inputs: decisionFields.inputs,
            next_level: Nullable(Count('The level of the next step.', { minimum: 1, example: 2 })),
            next_date: Nullable(
              Day(
                'When the next step follows if nothing but time happens; null when only an event can bring it.',
                '2026-04-15',
              ),
            ),
            reminder_date: Nullable(
              Day('When the customer is reminded before the due date.', '2026-03-28'),
            ),
          },
          { description: 'Where an open item stands and what comes next.' },
        ),
        { description: 'The items that are still open.', maxItems: 60 },
      ),
      history: List(
        Type.Object(
          {
            item_id: decisionFields.item_id,
            level: Count('The level reached.'),
            date: Day('When.', '2026-04-05'),
            days_overdue: Count('Days past the due date then.', { example: 5 }),
            notice_id: Id('dunning_notice', 'The notice that went with it.'),
            reversed_date: Nullable(
              Day('When it was taken back with its notice; null while it stands.', '2026-04-07'),
            ),
          },
          { description: 'A step that was taken.' },
        ),
        { description: 'Every step, in order.', maxItems: 10_000 },
      ),
    },
    {
      description:
        'Why an invoice is where it is in dunning, what comes next, and what stands in the way.',
    },
  ),
)

/** The explanation as the API shows it. */
export const explanationToJson = ({
  invoiceId,
  today,
  level,
  items,
  steps,
}: InvoiceDunning): Static<typeof InvoiceDunningSchema> => ({
  object: 'invoice_dunning',
  invoice_id: publicId('invoice', invoiceId),
  as_of_date: today,
  level,
  items: items.map(({ item, decision, next, reminderDate }) => ({
    item_id: publicId('open_item', item.id),
    due_date: item.due_date,
    open_amount: item.open_amount,
    level: item.level,
    policy_id: publicIdOrNull('dunning_policy', item.policy?.id ?? null),
    policy_version: item.policy?.version ?? null,
    outcome: decision.outcome,
    reason: decision.reason,
    reason_text: decisionReasons[decision.reason],
    inputs: decision.inputs,
    next_level: next.level,
    next_date: next.date,
    reminder_date: reminderDate,
  })),
  history: steps.map((step) => ({
    item_id: publicId('open_item', step.item_id),
    level: step.level,
    date: step.step_date,
    days_overdue: step.days_overdue,
    notice_id: publicId('dunning_notice', step.notice_id),
    reversed_date: step.reversed_date,
  })),
})
