import type { ReceivedFile } from '../../foundation/http/received-file.ts'
import { Problem } from '../../foundation/problem.ts'
import { FileFault } from './read/fault.ts'
import { readApart } from './read/read-apart.ts'
import type { FileContents } from './read/read-file.ts'
import type { CsvMappingRow } from './table.ts'

/** Reads a received file; whatever is wrong with it becomes a problem that says where. */
export async function readBankFile(
  { path }: ReceivedFile,
  mapping: CsvMappingRow | null,
): Promise<FileContents> {
  return readApart({ kind: 'statements', path, mapping: mapping?.settings ?? null }).catch(
    asProblem,
  )
}

/** The refusal of a file, with the place of its fault. */
export function asProblem(error: unknown): never {
  if (!(error instanceof FileFault)) throw error
  const { reason, message, place } = error
  const where = [
    place.entry === undefined ? [] : [`in ${place.entry}`],
    place.line === undefined ? [] : [`line ${place.line}`],
    place.column === undefined ? [] : [`column ${place.column}`],
    place.line === undefined && place.byte !== undefined ? [`byte ${place.byte}`] : [],
  ].flat()
  const detail = where.length === 0 ? `${message}.` : `${message} (${where.join(', ')}).`
  throw new Problem('bank_file_unreadable', { detail, reason, ...place })
}
