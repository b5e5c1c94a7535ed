import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { mappingToJson } from './csv-mapping-schema.ts'
import { accountToJson, lineToJson, statementToJson } from './schema.ts'
import type { BankAccountRow, BankLineRow, BankStatementRow, CsvMappingRow } from './table.ts'

type Frame = Pick<Reader, 'tenant'>
type Of<Prefix extends string> = Extract<EventType, `${Prefix}.${string}`>

const fact = (
  type: EventType,
  kind: Fact['entity']['kind'],
  { id, version }: { id: string; version: number },
  object: Fact['object'],
  previous?: Record<string, unknown>,
): Fact => ({
  type,
  entity: { kind, id, sequence: version },
  customerId: null,
  object,
  ...(previous && { previous }),
})

export const accountFact = (
  type: Of<'bank_account'>,
  account: BankAccountRow,
  { tenant }: Frame,
  previous?: Record<string, unknown>,
): Fact => fact(type, 'bank_account', account, accountToJson(account, { tenant }), previous)

export const statementFact = (
  type: Of<'bank_statement'>,
  statement: BankStatementRow,
  { tenant }: Frame,
  previous?: Record<string, unknown>,
): Fact => fact(type, 'bank_statement', statement, statementToJson(statement, { tenant }), previous)

export const lineFact = (type: Of<'bank_line'>, line: BankLineRow, { tenant }: Frame): Fact =>
  fact(type, 'bank_line', line, lineToJson(line, { tenant }))

export const mappingFact = (
  type: Of<'csv_mapping'>,
  mapping: CsvMappingRow,
  { tenant }: Frame,
  previous?: Record<string, unknown>,
): Fact => fact(type, 'csv_mapping', mapping, mappingToJson(mapping, { tenant }), previous)
