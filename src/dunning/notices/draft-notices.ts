import { addDays, type CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { newId } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import { type ChargeFacts, loadChargeFacts } from '../charges/charge-facts.ts'
import { chargesOfNotice } from '../charges/charges-of-notice.ts'
import type { ChargeRow } from '../charges/table.ts'
import type { Decision } from '../evaluate.ts'
import { type Courtesy, type Level, levelAfter, levelOf, type Policy } from '../policy.ts'
import type { ReleasedStep } from '../released-step.ts'
import type { CustomerSituation, DunnedItem } from '../situation.ts'
import type { NoticeRow } from '../table.ts'
import { contentOf, type Told, type Wording } from './notice-content.ts'
import { loadNoticeFacts, type NoticeFacts } from './notice-facts.ts'
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
  charges: ChargeRow[]
  told: readonly Chosen[]
  steps: ReleasedStep[]
}

type ChargedStep = Pick<ReleasedStep, 'item' | 'level'>

/** Which run issues notices, and whether a person released them. */
export interface Release {
  runId: string
  release: NoticeRow['release']
}

/** What makes one notice differ from another. */
interface Subject {
  group: CustomerSituation
  kind: NoticeRow['kind']
  policy: Policy
  /** Null for a courtesy. */
  level: Level | null
  name: string
  wording: Wording
  told: readonly Chosen[]
  /** The items it lifts, each with the level it reaches. */
  steps: readonly ChargedStep[]
  listed: readonly DunnedItem[]
  deadlineDate: CalendarDate | null
  next: { level: number; date: CalendarDate } | null
}

/** What is to be told to one customer in one currency. */
export interface Choice {
  group: CustomerSituation
  chosen: readonly Chosen[]
}

/**
 * Drafts the notices that go with what was chosen, one customer and currency by the other: a demand at the highest
 * level reached, with what it claims besides, listing everything that is overdue; and a courtesy about what is due soon.
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
  return subjects.map((subject) => newNotice(reader, release, subject, facts, chargeFacts))
}

function subjectsOf({ group, chosen }: Choice, today: CalendarDate): Subject[] {
  const demanded = chosen.filter(({ level }) => level > 0)
  const reminded = chosen.filter(({ level }) => level === 0)
  return [
    ...(demanded.length === 0 ? [] : [demandOf(group, demanded, today)]),
    ...(reminded.length === 0 ? [] : [courtesyOf(group, reminded)]),
  ]
}

function demandOf(group: CustomerSituation, told: readonly Chosen[], today: CalendarDate): Subject {
  const top = told.reduce((highest, one) => (one.level > highest.level ? one : highest))
  const policy = top.item.policy as Policy
  const level = levelOf(policy, top.level) as Level
  return {
    group,
    kind: 'demand',
    policy,
    level,
    name: level.name,
    wording: { ...level, statutoryNotice: level.statutory_notice },
    told,
    steps: told.map(toStep),
    listed: group.items.filter(({ due_date }) => due_date < today),
    deadlineDate: deadlineOf(level, told, today),
    next: nextStep(told),
  }
}

/** A reminder before the due date; where several are due on one day, it is worded as the one closest to it. */
function courtesyOf(group: CustomerSituation, told: readonly Chosen[]): Subject {
  const daysOf = ({ decision }: Chosen) => decision.courtesy as number
  const closest = told.reduce((first, one) => (daysOf(one) < daysOf(first) ? one : first))
  const policy = closest.item.policy as Policy
  const courtesy = policy.courtesies.find(
    ({ days_before_due }) => days_before_due === daysOf(closest),
  ) as Courtesy
  return {
    group,
    kind: 'courtesy',
    policy,
    level: null,
    name: courtesy.name,
    wording: { ...courtesy, statutoryNotice: null },
    told,
    steps: [],
    listed: told.map(({ item }) => item),
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
  subject: Subject,
  facts: NoticeFacts,
  chargeFacts: ChargeFacts,
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
  const { unallocatedAmount } = group.situation
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
    send_from_at: sendFrom(reader.now, policy.quiet_hours, reader.tenant.timeZone),
    recipient_place: content.recipients.length === 0 ? null : 0,
    status_reason: null,
  }
  return { row, charges, told, steps: steps.map((step) => ({ ...step, notice: row })) }
}

/** What is overdue without the charges that came on top. */
const principalOf = ({ listed }: Subject): number =>
  sum(listed.filter(({ kind }) => kind === 'invoice').map(({ open_amount }) => open_amount))

const toStep = ({ item, level }: Chosen): ChargedStep => ({
  item,
  level: levelOf(item.policy as Policy, level) as Level,
})
