import type { Instant } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import { type ChargeFacts, loadChargeFacts } from '../charges/charge-facts.ts'
import { chargesOfNotice } from '../charges/charges-of-notice.ts'
import type { ChargeRow } from '../charges/table.ts'
import type { ReleasedStep } from '../released-step.ts'
import type { NoticeRow } from '../table.ts'
import { contentOf, type NoticeContent } from './notice-content.ts'
import { loadNoticeFacts, type NoticeFacts } from './notice-facts.ts'
import { type Choice, type Subject, subjectsOf, type ToldItem } from './notice-subject.ts'
import { type QuietHours, sendTimes } from './send-from.ts'

/** A notice in the making, with the charges it claims and the items it tells of for the first time. */
export interface NewNotice {
  row: NoticeRow
  charges: ChargeRow[]
  told: readonly ToldItem[]
  steps: ReleasedStep[]
}

/** Which run issues notices, and whether a person released them. */
export interface Release {
  runId: string
  release: NoticeRow['release']
}

/**
 * Drafts the notices that go with what was chosen, one customer and currency by the other: a demand at the highest
 * level reached, with what it claims besides, listing what is overdue; what a law asks for, apart; and a courtesy about
 * what is due soon. The customer's unallocated money is subtracted once: each notice is left what those before it have
 * no use for, and statutory ones come first, since a term set for more than is owed may not hold.
 */
export async function draftNotices(
  reader: Reader,
  release: Release,
  choices: readonly Choice[],
): Promise<NewNotice[]> {
  const subjects = choices.flatMap((choice) => subjectsOf(choice, reader.today))
  if (subjects.length === 0) return []
  const customerIds = new Set(subjects.map(({ group }) => group.customerId))
  const [facts, chargeFacts] = await Promise.all([
    loadNoticeFacts(reader, [...customerIds]),
    loadChargeFacts(
      reader,
      subjects.flatMap(({ steps }) => steps),
    ),
  ])
  const sendFrom = sendTimes(reader.now, reader.tenant.timeZone)
  const money = new Map(choices.map(({ group }) => [group, group.situation.unallocatedAmount]))
  return subjects.map((subject) => {
    const unallocatedAmount = money.get(subject.group) as number
    const known = { facts, chargeFacts, sendFrom, unallocatedAmount }
    const notice = newNotice(reader, release, subject, known)
    money.set(subject.group, Math.max(0, unallocatedAmount - askedFor(notice.row.content)))
    return notice
  })
}

/** What a notice asks for before the customer's own money is subtracted. */
const askedFor = ({ overdue_amount, charges }: NoticeContent): number =>
  overdue_amount + sum(charges.map(({ amount }) => amount))

/** What decides about notices besides what they tell. */
interface Known {
  facts: NoticeFacts
  chargeFacts: ChargeFacts
  sendFrom: (quiet: QuietHours | null) => Instant
  /** Money of the customer that no other notice of the day has counted. */
  unallocatedAmount: number
}

function newNotice(
  reader: Reader,
  { runId, release }: Release,
  subject: Subject,
  { facts, chargeFacts, sendFrom, unallocatedAmount }: Known,
): NewNotice {
  const { group, policy, level, told, steps } = subject
  const { customerId, currency } = group
  const id = newId()
  const charges =
    level === null
      ? []
      : chargesOfNotice(
          reader,
          { id, customerId, currency, level, overdueAmount: principalOf(subject), steps },
          chargeFacts,
        )
  const draft = { ...subject, customerId, currency, charges, unallocatedAmount }
  const content = contentOf(draft, facts, reader.today)
  const row: NoticeRow = {
    tenant_id: reader.tenant.id,
    id,
    run_id: runId,
    customer_id: customerId,
    currency,
    policy_id: policy.id,
    policy_version: policy.version,
    level: level?.level ?? 0,
    level_name: subject.name,
    notice_date: reader.today,
    content,
    version: 1,
    created_at: reader.now,
    updated_at: reader.now,
    kind: subject.kind,
    release,
    status: 'issued',
    deadline_date: subject.deadlineDate,
    send_from_at: sendFrom(policy.quiet_hours),
    recipient_place: content.recipients.length === 0 ? null : 0,
    status_reason: null,
  }
  return { row, charges, told, steps: steps.map((step) => ({ ...step, notice: row })) }
}

/** What is overdue without the charges that came on top. */
const principalOf = ({ listed }: Subject): number =>
  sum(listed.filter(({ kind }) => kind === 'invoice').map(({ open_amount }) => open_amount))
