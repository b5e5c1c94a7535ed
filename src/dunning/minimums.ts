import { addDays, type CalendarDate } from '../foundation/calendar.ts'
import { sum } from '../foundation/money.ts'
import type { Decision, ItemSituation, Situation } from './evaluate.ts'
import { versionOf } from './judge.ts'
import { type Level, levelOf, type Policy } from './policy.ts'
import { nextLevelDateAfter } from './when.ts'

/**
 * Leaves out levels that are not worth a notice: where what stands at a level, or would rise to it today, is below the
 * level's minimum amount or share, the items that would rise fall to the level below and are tested again there. What is
 * blocked does not count. What falls to a level that it has already had gets no notice.
 */
export function keepMinimums(situation: Situation, decisions: readonly Decision[]): Decision[] {
  let kept = [...decisions]
  for (const policy of policiesOf(situation)) {
    for (const level of [...policy.levels].reverse())
      if (hasMinimum(level)) kept = keepMinimum(situation, kept, policy, level)
  }
  return kept
}

/** The versions that have minimums at all. */
const policiesOf = ({ items }: Situation): Iterable<Policy> =>
  new Map(
    items.flatMap((item) =>
      item.policy?.levels.some(hasMinimum) ? [[versionOf(item), item.policy]] : [],
    ),
  ).values()

const hasMinimum = ({ minimum_amounts, minimum_percent }: Level): boolean =>
  minimum_amounts.length > 0 || minimum_percent !== null

function keepMinimum(
  { items, currency }: Situation,
  decisions: readonly Decision[],
  policy: Policy,
  level: Level,
): Decision[] {
  const follows = (item: ItemSituation) =>
    item.principal && item.policy?.id === policy.id && item.policy.version === policy.version
  const rises = (index: number) => {
    const { outcome, toLevel } = decisions[index] as Decision
    const item = items[index] as ItemSituation
    return outcome === 'escalate' && toLevel === level.level && follows(item)
  }
  const there = items.filter(
    (item, index) =>
      follows(item) &&
      decisions[index]?.outcome !== 'blocked' &&
      (item.level >= level.level || rises(index)),
  )
  const amount = sum(there.map(({ openAmount }) => openAmount))
  const open = sum(items.map(({ openAmount }) => openAmount))
  const least = level.minimum_amounts.find((one) => one.currency === currency)?.amount ?? 0
  const percent = level.minimum_percent ?? 0
  const isShareReached = BigInt(amount) * 100n >= BigInt(open) * BigInt(percent)
  if (amount >= least && isShareReached) return [...decisions]
  const inputs = {
    level: level.level,
    amount,
    minimum_amount: least,
    open_amount: open,
    minimum_percent: percent,
  }
  return decisions.map((decision, index) =>
    rises(index) ? fall(items[index] as ItemSituation, decision, level, inputs) : decision,
  )
}

function fall(
  item: ItemSituation,
  decision: Decision,
  { level }: Level,
  inputs: Record<string, unknown>,
): Decision {
  const lower = levelOf(item.policy as Policy, level - 1)
  const told = { ...decision, inputs: { ...decision.inputs, below_minimum: inputs } }
  return lower === undefined || lower.level <= decision.fromLevel
    ? { ...told, outcome: 'wait', reason: 'below_minimum', toLevel: decision.fromLevel }
    : { ...told, reason: 'fell_to_lower_level', toLevel: lower.level }
}

/**
 * When what is below a minimum is looked at again: when a higher level may apply. An amount grows by events of its own
 * alone; a share grows also when other items are paid, so it is watched from day to day.
 */
export function lookBelowMinimum(item: ItemSituation, today: CalendarDate): CalendarDate | null {
  const policy = item.policy as Policy
  const isShared = policy.levels.some(({ minimum_percent }) => minimum_percent !== null)
  return isShared ? addDays(today, 1) : nextLevelDateAfter(item, policy, today)
}
