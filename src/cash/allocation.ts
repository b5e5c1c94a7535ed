import type { CalendarDate } from '../foundation/calendar.ts'
import { sum } from '../foundation/money.ts'
import type { Claim } from './claim.ts'
import type { DeductionKind } from './deduction.ts'
import { inOrderOfLaw } from './imputation.ts'
import type { Reason } from './reason.ts'
import { claimsNamedBy } from './references.ts'
import type { AllocationRule, AllocationSettings, AutomaticRule } from './settings.ts'
import { Spread } from './spread.ts'
import { subsetOf } from './subset.ts'

/** Money, or credit, that looks for its items. */
export interface Money {
  amount: number
  currency: string
  /** The day it came: decides about early-payment discounts and about what is overdue. */
  date: CalendarDate
  /** What the payer wrote. */
  reference: string | null
  endToEndId: string | null
}

/** What is cleared of an item together with money that settles it. */
export interface Deduction {
  itemId: string
  kind: DeductionKind
  amount: number
  /** What of it is tax; only a discount has a tax share. */
  taxAmount: number
}

/** A part of some money, the open item it goes to, why, and what is cleared besides. */
export interface Share {
  itemId: string
  amount: number
  rule: AllocationRule
  reason: Reason
  deductions: Deduction[]
}

/** How money is spread: its shares, what of it is cleared as an over-payment within tolerance, and what is left. */
export interface Plan {
  shares: Share[]
  overAmount: number
  left: number
}

/**
 * Spreads money over a customer's open items without being told how, by the rules of the settings in their order, each
 * taking what the one before left. What no rule takes stays unallocated. `claims` come oldest first and belong to one
 * customer and currency. Nothing is decided by chance: the same money, claims and settings give the same plan.
 */
export function planAllocation(
  money: Money,
  claims: readonly Claim[],
  settings: AllocationSettings,
): Plan {
  const spread = new Spread(money, claims, settings)
  for (const rule of settings.rules) rules[rule](spread, money, settings)
  spread.clearExcess()
  return spread.plan()
}

type Rule = (spread: Spread, money: Money, settings: AllocationSettings) => void

const rules: Record<AutomaticRule, Rule> = {
  reference: (spread, money) => {
    const named = new Map(
      claimsNamedBy(money, spread.open()).map(({ claim, reason }) => [claim, reason]),
    )
    spread.give([...named.keys()], 'reference', (claim) => named.get(claim) as Reason)
  },
  exact_amount: (spread) => {
    for (const payable of spread.payables()) {
      const claim = spread.open().find((one) => payable(one) === spread.left)
      const reason: Reason = { code: 'exact_amount', amount: spread.left }
      if (claim !== undefined) spread.give([claim], 'exact_amount', () => reason)
    }
  },
  exact_balance: (spread) => giveWhenExact(spread, spread.open(), 'exact_balance'),
  exact_overdue: (spread, { date }) => {
    const overdue = spread.open().filter(({ due_date }) => due_date < date)
    giveWhenExact(spread, overdue, 'exact_overdue')
  },
  subset: (spread) => {
    for (const payable of spread.payables()) {
      const claims = subsetOf(spread.open(), payable, spread.left)
      const reason: Reason = { code: 'subset', amount: spread.left, count: claims.length }
      spread.give(claims, 'subset', () => reason)
    }
  },
  imputation: (spread, { date }, { jurisdiction }) => {
    const { claims, basis } = inOrderOfLaw(spread.open(), jurisdiction, date)
    for (const claim of claims) {
      if (basis === null) spread.give([claim], 'oldest_first', () => ({ code: 'oldest_first' }))
      else spread.give([claim], 'imputation', () => ({ code: 'imputation', basis }))
    }
  },
  oldest_first: (spread) => {
    for (const claim of spread.open())
      spread.give([claim], 'oldest_first', () => ({ code: 'oldest_first' }))
  },
}

/** Pays all of some claims when the money is exactly what they come to, with or without their discounts. */
function giveWhenExact(
  spread: Spread,
  claims: readonly Claim[],
  rule: 'exact_balance' | 'exact_overdue',
): void {
  for (const payable of spread.payables()) {
    const reason: Reason = { code: rule, amount: spread.left, count: claims.length }
    if (sum(claims.map(payable)) === spread.left) spread.give(claims, rule, () => reason)
  }
}
