import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { settingsFact } from './events.ts'
import { accountFaults, isCreditorId } from './mandate.ts'
import type { PainFormat } from './pain008.ts'
import { findSettings } from './queries.ts'
import type { RetryRule, SettingsRow } from './table.ts'

export interface PutSettings {
  creditorId: string
  creditorName: string
  iban: string
  bic: string | null
  format: PainFormat
  prenotificationDays: number
  leadDays: number
  returnFeeAmount: number | null
  retries: RetryRule[]
  ifMatch: number | undefined
}

/**
 * Sets the creditor's own data and rules. A new creditor identifier or name is told to the bank with the next debit
 * under each mandate; files that are closed stay as they are. To say the same again changes nothing.
 */
export async function putSettings(tx: Tx, input: PutSettings): Promise<SettingsRow> {
  refuseFaults(input)
  const before = await findSettings(tx)
  if (before !== undefined) requireVersion(before.version, input.ifMatch)
  const wanted = {
    creditor_id: input.creditorId,
    creditor_name: input.creditorName,
    iban: input.iban,
    bic: input.bic,
    format: input.format,
    prenotification_days: input.prenotificationDays,
    lead_days: input.leadDays,
    return_fee_amount: input.returnFeeAmount,
    retries: input.retries,
  }
  if (before !== undefined && isDeepStrictEqual({ ...before, ...wanted }, before)) return before
  const set = { ...wanted, retries: JSON.stringify(input.retries), updated_at: tx.now }
  const settings = await tx.db
    .insertInto('direct_debit_settings')
    .values({ tenant_id: tx.tenant.id, id: newId(), created_at: tx.now, ...set })
    .onConflict((conflict) =>
      conflict
        .column('tenant_id')
        .doUpdateSet({ ...set, version: sql<number>`direct_debit_settings.version + 1` })
        .where('direct_debit_settings.version', '=', before?.version ?? 0),
    )
    .returningAll()
    .executeTakeFirst()
  if (settings === undefined) throw new Problem('version_mismatch')
  announce(tx, settingsFact(settings, tx, before))
  return settings
}

function refuseFaults({ creditorId, iban, bic, retries }: PutSettings): void {
  const faults = accountFaults(iban, bic)
  if (!isCreditorId(creditorId))
    faults.push({
      pointer: '#/creditor_id',
      code: 'creditor_id',
      detail: 'must be a creditor identifier with right check digits',
    })
  const codes = retries.map(({ reason_code }) => reason_code)
  const repeated = codes.findIndex((code, index) => codes.indexOf(code) < index)
  if (repeated >= 0)
    faults.push({
      pointer: `#/retries/${repeated}/reason_code`,
      code: 'repeated',
      detail: 'must be named once',
    })
  if (faults.length > 0) throw invalidFields(...faults)
}
