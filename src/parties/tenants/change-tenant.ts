import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import { type CalendarDate, isTimeZone } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { reschedule } from '../../foundation/jobs/schedule.ts'
import { mergeMetadata, replacedFields } from '../../foundation/merge.ts'
import type { MoneyAmount } from '../../foundation/money.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import type { TenantRow } from '../table.ts'
import { tenantUpdated } from './events.ts'
import { lockTenant } from './queries.ts'
import { tenantToJson } from './schema.ts'

/** A merge patch: what is left out stays, null empties. */
export interface ChangeTenant {
  patch: Partial<
    Pick<
      TenantRow,
      | 'name'
      | 'time_zone'
      | 'locale'
      | 'currency'
      | 'net_days'
      | 'dunning_time'
      | 'dunning_policy_id'
      | 'no_dunning'
      | 'write_off_approval_above'
    >
  > & { metadata?: Record<string, string | null> }
  ifMatch: number | undefined
}

/**
 * Changes the settings of the tenant. A new zone or dunning time moves its timetable in the same commit, so that the
 * next run happens at the new hour. A patch that changes nothing makes no version and announces nothing.
 */
export async function changeTenant(tx: Tx, { patch, ifMatch }: ChangeTenant): Promise<TenantRow> {
  const before = await lockTenant(tx)
  requireVersion(before.version, ifMatch)
  const wanted = { ...before, ...patch, metadata: mergeMetadata(before.metadata, patch.metadata) }
  const previous = replacedFields(tenantToJson(before), tenantToJson(wanted))
  if (previous === undefined) return before
  requireOnePerCurrency(wanted.write_off_approval_above)
  if (!isTimeZone(wanted.time_zone))
    throw new Problem('time_zone_unknown', { time_zone: wanted.time_zone })
  if ('currency' in previous) await requireNoMoney(tx)

  const after = await update(tx, wanted)
  if ('time_zone' in previous || 'dunning_time' in previous) {
    const tenant = { ...tx.tenant, timeZone: after.row.time_zone }
    await reschedule({ ...tx, tenant, today: after.today }, 'not_yet_due')
  }
  announce(tx, tenantUpdated(after.row, previous))
  return after.row
}

function requireOnePerCurrency(above: readonly MoneyAmount[]): void {
  const repeated = above.findIndex(
    ({ currency }, at) => above.findIndex((one) => one.currency === currency) < at,
  )
  if (repeated >= 0)
    throw invalidFields({
      pointer: `#/write_off_approval_above/${repeated}/currency`,
      code: 'repeated',
      detail: 'each currency can be named once',
    })
}

/** Writes the settings and asks for the day in the new zone, which fails for a zone PostgreSQL does not know. */
async function update(tx: Tx, wanted: TenantRow): Promise<{ row: TenantRow; today: CalendarDate }> {
  const { today, ...row } = await tx.db
    .updateTable('tenant')
    .set({
      name: wanted.name,
      time_zone: wanted.time_zone,
      locale: wanted.locale,
      currency: wanted.currency,
      net_days: wanted.net_days,
      dunning_time: wanted.dunning_time,
      dunning_policy_id: wanted.dunning_policy_id,
      no_dunning: wanted.no_dunning,
      write_off_approval_above: JSON.stringify(wanted.write_off_approval_above),
      metadata: JSON.stringify(wanted.metadata),
      version: wanted.version + 1,
      updated_at: tx.now,
    })
    .where('tenant_id', '=', tx.tenant.id)
    .returningAll()
    .returning(sql<CalendarDate>`(${tx.now}::timestamptz at time zone time_zone)::date`.as('today'))
    .executeTakeFirstOrThrow()
  return { row, today }
}

/** The tenant's currency is fixed by its first document or payment. */
async function requireNoMoney(tx: Tx): Promise<void> {
  const { rows } = await sql<{ has_money: boolean }>`
    select exists (select 1 from invoice where tenant_id = ${tx.tenant.id})
      or exists (select 1 from credit_note where tenant_id = ${tx.tenant.id})
      or exists (select 1 from payment where tenant_id = ${tx.tenant.id}) as has_money
  `.execute(tx.db)
  if (rows[0]?.has_money) {
    throw new Problem('invalid_state', {
      detail: 'The currency of a tenant with invoices or payments is fixed.',
      current_status: 'has_documents',
      allowed_actions: [],
    })
  }
}
