import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { commit, read } from '../../foundation/database/commit.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { Answer } from '../../foundation/http/answer.ts'
import { callerOf } from '../../foundation/http/caller.ts'
import type { Context } from '../../foundation/http/context.ts'
import { limits } from '../../foundation/http/limits.ts'
import { causeOf, type Http, query, route } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { discardFile } from '../../foundation/http/received-file.ts'
import { IdParams } from '../../foundation/http/schema.ts'
import { uuidOf } from '../../foundation/id.ts'
import { startMatching } from '../matching/run-matching.ts'
import { csvMappingRoutes } from './csv-mapping-routes.ts'
import { importBankFile } from './import-bank-file.ts'
import * as find from './queries.ts'
import { asProblem, readBankFile } from './read-bank-file.ts'
import { fileTypes, receivedFile, receiveFiles } from './receive-file.ts'
import * as wire from './schema.ts'

const tag = 'Bank statements'

/** What banks tell about our accounts. */
export async function bankRoutes(http: Http, context: Context): Promise<void> {
  const files: FastifyPluginAsync = async (scope) => {
    await receiveFiles(scope)
    importRoute(scope, context)
  }
  await http.register(files)
  csvMappingRoutes(http, context)
  accountRoutes(http, context)
  statementRoutes(http, context)
  lineRoutes(http, context)
}

function importRoute(http: Http, context: Context): void {
  route(http, {
    method: 'POST',
    url: '/v1/bank-statements',
    operationId: 'importBankStatements',
    tag,
    summary: 'Import a bank file',
    description: `Takes the file itself, ${limits.bankFileBytesMax} bytes at most, as the body or as the part of a form: camt.052, .053 and .054 of any version, MT940, MT942, CSV with a saved mapping, or a zip of them. All of it is imported or nothing. Safe to repeat: the same file is answered with 200 as its first import was, and a movement that several files show is kept once.`,
    scope: 'bank:write',
    ifMatch: 'none',
    query: wire.ImportQuery,
    otherBodies: {
      ...Object.fromEntries(fileTypes.map((type) => [type, wire.StatementFile])),
      'multipart/form-data': wire.StatementForm,
    },
    answers: { 201: wire.BankFile, 200: wire.BankFile },
    problems: ['csv_mapping_not_found', 'bank_file_unreadable', 'amount_out_of_range'],
    work: async ({ query: { mapping_id } }, request) => {
      try {
        return await importReceived(context, request, mapping_id)
      } finally {
        await discardFile(request)
      }
    },
  })
}

/** Reads the file a request has brought before anything is locked, and takes it in unless it is known. */
async function importReceived(
  { api, workers }: Context,
  request: FastifyRequest,
  mappingId: string | undefined,
): Promise<Answer> {
  const received = await receivedFile(request)
  const { tenantId } = callerOf(request)
  const { known, mapping } = await read(api, tenantId, async (reader) => ({
    mapping: mappingId === undefined ? null : await find.requireMapping(reader, uuidOf(mappingId)),
    known: await answerIfKnown(reader, received.sha256),
  }))
  if (known !== undefined) return new Answer(200, known)

  const contents = await readBankFile(received, mapping)
  const options = { tenantId, cause: causeOf(request) }
  return commit(workers, options, async (tx) => {
    const input = { ...received, csvMappingId: mapping?.id ?? null, contents }
    const { file, statements, isNew } = await importBankFile(tx, input)
    if (isNew) await startMatching(tx)
    const body = wire.fileToJson(file, await find.withAccounts(tx, statements), tx)
    return new Answer(isNew ? 201 : 200, body)
  }).catch(asProblem)
}

/** The answer to a file that is known. */
async function answerIfKnown(reader: Reader, sha256: Buffer) {
  const known = await find.findFile(reader, sha256)
  if (known === undefined) return undefined
  return wire.fileToJson(known.file, await find.withAccounts(reader, known.statements), reader)
}

function accountRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/bank-accounts',
    operationId: 'listBankAccounts',
    tag,
    summary: 'List bank accounts',
    description: 'Newest first, each with how fresh what we know about it is.',
    scope: 'bank:read',
    query: wire.BankAccountQuery,
    answers: { 200: wire.BankAccountList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listBankAccounts(reader, filters), (account) =>
        wire.accountToJson(account, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/bank-accounts/:id',
    operationId: 'getBankAccount',
    tag,
    summary: 'Read a bank account',
    description: 'The account, and how fresh what we know about it is.',
    scope: 'bank:read',
    params: IdParams('bank_account', 'bank account'),
    answers: { 200: wire.BankAccount },
    problems: ['bank_account_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.accountToJson(await find.requireBankAccount(reader, uuidOf(id)), reader),
  })
}

function statementRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/bank-statements',
    operationId: 'listBankStatements',
    tag,
    summary: 'List bank statements',
    description: 'Newest first; `continuity=gap` lists those before which one is missing.',
    scope: 'bank:read',
    query: wire.BankStatementQuery,
    answers: { 200: wire.BankStatementList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listBankStatements(reader, filters), (statement) =>
        wire.statementToJson(statement, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/bank-statements/:id',
    operationId: 'getBankStatement',
    tag,
    summary: 'Read a bank statement',
    description: 'Its balances, whether they add up, and whether a statement before it is missing.',
    scope: 'bank:read',
    params: IdParams('bank_statement', 'bank statement'),
    answers: { 200: wire.BankStatement },
    problems: ['bank_statement_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.statementToJson(await find.requireBankStatement(reader, uuidOf(id)), reader),
  })
}

function lineRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/bank-lines',
    operationId: 'listBankLines',
    tag,
    summary: 'List bank lines',
    description: 'Newest first; `status=unmatched` lists what is still to be matched.',
    scope: 'bank:read',
    query: wire.BankLineQuery,
    answers: { 200: wire.BankLineList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await find.listBankLines(reader, filters), (line) =>
        wire.lineToJson(line, reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/bank-lines/:id',
    operationId: 'getBankLine',
    tag,
    summary: 'Read a bank line',
    description: 'One movement, or one part of a movement the bank booked as one.',
    scope: 'bank:read',
    params: IdParams('bank_line', 'bank line'),
    answers: { 200: wire.BankLine },
    problems: ['bank_line_not_found'],
    work: async (reader, { params: { id } }) =>
      wire.lineToJson(await find.requireBankLine(reader, uuidOf(id)), reader),
  })
}
