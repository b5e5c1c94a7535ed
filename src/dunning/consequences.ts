import { liftCreditHoldsOf } from '../credit/holds/lift-credit-holds-of.ts'
import { passCreditHolds } from '../credit/holds/pass-credit-holds.ts'
import { placeCreditHolds } from '../credit/holds/place-credit-holds.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { groupBy } from '../foundation/group.ts'
import { formatAmount } from '../foundation/money.ts'
import { cancelTasksOf } from '../tasks/cancel-tasks-of.ts'
import { type NewTask, openTasks } from '../tasks/open-tasks.ts'
import { creditHoldsStillWished } from './credit-holds-still-wished.ts'
import type { ReleasedStep } from './released-step.ts'
import type { DecisionRow } from './table.ts'

/**
 * Does what levels bring about besides the notice: credit holds, tasks for people, and proposals to hand over or write
 * off. A task of a level is opened once per notice, whatever number of items it lifted there; a proposal once per item
 * and level of its cycle. The notices are written and the customers locked.
 */
export async function carryOutConsequences(tx: Tx, steps: readonly ReleasedStep[]): Promise<void> {
  const holding = steps.filter(({ level }) => level.consequences.credit_hold)
  await placeCreditHolds(
    tx,
    holding.map(({ item, notice }) => ({
      customerId: item.customer_id,
      reason: 'overdue',
      note: null,
      fromDate: tx.today,
      origin: 'dunning',
      noticeId: notice.id,
    })),
  )
  const together = groupBy(steps, ({ notice, level }) => `${notice.id} ${level.level}`)
  await openTasks(tx, [
    ...[...together.values()].flatMap((lifted) => tasksOf(tx, lifted)),
    ...steps.flatMap((step) => proposalOf(tx, step)),
  ])
}

/**
 * Takes back what notices had brought about that are taken back: their credit holds pass to notices that want them too,
 * or are lifted, and what is open of their tasks is cancelled. The customers are locked.
 */
export async function takeBackConsequences(
  tx: Tx,
  noticeIds: readonly string[],
  reason: string,
): Promise<void> {
  await passCreditHolds(tx, await creditHoldsStillWished(tx, noticeIds))
  await liftCreditHoldsOf(tx, noticeIds, reason)
  await cancelTasksOf(tx, noticeIds, reason)
}

/**
 * Asks somebody to allocate money of customers that covers what they would be chased for: one task per customer, once for
 * the item that was found first.
 */
export async function askToAllocate(tx: Tx, decisions: readonly DecisionRow[]): Promise<void> {
  const covered = decisions.filter(({ reason }) => reason === 'covered_by_unallocated')
  await openTasks(
    tx,
    [...groupBy(covered, ({ customer_id }) => customer_id)].map(([customerId, [first]]) => ({
      originKey: `item ${first?.item_id} covered by unallocated money`,
      reason: 'covered_by_unallocated',
      kind: 'unallocated_money',
      title: 'Allocate what the customer has paid',
      note: null,
      assignee: 'collector',
      dueDate: tx.today,
      customerId,
      invoiceId: first?.invoice_id ?? null,
      itemId: first?.item_id ?? null,
      noticeId: null,
    })),
  )
}

/** The tasks of a level, for all items that one notice lifted to it; about the item where there is only one. */
function tasksOf(tx: Tx, lifted: readonly ReleasedStep[]): NewTask[] {
  const [{ item, level, notice }, ...others] = lifted as [ReleasedStep, ...ReleasedStep[]]
  const isOnly = others.length === 0
  return level.consequences.tasks.map(({ assignee, title }, index) => ({
    originKey: `notice ${notice.id} level ${level.level} task ${index}`,
    reason: 'level_reached',
    kind: 'dunning_level',
    title,
    note: `${level.name}: ${lifted.slice(0, NAMED_MAX).map(nameOf).join(', ')}`,
    assignee,
    dueDate: tx.today,
    customerId: item.customer_id,
    invoiceId: isOnly ? item.invoice_id : null,
    itemId: isOnly ? item.id : null,
    noticeId: notice.id,
  }))
}

/** Items that the note of a task names; the notice lists all. */
const NAMED_MAX = 20

/** At the end of the ladder somebody decides: nothing is handed over or written off by itself. */
function proposalOf(tx: Tx, { item, level, notice }: ReleasedStep): NewTask[] {
  const { proposal } = level.consequences
  if (proposal === null) return []
  return [
    {
      originKey: `item ${item.id} cycle ${item.cycle} level ${level.level} ${proposal}`,
      reason: 'last_level_reached',
      kind: `proposal_${proposal}`,
      title: `${titles[proposal]} ${nameOf({ item })}?`,
      note: null,
      assignee: 'collector',
      dueDate: tx.today,
      customerId: item.customer_id,
      invoiceId: item.invoice_id,
      itemId: item.id,
      noticeId: notice.id,
    },
  ]
}

const titles = { hand_over: 'Hand over', write_off: 'Write off' }

const nameOf = ({ item }: Pick<ReleasedStep, 'item'>): string =>
  `${item.number ?? 'a charge'} (${formatAmount(item.open_amount, item.currency)})`
