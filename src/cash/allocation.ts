import type { OpenItemRow } from '../ledger/table.ts'

/** How money found its item. Every allocation names the rule that made it. */
export const allocationRules = [
  'designated',
  'reference',
  'exact_amount',
  'oldest_first',
  'credited_invoice',
] as const
export type AllocationRule = (typeof allocationRules)[number]

/** A part of some money, and the open item it goes to. */
export interface Share {
  itemId: string
  amount: number
  rule: AllocationRule
}

/** An open item as allocation sees it: what is open of it shrinks as shares are taken. */
export type Claim = Pick<OpenItemRow, 'id' | 'invoice_id' | 'due_date' | 'open_amount'> & {
  /** The number of its invoice; null for a charge. */
  number: string | null
}

/**
 * Spreads money over a customer's open items without being told how, by rules in this order, each taking what the one
 * before left: invoices whose number stands in the reference; one item that is open with exactly this amount; the
 * oldest due date first. What no rule takes stays unallocated. `claims` come oldest first and belong to one customer and
 * currency.
 */
export function allocateAutomatically(
  money: number,
  reference: string | null,
  claims: readonly Claim[],
): Share[] {
  const spread = new Spread(money, claims)
  for (const claim of claimsNamedBy(reference, claims)) spread.give(claim, 'reference')
  const exact = spread.open().find((claim) => spread.openOf(claim) === spread.left)
  if (exact !== undefined) spread.give(exact, 'exact_amount')
  for (const claim of spread.open()) spread.give(claim, 'oldest_first')
  return spread.shares
}

/** Spreads a designated amount over the items of one invoice, the earliest due date first. */
export function allocateToInvoice(
  money: number,
  claims: readonly Claim[],
  rule: AllocationRule,
): { shares: Share[]; left: number } {
  const spread = new Spread(money, claims)
  for (const claim of claims) spread.give(claim, rule)
  return { shares: spread.shares, left: spread.left }
}

/**
 * The claims whose invoice number stands in a payment's reference as a word of its own. `NOTPROVIDED` is what banks
 * write where there is no reference; it names nothing.
 */
export function claimsNamedBy(reference: string | null, claims: readonly Claim[]): Claim[] {
  if (reference === null || reference.trim().toUpperCase() === 'NOTPROVIDED') return []
  const whole = reference.trim().toUpperCase()
  const words = new Set(
    whole.split(/[\s,;:+|]+/).map((word) => word.replace(/^[#([]+|[.)\]]+$/g, '')),
  )
  return claims.filter(({ number }) => {
    const wanted = number?.trim().toUpperCase()
    return wanted !== undefined && wanted !== '' && (wanted === whole || words.has(wanted))
  })
}

/** Money being handed out, and what is still open of each claim meanwhile. */
class Spread {
  readonly shares: Share[] = []
  left: number
  readonly #open: Map<Claim, number>

  constructor(money: number, claims: readonly Claim[]) {
    this.left = money
    this.#open = new Map(claims.map((claim) => [claim, claim.open_amount]))
  }

  openOf(claim: Claim): number {
    return this.#open.get(claim) ?? 0
  }

  open(): Claim[] {
    return this.left === 0 ? [] : [...this.#open.keys()].filter((claim) => this.openOf(claim) > 0)
  }

  give(claim: Claim, rule: AllocationRule): void {
    const amount = Math.min(this.left, this.openOf(claim))
    if (amount === 0) return
    this.left -= amount
    this.#open.set(claim, this.openOf(claim) - amount)
    this.shares.push({ itemId: claim.id, amount, rule })
  }
}
