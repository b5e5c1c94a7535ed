import t from 'tap'
import { followTenant } from '../../src/credit/monitoring/follow-feed.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { simulators } from '../../src/sandbox/simulators/simulators.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { type Reply, testApp } from '../support/app.ts'
import { importStatement } from '../support/bank.ts'
import { debitsOf, IBAN } from '../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'
import { reserved } from '../support/reservations.ts'

// biome-ignore lint/suspicious/noExplicitAny: the document and its bodies have every shape
type Json = any

const csvMappingBody = {
  name: 'Bank',
  date_format: 'DD.MM.YYYY',
  decimal_sign: ',',
  columns: { booking_date: 'Tag', amount: 'Betrag', remittance: ['Zweck'] },
  account: 'DE89370400440532013000',
  currency: 'EUR',
}

const importMappingBody = {
  name: 'Old ERP',
  resource: 'customers',
  columns: [{ column: 'Name', field: 'name' }],
}

const report = { provider: 'Creditreform', report_date: '2026-02-20', score: 60 }
const reference = { referee: 'Stahlhandel KG', reference_date: '2026-02-20', rating: 80 }

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

  for (const [path, methods] of Object.entries<Json>(document.paths)) {
    for (const [method, operation] of Object.entries<Json>(methods)) {
      if (operation.operationId === undefined || !path.includes('{')) continue
      if (/\{(external_id|code|type)\}/.test(path)) continue
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
      for (const id of Object.values(theirs))
        t.notOk(text.includes(id), `${path} does not show ${id}`)
    }
    for (const filter of [
      `customer_id=${theirs.customers}`,
      `customer_id=${unknownLike(theirs.customers as string)}`,
    ]) {
      t.same((await stranger.api('GET', `/v1/invoices?${filter}`)).body.data, [])
    }
  })

  await t.test('and nothing of it has changed', async (t) => {
    const { body } = await owner.api('GET', `/v1/invoices/${theirs.invoices}`)
    t.match(body, { status: 'issued', open_amount: 4_000 })
    t.match((await owner.api('GET', `/v1/payments/${theirs.payments}`)).body, {
      status: 'received',
    })
  })
})

/** What each operation takes that needs more than an id. */
const bodies: Record<string, Json> = {
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

/** One of everything in a tenant, by the collection it is found in. */
async function oneOfEverything(
  app: Awaited<ReturnType<typeof testApp>>,
  tenant: Awaited<ReturnType<Awaited<ReturnType<typeof testApp>>['tenant']>>,
): Promise<Record<string, string>> {
  const records = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-02')
  const endpoint = accepted(
    await tenant.api('POST', '/v1/webhook-endpoints', {
      url: 'http://127.0.0.1:9/',
      event_types: ['*'],
    }),
  )
  const policy = await records.policy({
    levels: [{ level: 1, days: 5, name: 'Reminder', fees: [{ currency: 'EUR', amount: 500 }] }],
  })
  await records.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const customerClass = accepted(
    await tenant.api('POST', '/v1/customer-classes', { code: 'A', name: 'A' }),
  )
  const customer = await records.customer({ customer_class_id: customerClass.id })
  const invoice = await records.invoice(customer, { due_date: '2026-03-05' })
  const payment = await records.payment(customer, { amount: 5_000 })
  const creditNote = await records.creditNote(customer, {
    total_amount: 1_000,
    invoice_id: invoice.id,
  })
  const spare = await records.payment(customer, { amount: 2_000, allocate: 'none' })
  const refund = await records.refund({ payment_id: spare.id })
  const [lost] = (await records.invoice(customer, { due_date: '2026-06-01' })).open_items
  const writeOff = await records.writeOff(lost)
  const [later] = (await records.invoice(customer, { due_date: '2026-06-01' })).open_items
  const deferral = accepted(
    await tenant.api('POST', '/v1/deferrals', {
      item_id: later.id,
      due_date: '2099-12-31',
      reason: 'later',
    }),
  )
  const { recoveries } = accepted(
    await tenant.api('POST', `/v1/write-offs/${writeOff.id}/recoveries`, {
      payment_id: spare.id,
      amount: 500,
    }),
  )
  const debits = debitsOf(tenant)
  await debits.settings()
  const payer = await records.customer()
  await records.invoice(payer, { due_date: '2026-03-20' })
  const mandate = await debits.mandate(payer)
  const batch = await debits.batch('2026-03-20')
  const [line] = await importStatement(tenant, [{ bookingDate: '2026-03-02', amount: 77 }])
  const csvMapping = accepted(await tenant.api('POST', '/v1/csv-mappings', csvMappingBody))
  const [debit] = await debits.debitsIn(batch)
  await clock.advance('2026-03-12')
  const hold = await records.hold({ customer_id: customer.id })
  const migration = accepted(
    await tenant.api('POST', `/v1/dunning-policies/${policy.id}/migrations`, {}),
  )
  const simulation = accepted(
    await tenant.api('POST', '/v1/dunning-simulations', {
      from_date: '2026-03-01',
      to_date: '2026-03-02',
      policies: [{ policy_id: policy.id }],
    }),
  )
  const task = await records.task({ customer_id: customer.id })
  const activity = await records.activity({ customer_id: customer.id })
  const creditHold = await records.creditHold(customer)
  const creditLimit = await records.creditLimit(customer, { request: true })
  const creditGroup = await records.creditGroup(customer)
  const onboardingCheck = accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/onboarding-checks`, {
      kind: 'identity',
      result: 'passed',
      done_by: 'Anna Weber',
      done_date: '2026-03-01',
    }),
  )
  const exchangeRate = await records.exchangeRate()
  const order = await records.order(customer)
  const reservation = await reserved(app, tenant, customer, { externalId: 'PO-2' })
  const run = (await records.get('/v1/dunning-runs')).data[0]
  const [decision] = (await records.get(`/v1/dunning-runs/${run.id}/decisions`)).data
  const notice = (await records.get('/v1/dunning-notices')).data[0]
  const creditCheck = accepted(
    await tenant.api('POST', '/v1/credit-checks', {
      customer_id: customer.id,
      amount: 1,
      currency: 'EUR',
    }),
  )
  const creditReview = accepted(
    await tenant.api('POST', '/v1/credit-reviews', { customer_id: customer.id }),
  )
  const limited = await records.customer()
  await records.creditLimit(limited, { amount: 0 })
  await records.order(limited)
  await sequenceTenant(app.context, tenant.uuid)
  await followTenant(app.context, tenant.uuid, new AbortController().signal)
  const [creditAlert] = (await records.get('/v1/credit-alerts')).data
  const creditReport = accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/credit-reports`, report),
  )
  const tradeReference = accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/trade-references`, reference),
  )
  const charge = (await records.get('/v1/charges')).data[0]
  const key = accepted(
    await tenant.api('POST', '/v1/api-keys', { name: 'Second', scopes: ['events:read'] }),
  )
  const imported = accepted(
    await tenant.api('POST', '/v1/imports', { resource: 'customers', items: [{ name: 'B' }] }),
  )
  const simulated = accepted(
    await tenant.api('POST', '/v1/simulators/order_arrives/run', {
      customer_id: customer.id,
      amount: 1,
      run_at: '2099-01-01T09:00:00Z',
    }),
  )
  const filled = await app.tenant({ time_zone: 'UTC' })
  const loaded = accepted(await filled.api('POST', '/v1/fixtures/empty_company/load', {}))
  const importMapping = accepted(await tenant.api('POST', '/v1/import-mappings', importMappingBody))
  const [event] = await tenant.events()
  await fanOut(app.context)
  const delivery = (await records.get(`/v1/webhook-endpoints/${endpoint.id}/deliveries`)).data[0]
  const recovery = accepted(
    await tenant.api('POST', `/v1/webhook-endpoints/${endpoint.id}/recover`, {
      since: new Date(Date.now() - 60_000).toISOString(),
    }),
  )
  return {
    customers: customer.id,
    'customer-classes': customerClass.id,
    invoices: invoice.id,
    items: invoice.open_items[0].id,
    payments: payment.id,
    allocations: payment.allocations[0].id,
    'credit-notes': creditNote.id,
    refunds: refund.id,
    deferrals: deferral.id,
    'write-offs': writeOff.id,
    recoveries: recoveries[0].id,
    mandates: mandate.id,
    'direct-debits': debit.id,
    'debit-batches': batch.id,
    'open-items': invoice.open_items[0].id,
    'bank-lines': line.id,
    'bank-accounts': line.bank_account_id,
    'bank-statements': line.bank_statement_id,
    'csv-mappings': csvMapping.id,
    'dunning-policies': policy.id,
    tasks: task.id,
    activities: activity.id,
    'credit-holds': creditHold.id,
    'credit-checks': creditCheck.id,
    'credit-reviews': creditReview.id,
    'credit-alerts': creditAlert.id,
    'credit-reports': creditReport.id,
    'trade-references': tradeReference.id,
    'credit-limits': creditLimit.id,
    'credit-groups': creditGroup.id,
    'onboarding-checks': onboardingCheck.id,
    approvals: creditLimit.approval_id,
    'exchange-rates': exchangeRate.id,
    'orders-on-hand': order.id,
    reservations: reservation.id,
    'dunning-holds': hold.id,
    'dunning-migrations': migration.id,
    'dunning-runs': run.id,
    'dunning-simulations': simulation.id,
    'dunning-decisions': decision.id,
    'dunning-notices': notice.id,
    charges: charge.id,
    'webhook-endpoints': endpoint.id,
    'webhook-recoveries': recovery.id,
    deliveries: delivery.id,
    'api-keys': key.id,
    imports: imported.id,
    'simulator-runs': simulated.id,
    'fixture-loads': loaded.id,
    'import-mappings': importMapping.id,
    events: event.id,
  }
}
