import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import type { BankLineRow } from '../bank/table.ts'
import { type Proposal, type Reason, type ReasonCode, scoreOf } from './match.ts'

/** A payment that a line may be the return of, and what of it agrees. */
interface Returned {
  line_id: string
  payment_id: string
  customer_id: string
  by_end_to_end_id: boolean
  by_bank_reference: boolean
  by_mandate: boolean
  by_iban: boolean
}

/**
 * Which payments some returns take back: received before, or to be by then, of exactly the amount, under the same end-to-end id, bank
 * reference or mandate, or from the same account. Answers the proposals by line, the likeliest first; payments that
 * agree equally well make each other doubtful.
 */
export async function proposeReturns(
  reader: Reader,
  lines: readonly BankLineRow[],
): Promise<Map<string, Proposal[]>> {
  const proposals = new Map<string, Proposal[]>(lines.map(({ id }) => [id, []]))
  for (const found of await findReturned(reader, lines))
    proposals.get(found.line_id)?.push(toProposal(found))
  for (const ofLine of proposals.values()) {
    ofLine.sort((a, b) => b.score - a.score)
    const [best, second] = ofLine
    if (best === undefined || second === undefined || second.score < best.score) continue
    best.reasons.push({ code: 'rival', weight: -30, inputs: { score: second.score } })
    best.score = scoreOf(best.reasons)
  }
  return proposals
}

function toProposal(found: Returned): Proposal {
  const reasons: Reason[] = []
  const agrees = (code: ReasonCode, weight: number): void => {
    reasons.push({ code, weight, inputs: {} })
  }
  if (found.by_end_to_end_id) agrees('returned_end_to_end_id', 90)
  if (found.by_bank_reference) agrees('returned_bank_reference', 90)
  if (found.by_mandate) agrees('returned_mandate', 70)
  if (found.by_iban) agrees('returned_iban', 60)
  return {
    kind: 'return',
    customerId: found.customer_id,
    paymentId: found.payment_id,
    score: scoreOf(reasons),
    shares: [],
    reasons,
  }
}

async function findReturned(
  { db, tenant }: Reader,
  lines: readonly BankLineRow[],
): Promise<Returned[]> {
  if (lines.length === 0) return []
  const { rows } = await sql<Returned>`
    with returned as (
      select id, currency, amount, booking_date, end_to_end_id, bank_reference, mandate_id, counterparty_iban
      from bank_line where tenant_id = ${tenant.id} and id = any(${lines.map(({ id }) => id)})
    ), found as (
      select returned.id as line_id, payment.id as payment_id
      from returned join payment on payment.tenant_id = ${tenant.id} and payment.end_to_end_id = returned.end_to_end_id
      union
      select returned.id, payment.id
      from returned join payment on payment.tenant_id = ${tenant.id}
        and payment.payer_iban = returned.counterparty_iban and payment.amount = returned.amount
      union
      select returned.id, match.payment_id
      from returned
      join bank_line as line on line.tenant_id = ${tenant.id} and line.direction = 'credit'
        and (line.bank_reference = returned.bank_reference or line.mandate_id = returned.mandate_id)
      join bank_line_match as match on match.tenant_id = ${tenant.id} and match.bank_line_id = line.id and match.undone_at is null
    )
    select found.line_id, found.payment_id, payment.customer_id,
      coalesce(payment.end_to_end_id = returned.end_to_end_id, false) as by_end_to_end_id,
      coalesce(line.bank_reference = returned.bank_reference, false) as by_bank_reference,
      coalesce(line.mandate_id = returned.mandate_id, false) as by_mandate,
      coalesce(payment.payer_iban = returned.counterparty_iban, false) as by_iban
    from found
    join returned on returned.id = found.line_id
    join payment on payment.tenant_id = ${tenant.id} and payment.id = found.payment_id
    left join bank_line as line on line.tenant_id = ${tenant.id} and line.id = payment.bank_line_id
    where payment.status in ('pending', 'received') and payment.currency = returned.currency and payment.amount = returned.amount
      and payment.received_date <= returned.booking_date
    order by payment.received_date desc, payment.id
  `.execute(db)
  return rows
}
