import { sum } from '../foundation/money.ts'
import type { Deduction, Money, Plan, Share } from './allocation.ts'
import type { Claim } from './claim.ts'
import { allowedDiscount, clearShortage, toleranceIn } from './clear-shortage.ts'
import type { Reason } from './reason.ts'
import type { AllocationRule, AllocationSettings } from './settings.ts'

/** Money being handed out, and what is still open of each claim meanwhile. */
export class Spread {
  left: number
  #over = 0
  readonly #money: Money
  readonly #settings: AllocationSettings
  readonly #open: Map<Claim, number>
  readonly #shares: { claim: Claim; share: Share }[] = []

  constructor(money: Money, claims: readonly Claim[], settings: AllocationSettings) {
    this.left = money.amount
    this.#money = money
    this.#settings = settings
    this.#open = new Map(claims.map((claim) => [claim, claim.open_amount]))
  }

  openOf(claim: Claim): number {
    return this.#open.get(claim) as number
  }

  /** The claims of which something is open, while there is money for them. */
  open(): Claim[] {
    return this.left === 0 ? [] : [...this.#open.keys()].filter((claim) => this.openOf(claim) > 0)
  }

  /** What pays a claim: all that is open of it; and then, what is open less the discount it still allows. */
  payables(): ((claim: Claim) => number)[] {
    const discountOf = (claim: Claim) =>
      allowedDiscount(claim, this.openOf(claim) - 1, this.#money, this.#settings)
    return [(claim) => this.openOf(claim), (claim) => this.openOf(claim) - discountOf(claim)]
  }

  /**
   * Gives money to claims that are meant together, in their order. When it is short of what they come to by no more than
   * the discounts they allow and the tolerance, they are cleared whole.
   */
  give(claims: readonly Claim[], rule: AllocationRule, reasonFor: (claim: Claim) => Reason): void {
    const opens = claims.map((claim) => {
      const open = this.openOf(claim)
      return { claim, open, clearable: open - 1 }
    })
    const short = sum(opens.map(({ open }) => open)) - this.left
    const cleared = clearShortage(opens, short, this.#money, this.#settings)
    for (const { claim, open } of opens) {
      const deductions = cleared.get(claim) ?? []
      this.take(claim, open - amountOf(deductions), rule, reasonFor(claim), deductions)
    }
  }

  /** Gives one claim as much of an amount as there is money and as is open; answers how much that was. */
  take(
    claim: Claim,
    wanted: number,
    rule: AllocationRule,
    reason: Reason,
    deductions: Deduction[] = [],
  ): number {
    const amount = Math.min(wanted, this.left, this.openOf(claim))
    if (amount === 0) return 0
    this.left -= amount
    this.#lower(claim, amount + amountOf(deductions))
    this.#shares.push({ claim, share: { itemId: claim.id, amount, rule, reason, deductions } })
    return amount
  }

  /** Clears what is open of a claim together with the share it has last been given; answers how much that was. */
  deduct(claim: Claim, wanted: Omit<Deduction, 'itemId'>): number {
    const share = this.#shares.at(-1)?.share
    const amount = Math.min(wanted.amount, this.openOf(claim))
    if (share === undefined || amount === 0) return 0
    share.deductions.push({ ...wanted, itemId: claim.id, amount })
    this.#lower(claim, amount)
    return amount
  }

  /**
   * Once all the money is given away: clears what is missing of claims it has nearly settled, but for those of which
   * something is cleared already.
   */
  clearRests(): void {
    if (this.left > 0) return
    for (const { claim, share } of this.#shares.filter(
      (one) => one.share.deductions.length === 0,
    )) {
      const open = this.openOf(claim)
      const rest = { claim, open: open + share.amount, clearable: open }
      const cleared = clearShortage([rest], open, this.#money, this.#settings)
      share.deductions.push(...(cleared.get(claim) ?? []))
      this.#lower(claim, amountOf(cleared.get(claim) ?? []))
    }
  }

  /** Clears what is left within tolerance, once the money has settled anything at all. */
  clearExcess(): void {
    const tolerated = toleranceIn(this.#money.currency, this.#settings)?.over_amount ?? 0
    if (this.#shares.length === 0 || this.left > tolerated) return
    this.#over = this.left
    this.left = 0
  }

  /** What became of the money. */
  plan(): Plan {
    return {
      shares: this.#shares.map(({ share }) => share),
      overAmount: this.#over,
      left: this.left,
    }
  }

  #lower(claim: Claim, amount: number): void {
    this.#open.set(claim, this.openOf(claim) - amount)
  }
}

const amountOf = (deductions: readonly Deduction[]): number =>
  sum(deductions.map(({ amount }) => amount))
