import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { publicId } from '../../foundation/id.ts'
import { creditHoldFact } from './events.ts'
import type { CreditHoldRow } from './table.ts'

/** A hold in force, and the notice that it is to stand for from now on. */
export interface Succession {
  hold_id: string
  notice_id: string
}

/** Has holds of dunning stand for other notices than before, in one statement. The customers are locked. */
export async function passCreditHolds(tx: Tx, successions: readonly Succession[]): Promise<void> {
  if (successions.length === 0) return
  const { rows } = await sql<CreditHoldRow & { previous_notice_id: string }>`
    with passed as (
      select before.id, before.notice_id as previous_notice_id, succession.notice_id
      from json_to_recordset(${JSON.stringify(successions)}) as succession(hold_id uuid, notice_id uuid)
      join credit_hold as before on before.tenant_id = ${tx.tenant.id} and before.id = succession.hold_id
    )
    update credit_hold
    set notice_id = passed.notice_id, version = credit_hold.version + 1, updated_at = ${tx.now}
    from passed
    where credit_hold.tenant_id = ${tx.tenant.id} and credit_hold.id = passed.id and lifted_date is null
    returning credit_hold.*, passed.previous_notice_id
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ previous_notice_id, ...hold }) =>
      creditHoldFact('credit_hold.updated', hold, tx, {
        notice_id: publicId('dunning_notice', previous_notice_id),
      }),
    ),
  )
}
