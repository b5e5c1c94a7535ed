import { Answer } from '../../foundation/http/answer.ts'
import type { Context } from '../../foundation/http/context.ts'
import { command, type Http, query } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { IdParams, NoContent } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { listImportMappings, requireImportMapping } from './queries.ts'
import {
  createImportMapping,
  deleteImportMapping,
  replaceImportMapping,
} from './save-import-mapping.ts'
import * as wire from './schema.ts'

const tag = 'Imports'
const params = IdParams('import_mapping', 'import mapping')

/** How CSV files of other systems are read. */
export function importMappingRoutes(http: Http, context: Context): void {
  command(http, context, {
    method: 'POST',
    url: '/v1/import-mappings',
    operationId: 'createImportMapping',
    tag,
    summary: 'Create an import mapping',
    description:
      'Says once how another system writes its files: which column is which field, how dates and amounts look. `text/csv` with `mapping_id` is then imported by it; `dry_run` shows whether it fits.',
    scope: 'imports:write',
    body: wire.SaveImportMapping,
    answers: { 201: wire.ImportMapping },
    work: async (tx, { body }) => {
      const { name, resource } = body
      const input = { name, resource, settings: wire.mappingSettings(body) }
      return wire.importMappingToJson(await createImportMapping(tx, input), tx)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/import-mappings',
    operationId: 'listImportMappings',
    tag,
    summary: 'List import mappings',
    description: 'The newest first.',
    scope: 'imports:read',
    query: wire.ImportMappingQuery,
    answers: { 200: wire.ImportMappingList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listImportMappings(reader, filters), (one) =>
        wire.importMappingToJson(one, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/import-mappings/:id',
    operationId: 'getImportMapping',
    tag,
    summary: 'Read an import mapping',
    description: 'How files are read by it.',
    scope: 'imports:read',
    params,
    answers: { 200: wire.ImportMapping },
    problems: ['import_mapping_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.importMappingToJson(await requireImportMapping(reader, uuidOf(id)), reader),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/import-mappings/:id',
    operationId: 'replaceImportMapping',
    tag,
    summary: 'Replace an import mapping',
    description:
      'What was imported by it stays as it is, and imports under way go on as they began.',
    scope: 'imports:write',
    params,
    body: wire.SaveImportMapping,
    answers: { 200: wire.ImportMapping },
    problems: ['import_mapping_not_found'],
    work: async (tx, { params: { id }, body, ifMatch }) => {
      const { name, resource } = body
      const input = { name, resource, settings: wire.mappingSettings(body) }
      return wire.importMappingToJson(
        await replaceImportMapping(tx, { id: uuidOf(id), ...input, ifMatch }),
        tx,
      )
    },
  })

  command(http, context, {
    method: 'DELETE',
    url: '/v1/import-mappings/:id',
    operationId: 'deleteImportMapping',
    tag,
    summary: 'Delete an import mapping',
    description: 'What was imported by it stays.',
    scope: 'imports:write',
    params,
    answers: { 204: NoContent },
    problems: ['import_mapping_not_found'],
    work: async (tx, { params: { id }, ifMatch }) => {
      await deleteImportMapping(tx, { id: uuidOf(id), ifMatch })
      return new Answer(204, null)
    },
  })
}
