import { sql } from 'kysely'
import { announce } from '../events/announce.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { newId } from '../foundation/id.ts'
import { dateInFuture } from '../foundation/problem.ts'
import { settingsToJson } from './settings-schema.ts'
import type { AccountCodes, LedgerSettingsRow } from './table.ts'

/** Replaces the tenant's codes for our accounts; accounts that are left out have none. */
export const mapAccounts = (
  tx: Tx,
  { codes, ifMatch }: { codes: AccountCodes; ifMatch: number | undefined },
): Promise<LedgerSettingsRow> => change(tx, { account_codes: codes }, ifMatch)

/**
 * Closes the books until a day, or opens them again from an earlier one. Entries that are recorded from now on and
 * count by then are posted on the first open day; what is recorded keeps its posting date.
 */
export async function closePeriod(
  tx: Tx,
  { until, ifMatch }: { until: CalendarDate | null; ifMatch: number | undefined },
): Promise<LedgerSettingsRow> {
  if (until !== null && until > tx.today) throw dateInFuture('closed_until_date', until, tx.today)
  return change(tx, { closed_until_date: until }, ifMatch)
}

async function change(
  tx: Tx,
  changes: Partial<Pick<LedgerSettingsRow, 'account_codes' | 'closed_until_date'>>,
  ifMatch: number | undefined,
): Promise<LedgerSettingsRow> {
  const before = await tx.db
    .selectFrom('ledger_settings')
    .selectAll()
    .where('tenant_id', '=', tx.tenant.id)
    .forUpdate()
    .executeTakeFirst()
  requireVersion(before?.version ?? 0, ifMatch)
  const { account_codes, closed_until_date } = {
    account_codes: before?.account_codes ?? {},
    closed_until_date: before?.closed_until_date ?? null,
    ...changes,
  }
  const settings = await tx.db
    .insertInto('ledger_settings')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      account_codes: JSON.stringify(account_codes),
      closed_until_date,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict.column('tenant_id').doUpdateSet({
        ...(changes.account_codes && { account_codes: JSON.stringify(account_codes) }),
        ...('closed_until_date' in changes && { closed_until_date }),
        version: sql<number>`ledger_settings.version + 1`,
        updated_at: tx.now,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, {
    type: 'ledger_settings.updated',
    entity: { kind: 'ledger_settings', id: settings.id, sequence: settings.version },
    customerId: null,
    object: settingsToJson(settings, tx),
  })
  return settings
}
