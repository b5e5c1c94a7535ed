import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { cancelUnder } from './cancel-debits.ts'
import { mandateFact } from './events.ts'
import { treatmentOf } from './reason-codes.ts'
import type { DebitRow, MandateRow } from './table.ts'
import type { TakenBack } from './take-back-debits.ts'

/**
 * Puts the mandates of rejected debits back to what the bank knew before the file: a first collection is a first one
 * again, an amendment is told again, a one-off mandate can be used. A mandate of which the same or a later file has
 * another debit stays as it is. The collection counts as a use all the same (SEPA rulebooks, 4.1).
 */
export async function restoreMandates(tx: Tx, rejected: readonly DebitRow[]): Promise<void> {
  if (rejected.length === 0) return
  const ids = rejected.map(({ id }) => id)
  const { rows } = await sql<MandateRow>`
    with rejected as (
      select distinct on (mandate_id) mandate_id, presented_before, closed_at, batch_id from direct_debit as debit
      join debit_batch as batch on batch.tenant_id = debit.tenant_id and batch.id = debit.batch_id
      where debit.tenant_id = ${tx.tenant.id} and debit.id = any(${ids})
      order by mandate_id, closed_at, batch_id, final, debit.id
    )
    update mandate
    set presented = rejected.presented_before, status = case when status = 'completed' then 'active' else status end,
      version = version + 1, updated_at = ${tx.now}
    from rejected
    where mandate.tenant_id = ${tx.tenant.id} and mandate.id = rejected.mandate_id
      and (status = 'completed' or mandate.presented is distinct from rejected.presented_before)
      and not exists (
        select 1 from direct_debit as other
        join debit_batch as batch on batch.tenant_id = other.tenant_id and batch.id = other.batch_id
        where other.tenant_id = mandate.tenant_id and other.mandate_id = mandate.id and not other.id = any(${ids})
          and other.status in ('submitted', 'collected', 'returned') 
          and (batch.closed_at, batch.id) >= (rejected.closed_at, rejected.batch_id))
    returning mandate.*
  `.execute(tx.db)
  announce(tx, ...rows.map((mandate) => mandateFact('mandate.restored', mandate, tx)))
}

/**
 * Blocks the mandates whose debits came back for a reason that forbids to use them, and takes back what is scheduled
 * under them. A reason that lies in the account does not concern a mandate that names another one by now.
 */
export async function blockMandates(tx: Tx, all: readonly TakenBack[]): Promise<void> {
  const blocked = new Map(
    all
      .map(({ debit, reasonCode }) => ({ debit, reasonCode, ...treatmentOf(reasonCode) }))
      .filter(({ blocks }) => blocks !== 'nothing')
      .map(({ debit, reasonCode, blocks }) => [
        debit.mandate_id,
        {
          mandate_id: debit.mandate_id,
          code: reasonCode,
          iban: blocks === 'account' ? debit.presented.iban : null,
        },
      ]),
  )
  if (blocked.size === 0) return
  const { rows } = await sql<MandateRow>`
    update mandate
    set status = 'blocked', block_reason_code = blocked.code, version = version + 1, updated_at = ${tx.now}
    from json_to_recordset(${JSON.stringify([...blocked.values()])}) as blocked(mandate_id uuid, code text, iban text)
    where mandate.tenant_id = ${tx.tenant.id} and mandate.id = blocked.mandate_id and mandate.status = 'active'
      and mandate.iban = coalesce(blocked.iban, mandate.iban)
    returning mandate.*
  `.execute(tx.db)
  announce(tx, ...rows.map((mandate) => mandateFact('mandate.blocked', mandate, tx)))
  await cancelUnder(
    tx,
    rows.map(({ id }) => id),
    'The mandate was blocked.',
  )
}
