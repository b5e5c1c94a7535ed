import pg from 'pg'
import t from 'tap'
import { sealTenant } from '../../src/audit/seal-events.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { read } from '../../src/foundation/database/commit.ts'
import { createPseudonyms } from '../../src/privacy/pseudonyms.ts'
import { wordColumns } from '../../src/privacy/where-persons-are.ts'
import { importAll, customer as row } from '../imports/support.ts'
import { type TestTenant, testApp } from '../support/app.ts'
import { importStatement, matchAll } from '../support/bank.ts'
import { auditBooks } from '../support/books.ts'
import { debitsOf } from '../support/debits.ts'
import { until } from '../support/receiver.ts'
import { accepted, clockOf, dunNow, recordsOf } from '../support/records.ts'
import { endpointFor, LOCAL, webhookWorkers } from '../support/webhooks.ts'

const app = await testApp(t, LOCAL)
const forever = new AbortController().signal
const owner = new pg.Pool({
  connectionString: String(app.context.api.pool.options.connectionString),
  max: 2,
})
owner.on('error', () => undefined)
t.teardown(() => owner.end())

/** Stands in everything that is said about the person; nothing else has it. */
const CANARY = /kanarie/i
const NAME = 'Erika "Käthe" Kanarienvogel'
const IBAN = 'DE02500105170137075030'
const person = {
  external_id: 'C-4711',
  name: NAME,
  kind: 'consumer',
  tax_id: 'DE-KANARIE-1',
  address: { line1: 'Kanarienweg 7', postal_code: '10115', city: 'Kanarienstadt' },
  contacts: [
    {
      role: 'billing',
      name: 'Otto Kanarienvogel',
      email: 'otto@kanarie.example',
      phone: '+49 30 901820',
    },
  ],
  metadata: { nickname: 'Kanarie' },
}

/** Every text of every table of the database in which something stands, by table and column. */
async function foundInDatabase(pattern: RegExp): Promise<string[]> {
  const { rows: columns } = await owner.query(`
    select relname, attname from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
      and atttypid in ('text'::regtype, 'json'::regtype, 'jsonb'::regtype, 'text[]'::regtype)`)
  const hits: string[] = []
  for (const { relname, attname } of columns) {
    const { rows } = await owner.query(
      `select count(*)::int as count from ${relname} where ${attname}::text ~* $1`,
      [pattern.source],
    )
    if (rows[0].count > 0) hits.push(`${relname}.${attname}`)
  }
  return hits
}

const seal = async (tenant: TestTenant) => {
  await sequenceTenant(app.context, tenant.uuid)
  await sealTenant(app.context, tenant.uuid, forever)
}

/** A person with something in every place, who owes nothing any more. */
async function lifeOfAPerson() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01T09:00:00Z')
  await make.patch('/v1/tenant', { dunning_policy_id: (await make.policy()).id })
  const { import: imported } = await importAll(app.context, tenant, {
    resource: 'customers',
    items: [row('C-4711', person), row('C-1', { ...person, country: 'Kanarien' })],
  })
  const [customer] = (await make.get('/v1/customers?limit=200')).data
  const invoice = await make.invoice(customer, {
    metadata: { seen_by: 'Kanarie' },
    due_date: '2026-03-03',
  })
  await clock.advance('2026-03-12T09:00:00Z')
  await dunNow(app, tenant)
  const [notice] = (await make.get('/v1/dunning-notices')).data
  accepted(
    await tenant.api('POST', `/v1/dunning-notices/${notice.id}/deliveries`, {
      status: 'sent',
      channel: 'email',
      recipient: 'otto@kanarie.example',
      occurred_at: '2026-03-12T10:00:00Z',
    }),
  )
  await clock.advance('2026-03-13T09:00:00Z')
  await make.activity({
    customer_id: customer.id,
    contact_name: 'Otto Kanarienvogel',
    note: 'Herr Kanarienvogel zahlt morgen.',
  })
  await make.task({ customer_id: customer.id, title: 'Kanarienvogel anrufen' })
  await make.hold({ customer_id: customer.id, note: 'Kanarienvogel versprach Zahlung.' })
  await debitsOf(tenant).mandate(customer, { debtor_name: NAME, iban: IBAN })
  const [line] = await importStatement(tenant, [
    {
      bookingDate: '2026-03-13',
      amount: 10_000,
      name: NAME,
      iban: IBAN,
      text: `Rechnung ${invoice.number} Kanarienvogel`,
    },
  ])
  await matchAll(app, tenant)
  await make.patch(`/v1/customers/${customer.id}`, { name: `${NAME} geb. Kanarie` })
  const check = accepted(
    await tenant.api('POST', '/v1/credit-checks', {
      customer_id: customer.id,
      currency: 'EUR',
      amount: 100,
    }),
  )
  await seal(tenant)
  return { tenant, make, clock, customer, invoice, line, imported, check }
}

const DATA = { name: 'data', type: 'json' }
const text = (name: string) => ({ name, type: 'text' })

t.test('a pseudonym has the form that its field promises, and once is enough', async (t) => {
  const pseudonyms = createPseudonyms()
  const of = (name: string, word: string) => pseudonyms.ofColumn(text(name), word)
  const email = of('email', 'otto@kanarie.example')
  t.match(email, /^pseudonym-[0-9a-f]{8}@pseudonym\.invalid$/)
  t.equal(of('recipient', 'otto@kanarie.example'), email, 'the same wherever it stands')
  const iban = of('iban', IBAN)
  t.match(iban, /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/)
  t.equal(of('counterparty_iban', IBAN), iban)
  const bic = of('bic', 'COBADEFFXXX')
  t.match(bic, /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$/)
  for (const [name, said] of [
    ['email', email],
    ['iban', iban],
    ['bic', bic],
    ['name', of('name', 'Otto')],
  ] as const)
    t.equal(of(name, said), said)
})

t.test('only a column whose every word the database knows is no place for a name', async (t) => {
  const tenant = await app.tenant()
  const columns = await read(app.context.api, tenant.uuid, wordColumns)
  const named = (table: string) => columns.get(table)?.words.map(({ name }) => name) ?? []
  t.ok(named('dunning_simulation').includes('policies'), 'how many there are says nothing of them')
  for (const table of ['webhook_delivery', 'invoice', 'payment', 'task', 'mandate'])
    t.notOk(named(table).includes('status'), table)
})

t.test('JSON stays JSON: what looks like a name in its numbers and members is none', async (t) => {
  const pseudonyms = createPseudonyms()
  pseudonyms.ofColumn(DATA, JSON.stringify({ name: 'amount', phone: '12345' }))
  const said = JSON.stringify({ amount: 1_234_500, text: 'call 12345', kind: 'amount' })
  t.match(JSON.parse(pseudonyms.wherever(DATA, said)), {
    amount: 1_234_500,
    text: /^pseudonym-/,
    kind: /^pseudonym-/,
  })
  t.match(pseudonyms.ofColumn({ name: 'note', type: 'jsonb' }, '"Anna"'), /^"pseudonym-.{8}"$/)
})

t.test('who is called by a word of ours is forgotten, and the words of ours stay', async (t) => {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await endpointFor(tenant, 'http://127.0.0.1:9/never', { event_types: ['customer.*'] })
  const { import: imported } = await importAll(app.context, tenant, {
    resource: 'customers',
    items: [
      row('C-1', {
        name: 'failed',
        tax_id: '20260',
        contacts: [{ role: 'billing', name: 'pending', email: null, phone: '00000' }],
      }),
      row('C-2', { name: 'x', country: 'failed' }),
    ],
  })
  t.match(imported, { failed_count: 1 })
  const [customer] = (await make.get('/v1/customers')).data
  await tenant.api('PATCH', `/v1/customers/${customer.id}`, { name: 'customer' })
  const workers = webhookWorkers(t, app.context)
  await until(async () => (await make.get('/v1/webhook-deliveries')).data.length > 0)
  await workers.stop()
  const url = `/v1/customers/${customer.id}/pseudonymize`
  const { status, body } = await tenant.api('POST', url, { records_kept_elsewhere: true })
  t.match({ status, name: body.name }, { status: 200, name: /^pseudonym-/ })
  const after = await tenant.api('GET', `/v1/imports/${imported.id}`)
  t.match(after, { status: 200, body: { failed_count: 1 } })
  const { data: deliveries } = await make.get('/v1/webhook-deliveries')
  t.ok(deliveries.every((one: { status: string }) => /^[a-z]+$/.test(one.status)))
})

t.test(
  'a word becomes the same pseudonym wherever it stands, and what is no word stays',
  async (t) => {
    const pseudonyms = createPseudonyms()
    const body = {
      object: {
        id: 'inv_01kjm7f7shez7837xta3mfn3a4',
        name: 'Anna Blum',
        status: 'paid',
        total_amount: 5,
        due_date: '2026-03-01',
      },
      previous_attributes: { name: 'Anna Blum', note: 'x', metadata: { any: 'thing' } },
    }
    const after = JSON.parse(pseudonyms.ofColumn(DATA, JSON.stringify(body)))
    t.match(after.object, { ...body.object, name: /^pseudonym-[0-9a-f]{8}$/ })
    t.equal(after.previous_attributes.name, after.object.name)
    t.match(after.previous_attributes, { note: /^pseudonym/, metadata: { any: /^pseudonym/ } })
    t.equal(pseudonyms.wherever(text('code'), 'anna_blum'), 'anna_blum')
    t.same(JSON.parse(pseudonyms.ofColumn(DATA, JSON.stringify(after))), after, 'once is enough')
    t.not(
      createPseudonyms().ofColumn(text('name'), 'Anna Blum'),
      after.object.name,
      'nobody can guess it',
    )
  },
)

t.test(
  'a person can be shown everything, and be forgotten everywhere; the ledger stays true',
  async (t) => {
    const { tenant, make, clock, customer, invoice, check } = await lifeOfAPerson()
    const figures = async () => [
      await make.get('/v1/reports/aging?as_of_date=2026-03-10'),
      await make.get(`/v1/customers/${customer.id}/balance`),
      (
        await owner.query('select * from ledger_entry where tenant_id = $1 order by id', [
          tenant.uuid,
        ])
      ).rows,
    ]

    const { sections } = await make.get(`/v1/customers/${customer.id}/personal-data`)
    const names = sections.map(({ name }: { name: string }) => name)
    for (const name of [
      'customer',
      'invoice',
      'payment',
      'bank_line',
      'dunning_notice',
      'dunning_delivery',
      'activity',
      'task',
      'mandate',
      'event',
    ])
      t.ok(names.includes(name), name)
    t.match(JSON.stringify(sections), /otto@kanarie\.example/)
    t.notMatch(JSON.stringify(sections), new RegExp(tenant.uuid))

    const before = await figures()
    const spread = await foundInDatabase(CANARY)
    t.ok(spread.length >= 12, spread.join(' '))
    const url = `/v1/customers/${customer.id}/pseudonymize`
    t.match((await tenant.api('POST', url, {})).body, {
      code: 'retention_duty',
      retained_until: '2034-12-31',
    })
    const key = { 'idempotency-key': 'forget-this-person' }
    const done = await tenant.api('POST', url, { records_kept_elsewhere: true }, key)
    t.match(done, {
      status: 200,
      body: { id: customer.id, external_id: 'C-4711', name: /^pseudonym-/ },
    })
    t.same((await tenant.api('POST', url, { records_kept_elsewhere: true }, key)).body, done.body)

    t.same(await foundInDatabase(CANARY), [])
    t.same(await foundInDatabase(new RegExp(IBAN)), [])
    t.same(await figures(), before, 'not a cent and not a day is different')
    t.match(await make.get('/v1/ledger/verification'), { ok: true })
    t.same(await auditBooks(app.context, tenant.uuid), [])
    t.match(await make.get(`/v1/credit-checks/${check.id}/replay`), { reproduced: true })
    t.equal((await make.get(`/v1/invoices/${invoice.id}`)).number, invoice.number)

    await seal(tenant)
    const chain = await make.get('/v1/audit/verification')
    t.match(chain, { ok: true, faults: [] }, 'the chain still holds')
    const { data: redactions } = await make.get('/v1/audit/redactions?limit=200')
    const [told] = await tenant.events('customer.pseudonymized')
    t.ok(redactions.length > 5)
    t.equal(told.data.object.redaction_count, redactions.length)
    t.ok(redactions.every((one: { redacted_by: string }) => one.redacted_by === told.id))

    await clock.advance('2026-03-20T09:00:00Z')
    t.match(await tenant.api('POST', url, { records_kept_elsewhere: true }), { status: 200 })
    t.same((await tenant.events('customer.pseudonymized')).length, 2)
  },
)

t.test('is refused while something is open, for nobody, and without the scope', async (t) => {
  const tenant = await app.tenant({
    scopes: ['customers:read', 'customers:write', 'invoices:write', 'privacy:write'],
  })
  const make = recordsOf(tenant)
  const customer = await make.customer()
  const url = `/v1/customers/${customer.id}/pseudonymize`
  await make.invoice(customer)
  const refused = await tenant.api('POST', url, { records_kept_elsewhere: true })
  t.match(refused, { status: 409, body: { code: 'customer_has_open_business' } })
  t.match(await tenant.api('GET', `/v1/customers/${customer.id}/personal-data`), {
    status: 403,
    body: { required_scopes: ['privacy:read'] },
  })
  const other = await app.tenant()
  t.match(await other.api('POST', url, {}), { status: 404, body: { code: 'customer_not_found' } })
  t.match(await other.api('GET', `/v1/customers/${customer.id}/personal-data`), { status: 404 })
  const free = await make.customer()
  t.match(await tenant.api('POST', `/v1/customers/${free.id}/pseudonymize`, {}), { status: 200 })
})

t.test('its role can neither add nor delete, and of events only write the words', async (t) => {
  const { rows } = await owner.query(`
    select table_name, privilege_type from information_schema.role_table_grants
    where grantee = 'receivables_privacy' and privilege_type not in ('SELECT', 'UPDATE')`)
  t.same(rows, [])
  for (const table of ['ledger_entry', 'feed', 'audit_block', 'customer_balance'])
    await t.test(table, async (t) => {
      const { rows: grants } = await owner.query(
        `select has_any_column_privilege('receivables_privacy', $1, 'update') as may`,
        [table],
      )
      t.same(grants, [{ may: false }])
    })
})
