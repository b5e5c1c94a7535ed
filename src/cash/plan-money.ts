import { findInvoices } from '../billing/queries.ts'
import type { InvoiceRow } from '../billing/table.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { together } from '../foundation/database/frame.ts'
import { publicId } from '../foundation/id.ts'
import { sum } from '../foundation/money.ts'
import { invalidFields, Problem } from '../foundation/problem.ts'
import { findItems } from '../ledger/queries.ts'
import type { OpenItemRow } from '../ledger/table.ts'
import { type Money, type Plan, planAllocation } from './allocation.ts'
import { allocationSettings } from './allocation-settings.ts'
import type { Claim } from './claim.ts'
import type { DeductionKind } from './deduction.ts'
import { type Designation, designate, type Unmet } from './designation.ts'
import { claimsOfCustomers } from './queries.ts'
import type { AllocationSettings } from './settings.ts'

/** Money of a customer that is to be spread. */
export interface MoneyToPlan extends Money {
  customerId: string
  /** What the payer, or the ERP, has decided; whatever they leave stays unallocated. */
  designations: readonly Designation[] | null
  /** Whether the rules may allocate what nobody decided. */
  allocate: 'auto' | 'none'
  /** False for credit, which is no payment: no discount is taken with it, nothing short or over is cleared. */
  clears?: boolean
}

/** What money finds: the claims and settings of its customers, and what its designations name. */
interface Standing {
  /** By customer and currency, oldest first. They shrink as money is planned. */
  claims: Map<string, Claim[]>
  settings: Map<string, AllocationSettings>
  invoices: Map<string, InvoiceRow>
  items: Map<string, OpenItemRow>
}

/** Reads what some money will find. The caller has locked the customers, so that it still stands when it is used. */
export async function standingFor(
  tx: Tx,
  moneys: readonly Pick<MoneyToPlan, 'customerId' | 'designations'>[],
): Promise<Standing> {
  const customerIds = [...new Set(moneys.map(({ customerId }) => customerId))]
  const designations = moneys.flatMap((money) => money.designations ?? [])
  const namedBy = (key: 'invoiceId' | 'itemId'): string[] => [
    ...new Set(designations.flatMap((one) => one[key] ?? [])),
  ]
  const [open, settings, invoices, items] = await together([
    claimsOfCustomers(tx, customerIds),
    allocationSettings(tx, customerIds),
    findInvoices(tx, namedBy('invoiceId')),
    findItems(tx, namedBy('itemId')),
  ])
  const claims = new Map<string, Claim[]>()
  for (const claim of open) {
    const key = keyOf(claim.customer_id, claim.currency)
    const known = claims.get(key)
    if (known === undefined) claims.set(key, [claim])
    else known.push(claim)
  }
  return { claims, settings, invoices, items }
}

const keyOf = (customerId: string, currency: string): string => `${customerId} ${currency}`

/**
 * Plans one piece of money after the other: each sees what the ones before have left open. A designation that cannot be
 * met in full refuses the whole.
 */
export function planMoney(standing: Standing, money: MoneyToPlan): Plan | Problem {
  const claims = standing.claims.get(keyOf(money.customerId, money.currency)) ?? []
  const settings = standing.settings.get(money.customerId) as AllocationSettings
  const plan =
    money.clears === false
      ? planOf(standing, money, claims.map(undiscounted), { ...settings, tolerances: [] })
      : planOf(standing, money, claims, settings)
  if (plan instanceof Problem) return plan
  for (const { itemId, amount, deductions } of plan.shares) {
    lower(claims, itemId, amount)
    for (const deduction of deductions)
      lower(claims, deduction.itemId, deduction.amount, deduction.kind)
  }
  return plan
}

const undiscounted = (claim: Claim): Claim => ({ ...claim, early_payment_discounts: [] })

function planOf(
  standing: Standing,
  money: MoneyToPlan,
  claims: readonly Claim[],
  settings: AllocationSettings,
): Plan | Problem {
  const { designations, allocate } = money
  if (designations === null) {
    return allocate === 'none'
      ? { shares: [], overAmount: 0, left: money.amount }
      : planAllocation(money, claims, settings)
  }
  const refusal = refusalOf(standing, money, designations)
  if (refusal !== undefined) return refusal
  const plan = designate(money, designations, claims, settings)
  return 'designation' in plan ? unmetProblem(standing, plan) : plan
}

function lower(
  claims: readonly Claim[],
  itemId: string,
  amount: number,
  kind?: DeductionKind,
): void {
  const claim = claims.find(({ id }) => id === itemId)
  if (claim === undefined) return
  claim.open_amount -= amount
  if (kind === 'discount') claim.discounted_amount += amount
}

/** What is wrong with designations before anything is tried. */
function refusalOf(
  { invoices, items }: Standing,
  { customerId, currency, amount }: MoneyToPlan,
  designations: readonly Designation[],
): Problem | undefined {
  const designated = sum(designations.map((designation) => designation.amount))
  if (designated > amount) {
    return new Problem('amounts_do_not_add_up', {
      errors: [
        {
          in: 'body',
          pointer: '#/allocations',
          code: 'sum',
          detail: 'must not exceed amount',
          params: { limit: amount, actual: designated },
        },
      ],
    })
  }
  for (const [index, { invoiceId, itemId }] of designations.entries()) {
    if ((invoiceId === undefined) === (itemId === undefined)) {
      return invalidFields({
        pointer: `#/allocations/${index}`,
        code: 'contradiction',
        detail: 'needs either invoice_id or item_id',
      })
    }
    const named = itemId === undefined ? invoices.get(invoiceId as string) : items.get(itemId)
    if (named === undefined)
      return new Problem(itemId === undefined ? 'invoice_not_found' : 'open_item_not_found')
    if (named.customer_id !== customerId) return new Problem('customer_mismatch')
    if (named.currency !== currency) {
      const field = itemId === undefined ? 'invoice_id' : 'item_id'
      return currencyMismatch(`#/allocations/${index}/${field}`, named.currency, currency)
    }
    const status = 'status' in named ? named.status : 'issued'
    if (status === 'draft' || status === 'void' || status === 'written_off')
      return new Problem('invalid_state', { current_status: status, allowed_actions: [] })
  }
  return undefined
}

const currencyMismatch = (pointer: string, expected: string, actual: string): Problem =>
  new Problem('currency_mismatch', {
    errors: [
      {
        in: 'body',
        pointer,
        code: 'currency_mismatch',
        detail: 'is in another currency',
        params: { expected, actual },
      },
    ],
  })

const unmetProblem = (
  { invoices }: Standing,
  { designation: { invoiceId, itemId }, openAmount }: Unmet,
): Problem =>
  new Problem('insufficient_open_amount', {
    ...(itemId === undefined
      ? {
          invoice_id: publicId('invoice', invoiceId as string),
          status_of_invoice: invoices.get(invoiceId as string)?.status,
        }
      : { item_id: publicId('open_item', itemId) }),
    open_amount: openAmount,
  })
