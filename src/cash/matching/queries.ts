import type { Reader } from '../../foundation/database/frame.ts'
import type { BankLineMatchRow } from './table.ts'

/** What has become of a line and stands. */
export const standingMatches = (
  { db, tenant }: Reader,
  lineId: string,
): Promise<BankLineMatchRow[]> =>
  db
    .selectFrom('bank_line_match')
    .selectAll()
    .where('tenant_id', '=', tenant.id)
    .where('bank_line_id', '=', lineId)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
