import pg from 'pg'
import t from 'tap'
import { simulators } from '../../src/sandbox/simulators/simulators.ts'
import { type Reply, type TestApp, testApp } from '../support/app.ts'
import { blindFilter } from '../support/blind-filter.ts'
import { report as tell } from '../support/certify.ts'
import { debitsOf, IBAN } from '../support/debits.ts'
import { operationsIn } from '../support/document.ts'
import {
  csvMappingBody,
  importMappingBody,
  oneOfEverything,
  reference,
  report,
} from '../support/everything.ts'
import { accepted, recordsOf } from '../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: the document and its bodies have every shape
type Json = any

/** A well-formed id of the same kind that nobody has. */
const unknownLike = (id: string) => `${id.slice(0, 4)}00000000000000000000000000`

const problemOf = ({ status, body }: Reply) => {
  const { request_id: _, instance: __, ...rest } = body ?? {}
  return { status, ...rest }
}

t.test('what belongs to another tenant does not exist', async (t) => {
  const app = await testApp(t, { WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8' })
  const owner = await app.tenant({ time_zone: 'UTC' })
  const stranger = await app.tenant({ time_zone: 'UTC' })
  const theirs = await oneOfEverything(app, owner)
  const own = recordsOf(stranger)
  const ownCustomer = await own.customer()
  const ownPayment = await own.payment(ownCustomer)
  await debitsOf(stranger).settings()
  const ownMandate = await debitsOf(stranger).mandate(ownCustomer)
  const { body: document } = await app.call(null, 'GET', '/openapi.json')
  let seen = ''

  for (const [path, methods] of Object.entries<Json>(document.paths)) {
    for (const [method, operation] of Object.entries<Json>(methods)) {
      if (operation.operationId === undefined || !path.includes('{')) continue
      if (/\{(external_id|code|type|number)\}/.test(path)) continue
      // Whoever runs the platform sees every tenant; that nobody else does is tested with access.
      if (operation['x-required-scopes']?.includes('tenants:admin')) continue
      await t.test(
        `${operation.operationId} answers 404 for it, as for what never was`,
        async (t) => {
          const [, , collection = ''] = path.split('/')
          const id = theirs[collection]
          t.ok(id, `the test has an id for /${collection}`)
          const call = (subject: string, delivery: string, customer: string) =>
            stranger.api(
              method.toUpperCase() as 'GET',
              path
                .replace('{id}', subject)
                .replace('{delivery_id}', delivery)
                .replace('{customer_id}', customer),
              bodies[operation.operationId],
              operation.operationId === 'replaceDunningPolicy' ? { 'if-match': '"1"' } : {},
            )
          const foreign = await call(
            id as string,
            theirs.deliveries as string,
            theirs.customers as string,
          )
          t.equal(foreign.status, 404, JSON.stringify(foreign.body))
          const unknown = await call(
            unknownLike(id as string),
            unknownLike(theirs.deliveries as string),
            unknownLike(theirs.customers as string),
          )
          t.same(problemOf(foreign), problemOf(unknown), 'and nothing tells the two apart')
        },
      )
    }
  }

  const owned = { ownCustomer, ownPayment, ownMandate }
  for (const [operationId, method, url, body] of references(theirs, owned)) {
    await t.test(`${operationId} refuses to refer to it, as to what never was`, async (t) => {
      const foreign = await stranger.api(method, url, body)
      t.equal(foreign.status, 404, JSON.stringify(foreign.body))
      const text = Object.values(theirs).reduce(
        (all, id) => all.replaceAll(id, unknownLike(id)),
        JSON.stringify(body),
      )
      const unknown = await stranger.api(method, url, JSON.parse(text))
      t.same(problemOf(foreign), problemOf(unknown), 'and nothing tells the two apart')
    })
  }

  await t.test('no filter finds it, and none tells it from what never was', async (t) => {
    let count = 0
    for (const [path, methods] of Object.entries<Json>(document.paths)) {
      if (path.includes('{')) continue
      for (const { name, schema } of methods.get?.parameters ?? []) {
        const id = Object.values(theirs).find((one) =>
          new RegExp(schema?.pattern ?? '^$').test(one),
        )
        if (id === undefined || !/_id$/.test(name)) continue
        count += 1
        const [foreign, unknown] = await Promise.all(
          [id, unknownLike(id)].map((one) => stranger.api('GET', `${path}?${name}=${one}`)),
        )
        t.same(problemOf(foreign as Reply), problemOf(unknown as Reply), `${path}?${name}`)
        t.notOk(JSON.stringify(foreign?.body).includes(id))
      }
    }
    t.ok(count >= 12, `${count} filters by id`)
  })

  await t.test('no list shows it', async (t) => {
    for (const [path, methods] of Object.entries<Json>(document.paths)) {
      if (
        path.includes('{') ||
        methods.get?.['x-required-scopes']?.includes('tenants:admin') ||
        !methods.get?.parameters?.some(({ name }: Json) => name === 'cursor')
      )
        continue
      const { status, body } = await stranger.api('GET', path)
      t.equal(status, 200, path)
      const text = JSON.stringify(body)
      const csv = await stranger.api('GET', path, undefined, { accept: 'text/csv' })
      for (const id of Object.values(theirs))
        t.notOk(text.includes(id) || String(csv.body).includes(id), `${path} does not show ${id}`)
    }
    for (const filter of [
      `customer_id=${theirs.customers}`,
      `customer_id=${unknownLike(theirs.customers as string)}`,
    ]) {
      t.same((await stranger.api('GET', `/v1/invoices?${filter}`)).body.data, [])
    }
  })

  await t.test('what was deleted is as what never was', async (t) => {
    const draft = { customer_id: ownCustomer.id, currency: 'EUR', total_amount: 1 }
    for (const [collection, body] of [
      ['csv-mappings', csvMappingBody],
      ['import-mappings', importMappingBody],
      ['webhook-endpoints', { url: 'http://127.0.0.1:9/', event_types: ['*'] }],
      ['invoices', { ...draft, issue_date: '2026-03-01', due_date: '2026-03-09' }],
    ] as const) {
      const { id } = accepted(await stranger.api('POST', `/v1/${collection}`, body))
      const url = `/v1/${collection}/${id}`
      t.equal((await stranger.api('DELETE', url)).status, 204, url)
      for (const method of ['GET', 'DELETE'] as const) {
        const unknown = await stranger.api(method, `/v1/${collection}/${unknownLike(id)}`)
        t.same(problemOf(await stranger.api(method, url)), problemOf(unknown), `${method} ${url}`)
      }
    }
  })

  await t.test('and nothing of it has changed', async (t) => {
    const { body } = await owner.api('GET', `/v1/invoices/${theirs.invoices}`)
    t.match(body, { status: 'issued', open_amount: 4_000 })
    t.match((await owner.api('GET', `/v1/payments/${theirs.payments}`)).body, {
      status: 'received',
    })
  })

  await t.test(
    'with the application’s own filter blind, the database alone keeps it',
    async (t) => {
      const before = await fingerprintOf(app, owner.uuid)
      const exchanged = blindFilter(app.context, stranger.uuid, owner.uuid)
      let count = 0
      for (const { method, path, operation } of operationsIn(document.paths)) {
        const scopes = operation['x-required-scopes'] as string[] | undefined
        if (scopes === undefined || scopes.includes('tenants:admin')) continue
        const sent: string[] = []
        const url = path.replace(/\{(\w+)\}/g, (_, name: string) => {
          const collection =
            { id: path.split('/')[2], delivery_id: 'deliveries', customer_id: 'customers' }[name] ??
            ''
          sent.push(theirs[collection] ?? 'x.x')
          return sent.at(-1) as string
        })
        const body = method === 'GET' ? undefined : (bodies[operation.operationId] ?? {})
        const reply = await stranger.api(method as 'GET', url, body)
        const text = JSON.stringify(reply.body ?? '')
        const shown = Object.values(theirs).filter((id) => text.includes(id) && !sent.includes(id))
        t.same(shown, [], `${operation.operationId} shows nothing of it`)
        if (path.includes('{id}')) t.ok(reply.status >= 400, `${operation.operationId}: ${text}`)
        count += 1
      }
      t.ok(exchanged() > 300, `the filter was blind ${exchanged()} times`)
      t.equal(await fingerprintOf(app, owner.uuid), before, 'and not a row of it has changed')
      seen = `${count} operations, with the filter, and without it (${exchanged()} predicates turned)`
    },
  )
  await tell({
    suite: 'T-idor',
    goal: 'foreign, unknown and deleted ids: identical 404s; own filter off: 0 foreign rows seen or changed',
    seen,
    met: t.passing(),
  })
})

/** All rows of a tenant in one digest, as the owner of the database sees them. */
async function fingerprintOf({ context }: TestApp, tenantId: string): Promise<string> {
  const owner = new pg.Client({ connectionString: context.api.pool.options.connectionString })
  await owner.connect()
  const { rows: tables } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace order by 1`,
  )
  const parts = tables.map(
    ({ name }) =>
      `(select coalesce(md5(string_agg(one::text, '|' order by one::text)), '') from ${name} as one where tenant_id = '${tenantId}')`,
  )
  const { rows } = await owner.query(`select md5(${parts.join(' || ')}) as digest`)
  await owner.end()
  return rows[0].digest
}

/** What each operation takes that needs more than an id. */
const bodies: Record<string, Json> = {
  pseudonymizeCustomer: {},
  rotateApiKey: {},
  updateApiKey: { name: 'Mine now' },
  updateCustomer: { name: 'Mine now' },
  updateCustomerClass: { name: 'Mine now' },
  updateInvoice: { metadata: { mine: 'now' } },
  issueInvoice: {},
  voidInvoice: { reason: 'Mine now' },
  updateCreditNote: { metadata: { mine: 'now' } },
  updatePayment: { metadata: { mine: 'now' } },
  reversePayment: { reason: 'Mine now' },
  receivePayment: { received_date: '2026-03-01' },
  confirmClearing: { cleared_date: '2026-03-02' },
  allocatePayment: {},
  reallocatePayment: {},
  allocateCreditNote: {},
  undoAllocation: {},
  transferPayment: { customer_id: 'cus_00000000000000000000000000', amount: 1 },
  replaceCustomerAllocationSettings: { discount_grace_days: 60 },
  amendMandate: { debtor_name: 'Mine now' },
  returnDirectDebit: { reason_code: 'AM04' },
  closeDebitBatch: {},
  waiveCharge: { reason: 'Mine now' },
  acceptBankLine: {},
  splitBankLine: { parts: [{ customer_id: 'cus_00000000000000000000000000', amount: 77 }] },
  ignoreBankLine: { reason: 'Mine now' },
  undoBankLine: { reason: 'Mine now' },
  replaceCsvMapping: csvMappingBody,
  replaceImportMapping: importMappingBody,
  replaceDunningPolicy: {
    name: 'Mine',
    scope: 'invoice',
    levels: [{ level: 1, days: 1, name: 'Now' }],
  },
  migrateDunningPolicy: {},
  setDunningLimit: { maximum_level: 0, reason: 'Mine now' },
  updateDunningHold: { note: 'Mine now' },
  reverseDunningRun: { reason: 'Mine now' },
  excludeFromDunningRun: { customer_id: 'cus_00000000000000000000000000', reason: 'Mine now' },
  includeInDunningRun: { customer_id: 'cus_00000000000000000000000000' },
  reviewDunningDecision: { reviewed_level: 1 },
  reverseDunningNotice: { reason: 'Mine now' },
  recordDunningDelivery: {
    status: 'viewed',
    channel: 'email',
    occurred_at: '2026-03-12T09:00:00Z',
  },
  updateTask: { note: 'Mine now' },
  completeTask: {},
  cancelTask: { reason: 'Mine now' },
  cancelActivity: { reason: 'Mine now' },
  approveApproval: { reason: 'Mine now' },
  rejectApproval: { reason: 'Mine now' },
  withdrawApproval: { reason: 'Mine now' },
  recordCreditReport: report,
  recordTradeReference: reference,
  putCreditStanding: { standing: 'good', reason: 'Mine now' },
  setCreditLimit: { amount: 1, currency: 'EUR', reason: 'Mine now' },
  setGroupCreditLimit: { amount: 1, currency: 'EUR', reason: 'Mine now' },
  endCreditLimit: { reason: 'Mine now' },
  renameCreditGroup: { name: 'Mine now' },
  recordOnboardingCheck: {
    kind: 'identity',
    result: 'passed',
    done_by: 'Me',
    done_date: '2026-03-01',
  },
  liftCreditHold: { reason: 'Mine now' },
  releaseCreditCheck: { role: 'me', reason: 'Mine now', valid_until: '2099-01-01T00:00:00Z' },
  rejectCreditCheck: { role: 'me', reason: 'Mine now' },
  completeCreditReview: { reason: 'Mine now' },
  dismissCreditReview: { reason: 'Mine now' },
  releaseReservation: { reason: 'Mine now' },
  extendReservation: { ttl_seconds: 172_800 },
  confirmReservation: { invoice_id: 'inv_00000000000000000000000000' },
  updateWebhookEndpoint: { description: 'Mine now' },
  rotateWebhookSecret: {},
  recoverWebhookEndpoint: { since: new Date(Date.now() - 60_000).toISOString() },
  replayMissingWebhooks: { since: new Date(Date.now() - 60_000).toISOString() },
  payRefund: {},
  cancelRefund: { reason: 'Mine now' },
  revokeDeferral: { reason: 'Mine now' },
  relieveWriteOff: {},
  createRecovery: { payment_id: 'pay_00000000000000000000000000', amount: 1 },
  undoRecovery: {},
  undoWriteOff: { reason: 'Mine now' },
}

/** What each simulator takes, as its example says, of the other tenant's. */
const simulations = (theirs: Record<string, string>): [string, 'POST', string, Json][] =>
  simulators.flatMap(({ name, example }): [string, 'POST', string, Json][] => {
    const ofNobody = JSON.stringify(example)
    const ofThem = ofNobody.replace(
      /"([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}"/g,
      (_, prefix) => `"${Object.values(theirs).find((id) => id.startsWith(`${prefix}_`))}"`,
    )
    if (ofThem === ofNobody) return []
    return [[`simulate ${name}`, 'POST', `/v1/simulators/${name}/run`, JSON.parse(ofThem)]]
  })

/** Bodies that name something of the other tenant's. */
function references(
  theirs: Record<string, string>,
  { ownCustomer, ownPayment, ownMandate }: Record<string, Json>,
): [string, 'POST' | 'PUT' | 'PATCH', string, Json][] {
  const document = { currency: 'EUR', issue_date: '2026-03-01', total_amount: 100 }
  const payment = { currency: 'EUR', amount: 100, received_date: '2026-03-01', method: 'cash' }
  const refund = { amount: 1, method: 'cash', reason: 'x' }
  const task = { kind: 'call', title: 'Call.' }
  const call = { kind: 'call', direction: 'outgoing' }
  return [
    [
      'createInvoice',
      'POST',
      '/v1/invoices',
      { ...document, customer_id: theirs.customers, due_date: '2026-03-09' },
    ],
    [
      'createCreditNote',
      'POST',
      '/v1/credit-notes',
      { ...document, customer_id: theirs.customers, number: 'G-1' },
    ],
    [
      'createCreditNote',
      'POST',
      '/v1/credit-notes',
      { ...document, customer_id: ownCustomer.id, invoice_id: theirs.invoices, number: 'G-2' },
    ],
    ['createPayment', 'POST', '/v1/payments', { ...payment, customer_id: theirs.customers }],
    ['createRefund', 'POST', '/v1/refunds', { ...refund, payment_id: theirs.payments }],
    ['createRefund', 'POST', '/v1/refunds', { ...refund, credit_note_id: theirs['credit-notes'] }],
    [
      'createDeferral',
      'POST',
      '/v1/deferrals',
      { reason: 'x', due_date: '2099-12-31', item_id: theirs.items },
    ],
    ['createWriteOff', 'POST', '/v1/write-offs', { reason: 'x', item_id: theirs.items }],
    [
      'createCreditNote',
      'POST',
      '/v1/credit-notes',
      {
        ...document,
        customer_id: ownCustomer.id,
        number: 'G-4',
        items: [{ item_id: theirs.items, amount: 1 }],
      },
    ],
    [
      'createPayment',
      'POST',
      '/v1/payments',
      {
        ...payment,
        customer_id: ownCustomer.id,
        allocations: [{ invoice_id: theirs.invoices, amount: 1 }],
      },
    ],
    [
      'createPayment',
      'POST',
      '/v1/payments',
      {
        ...payment,
        customer_id: ownCustomer.id,
        allocations: [{ item_id: theirs.items, amount: 1 }],
      },
    ],
    [
      'transferPayment',
      'POST',
      `/v1/payments/${ownPayment.id}/transfers`,
      { customer_id: theirs.customers, amount: 1 },
    ],
    [
      'createCustomer',
      'POST',
      '/v1/customers',
      {
        name: 'A',
        kind: 'business',
        country: 'DE',
        currency: 'EUR',
        dunning_policy_id: theirs['dunning-policies'],
      },
    ],
    [
      'createDunningHold',
      'POST',
      '/v1/dunning-holds',
      { reason: 'promise', customer_id: theirs.customers },
    ],
    [
      'createDunningHold',
      'POST',
      '/v1/dunning-holds',
      { reason: 'promise', invoice_id: theirs.invoices },
    ],
    [
      'createDunningHold',
      'POST',
      '/v1/dunning-holds',
      { reason: 'promise', item_id: theirs.items },
    ],
    [
      'createCustomerClass',
      'POST',
      '/v1/customer-classes',
      { code: 'B', name: 'B', dunning_policy_id: theirs['dunning-policies'] },
    ],
    [
      'updateCustomer',
      'PATCH',
      `/v1/customers/${ownCustomer.id}`,
      { customer_class_id: theirs['customer-classes'] },
    ],
    [
      'createInvoice',
      'POST',
      '/v1/invoices',
      {
        ...document,
        customer_id: ownCustomer.id,
        due_date: '2026-03-09',
        dunning_policy_id: theirs['dunning-policies'],
      },
    ],
    [
      'reportOrderOnHand',
      'POST',
      '/v1/orders-on-hand',
      { customer_id: theirs.customers, external_id: 'PO-1', currency: 'EUR', open_amount: 1 },
    ],
    [
      'checkCredit',
      'POST',
      '/v1/credit-checks',
      { customer_id: theirs.customers, amount: 1, currency: 'EUR' },
    ],
    ['openCreditReview', 'POST', '/v1/credit-reviews', { customer_id: theirs.customers }],
    ['createTask', 'POST', '/v1/tasks', { ...task, customer_id: theirs.customers }],
    ['createTask', 'POST', '/v1/tasks', { ...task, invoice_id: theirs.invoices }],
    ['createTask', 'POST', '/v1/tasks', { ...task, item_id: theirs.items }],
    ['createTask', 'POST', '/v1/tasks', { ...task, notice_id: theirs['dunning-notices'] }],
    ['logActivity', 'POST', '/v1/activities', { ...call, customer_id: theirs.customers }],
    ['logActivity', 'POST', '/v1/activities', { ...call, invoice_id: theirs.invoices }],
    [
      'placeCreditHold',
      'POST',
      '/v1/credit-holds',
      { reason: 'other', customer_id: theirs.customers },
    ],
    ['updateTenant', 'PATCH', '/v1/tenant', { dunning_policy_id: theirs['dunning-policies'] }],
    ...simulations(theirs),
    [
      'updateCustomer',
      'PATCH',
      `/v1/customers/${ownCustomer.id}`,
      { dunning_policy_id: theirs['dunning-policies'] },
    ],
    [
      'upsertInvoice',
      'PUT',
      '/v1/invoices/by-external-id/E-1',
      { ...document, customer_id: theirs.customers, due_date: '2026-03-09' },
    ],
    [
      'upsertPayment',
      'PUT',
      '/v1/payments/by-external-id/E-1',
      { ...payment, customer_id: theirs.customers },
    ],
    [
      'upsertCreditNote',
      'PUT',
      '/v1/credit-notes/by-external-id/E-1',
      { ...document, customer_id: theirs.customers, number: 'G-3' },
    ],
    [
      'createMandate',
      'POST',
      '/v1/mandates',
      {
        customer_id: theirs.customers,
        reference: 'MINE-1',
        scheme: 'core',
        sequence: 'recurring',
        debtor_name: 'Mine',
        iban: IBAN,
        signature_date: '2026-03-01',
      },
    ],
    ['createDirectDebit', 'POST', '/v1/direct-debits', { mandate_id: theirs.mandates }],
    [
      'createDirectDebit',
      'POST',
      '/v1/direct-debits',
      { mandate_id: ownMandate.id, items: [{ invoice_id: theirs.invoices }] },
    ],
    [
      'createDirectDebit',
      'POST',
      '/v1/direct-debits',
      { mandate_id: ownMandate.id, items: [{ item_id: theirs.items }] },
    ],
    [
      'createDebitBatch',
      'POST',
      '/v1/debit-batches',
      { collection_date: '2199-01-02', customer_ids: [theirs.customers] },
    ],
    ['startDunningRun', 'POST', '/v1/dunning-runs', { customer_id: theirs.customers }],
    [
      'createDunningSimulation',
      'POST',
      '/v1/dunning-simulations',
      {
        from_date: '2026-03-01',
        to_date: '2026-03-02',
        policies: [{ policy_id: theirs['dunning-policies'] }],
      },
    ],
  ]
}
