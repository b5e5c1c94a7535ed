import { sql } from 'kysely'
import { addDays, type CalendarDate, laterOf } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { openTasks } from '../../tasks/open-tasks.ts'
import { levelOf } from '../policy.ts'
import { policyVersion } from '../queries.ts'
import type { NoticeRow } from '../table.ts'
import { changeNotice } from './change-notice.ts'
import { sendFrom } from './send-from.ts'

/**
 * Sends a notice that did not arrive to the next of its recipients, with a deadline of its own, never an earlier one:
 * the next step of its items counts from that. Where nobody is left to try, it is undeliverable. The customer is locked.
 */
export async function rerouteNotice(tx: Tx, notice: NoticeRow): Promise<NoticeRow> {
  const place = (notice.recipient_place ?? notice.content.recipients.length) + 1
  if (place >= notice.content.recipients.length) return giveUp(tx, notice)
  const policy = await policyVersion(tx, notice.policy_id, notice.policy_version)
  const days = levelOf(policy, notice.level)?.payment_days ?? null
  const before = notice.deadline_date
  const rerouted = await changeNotice(
    tx,
    notice,
    {
      status: 'rerouted',
      recipient_place: place,
      deadline_date: days === null ? before : laterOf(before ?? tx.today, addDays(tx.today, days)),
      send_from_at: sendFrom(tx.now, policy.quiet_hours, tx.tenant.timeZone),
    },
    'dunning.notice_rerouted',
  )
  if (rerouted.deadline_date !== before)
    await moveDeadline(tx, rerouted.id, rerouted.deadline_date as CalendarDate)
  return rerouted
}

/** Nobody is left to try: somebody is asked to find out how to reach the customer. */
async function giveUp(tx: Tx, notice: NoticeRow): Promise<NoticeRow> {
  const undeliverable = await changeNotice(
    tx,
    notice,
    { status: 'undeliverable', recipient_place: null },
    'dunning.notice_undeliverable',
  )
  await openTasks(tx, [
    {
      originKey: `notice ${notice.id} undeliverable ${undeliverable.version}`,
      reason: 'notice_undeliverable',
      kind: 'notice_undeliverable',
      title: `Find out how to reach ${notice.content.customer.name}`,
      note: `${notice.level_name} of ${notice.notice_date} has come back from everybody it was sent to`,
      assignee: 'collector',
      dueDate: tx.today,
      customerId: notice.customer_id,
      invoiceId: null,
      itemId: null,
      noticeId: notice.id,
    },
  ])
  return undeliverable
}

/** The items that the notice was the last to lift have until then; they are looked at again. */
const moveDeadline = (tx: Tx, noticeId: string, deadline: CalendarDate) =>
  sql`
    with moved as (
      update dunning_state
      set deadline_date = ${deadline}
      from dunning_step as step
      where step.tenant_id = ${tx.tenant.id} and step.notice_id = ${noticeId} and step.reversed_date is null
        and dunning_state.tenant_id = ${tx.tenant.id} and dunning_state.item_id = step.item_id
        and dunning_state.level = step.level and dunning_state.level_date = step.step_date
      returning dunning_state.item_id
    )
    update item_watch
    set next_look_date = ${tx.today}
    from moved
    where item_watch.tenant_id = ${tx.tenant.id} and item_watch.item_id = moved.item_id
  `.execute(tx.db)
