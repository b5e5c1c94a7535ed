import type { Reader } from '../../foundation/database/frame.ts'
import { sum } from '../../foundation/money.ts'
import { Problem } from '../../foundation/problem.ts'
import { bankIdOf } from './file-ids.ts'
import type { SequenceType } from './mandate.ts'
import { type Creditor, type DebitGroup, writePain008 } from './pain008.ts'
import { requireBatch } from './queries.ts'
import type { BatchRow, DebitRow } from './table.ts'

/** How the bank names one block of a file. */
export const groupIdOf = (batch: Pick<BatchRow, 'id'>, groupNumber: number): string =>
  `${bankIdOf('debit_batch', batch.id)}-${groupNumber}`

/**
 * The file of a closed batch, piece by piece. It says what was fixed when the batch was closed: however often and
 * whenever it is read, it is the same to the byte.
 */
export async function readBatchFile(reader: Reader, id: string): Promise<Generator<string>> {
  const batch = await requireBatch(reader, id)
  if (batch.closed_at === null || batch.status === 'cancelled')
    throw new Problem('invalid_state', {
      current_status: batch.status,
      allowed_actions: batch.status === 'open' ? ['close'] : [],
    })
  const debits = await reader.db
    .selectFrom('direct_debit')
    .selectAll()
    .where('tenant_id', '=', reader.tenant.id)
    .where('batch_id', '=', id)
    .where('group_number', 'is not', null)
    .orderBy('group_number')
    .orderBy('id')
    .execute()
  return writePain008({
    format: batch.format,
    messageId: bankIdOf('debit_batch', batch.id),
    createdAt: batch.closed_at,
    creditor: batch.creditor as Creditor,
    count: debits.length,
    totalAmount: sum(debits.map(({ amount }) => amount)),
    groups: groupsOf(batch, debits),
  })
}

/** The blocks of a file. Debits come ordered by their block. */
function groupsOf(batch: BatchRow, debits: readonly DebitRow[]): DebitGroup[] {
  const numbers = [...new Set(debits.map(({ group_number }) => group_number as number))]
  return numbers.map((number) => {
    const ofGroup = debits.filter(({ group_number }) => group_number === number)
    const [first] = ofGroup as [DebitRow]
    return {
      id: groupIdOf(batch, number),
      scheme: first.scheme,
      sequenceType: first.sequence_type as SequenceType,
      collectionDate: first.collection_date,
      count: ofGroup.length,
      totalAmount: sum(ofGroup.map(({ amount }) => amount)),
      debits: ofGroup,
    }
  })
}
