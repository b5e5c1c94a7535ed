import { sql } from 'kysely'
import { findInvoices } from '../billing/queries.ts'
import type { InvoiceRow } from '../billing/table.ts'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { newId, publicId } from '../foundation/id.ts'
import { sum } from '../foundation/money.ts'
import { dateInFuture, Problem } from '../foundation/problem.ts'
import { postMoney } from '../ledger/post-money.ts'
import { lockCustomers } from '../ledger/queries.ts'
import { findCustomers } from '../parties/queries.ts'
import { allocatePayments } from './allocate-payments.ts'
import { allocateAutomatically, allocateToInvoice, type Claim, type Share } from './allocation.ts'
import { paymentFact } from './events.ts'
import { claimsOfCustomers, type PaymentWithAllocations } from './queries.ts'
import type { PaymentRow } from './table.ts'

/** Money somebody says has come in. */
export interface NewPayment {
  customerId: string
  externalId: string | null
  currency: string
  amount: number
  receivedDate: CalendarDate
  method: string
  reference: string | null
  /** What the payer, or the ERP, has decided; whatever they leave stays unallocated. */
  allocations: { invoiceId: string; amount: number }[] | null
  /** Whether the rules may allocate what nobody decided. */
  allocate: 'auto' | 'none'
  metadata: Record<string, string>
}

/**
 * Records payments and allocates them, set-based. Payments of one customer are taken in their order, each seeing what
 * the ones before have left open. Answers for each input, in order, the payment or the problem that refused it; a
 * designation that cannot be met in full refuses the whole payment.
 */
export async function recordPayments(
  tx: Tx,
  inputs: readonly NewPayment[],
): Promise<(PaymentWithAllocations | Problem)[]> {
  const customers = await findCustomers(tx, [
    ...new Set(inputs.map(({ customerId }) => customerId)),
  ])
  await lockCustomers(tx, [...customers.keys()])
  const designated = await findInvoices(tx, [
    ...new Set(
      inputs.flatMap((input) => input.allocations?.map(({ invoiceId }) => invoiceId) ?? []),
    ),
  ])
  const claims = await openClaims(tx, [...customers.keys()])

  const takenBy = await externalIdHolders(tx, inputs)

  const accepted: { payment: PaymentRow; shares: Share[] }[] = []
  const outcomes = inputs.map((input): PaymentRow | Problem => {
    const holder = input.externalId === null ? undefined : takenBy.get(input.externalId)
    if (holder !== undefined)
      return new Problem('external_id_taken', { conflicting_id: publicId('payment', holder) })
    if (!customers.has(input.customerId)) return new Problem('customer_not_found')
    const shares = refusal(tx, input, designated) ?? sharesOf(input, claims, designated)
    if (shares instanceof Problem) return shares
    const payment = rowOf(tx, input)
    if (input.externalId !== null) takenBy.set(input.externalId, payment.id)
    accepted.push({ payment, shares })
    return payment
  })

  await insert(
    tx,
    accepted.map(({ payment }) => payment),
  )
  await postMoney(
    tx,
    accepted.map(({ payment }) => receipt(payment)),
  )
  announce(
    tx,
    ...accepted.map(({ payment }) =>
      paymentFact('payment.received', { payment, allocations: [] }, tx),
    ),
  )
  const recorded = await allocatePayments(tx, accepted)
  const byId = new Map(recorded.map((one) => [one.payment.id, one]))
  return outcomes.map((outcome) =>
    outcome instanceof Problem ? outcome : (byId.get(outcome.id) as PaymentWithAllocations),
  )
}

type OpenClaim = Claim & { customer_id: string; currency: string }

/** What is open, per customer and currency; shares take from it as they are given. */
async function openClaims(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Map<string, OpenClaim[]>> {
  const claims = new Map<string, OpenClaim[]>()
  for (const claim of await claimsOfCustomers(tx, customerIds)) {
    const key = `${claim.customer_id} ${claim.currency}`
    const known = claims.get(key)
    if (known === undefined) claims.set(key, [claim])
    else known.push(claim)
  }
  return claims
}

/** What is wrong with a payment before anything is tried. */
function refusal(
  tx: Tx,
  input: NewPayment,
  invoices: Map<string, InvoiceRow>,
): Problem | undefined {
  if (input.receivedDate > tx.today) {
    return dateInFuture('received_date', input.receivedDate, tx.today)
  }
  const allocated = sum((input.allocations ?? []).map(({ amount }) => amount))
  if (allocated > input.amount) {
    return new Problem('amounts_do_not_add_up', {
      errors: [
        {
          in: 'body',
          pointer: '#/allocations',
          code: 'sum',
          detail: 'must not exceed amount',
          params: { limit: input.amount, actual: allocated },
        },
      ],
    })
  }
  for (const [index, { invoiceId }] of (input.allocations ?? []).entries()) {
    const invoice = invoices.get(invoiceId)
    if (invoice === undefined) return new Problem('invoice_not_found')
    if (invoice.customer_id !== input.customerId) return new Problem('customer_mismatch')
    if (invoice.currency !== input.currency) {
      return new Problem('currency_mismatch', {
        errors: [
          {
            in: 'body',
            pointer: `#/allocations/${index}/invoice_id`,
            code: 'currency_mismatch',
            detail: 'is an invoice in another currency',
            params: { expected: invoice.currency, actual: input.currency },
          },
        ],
      })
    }
    if (
      invoice.status === 'draft' ||
      invoice.status === 'void' ||
      invoice.status === 'written_off'
    ) {
      return new Problem('invalid_state', { current_status: invoice.status, allowed_actions: [] })
    }
  }
  return undefined
}

/** How the money is spread; the claims shrink by what it takes. */
function sharesOf(
  input: NewPayment,
  claims: Map<string, OpenClaim[]>,
  invoices: Map<string, InvoiceRow>,
): Share[] | Problem {
  const open = claims.get(`${input.customerId} ${input.currency}`) ?? []
  const shares =
    input.allocations === null ? automatic(input, open) : designate(input, open, invoices)
  if (shares instanceof Problem) return shares
  for (const { itemId, amount } of shares) {
    const claim = open.find(({ id }) => id === itemId)
    if (claim !== undefined) claim.open_amount -= amount
  }
  return shares
}

const automatic = (input: NewPayment, open: readonly OpenClaim[]): Share[] =>
  input.allocate === 'none' ? [] : allocateAutomatically(input.amount, input.reference, open)

function designate(
  input: NewPayment,
  open: readonly OpenClaim[],
  invoices: Map<string, InvoiceRow>,
): Share[] | Problem {
  const left = open.map((claim) => ({ ...claim }))
  const all: Share[] = []
  for (const { invoiceId, amount } of input.allocations ?? []) {
    const claims = left.filter((claim) => claim.invoice_id === invoiceId && claim.open_amount > 0)
    const { shares, left: unmet } = allocateToInvoice(amount, claims, 'designated')
    if (unmet > 0) {
      return new Problem('insufficient_open_amount', {
        invoice_id: publicId('invoice', invoiceId),
        open_amount: sum(claims.map(({ open_amount }) => open_amount)),
        status_of_invoice: invoices.get(invoiceId)?.status,
      })
    }
    for (const share of shares) {
      const claim = claims.find(({ id }) => id === share.itemId)
      if (claim !== undefined) claim.open_amount -= share.amount
    }
    all.push(...shares)
  }
  return all
}

const rowOf = (tx: Tx, input: NewPayment): PaymentRow => ({
  tenant_id: tx.tenant.id,
  id: newId(),
  customer_id: input.customerId,
  external_id: input.externalId,
  status: 'received',
  currency: input.currency,
  amount: input.amount,
  allocated_amount: 0,
  unallocated_amount: input.amount,
  refunded_amount: 0,
  reversed_amount: 0,
  recovered_amount: 0,
  received_date: input.receivedDate,
  method: input.method,
  reference: input.reference,
  reversal_date: null,
  reversal_reason: null,
  metadata: input.metadata,
  version: 1,
  created_at: tx.now,
  updated_at: tx.now,
})

const insert = (tx: Tx, rows: readonly PaymentRow[]) =>
  sql`insert into payment select * from json_populate_recordset(null::payment, ${JSON.stringify(rows)})`.execute(
    tx.db,
  )

const receipt = (payment: PaymentRow) => ({
  entryId: newId(),
  customerId: payment.customer_id,
  currency: payment.currency,
  amount: payment.amount,
  happening: 'payment_received',
  counterAccount: 'cash' as const,
  effectiveDate: payment.received_date,
  source: { kind: 'payment' as const, id: payment.id },
  undoesId: null,
})

/** Who already holds the external ids of these payments. A race across customers is refused by the unique key. */
async function externalIdHolders(
  tx: Tx,
  inputs: readonly NewPayment[],
): Promise<Map<string, string>> {
  const wanted = inputs.flatMap(({ externalId }) => (externalId === null ? [] : [externalId]))
  if (wanted.length === 0) return new Map()
  const holders = await tx.db
    .selectFrom('payment')
    .select(['id', 'external_id'])
    .where('tenant_id', '=', tx.tenant.id)
    .where('external_id', '=', sql<string>`any(${wanted})`)
    .execute()
  return new Map(holders.map(({ id, external_id }) => [external_id as string, id]))
}
