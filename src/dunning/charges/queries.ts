import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { uuidOf } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { ChargeRow } from './table.ts'

export const chargeStates = ['accrued', 'claimed', 'waived', 'cleared', 'refused'] as const

/** A charge and what has become of the open item it was claimed as. */
export type ChargeWithState = ChargeRow & {
  state: (typeof chargeStates)[number]
  open_amount: number
  waived_amount: number
}

/** What a charge is now: once claimed, its open item says whether it is waived or cleared. */
const state = sql<ChargeWithState['state']>`
  case when charge.status <> 'claimed' then charge.status
    when claim.open_amount > 0 then 'claimed'
    when claim.waived_amount = claim.total_amount then 'waived'
    else 'cleared' end`

const charges = ({ db, tenant }: Reader) =>
  db
    .selectFrom('dunning_charge as charge')
    .leftJoin('open_item as claim', (join) =>
      join
        .onRef('claim.tenant_id', '=', 'charge.tenant_id')
        .onRef('claim.id', '=', 'charge.claim_item_id'),
    )
    .selectAll('charge')
    .select([
      state.as('state'),
      sql<number>`coalesce(claim.open_amount, 0)`.as('open_amount'),
      sql<number>`coalesce(claim.waived_amount, 0)`.as('waived_amount'),
    ])
    .where('charge.tenant_id', '=', tenant.id)

/** The charge, or `charge_not_found`. */
export async function requireCharge(reader: Reader, id: string): Promise<ChargeWithState> {
  const charge = await charges(reader).where('charge.id', '=', id).executeTakeFirst()
  if (charge === undefined) throw new Problem('charge_not_found')
  return charge
}

/** What the list of charges can be narrowed to. */
export interface ChargeFilters extends Page {
  customer_id?: string
  invoice_id?: string
  item_id?: string
  notice_id?: string
  kind?: ChargeRow['kind']
  status?: ChargeWithState['state'][]
}

const newestChargeFirst = { ...newestFirst, column: 'charge.created_at', tie: 'charge.id' }

/** One page of charges, the newest first. */
export function listCharges(reader: Reader, by: ChargeFilters): Promise<Paged<ChargeWithState>> {
  let select = charges(reader)
  for (const column of ['customer_id', 'invoice_id', 'item_id', 'notice_id'] as const) {
    const id = by[column]
    if (id !== undefined) select = select.where(`charge.${column}`, '=', uuidOf(id))
  }
  if (by.kind !== undefined) select = select.where('charge.kind', '=', by.kind)
  if (by.status !== undefined) select = select.where(sql<boolean>`${state} = any(${by.status})`)
  return pageOf<ChargeWithState>(select, by, newestChargeFirst)
}
