import type { FastifyPluginAsync } from 'fastify'
import type { Context } from '../foundation/http/context.ts'
import { limits } from '../foundation/http/limits.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { receiveFilesOf } from '../foundation/http/received-file.ts'
import { uuidOf } from '../foundation/id.ts'
import { requireScopes } from '../parties/api-keys/require-scopes.ts'
import { cancelImport } from './cancel-import.ts'
import { createImport } from './create-import.ts'
import { importErrorRoutes } from './error-routes.ts'
import { RESULT_DAYS } from './forget-old-results.ts'
import { requireImportMapping } from './mappings/queries.ts'
import { importMappingRoutes } from './mappings/routes.ts'
import { listImports, listResults, requireImport } from './queries.ts'
import { givenRows, wantedOf } from './request.ts'
import { importable } from './resources.ts'
import {
  CreateImport,
  CreateImportQuery,
  Import,
  ImportCsv,
  ImportLines,
  ImportList,
  ImportParams,
  ImportQuery,
  ImportResultList,
  ImportResultQuery,
  importToJson,
  resultToJson,
} from './schema.ts'

const tag = 'Imports'

/** Thousands of rows at once, with an outcome for each. */
export async function importRoutes(http: Http, context: Context): Promise<void> {
  const files: FastifyPluginAsync = async (scope) => {
    receiveFilesOf(scope, ['application/x-ndjson', 'text/csv'], limits.importBytesMax)
    createRoute(scope, context)
  }
  await http.register(files)
  readRoutes(http, context)
  importErrorRoutes(http, context)
  importMappingRoutes(http, context)
}

function createRoute(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/imports',
    operationId: 'createImport',
    tag,
    summary: 'Import many rows at once',
    description:
      'Takes rows as JSON, or as a file of newline-delimited JSON or CSV with the settings in the query, and answers at once; the rows are done in the background, in their order. The credential also needs the scopes to write what it imports. Sending the same rows again in mode `upsert` goes on where an earlier import stopped. Opening balances are taken over as a whole or not at all.',
    scope: 'imports:write',
    idempotency: 'required',
    keepsDryRun: true,
    bodyBytesMax: limits.importBytesMax,
    query: CreateImportQuery,
    body: CreateImport,
    otherBodies: { 'application/x-ndjson': ImportLines, 'text/csv': ImportCsv },
    answers: { 202: Import },
    problems: ['import_mapping_not_found', 'date_in_future'],
    work: async (tx, { body, query: asked, caller, file }) => {
      const mapping =
        asked.mapping_id === undefined
          ? null
          : await requireImportMapping(tx, uuidOf(asked.mapping_id))
      const wanted = wantedOf(body, { ...(mapping && { resource: mapping.resource }), ...asked })
      requireScopes(caller, importable[wanted.resource].scopes)
      const given = await givenRows(body, file, wanted.resource, mapping)
      return importToJson(await createImport(tx, { ...wanted, given }), tx)
    },
  })
}

function readRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/imports',
    operationId: 'listImports',
    tag,
    summary: 'List imports',
    description: 'The newest first, each with how far it has come.',
    scope: 'imports:read',
    query: ImportQuery,
    answers: { 200: ImportList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listImports(reader, filters), (record) => importToJson(record, reader)),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/imports/:id',
    operationId: 'getImport',
    tag,
    summary: 'Read an import',
    description: 'Where it stands and how many rows have which outcome.',
    scope: 'imports:read',
    params: ImportParams,
    answers: { 200: Import },
    problems: ['import_not_found'],
    work: async (reader, { params: { id } }) =>
      importToJson(await requireImport(reader, uuidOf(id)), reader),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/imports/:id/results',
    operationId: 'listImportResults',
    tag,
    summary: 'List what became of the rows of an import',
    description: `In the order of the rows, as far as they have had their turn. \`status=failed\` lists what has to be corrected, with pointers into each row. Forgotten ${RESULT_DAYS} days after the end of the import, whose counts stay.`,
    scope: 'imports:read',
    params: ImportParams,
    query: ImportResultQuery,
    answers: { 200: ImportResultList },
    problems: ['import_not_found', 'invalid_cursor'],
    work: async (reader, { params: { id }, query: filters }) => {
      const record = await requireImport(reader, uuidOf(id))
      return listToJson(await listResults(reader, record.id, filters), (result) =>
        resultToJson(result, record.resource),
      )
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/imports/:id/cancel',
    operationId: 'cancelImport',
    tag,
    summary: 'Cancel an import',
    description:
      'Rows that have an outcome keep it, with what they made; the others never have their turn.',
    scope: 'imports:write',
    params: ImportParams,
    answers: { 200: Import },
    problems: ['import_not_found', 'invalid_state'],
    work: async (tx, { params: { id }, ifMatch }) =>
      importToJson(await cancelImport(tx, { id: uuidOf(id), ifMatch }), tx),
  })
}
