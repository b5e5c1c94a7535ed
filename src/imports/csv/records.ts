import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { limits } from '../../foundation/http/limits.ts'
import { Problem } from '../../foundation/problem.ts'
import { textOfFile } from '../file-text.ts'
import type { MappingSettings } from './reading.ts'

/** A record of a file, and the line it begins on. */
export interface CsvRecord {
  cells: string[]
  line: number
}

/** The records of a file, one by one; lines that hold nothing are none. */
export async function* recordsOf(
  path: string,
  { separator, encoding, skip_line_count }: MappingSettings,
): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter: separator,
    fromLine: skip_line_count + 1,
    info: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    maxRecordSize: limits.bodyBytesMax,
  })
  // What goes wrong on either side is told by the parser, which is what is read.
  pipeline(Readable.from(textOfFile(path, encoding)), parser, () => undefined)
  let end = skip_line_count
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const line = end + 1
      end = info.lines
      if (record.some((cell) => cell.trim() !== '')) yield { cells: record, line }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Problem('malformed_request', {
      detail: `The file cannot be read as CSV: ${error.message.slice(0, 200)}`,
    })
  }
}

interface Parsed {
  record: string[]
  info: { lines: number }
}
