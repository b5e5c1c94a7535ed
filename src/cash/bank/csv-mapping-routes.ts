import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams, NoContent } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import * as wire from './csv-mapping-schema.ts'
import { listMappings, requireMapping } from './queries.ts'
import { createMapping, deleteMapping, replaceMapping } from './save-csv-mapping.ts'

const tag = 'Bank statements'
const params = IdParams('csv_mapping', 'CSV mapping')

/** How banks' CSV exports are read. */
export function csvMappingRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/csv-mappings',
    operationId: 'createCsvMapping',
    tag,
    summary: 'Create a CSV mapping',
    description: 'Says once how a bank’s export is written; its files are then imported by it.',
    scope: 'bank:write',
    body: wire.CreateCsvMapping,
    answers: { 201: wire.CsvMapping },
    work: async (tx, { body }) => {
      const input = { name: body.name, settings: wire.mappingSettings(body) }
      return wire.mappingToJson(await createMapping(tx, input), tx)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/csv-mappings',
    operationId: 'listCsvMappings',
    tag,
    summary: 'List CSV mappings',
    description: 'The newest first.',
    scope: 'bank:read',
    query: wire.CsvMappingQuery,
    answers: { 200: wire.CsvMappingList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listMappings(reader, filters), (one) => wire.mappingToJson(one, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/csv-mappings/:id',
    operationId: 'getCsvMapping',
    tag,
    summary: 'Read a CSV mapping',
    description: 'How files are read by it.',
    scope: 'bank:read',
    params,
    answers: { 200: wire.CsvMapping },
    problems: ['csv_mapping_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.mappingToJson(await requireMapping(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/csv-mappings/:id',
    operationId: 'replaceCsvMapping',
    tag,
    summary: 'Replace a CSV mapping',
    description: 'What was imported by it stays as it is.',
    scope: 'bank:write',
    params,
    body: wire.CreateCsvMapping,
    answers: { 200: wire.CsvMapping },
    problems: ['csv_mapping_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const input = { name: body.name, settings: wire.mappingSettings(body) }
      return wire.mappingToJson(await replaceMapping(tx, { id: uuidOf(id), ...input, ifMatch }), tx)
    },
  })

  command(http, context, {
    method: 'DELETE',
    url: '/v1/csv-mappings/:id',
    operationId: 'deleteCsvMapping',
    tag,
    summary: 'Delete a CSV mapping',
    description: 'Files that were imported by it stay.',
    scope: 'bank:write',
    params,
    answers: { 204: NoContent },
    problems: ['csv_mapping_not_found'],
    work: async (tx, { params: { id }, ifMatch }) => {
      await deleteMapping(tx, { id: uuidOf(id), ifMatch })
      return new Answer(204, null)
    },
  })
}
