import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import type { NewItem } from '../../ledger/claim-items.ts'
import type { Decision } from '../evaluate.ts'
import { type Courtesy, type Level, levelAfter, levelOf, type Policy } from '../policy.ts'
import type { CustomerSituation, DunnedItem } from '../situation.ts'
import type { NoticeRow } from '../table.ts'
import { feeAmount, feeCharge } from './fee.ts'
import { contentOf, type Told, type Wording } from './notice-content.ts'
import type { NoticeFacts } from './notice-facts.ts'
import { sendFrom } from './send-from.ts'

/** An item that is to be escalated or reminded of, now. */
export interface Chosen extends Told {
  decision: Decision
  /** The deadline that a reviewer has chosen; the level's own when null. */
  deadlineDate: CalendarDate | null
}

/** A notice in the making, with the charges it claims and the items it tells of for the first time. */
export interface NewNotice {
  row: NoticeRow
  charges: NewItem[]
  told: readonly Chosen[]
}

/** Which run issues notices, and whether a person released them. */
export interface Release {
  runId: string
  release: NoticeRow['release']
}

/** What makes one notice differ from another. */
interface Subject {
  kind: NoticeRow['kind']
  policy: Policy
  level: number
  name: string
  wording: Wording
  told: readonly Chosen[]
  listed: readonly DunnedItem[]
  feeAmount: number
  deadlineDate: CalendarDate | null
  next: { level: number; date: CalendarDate } | null
}

/**
 * Drafts the notices that go with what was chosen of one customer in one currency: a demand at the highest level
 * reached, with that level's fee once, listing everything that is overdue; and a courtesy about what is due soon.
 */
export function draftNotices(
  reader: Reader,
  release: Release,
  group: CustomerSituation,
  chosen: readonly Chosen[],
  facts: NoticeFacts,
): NewNotice[] {
  const demanded = chosen.filter(({ level }) => level > 0)
  const reminded = chosen.filter(({ level }) => level === 0)
  const subjects = [
    ...(demanded.length === 0 ? [] : [demandOf(group, demanded, reader.today)]),
    ...(reminded.length === 0 ? [] : [courtesyOf(reminded)]),
  ]
  return subjects.map((subject) => newNotice(reader, release, group, subject, facts))
}

function demandOf(
  { items, currency }: CustomerSituation,
  told: readonly Chosen[],
  today: CalendarDate,
): Subject {
  const top = told.reduce((highest, one) => (one.level > highest.level ? one : highest))
  const policy = top.item.policy as Policy
  const level = levelOf(policy, top.level) as Level
  return {
    kind: 'demand',
    policy,
    level: level.level,
    name: level.name,
    wording: { ...level, statutoryNotice: level.statutory_notice },
    told,
    listed: items.filter(({ due_date }) => due_date < today),
    feeAmount: feeAmount(level, currency),
    deadlineDate: deadlineOf(level, told, today),
    next: nextStep(told),
  }
}

/** A reminder before the due date; where several are due on one day, it is worded as the one closest to it. */
function courtesyOf(told: readonly Chosen[]): Subject {
  const daysOf = ({ decision }: Chosen) => decision.courtesy as number
  const closest = told.reduce((first, one) => (daysOf(one) < daysOf(first) ? one : first))
  const policy = closest.item.policy as Policy
  const courtesy = policy.courtesies.find(
    ({ days_before_due }) => days_before_due === daysOf(closest),
  ) as Courtesy
  return {
    kind: 'courtesy',
    policy,
    level: 0,
    name: courtesy.name,
    wording: { ...courtesy, statutoryNotice: null },
    told,
    listed: told.map(({ item }) => item),
    feeAmount: 0,
    deadlineDate: null,
    next: null,
  }
}

/** The latest that a reviewer has chosen for any of the items, else what the level says: a notice names one day. */
function deadlineOf(
  { payment_days: days }: Level,
  told: readonly Chosen[],
  today: CalendarDate,
): CalendarDate | null {
  const chosen = told.flatMap(({ deadlineDate }) => deadlineDate ?? []).sort()
  return chosen.at(-1) ?? (days === null ? null : addDays(today, days))
}

/** The first step that follows for any of the items if nothing is paid. */
function nextStep(told: readonly Chosen[]): Subject['next'] {
  const steps = told.flatMap(({ item, level, decision: { nextLookDate: date } }) => {
    const after = levelAfter(item.policy as Policy, level)
    return after === undefined || date === null ? [] : [{ level: after.level, date }]
  })
  return steps.sort((a, b) => (a.date < b.date ? -1 : 1))[0] ?? null
}

function newNotice(
  reader: Reader,
  { runId, release }: Release,
  { customerId, currency, situation }: CustomerSituation,
  subject: Subject,
  facts: NoticeFacts,
): NewNotice {
  const { policy, told } = subject
  const id = newId()
  const charges =
    subject.feeAmount === 0
      ? []
      : [feeCharge(id, { customerId, currency }, subject.feeAmount, reader.today)]
  const unallocatedAmount = situation.unallocatedAmount
  const content = contentOf(
    { ...subject, customerId, currency, charges, unallocatedAmount },
    facts,
    reader.today,
  )
  const row: NoticeRow = {
    tenant_id: reader.tenant.id,
    id,
    run_id: runId,
    customer_id: customerId,
    currency,
    policy_id: policy.id,
    policy_version: policy.version,
    level: subject.level,
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
    send_from_at: sendFrom(reader.now, policy.quiet_hours, reader.tenant.timeZone),
    recipient_place: content.recipients.length === 0 ? null : 0,
    status_reason: null,
  }
  return { row, charges, told }
}
