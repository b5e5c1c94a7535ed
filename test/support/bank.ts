import { randomUUID } from 'node:crypto'
import { runMatching } from '../../src/cash/matching/run-matching.ts'
import { newId } from '../../src/foundation/id.ts'
import type { TestApp, TestTenant } from './app.ts'
import type { StatementEntry } from './camt.ts'

/** TEMP: until imports are there. */
export async function importStatement(
  { context }: Pick<TestApp, 'context'>,
  tenant: TestTenant,
  entries: readonly StatementEntry[],
): Promise<void> {
  const q = (s: string, p: unknown[]) => context.workers.pool.query(s, p)
  const acc = newId(), file = newId(), st = newId()
  await q(`insert into bank_account (tenant_id,id,identification,currency,created_at,updated_at) values ($1,$2,$3,'EUR',now(),now())`, [tenant.uuid, acc, randomUUID()])
  await q(`insert into bank_file (tenant_id,id,sha256,format,byte_count,line_count,new_line_count,duplicate_count,not_booked_count,created_at) values ($1,$2,$3,'camt',1,0,0,0,0,now())`, [tenant.uuid, file, Buffer.from(randomUUID())])
  await q(`insert into bank_statement (tenant_id,id,bank_account_id,bank_file_id,position,kind,format,currency,entry_count,detail_count,not_booked_count,new_line_count,duplicate_count,continuity,created_at,updated_at) values ($1,$2,$3,$4,0,'statement','camt.053','EUR',0,0,0,0,0,'first',now(),now())`, [tenant.uuid, st, acc, file])
  const np = (s?: string) => (s === 'NOTPROVIDED' ? null : (s ?? null))
  const rows = entries.map((e, i) => ({
    tenant_id: tenant.uuid, id: newId(), bank_account_id: acc, statement_id: st, position: i, fingerprint: randomUUID(), status: 'unmatched',
    booking_date: e.bookingDate, currency: 'EUR', amount: e.amount, direction: e.direction ?? 'credit', is_reversal: e.isReversal ?? false,
    counterparty_name: e.name ?? null, counterparty_iban: e.iban ?? null, remittance: np(e.text), structured_reference: e.structuredReference ?? null,
    end_to_end_id: np(e.endToEndId), mandate_id: e.mandateId ?? null, bank_reference: e.bankReference ?? null, return_reason_code: e.returnReason ?? null,
    metadata: {}, version: 1, created_at: new Date().toISOString(), updated_at: new Date().toISOString(),
  }))
  await q(`insert into bank_line select * from json_populate_recordset(null::bank_line, $1)`, [JSON.stringify(rows)])
}

/** Has the unmatched lines matched, as a worker would. */
export const matchAll = ({ context }: Pick<TestApp, 'context'>, { uuid }: TestTenant): Promise<void> =>
  runMatching(context, uuid, uuid, new AbortController().signal)
