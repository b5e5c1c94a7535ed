import { announce } from '../events/announce.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { requireVersion } from '../foundation/http/etag.ts'
import { mergeMetadata } from '../foundation/merge.ts'
import { Problem } from '../foundation/problem.ts'
import { creditNoteFact } from './events.ts'
import { requireCreditNote } from './queries.ts'
import type { CreditNoteRow } from './table.ts'

export interface UpdateCreditNote {
  id: string
  metadata: Record<string, string | null> | undefined
  ifMatch: number | undefined
}

/** Changes a credit note's metadata, the only thing about it that may change. */
export async function updateCreditNote(
  tx: Tx,
  { id, metadata, ifMatch }: UpdateCreditNote,
): Promise<CreditNoteRow> {
  const before = await requireCreditNote(tx, id)
  requireVersion(before.version, ifMatch)
  const merged = mergeMetadata(before.metadata, metadata)
  if (JSON.stringify(merged) === JSON.stringify(before.metadata)) return before
  const updated = await tx.db
    .updateTable('credit_note')
    .set({ metadata: JSON.stringify(merged), version: before.version + 1, updated_at: tx.now })
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
  if (updated === undefined) throw new Problem('version_mismatch')
  announce(tx, {
    ...creditNoteFact('credit_note.updated', updated, tx),
    previous: { metadata: before.metadata },
  })
  return updated
}
