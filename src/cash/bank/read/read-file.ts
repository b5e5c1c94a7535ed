import type { BankFileFormat, Statement } from '../bank-line.ts'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { FileFault } from './fault.ts'
import { readCamt } from './read-camt.ts'
import { readCsv } from './read-csv.ts'
import { readMt940 } from './read-mt940.ts'
import { isZip, unzip } from './read-zip.ts'

/** What was in a file. */
export interface FileContents {
  format: BankFileFormat
  statements: Statement[]
}

/**
 * Reads a file of any kind we know. What it is shows in its first bytes, not in what it was called; a mapping says
 * that it is CSV.
 */
export async function readFile(
  bytes: Buffer,
  mapping: CsvMappingSettings | null,
): Promise<FileContents> {
  if (!isZip(bytes)) return readPlain(bytes, mapping)
  const statements: Statement[] = []
  for await (const { name, bytes: unpacked } of unzip(bytes)) {
    try {
      for (const statement of readPlain(unpacked, mapping).statements) statements.push(statement)
    } catch (error) {
      if (!(error instanceof FileFault)) throw error
      throw new FileFault(error.reason, error.message, { entry: name, ...error.place })
    }
  }
  if (statements.length === 0) throw new FileFault('no_statement', 'the zip holds no statement')
  return { format: 'zip', statements }
}

function readPlain(bytes: Uint8Array, mapping: CsvMappingSettings | null): FileContents {
  const head = Buffer.from(bytes.subarray(0, 8_192)).toString('latin1').replaceAll('\0', '')
  if (/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(head))
    return { format: 'camt', statements: readCamt(bytes) }
  if (mapping !== null) return { format: 'csv', statements: readCsv(bytes, mapping) }
  if (/(^|[\r\n]):20:/.test(head)) return { format: 'mt940', statements: readMt940(bytes) }
  throw new FileFault(
    'format_unknown',
    'the file is neither camt nor MT940 nor a zip; CSV needs a mapping',
    { byte: 0 },
  )
}
