import diagnostics from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { sum } from '../../src/foundation/money.ts'
import { runWorkers } from '../../src/workers.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { report, rung, seed, sizeOf } from '../support/certify.ts'
import {
  asJson,
  type Documented,
  deviationOf,
  operationsIn,
  validatorsOf,
} from '../support/document.ts'
import { draftsOf } from '../support/drafts.ts'
import { oneOfEverything } from '../support/everything.ts'
import { knownIds } from '../support/from-schema.ts'
import { chanceOf } from '../support/random.ts'
import { spoil, toWire, type WireRequest } from '../support/spoil.ts'

/**
 * Requests made from our own document, and the same ones broken, at every operation of a tenant that has one of
 * everything, with all workers running. Nothing may answer 5xx or otherwise than the document says, and the books must
 * be right afterwards.
 */

/** A round is one right and one broken request for each operation. */
const ROUNDS = sizeOf({ slice: 2, certify: 152, certification: 7_600 })

/** How many operations must have been done, not only refused. With few rounds, chance does not reach all of them. */
const DONE_MIN = sizeOf({ slice: 200, certify: 0, certification: 0 })

/** Which operations even many rounds need not get done, and why chance alone does not get there. */
const RARELY_DONE: Record<string, string> = {
  allocatePayment: 'takes a payment with money left and an item of one customer',
  amendMandate: 'takes a mandate in force',
  approveApproval: 'takes a second person, with another key',
  cancelDirectDebit: 'takes a debit that has not been sent yet',
  cancelDunningSimulation: 'is done only while the simulation runs',
  cancelImport: 'is done only while the import runs',
  confirmClearing: 'takes a payment by cheque that has come in',
  confirmReservation: 'takes a reservation and an invoice of one customer',
  createCsvMapping: 'takes columns that fit each other',
  createDebitBatch: 'takes something that may be collected',
  createDirectDebit: 'takes a mandate in force whose customer owes something',
  createDunningSimulation: 'takes days the test clock has passed',
  createRecovery: 'takes a write-off and a payment of one customer',
  discardDunningRun: 'takes a run of a policy that waits for review',
  excludeFromDunningRun: 'takes a run of a policy that waits for review',
  extendReservation: 'takes a reservation that has not ended',
  getDebitBatchFile: 'takes a batch that was closed',
  getFixtureLoad: 'takes a tenant that was empty',
  getWebhookDelivery: 'takes an endpoint and a delivery of it',
  includeInDunningRun: 'takes a run of a policy that waits for review',
  loadEmptyCompany: 'takes an empty tenant',
  loadLargeLedger: 'takes an empty tenant',
  loadOneOverdueCustomer: 'takes an empty tenant',
  loadSmallCompany: 'takes an empty tenant',
  payRefund: 'takes a refund that is not paid yet',
  receivePayment: 'takes a payment that was announced',
  recoverWebhookEndpoint: 'takes an instant of the last days, which no example names',
  rejectApproval: 'takes a second person, with another key',
  releaseDunningRun: 'takes a run of a policy that waits for review',
  relieveWriteOff: 'takes a write-off that waits for relief of tax',
  replaceCsvMapping: 'takes columns that fit each other',
  replaceImportMapping: 'takes columns that fit each other',
  replayMissingWebhooks: 'takes an instant of the last days, which no example names',
  reportDebitBatchStatus: 'takes a bank’s report about a batch of this tenant',
  resendWebhookDelivery: 'takes an endpoint and a delivery of it',
  resetTestTenant: 'takes the name of the tenant',
  returnDirectDebit: 'takes a debit that was collected',
  reviewDunningDecision: 'takes a run of a policy that waits for review',
  splitBankLine: 'takes parts that add up to the line',
  transferPayment: 'takes a payment with so much money left',
  undoRecovery: 'takes a recovery that was not undone',
}

/** Which operation a request reached is not told to its caller: a broken path may be another's. */
const reached = new Map<string, string>()
diagnostics.subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance }
  fastify.addHook('onRequest', async (request) => {
    const { operation } = request.routeOptions.config
    if (operation !== undefined) reached.set(request.id, operation.operationId)
  })
})

const app = await testApp(t, { WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8' })
const tenant = await app.tenant({ time_zone: 'UTC' })
const spare = await app.tenant({ time_zone: 'UTC' })
const keyOf = async ({ api }: TestTenant): Promise<string> =>
  (await api('GET', '/v1/api-keys')).body.data[0].id
const ids = knownIds([tenant.id, spare.id, await keyOf(tenant), await keyOf(spare)])
ids.learn(JSON.stringify(await oneOfEverything(app, tenant)))

const stop = new AbortController()
const workers = runWorkers(app.context, stop.signal)
t.teardown(async () => {
  stop.abort()
  await workers
})

const document = asJson(app.http.swagger())
const operations = operationsIn(document.paths)
const byId = new Map(operations.map(({ operation }) => [operation.operationId, operation]))
const validatorOf = validatorsOf(document)
const cursors = new Map<string, string>()
const chance = chanceOf(seed)
const draftOf = draftsOf(document, ids, cursors, chance)

/** What stops a clock, empties a tenant or closes its books is asked of a tenant that does nothing else. */
const bearerFor = ({ path }: Documented): string =>
  /^\/v1\/(test-clock|test-tenant|fixtures|ledger\/closed-period)/.test(path)
    ? spare.secret
    : tenant.secret

/** How often each operation was done, or refused. */
const outcomes = new Map<string, number>()
/** Answers that are not as documented, by what is wrong with them: how often, and one of each. */
const deviations = new Map<string, { count: number; first: string }>()

async function send(
  { path, operation: { operationId } }: Documented,
  request: WireRequest,
  bearer?: string,
): Promise<void> {
  const { headers, method, ...rest } = request
  const reply = await app.http.inject({
    ...rest,
    method: method as 'GET',
    headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }), ...headers },
  })
  const status = reply.statusCode
  const isJson = /\bjson\b/.test(String(reply.headers['content-type']))
  const body = isJson ? reply.json() : reply.body
  const operation = byId.get(String(reached.get(String(reply.headers['request-id']))))
  reached.clear()
  const deviation =
    operation === undefined
      ? deviationOfUnrouted(status, body)
      : deviationOf(document, validatorOf, operation, { status, headers: reply.headers, body })
  if (deviation !== undefined || status >= 500) deviate(deviation)
  const outcome = `${operationId} ${status < 300 ? 'done' : 'refused'}`
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  if (status < 300) ids.learn(reply.body)
  if (status < 300 && body?.next_cursor) cursors.set(path, body.next_cursor)

  function deviate(what = 'an error of ours'): void {
    const sent = `${method} ${rest.url} ${JSON.stringify(headers)} ${String(rest.payload ?? '')}`
    const kind = `${operation?.operationId ?? 'no operation'}: ${what.slice(0, 60)}`
    const first = `${what}\n${sent.slice(0, 2_000)}\n→ ${reply.body.slice(0, 600)}`
    const known = deviations.get(kind)
    deviations.set(kind, { count: (known?.count ?? 0) + 1, first: known?.first ?? first })
  }
}

/** What no operation answers is a path that leads nowhere, or a request that cannot be read. */
function deviationOfUnrouted(status: number, body: { code?: string }): string | undefined {
  if (status < 300) return undefined
  const codes = [
    'route_not_found',
    'malformed_request',
    'unsupported_media_type',
    'payload_too_large',
  ]
  const isProblem = validatorOf({ $ref: '#/components/schemas/Problem' })(body)
  return isProblem && codes.includes(String(body.code)) ? undefined : `${status} ${body.code}`
}

t.test(`every operation stands up to right and wrong (seed ${seed})`, async (t) => {
  for (const documented of operations) await send(documented, toWire(draftOf(documented)))
  let bytesEarly = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const documented of operations) {
      const bearer = bearerFor(documented)
      await send(documented, toWire(draftOf(documented)), bearer)
      const caller = chance.happens(0.05) ? chance.pick([undefined, 'x', bearer.slice(1)]) : bearer
      await send(documented, spoil(draftOf(documented), chance), caller)
    }
    if (round < ROUNDS / 3) bytesEarly = Math.max(bytesEarly, process.memoryUsage.rss())
  }
  const growth = process.memoryUsage.rss() / bytesEarly - 1

  const deviationCount = sum([...deviations.values()].map(({ count }) => count))
  t.same([...deviations], [], `${deviationCount} answers are not as documented`)
  const names = operations.map(({ operation }) => operation.operationId)
  const without = (outcome: string) => names.filter((name) => !outcomes.has(`${name} ${outcome}`))
  t.same(without('refused'), [], 'every operation was refused something')
  const notDone = without('done')
  const missed = notDone.filter((name) => !(name in RARELY_DONE))
  if (rung === 'slice') t.ok(names.length - notDone.length >= DONE_MIN, `not done: ${notDone}`)
  else t.same(missed, [], 'and every operation was done')
  if (rung !== 'slice') t.ok(growth < 0.1, `memory grew by ${Math.round(growth * 100)} %`)

  const { values } = await app.context.metrics.unmappedSqlStates.get()
  t.same(values, [], 'no refusal of the database was a surprise')
  for (const { api } of [tenant, spare]) {
    const { differences, invariants } = (await api('GET', '/v1/ledger/verification')).body
    t.same(differences, [], 'the ledger adds up')
    const broken = invariants.filter((one: { violation_count: number }) => one.violation_count > 0)
    const told: unknown[] = []
    for (const { examples } of broken)
      for (const { id } of examples.slice(0, 3))
        told.push((await api('GET', `/v1/events/${id}`)).body)
    t.same({ broken, told }, { broken: [], told: [] }, 'and every invariant holds')
  }

  const half = names.length * ROUNDS
  await report({
    suite: 'T-fuzz',
    goal: '50,000 right + 50,000 broken requests: 0 answers 5xx or off the document, memory < +10 %',
    seen: `${half} + ${half}: ${deviationCount} off the document, ${names.length - notDone.length} of ${names.length} operations done, memory ${Math.round(growth * 100)} %`,
    met: deviationCount === 0 && (rung === 'slice' || (growth < 0.1 && missed.length === 0)),
  })
})
