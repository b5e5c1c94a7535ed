import type { Reader } from '../../foundation/database/frame.ts'
import { findCustomers } from '../../parties/queries.ts'
import { allocationSettings } from '../allocation-settings.ts'
import type { Claim } from '../claim.ts'
import { allowedDiscount } from '../clear-shortage.ts'
import { claimsOfCustomers } from '../queries.ts'
import type { AllocationSettings } from '../settings.ts'
import { customersIn, findLeads, type Leads } from './find-leads.ts'
import type { IdentifiedLine } from './lines.ts'
import type { Candidate, CandidateClaim, Proposal } from './match.ts'

/** A claim, and what is open of it while lines take from it. */
interface BookedClaim {
  claim: Claim
  left: number
}

/**
 * What is known about the customers that some lines may come from. Lines that are matched one after the other see what
 * the ones before them have taken and taught.
 */
export class CandidateBook {
  readonly #leads: Leads
  readonly #names: ReadonlyMap<string, string>
  /** By customer. */
  readonly #claims: ReadonlyMap<string, BookedClaim[]>
  readonly #settings: ReadonlyMap<string, AllocationSettings>

  private constructor(
    leads: Leads,
    names: ReadonlyMap<string, string>,
    claims: ReadonlyMap<string, BookedClaim[]>,
    settings: ReadonlyMap<string, AllocationSettings>,
  ) {
    this.#leads = leads
    this.#names = names
    this.#claims = claims
    this.#settings = settings
  }

  /** Reads everything that some lines may need, set-based. */
  static async of(reader: Reader, lines: readonly IdentifiedLine[]): Promise<CandidateBook> {
    const leads = await findLeads(reader, lines)
    const customerIds = customersIn(leads)
    const customers = await findCustomers(reader, customerIds)
    const claims = new Map<string, BookedClaim[]>(customerIds.map((id) => [id, []]))
    for (const claim of await claimsOfCustomers(reader, customerIds))
      claims.get(claim.customer_id)?.push({ claim, left: claim.open_amount })
    const settings = await allocationSettings(reader, customerIds)
    const names = new Map([...customers].map(([id, { name }]) => [id, name]))
    return new CandidateBook(leads, names, claims, settings)
  }

  /** The customers whose money a line may be, as things stand. */
  candidatesFor(line: IdentifiedLine): Candidate[] {
    const named = this.#leads.named.get(line.id) ?? []
    const payers = this.#leads.payers.filter(({ iban }) => iban === line.payerIban)
    const announced = this.#leads.announced.filter(
      ({ end_to_end_id, currency }) =>
        end_to_end_id === line.endToEndId && currency === line.currency,
    )
    const customerIds = new Set([
      ...named.map(({ customer_id }) => customer_id),
      ...payers.map(({ customer_id }) => customer_id),
      ...announced.map(({ customer_id }) => customer_id),
      ...(this.#leads.alike.get(line.id) ?? []),
    ])
    return [...customerIds].map((customerId): Candidate => {
      const claims = this.#claimsOf(customerId, line)
      const seen = payers.find(({ customer_id }) => customer_id === customerId)
      const own = announced.find(({ customer_id }) => customer_id === customerId)
      return {
        customerId,
        name: this.#names.get(customerId) ?? '',
        ibanSeenCount: seen?.seen_count ?? 0,
        ibanOthersCount: payers.length - (seen === undefined ? 0 : 1),
        claims,
        settled: named
          .filter(
            ({ customer_id, invoice_id }) =>
              customer_id === customerId &&
              !claims.some(({ invoiceId }) => invoiceId === invoice_id),
          )
          .map(({ number, creditor_reference, total_amount }) => ({
            number,
            creditorReference: creditor_reference,
            totalAmount: total_amount,
          })),
        announced: own === undefined ? null : { paymentId: own.id, amount: own.amount },
      }
    })
  }

  /** What is still open of a customer's claims in the currency of a line, and what it would take on its day. */
  #claimsOf(customerId: string, line: IdentifiedLine): CandidateClaim[] {
    const settings = this.#settings.get(customerId)
    const money = { ...line, reference: null }
    return (this.#claims.get(customerId) ?? [])
      .filter(({ claim, left }) => claim.currency === line.currency && left > 0)
      .map(({ claim, left }) => ({
        itemId: claim.id,
        invoiceId: claim.invoice_id,
        number: claim.number,
        creditorReference: claim.creditor_reference,
        dueDate: claim.due_date,
        amount: left,
        discountAmount: settings === undefined ? 0 : allowedDiscount(claim, left, money, settings),
      }))
  }

  /** Notes that a line has been matched: what it takes is open no more, and its account is known from now on. */
  take(line: IdentifiedLine, { customerId, shares, paymentId }: Proposal): void {
    for (const { itemId, amount, discountAmount } of shares) {
      const booked = this.#claims.get(customerId)?.find(({ claim }) => claim.id === itemId)
      if (booked !== undefined) booked.left -= amount + discountAmount
    }
    if (paymentId !== null) {
      const index = this.#leads.announced.findIndex(({ id }) => id === paymentId)
      this.#leads.announced.splice(index, 1)
    }
    if (line.payerIban === null) return
    const known = this.#leads.payers.find(
      ({ iban, customer_id }) => iban === line.payerIban && customer_id === customerId,
    )
    if (known !== undefined) known.seen_count += 1
    else this.#leads.payers.push({ iban: line.payerIban, customer_id: customerId, seen_count: 1 })
  }
}
