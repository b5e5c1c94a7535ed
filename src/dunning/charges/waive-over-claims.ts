import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/commit.ts'
import { groupBy } from '../../foundation/group.ts'
import { waiveParts } from '../../ledger/waive-charge.ts'

/** How much more interest was claimed for a principal than there is. */
export interface OverClaim {
  itemId: string
  amount: number
}

/** A claim of interest of which something is open. */
interface OpenClaim {
  id: string
  item_id: string
  claim_item_id: string
  open_amount: number
}

/**
 * Waives what is open of interest that was claimed although the principal had been paid before, as a payment that was
 * booked late has shown: from the last claim back. What of it was paid already stays, and is set off against what comes.
 * The customers are locked.
 */
export async function waiveOverClaims(tx: Tx, overClaims: readonly OverClaim[]): Promise<void> {
  if (overClaims.length === 0) return
  const claims = groupBy(await openClaims(tx, overClaims), ({ item_id }) => item_id)
  const parts = overClaims.flatMap(({ itemId, amount }) =>
    partsOf(claims.get(itemId) ?? [], amount),
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

/** What is open of the interest claimed for some principals, the last claim first. */
async function openClaims(tx: Tx, overClaims: readonly OverClaim[]): Promise<OpenClaim[]> {
  const { rows } = await sql<OpenClaim>`
    select charge.id, charge.item_id, charge.claim_item_id, claim.open_amount from dunning_charge as charge
    join open_item as claim on claim.tenant_id = charge.tenant_id and claim.id = charge.claim_item_id
    where charge.tenant_id = ${tx.tenant.id} and charge.item_id = any(${overClaims.map(({ itemId }) => itemId)})
      and charge.kind = 'interest' and charge.reversed_date is null and claim.open_amount > 0
    order by charge.until_date desc, charge.id desc
  `.execute(tx.db)
  return rows
}

/** An amount, spread over claims as far as they are open. */
function partsOf(
  claims: readonly OpenClaim[],
  amount: number,
): { claim: OpenClaim; amount: number }[] {
  const parts: { claim: OpenClaim; amount: number }[] = []
  let left = amount
  for (const claim of claims) {
    const part = Math.min(left, claim.open_amount)
    left -= part
    if (part > 0) parts.push({ claim, amount: part })
  }
  return parts
}
