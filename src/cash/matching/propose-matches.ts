import { type FitSettings, fitNamed, fitUnnamed, theOnlySum } from './fit-amount.ts'
import { identityReasons } from './identify.ts'
import {
  type AnnouncedPayment,
  type Candidate,
  type CandidateClaim,
  type LineToMatch,
  type Proposal,
  type Reason,
  type ReasonCode,
  type SettledInvoice,
  scoreOf,
} from './match.ts'
import { rankProposals } from './rank-proposals.ts'
import { type Naming, namingOf, type Reference, readReference } from './read-reference.ts'

/** One way to understand a line as money of one customer. */
type Interpretation = Pick<Proposal, 'paymentId'> & {
  claims: readonly CandidateClaim[]
  reasons: Reason[]
}

/**
 * Where the money of a line may belong, the likeliest first, each with a score and the reasons that make it. Pure: it
 * knows only the line and the candidates it is given.
 */
export function proposeMatches(
  line: LineToMatch,
  candidates: readonly Candidate[],
  settings: FitSettings,
): Proposal[] {
  const reference = readReference(line)
  const proposals = candidates.flatMap((candidate) => {
    const identity = identityReasons(line, candidate)
    return interpretationsOf(line, reference, candidate, settings)
      .filter(({ reasons }) => reasons.length + identity.length > 0)
      .map((one) => toProposal(line, candidate, one, identity))
  })
  return rankProposals(proposals)
}

/** Amounts that settle everything that is named; nothing else can be meant. */
const ALL_OF_IT: ReadonlySet<ReasonCode | undefined> = new Set([
  'amount_exact',
  'amount_less_discount',
])

const STRONG: ReadonlySet<Naming> = new Set(['structured', 'number', 'digits'])

function interpretationsOf(
  line: LineToMatch,
  reference: Reference,
  { claims, settled, announced }: Candidate,
  settings: FitSettings,
): Interpretation[] {
  if (announced !== null) return [asAnnounced(line, announced)]
  const namings = new Map(claims.map((claim) => [claim, namingOf(claim, reference)]))
  const named = claims.filter((claim) => STRONG.has(namings.get(claim) as Naming))
  const hinted = claims.filter((claim) => namings.get(claim) && !named.includes(claim))
  const meant = hintedAt(line, hinted, namings)
  if (named.length > 0) {
    const others = claims.filter((claim) => !named.includes(claim))
    const fit = fitNamed(line.amount, named, others, settings)
    const sure = interpretation(fit.claims, [namingReason(named, namings), fit.reason])
    return ALL_OF_IT.has(fit.reason?.code) ? [sure] : [sure, ...meant]
  }
  const again = settled.find((one) => STRONG.has(namingOf(one, reference) as Naming))
  const unnamed = fitUnnamed(line.amount, claims, settings)
  const possible = [
    ...(again === undefined ? [] : [paidAgain(line, again)]),
    ...meant,
    ...(unnamed === undefined ? [] : [interpretation(unnamed.claims, [unnamed.reason])]),
  ]
  return possible.length > 0 ? possible : [interpretation([], [])]
}

/** Money that was announced under the id the line has; of another amount, it is the customer's at least. */
function asAnnounced(
  { amount, endToEndId }: LineToMatch,
  announced: AnnouncedPayment,
): Interpretation {
  const same = announced.amount === amount
  return {
    claims: [],
    paymentId: same ? announced.paymentId : null,
    reasons: [reason('end_to_end_id', same ? 98 : 50, { end_to_end_id: endToEndId ?? '' })],
  }
}

/** Money for an invoice that is settled already; it is the customer’s, and settles nothing. */
const paidAgain = (
  { amount }: LineToMatch,
  { number, totalAmount }: SettledInvoice,
): Interpretation =>
  interpretation(
    [],
    [
      reason('settled_invoice', 45, { number }),
      totalAmount === amount ? reason('amount_again', 40, { amount }) : null,
    ],
  )

/** What a vague naming means, if the amount confirms it: claims whose numbers are hinted at and that add up to it. */
function hintedAt(
  { amount }: LineToMatch,
  hinted: readonly CandidateClaim[],
  namings: Map<CandidateClaim, Naming | undefined>,
): Interpretation[] {
  const claims = theOnlySum(amount, hinted)
  if (claims === undefined) return []
  return [
    interpretation(claims, [
      namingReason(claims, namings),
      reason('amount_exact', 60, { amount, claims: claims.length }),
    ]),
  ]
}

const interpretation = (
  claims: readonly CandidateClaim[],
  reasons: readonly (Reason | null)[],
): Interpretation => ({
  claims,
  paymentId: null,
  reasons: reasons.filter((one) => one !== null),
})

const namingReasons: Record<Naming, { code: ReasonCode; weight: number; weightIfShort: number }> = {
  structured: { code: 'structured_reference', weight: 85, weightIfShort: 85 },
  number: { code: 'invoice_number', weight: 80, weightIfShort: 50 },
  digits: { code: 'invoice_digits', weight: 70, weightIfShort: 40 },
  tail: { code: 'invoice_tail', weight: 35, weightIfShort: 35 },
  cut: { code: 'invoice_cut', weight: 30, weightIfShort: 30 },
  typo: { code: 'invoice_typo', weight: 40, weightIfShort: 40 },
}
/** A number with fewer digits may be a year, a postcode or a customer number as well. */
const TELLING_DIGITS_MIN = 6

/** Why claims count as named: as well as the one that is named worst. */
function namingReason(
  claims: readonly CandidateClaim[],
  namings: Map<CandidateClaim, Naming | undefined>,
): Reason {
  const reasons = claims.map((claim) => {
    const { code, weight, weightIfShort } = namingReasons[namings.get(claim) as Naming]
    const isShort = (claim.number ?? '').replace(/\D/g, '').length < TELLING_DIGITS_MIN
    return reason(code, isShort ? weightIfShort : weight, { number: claim.number ?? '' })
  })
  return reasons.reduce((worst, one) => (one.weight < worst.weight ? one : worst))
}

const reason = (code: ReasonCode, weight: number, inputs: Reason['inputs']): Reason => ({
  code,
  weight,
  inputs,
})

function toProposal(
  line: LineToMatch,
  { customerId }: Candidate,
  { claims, paymentId, reasons }: Interpretation,
  identity: readonly Reason[],
): Proposal {
  const all = [...reasons, ...identity]
  let left = line.amount
  const isDiscounted = reasons.some(({ code }) => code === 'amount_less_discount')
  const shares = claims.flatMap(({ itemId, invoiceId, number, ...claim }) => {
    const amount = Math.min(left, claim.amount)
    const discountAmount = isDiscounted ? claim.discountAmount : 0
    left -= amount
    return amount === 0 ? [] : [{ itemId, invoiceId, number, amount, discountAmount }]
  })
  const kind = paymentId === null ? 'payment' : 'confirmation'
  return { kind, customerId, score: scoreOf(all), shares, paymentId, reasons: all }
}
