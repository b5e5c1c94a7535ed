/**
 * What happens to claims and money, told once more and as plainly as can be: numbers in memory, all on one day, money
 * that is not told where to go settling the oldest claim first. It shares nothing with the service. Each method answers
 * null when it happens, or the code of the refusal; then nothing has changed.
 */
export class CashModel {
  readonly claims: Claim[] = []
  readonly moneys: Money[] = []
  readonly allocations: Allocation[] = []
  readonly refunds: Refund[] = []
  readonly writeOffs: WriteOff[] = []
  readonly #numbers = { invoice: new Set<string>(), credit_note: new Set<string>() }

  /** Claims become due in the order they are made. */
  invoice(claim: Pick<Claim, 'customer' | 'currency' | 'total'>, number: string): Outcome {
    if (this.#numbers.invoice.has(number)) return 'invoice_number_taken'
    this.#numbers.invoice.add(number)
    this.claims.push({
      ...claim,
      open: claim.total,
      paid: 0,
      credited: 0,
      writtenOff: 0,
      isVoid: false,
    })
    return null
  }

  void(claim: Claim): Outcome {
    const touched = this.allocations.some((one) => one.claim === claim)
    if (claim.open === claim.total && !touched) {
      claim.open = 0
      claim.isVoid = true
      return null
    }
    return statusOf(claim) === 'issued' ? 'invoice_not_voidable' : 'invalid_state'
  }

  /** Money comes in: as designated, or by itself, or not at all. */
  pay(money: NewMoney, designations: readonly Designation[] | 'auto' | 'none'): Outcome {
    const refusal = Array.isArray(designations) ? unmet(money, money.amount, designations) : null
    if (refusal !== null) return refusal
    const paid = this.#come('payment', money)
    if (designations !== 'none') this.#settle(paid, designations)
    return null
  }

  credit(money: NewMoney, number: string, claim: Claim | null): Outcome {
    if (claim !== null && claim.customer !== money.customer) return 'customer_mismatch'
    if (claim !== null && claim.currency !== money.currency) return 'currency_mismatch'
    if (claim?.isVoid) return 'invalid_state'
    if (this.#numbers.credit_note.has(number)) return 'credit_note_number_taken'
    this.#numbers.credit_note.add(number)
    const note = this.#come('credit_note', money)
    const amount = Math.min(note.unallocated, claim?.open ?? 0)
    if (claim !== null && amount > 0) this.#allocate(note, claim, amount)
    return null
  }

  allocate(money: Money, designations: readonly Designation[] | 'auto'): Outcome {
    if (money.isReversed) return 'invalid_state'
    const wanted = designations === 'auto' ? 0 : sum(designations.map(({ amount }) => amount))
    if (wanted > money.unallocated || money.unallocated === 0)
      return 'insufficient_unallocated_amount'
    const refusal = designations === 'auto' ? null : unmet(money, money.unallocated, designations)
    if (refusal !== null) return refusal
    this.#settle(money, designations)
    return null
  }

  undo(allocation: Allocation): Outcome {
    if (allocation.isUndone) return 'allocation_already_undone'
    this.#release(allocation)
    return null
  }

  /** A payment goes back. What was to be refunded of it will not be; none of it may be refunded already. */
  reverse(payment: Money): Outcome {
    if (payment.isReversed) return 'payment_already_reversed'
    for (const one of this.refunds)
      if (one.money === payment && one.status === 'approved') this.cancel(one)
    for (const one of this.allocations)
      if (one.money === payment && !one.isUndone) this.#release(one)
    payment.unallocated = 0
    payment.isReversed = true
    return null
  }

  refund(money: Money, amount: number): Outcome {
    if (money.isReversed) return 'invalid_state'
    if (amount > money.unallocated) return 'insufficient_unallocated_amount'
    money.unallocated -= amount
    money.refunded += amount
    this.refunds.push({ money, amount, status: 'approved' })
    return null
  }

  payOut(refund: Refund): Outcome {
    if (refund.status !== 'approved') return 'invalid_state'
    refund.status = 'paid'
    return null
  }

  cancel(refund: Refund): Outcome {
    if (refund.status === 'cancelled') return 'invalid_state'
    refund.status = 'cancelled'
    refund.money.unallocated += refund.amount
    refund.money.refunded -= refund.amount
    return null
  }

  writeOff(claim: Claim, amount: number): Outcome {
    if (amount > claim.open) return 'insufficient_open_amount'
    claim.open -= amount
    claim.writtenOff += amount
    this.writeOffs.push({ claim, amount, isUndone: false })
    return null
  }

  undoWriteOff(writeOff: WriteOff): Outcome {
    if (writeOff.isUndone) return 'invalid_state'
    writeOff.isUndone = true
    writeOff.claim.open += writeOff.amount
    writeOff.claim.writtenOff -= writeOff.amount
    return null
  }

  #come(kind: Money['kind'], money: NewMoney): Money {
    const came = { ...money, kind, unallocated: money.amount, refunded: 0, isReversed: false }
    this.moneys.push(came)
    return came
  }

  #settle(money: Money, designations: readonly Designation[] | 'auto'): void {
    const wanted =
      designations === 'auto'
        ? this.claims
            .filter((one) => one.customer === money.customer && one.currency === money.currency)
            .map((claim) => ({ claim, amount: claim.open }))
        : designations
    for (const { claim, amount } of wanted) {
      const share = Math.min(amount, money.unallocated)
      if (share > 0) this.#allocate(money, claim, share)
    }
  }

  #allocate(money: Money, claim: Claim, amount: number): void {
    money.unallocated -= amount
    claim.open -= amount
    claim[money.kind === 'payment' ? 'paid' : 'credited'] += amount
    this.allocations.push({ money, claim, amount, isUndone: false })
  }

  #release(allocation: Allocation): void {
    const { money, claim, amount } = allocation
    allocation.isUndone = true
    money.unallocated += amount
    claim.open += amount
    claim[money.kind === 'payment' ? 'paid' : 'credited'] -= amount
  }
}

export type Outcome = string | null

export interface Claim {
  customer: number
  currency: string
  total: number
  open: number
  paid: number
  credited: number
  writtenOff: number
  isVoid: boolean
}

export interface Money {
  kind: 'payment' | 'credit_note'
  customer: number
  currency: string
  amount: number
  unallocated: number
  refunded: number
  isReversed: boolean
}

export type NewMoney = Pick<Money, 'customer' | 'currency' | 'amount'>

export interface Allocation {
  money: Money
  claim: Claim
  amount: number
  isUndone: boolean
}

export interface Refund {
  money: Money
  amount: number
  status: 'approved' | 'paid' | 'cancelled'
}

export interface WriteOff {
  claim: Claim
  amount: number
  isUndone: boolean
}

export interface Designation {
  claim: Claim
  amount: number
}

/** What the status of an invoice has to be. */
export function statusOf({ isVoid, open, writtenOff }: Claim): string {
  if (isVoid) return 'void'
  if (open > 0) return 'issued'
  return writtenOff > 0 ? 'written_off' : 'paid'
}

/** What of a payment or credit note is allocated. */
export const allocatedOf = ({ amount, unallocated, refunded, isReversed }: Money): number =>
  isReversed ? 0 : amount - unallocated - refunded

/** Why designations cannot be met; each by itself first, then how much they take together. */
function unmet(money: NewMoney, free: number, designations: readonly Designation[]): Outcome {
  if (sum(designations.map(({ amount }) => amount)) > free) return 'amounts_do_not_add_up'
  for (const { claim } of designations) {
    if (claim.customer !== money.customer) return 'customer_mismatch'
    if (claim.currency !== money.currency) return 'currency_mismatch'
    if (['void', 'written_off'].includes(statusOf(claim))) return 'invalid_state'
  }
  const taken = new Map<Claim, number>()
  for (const { claim, amount } of designations) {
    taken.set(claim, (taken.get(claim) ?? 0) + amount)
    if ((taken.get(claim) ?? 0) > claim.open) return 'insufficient_open_amount'
  }
  return null
}

const sum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0)
