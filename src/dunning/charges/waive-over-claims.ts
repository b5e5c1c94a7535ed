import { sql } from 'kysely'
import { giveBack } from '../../cash/give-back.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { groupBy } from '../../foundation/group.ts'
import { sum } from '../../foundation/money.ts'
import { waiveParts } from '../../ledger/waive-charge.ts'

/** How much more interest was claimed for a principal than there is. */
export interface OverClaim {
  itemId: string
  amount: number
}

/** A claim of interest that stands, and what of it nobody has paid and somebody has. */
interface StandingClaim {
  id: string
  item_id: string
  claim_item_id: string
  open_amount: number
  settled_amount: number
}

/**
 * Waives interest that was claimed although the principal had been paid before, as a payment that was booked late has
 * shown: what is open of it, from the last claim back. What is not open any more because it was paid is given back first:
 * that money is the customer's, unallocated. The customers are locked.
 */
export async function waiveOverClaims(tx: Tx, overClaims: readonly OverClaim[]): Promise<void> {
  if (overClaims.length === 0) return
  await giveBackPaid(tx, overClaims)
  const claims = await standingClaims(tx, overClaims)
  const parts = overClaims.flatMap(({ itemId, amount }) =>
    partsOf(claims.get(itemId) ?? [], amount, ({ open_amount }) => open_amount),
  )
  await waiveParts(
    tx,
    parts.map(({ claim, amount }) => ({ itemId: claim.claim_item_id, amount })),
    'principal_paid_earlier',
  )
  const corrections = parts.map(({ claim, amount }) => ({ id: claim.id, amount }))
  await sql`
    update dunning_charge as charge
    set explanation = charge.explanation || jsonb_build_object(
        'over_claimed_amount', coalesce((charge.explanation ->> 'over_claimed_amount')::bigint, 0) + part.amount),
      updated_at = ${tx.now}
    from json_to_recordset(${JSON.stringify(corrections)}) as part(id uuid, amount bigint)
    where charge.tenant_id = ${tx.tenant.id} and charge.id = part.id
  `.execute(tx.db)
}

/** Has as much open of the claims as there was claimed too much, as far as money or credit has settled them. */
async function giveBackPaid(tx: Tx, overClaims: readonly OverClaim[]): Promise<void> {
  const claims = await standingClaims(tx, overClaims)
  for (const { itemId, amount } of overClaims) {
    const ofItem = claims.get(itemId) ?? []
    const paid = Math.max(0, amount - sum(ofItem.map(({ open_amount }) => open_amount)))
    const parts = partsOf(ofItem, paid, ({ settled_amount }) => settled_amount)
    for (const part of parts)
      await giveBack(tx, { itemId: part.claim.claim_item_id, amount: part.amount })
  }
}

/** The interest claimed for some principals since they were due, by principal, the last claim first. */
async function standingClaims(
  tx: Tx,
  overClaims: readonly OverClaim[],
): Promise<Map<string, StandingClaim[]>> {
  const { rows } = await sql<StandingClaim>`
    select charge.id, charge.item_id, charge.claim_item_id, claim.open_amount,
      claim.paid_amount + claim.credited_amount as settled_amount
    from dunning_charge as charge
    join open_item as item on item.tenant_id = charge.tenant_id and item.id = charge.item_id
    join open_item as claim on claim.tenant_id = charge.tenant_id and claim.id = charge.claim_item_id
    where charge.tenant_id = ${tx.tenant.id} and charge.item_id = any(${overClaims.map(({ itemId }) => itemId)})
      and charge.kind = 'interest' and charge.reversed_date is null and charge.until_date > item.due_date
    order by charge.until_date desc, charge.id desc
  `.execute(tx.db)
  return groupBy(rows, ({ item_id }) => item_id)
}

/** An amount, spread over claims as far as there is some of each. */
function partsOf(
  claims: readonly StandingClaim[],
  amount: number,
  available: (claim: StandingClaim) => number,
): { claim: StandingClaim; amount: number }[] {
  const parts: { claim: StandingClaim; amount: number }[] = []
  let left = amount
  for (const claim of claims) {
    const part = Math.min(left, available(claim))
    left -= part
    if (part > 0) parts.push({ claim, amount: part })
  }
  return parts
}
