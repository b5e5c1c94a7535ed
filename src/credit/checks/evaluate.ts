import { type CalendarDate, daysOverdue } from '../../foundation/calendar.ts'
import { openOf } from '../exposure/exposure.ts'
import type { CreditFacts } from '../exposure/facts.ts'
import type { Measured } from '../exposure/measure.ts'
import type {
  CreditPolicyDefinition,
  Outcome,
  Reaction,
  ThresholdRule,
} from '../policies/policy.ts'

/** Everything a check can look at; what it looked at is kept with it, in this order. */
export const checkRules = [
  'credit_hold',
  'no_limit',
  'limit_expired',
  'missing_rate',
  'limit',
  'group_limit',
  'sub_limit',
  'oldest_overdue_days',
  'overdue_percent',
  'dunning_level',
  'review_overdue_days',
  'score',
  'standing',
  'terms',
] as const
export type CheckRule = (typeof checkRules)[number]

/** Rules about money and about a hold never rest: a release covers what was released, not what comes after it. */
const restingRules: ReadonlySet<CheckRule> = new Set([
  'oldest_overdue_days',
  'overdue_percent',
  'dunning_level',
  'review_overdue_days',
  'score',
  'standing',
  'terms',
])

/** What one rule found. */
export interface RuleFinding {
  rule: CheckRule
  outcome: Outcome
  /** The figures it looked at; amounts in minor units of `currency` among them. */
  inputs: Record<string, string | number | null>
  /** Where it begins to react; null when it has no figure. */
  threshold: number | null
  /** The check whose release keeps it from reacting for some days. */
  released_by_check_id: string | null
}

/** Exposure beside its limit, and what is asked for in its currency; null where that cannot be converted. */
export type Asked = Pick<Measured, 'limit' | 'exposure'> & { added: number | null }

export interface Situation {
  today: CalendarDate
  facts: CreditFacts
  own: Asked
  /** The group that shares a limit; null where there is none, or the group has no limit. */
  group: Asked | null
  /** The terms asked for; null where nothing was said. */
  netDays: number | null
}

export interface Verdict {
  outcome: Outcome
  /** True where a denial became a question to a person, because a natural person is concerned. */
  humanReview: boolean
  findings: RuleFinding[]
}

/**
 * Whether something may be sold on account: every rule with what it looked at, and the worst of them. The same
 * situation and policy give the same verdict, today or years later. A natural person is never denied by the service
 * alone (GDPR art. 22): a person decides.
 */
export function evaluate(situation: Situation, policy: CreditPolicyDefinition): Verdict {
  const findings = [
    ...holdFinding(situation, policy),
    ...limitFindings(situation, policy),
    ...moneyFindings(situation, policy),
    ...thresholdFindings(situation, policy),
    ...customerFindings(situation, policy),
  ].map((finding) => rested(finding, situation.facts))
  const worst = worstOf(findings.map(({ outcome }) => outcome))
  const humanReview = situation.facts.naturalPerson && worst === 'deny'
  return { outcome: humanReview ? 'refer' : worst, humanReview, findings }
}

const severity: Record<Outcome, number> = { approve: 0, refer: 1, deny: 2 }

const worstOf = (found: readonly Outcome[]): Outcome =>
  found.reduce<Outcome>((worst, one) => (severity[one] > severity[worst] ? one : worst), 'approve')

/** A finding as it counts while a person's word against its rule still holds. */
function rested(finding: RuleFinding, { resting }: CreditFacts): RuleFinding {
  if (finding.outcome === 'approve' || !restingRules.has(finding.rule)) return finding
  const rest = resting.find(({ rule }) => rule === finding.rule)
  return rest === undefined
    ? finding
    : { ...finding, outcome: 'approve', released_by_check_id: rest.checkId }
}

const found = (
  rule: CheckRule,
  outcome: Outcome,
  inputs: RuleFinding['inputs'],
  threshold: number | null = null,
): RuleFinding => ({ rule, outcome, inputs, threshold, released_by_check_id: null })

const reactIf = (reacts: boolean, reaction: Outcome): Outcome => (reacts ? reaction : 'approve')

const holdFinding = ({ facts }: Situation, { checks }: CreditPolicyDefinition): RuleFinding[] => [
  found('credit_hold', reactIf(facts.creditHoldId !== null, checks.credit_hold), {
    credit_hold_id: facts.creditHoldId,
  }),
]

/** Whether there is a limit to speak of, and whether everything can be measured by it. */
function limitFindings(
  { own, group, today }: Situation,
  { checks }: CreditPolicyDefinition,
): RuleFinding[] {
  const measured = group === null ? [own] : [own, group]
  const limits = measured.flatMap(({ limit }) => limit ?? [])
  const expired = limits.find((limit) => limit.expired)
  const unconverted = [
    ...new Set(measured.flatMap(({ exposure }) => exposure.unconverted)),
    ...(measured.some(({ added }) => added === null) ? ['asked'] : []),
  ]
  return [
    found('no_limit', reactIf(limits.length === 0, checks.no_limit), { limits: limits.length }),
    found('limit_expired', reactIf(expired !== undefined, checks.limit_expired), {
      valid_until: expired?.valid_until ?? null,
      today,
    }),
    found('missing_rate', reactIf(unconverted.length > 0, checks.missing_rate), {
      currencies: unconverted.length === 0 ? null : unconverted.join(', '),
    }),
  ]
}

/** Whether the money fits: the own limit, the group's, and what there may be of single components. */
function moneyFindings(
  { own, group }: Situation,
  { checks: { limit: rule } }: CreditPolicyDefinition,
): RuleFinding[] {
  const fit = (name: 'limit' | 'group_limit', { limit, exposure, added }: Asked): RuleFinding[] => {
    if (limit === null || added === null) return []
    const needed = (BigInt(exposure.amount) + BigInt(added)) * 100n
    const allowed = BigInt(limit.amount) * BigInt(100 + rule.tolerance_percent)
    return [
      found(
        name,
        reactIf(needed > allowed, rule.reaction),
        {
          currency: limit.currency,
          exposure_amount: exposure.amount,
          asked_amount: added,
          tolerance_percent: rule.tolerance_percent,
          limit_id: limit.id,
        },
        limit.amount,
      ),
    ]
  }
  const components = own.exposure.components.flatMap(({ component, amount, subLimit }) => {
    if (subLimit === null) return []
    const asked = component === 'reservations' ? (own.added ?? 0) : 0
    const inputs = { component, currency: own.exposure.currency, amount, asked_amount: asked }
    return [found('sub_limit', reactIf(amount + asked > subLimit, rule.reaction), inputs, subLimit)]
  })
  return [...fit('limit', own), ...(group === null ? [] : fit('group_limit', group)), ...components]
}

/** Figures that must not be too high. */
function thresholdFindings(
  situation: Situation,
  { checks }: CreditPolicyDefinition,
): RuleFinding[] {
  return checks.thresholds.map(({ rule, maximum, reaction }) => {
    const { reacts, inputs } = figureOf[rule](situation, maximum)
    return found(rule, reactIf(reacts, reaction), inputs, maximum)
  })
}

const figureOf: Record<
  ThresholdRule,
  (situation: Situation, maximum: number) => { reacts: boolean; inputs: RuleFinding['inputs'] }
> = {
  oldest_overdue_days: ({ facts: { oldestOverdueDate }, today }, maximum) => {
    const days = oldestOverdueDate === null ? 0 : daysOverdue(oldestOverdueDate, today)
    return { reacts: days > maximum, inputs: { days, due_date: oldestOverdueDate } }
  },
  overdue_percent: ({ own: { exposure } }, maximum) => {
    const { overdue, open } = openOf(exposure)
    return {
      reacts: BigInt(overdue) * 100n > BigInt(maximum) * BigInt(open),
      inputs: { overdue_amount: overdue, open_amount: open, currency: exposure.currency },
    }
  },
  dunning_level: ({ facts: { highestLevel } }, maximum) => ({
    reacts: highestLevel > maximum,
    inputs: { level: highestLevel },
  }),
  review_overdue_days: ({ facts: { nextReviewDate }, today }, maximum) => {
    const days = nextReviewDate === null ? 0 : daysOverdue(nextReviewDate, today)
    return { reacts: days > maximum, inputs: { days, next_review_date: nextReviewDate } }
  },
}

/** Who the customer is and what it asks for. */
function customerFindings(
  { facts, netDays }: Situation,
  { checks }: CreditPolicyDefinition,
): RuleFinding[] {
  const { score, standing, terms } = checks
  const react = (reacts: boolean, { reaction }: { reaction: Reaction }) => reactIf(reacts, reaction)
  return [
    ...(score === null
      ? []
      : [
          found(
            'score',
            react(facts.score !== null && facts.score < score.minimum, score),
            { score: facts.score },
            score.minimum,
          ),
        ]),
    ...(standing === null
      ? []
      : [
          found(
            'standing',
            react(facts.standing !== null && standing.standings.includes(facts.standing), standing),
            { standing: facts.standing },
          ),
        ]),
    ...(terms === null
      ? []
      : [
          found(
            'terms',
            react(netDays !== null && facts.netDays !== null && netDays > facts.netDays, terms),
            { asked_net_days: netDays },
            facts.netDays,
          ),
        ]),
  ]
}
