import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { insertRows } from '../../foundation/database/insert-rows.ts'
import { claimCharges } from '../charges/claim-charges.ts'
import { carryOutConsequences } from '../consequences.ts'
import { levelRoseFact, noticeFact } from '../events.ts'
import type { NewNotice } from '../notices/draft-notices.ts'
import type { Chosen } from '../notices/notice-subject.ts'
import type { CourtesyRow } from '../table.ts'

/**
 * Does what was decided: notices, levels, steps and courtesies, charges and consequences, set-based, and announces what
 * happened.
 * A step is unique per item, cycle and level, a courtesy per item, cycle and days, whatever else runs or has died. The
 * customers are locked.
 */
export async function carryOut(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return
  await insertRows(
    tx,
    'dunning_notice',
    notices.map(({ row }) => row),
  )
  await takeSteps(tx, notices)
  await insertRows(tx, 'dunning_courtesy', notices.flatMap(courtesiesOf))
  announce(
    tx,
    ...notices.flatMap(({ row, told }) =>
      told.filter(rises).map((one) => levelRoseFact(tx, one, row)),
    ),
    ...notices.map(({ row }) => noticeFact('dunning.notice_issued', row, tx)),
  )
  await claimCharges(
    tx,
    notices.flatMap(({ charges }) => charges),
  )
  await carryOutConsequences(
    tx,
    notices.flatMap(({ steps }) => steps),
  )
}

const rises = ({ level }: Chosen): boolean => level > 0

async function takeSteps(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
  const steps = notices.flatMap(({ row, told }) =>
    told.filter(rises).map(({ item, level, decision }) => ({
      item_id: item.id,
      invoice_id: item.invoice_id,
      customer_id: item.customer_id,
      policy_id: item.policy?.id,
      policy_version: item.policy?.version,
      cycle: item.cycle,
      level,
      from_level: decision.fromLevel,
      notice_id: row.id,
      days_overdue: decision.inputs.days_overdue,
      deadline_date: row.deadline_date,
    })),
  )
  if (steps.length === 0) return
  await sql`
    with step as (
      select * from json_to_recordset(${JSON.stringify(steps)}) as step(
        item_id uuid, invoice_id uuid, customer_id uuid, policy_id uuid, policy_version int, cycle int, level int, from_level int,
        notice_id uuid, days_overdue int, deadline_date date)
    ), stepped as (
      insert into dunning_step (tenant_id, item_id, cycle, level, from_level, invoice_id, notice_id, step_date, days_overdue)
      select ${tx.tenant.id}, item_id, cycle, level, from_level, invoice_id, notice_id, ${tx.today}, days_overdue from step
    )
    insert into dunning_state (tenant_id, item_id, invoice_id, customer_id, policy_id, policy_version, cycle, level, level_date, deadline_date)
    select ${tx.tenant.id}, item_id, invoice_id, customer_id, policy_id, policy_version, cycle, level, ${tx.today}, deadline_date from step
    on conflict (tenant_id, item_id) do update
    set level = excluded.level, level_date = excluded.level_date, deadline_date = excluded.deadline_date,
      policy_id = excluded.policy_id, policy_version = excluded.policy_version, version = dunning_state.version + 1
  `.execute(tx.db)
}

const courtesiesOf = ({ row, told }: NewNotice): CourtesyRow[] =>
  told
    .filter((one) => !rises(one))
    .map(({ item, decision }) => ({
      tenant_id: row.tenant_id,
      item_id: item.id,
      cycle: item.cycle,
      days_before_due: decision.courtesy as number,
      invoice_id: item.invoice_id,
      notice_id: row.id,
      courtesy_date: row.notice_date,
    }))
