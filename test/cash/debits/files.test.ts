import fc from 'fast-check'
import t from 'tap'
import { createMandate } from '../../../src/cash/debits/create-mandate.ts'
import type { PresentedMandate } from '../../../src/cash/debits/mandate.ts'
import { type DebitGroup, painFormats, writePain008 } from '../../../src/cash/debits/pain008.ts'
import { byTheService, commit } from '../../../src/foundation/database/commit.ts'
import { customer, importAll, invoice } from '../../imports/support.ts'
import { type TestTenant, testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf, OTHER_IBAN, SAMPLES, schemaFaults } from '../../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
await clockOf(app, tenant).set('2026-03-02')
await debits.settings()
const noSamples = SAMPLES === undefined && 'SAMPLE_DATA_DIR is not set'

const text = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value)

t.test('a file has a block for each scheme and place in the series', async (t) => {
  const invoiced = async (more: object, mandate: object) => {
    const customer = await make.customer(more)
    await make.invoice(customer, { due_date: '2026-03-09' })
    return debits.mandate(customer, mandate)
  }
  await invoiced({}, { bic: 'COBADEFFXXX' })
  await invoiced({}, { scheme: 'b2b' })
  const once = await invoiced({}, { sequence: 'one_off' })
  await invoiced({}, { iban: 'CH9300762011623852957', bic: 'UBSWCHZH80A' })
  await debits.debit(once, { collection_date: '2026-03-09' })
  for (const [n, format] of painFormats.entries()) {
    const batch = await debits.submitted(n === 0 ? '2026-03-10' : '2026-03-11', { format })
    const file = await debits.file(batch)
    t.match(file, `urn:iso:std:iso:20022:tech:xsd:${format}`)
    t.match(file, format.endsWith('02') ? '<BIC>COBADEFFXXX</BIC>' : '<BICFI>COBADEFFXXX</BICFI>')
    t.match(file, '<Othr><Id>NOTPROVIDED</Id></Othr>')
    const [sum, ...sums] = text(file, 'CtrlSum').map((amount) => Number(amount) * 100)
    t.equal(
      sums.reduce((total, amount) => total + amount, 0),
      sum,
      'the blocks add up',
    )
    t.same(text(file, 'PmtInfId'), n === 0 ? ids(batch, 3) : ids(batch, 2))
    t.same(
      text(file, 'SeqTp').sort(),
      n === 0 ? ['FRST', 'FRST', 'OOFF'] : ['RCUR', 'RCUR'],
      'a one-off mandate is used once',
    )
    if (!noSamples) t.same(await schemaFaults(file, format), [])
    for (const mandate of (await debits.get('/v1/mandates?status=active')).data)
      await make.invoice(
        { id: mandate.customer_id, currency: 'EUR' },
        { due_date: '2026-03-10', number: `N-${n}-${mandate.reference}` },
      )
  }
  t.match(await debits.get(`/v1/mandates/${once.id}`), { status: 'completed' })
})

const ids = ({ message_id }: { message_id: string }, count: number) =>
  Array.from({ length: count }, (_, n) => `${message_id}-${n + 1}`)

t.test('an amendment is told once, with what it was before', { skip: noSamples }, async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer, { reference: 'OLD-1', debtor_name: 'Old GmbH' })
  const collect = async (day: string, format?: string) => {
    await make.invoice(customer, { due_date: '2026-03-09', total_amount: 1_234_567 })
    const batch = await debits.submitted(day, {
      customer_ids: [customer.id],
      ...(format && { format }),
    })
    return debits.file(batch)
  }
  const amend = (changes: object) => make.patch(`/v1/mandates/${mandate.id}`, changes)
  await amend({ debtor_name: 'Old Name GmbH' })
  t.notMatch(await collect('2026-03-12'), 'AmdmntInd', 'the bank hears of it for the first time')

  await amend({ reference: 'NEW-1', iban: OTHER_IBAN, debtor_name: 'New GmbH' })
  await debits.settings({ creditor_id: 'AT61ZZZ01234567890', creditor_name: 'Muster Neu AG' })
  for (const [n, format] of painFormats.entries()) {
    if (n === 1) await amend({ reference: 'NEW-2' })
    const file = await collect(`2026-03-${13 + 3 * n}`, format)
    t.same(await schemaFaults(file, format), [])
    t.match(file, '<SeqTp>RCUR</SeqTp>')
    t.same(text(file, 'OrgnlMndtId'), [n === 0 ? 'OLD-1' : 'NEW-1'])
    if (n === 1) continue
    t.match(file, '<OrgnlDbtr><Nm>Old Name GmbH</Nm></OrgnlDbtr>')
    t.match(
      file,
      '<OrgnlDbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></OrgnlDbtrAcct></AmdmntInfDtls>',
    )
    t.match(file, '<OrgnlCdtrSchmeId><Nm>Muster Maschinenbau AG</Nm><Id><PrvtId><Othr><Id>DE98')
  }
  t.notMatch(await collect('2026-03-17'), 'AmdmntInd', 'told is told')
  await debits.settings()
})

t.test('the last collection ends its mandate', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  await make.invoice(customer)
  await debits.debit(mandate, { final: true, collection_date: '2026-03-16' })
  t.match(await tenant.api('POST', '/v1/direct-debits', { mandate_id: mandate.id }), {
    status: 409,
    body: { code: 'mandate_not_usable' },
  })
  const batch = await debits.submitted('2026-03-16', { customer_ids: [customer.id] })
  t.match(await debits.file(batch), '<SeqTp>FNAL</SeqTp>')
  t.match(await debits.get(`/v1/mandates/${mandate.id}`), { status: 'completed' })
})

t.test(
  'whatever names and amounts there are, the file is valid',
  { skip: noSamples },
  async (t) => {
    const presented = fc.record({
      reference: fc.stringMatching(/^[A-Za-z0-9+?:().,'-]{1,35}$/),
      signature_date: fc.constant('2026-02-28'),
      debtor_name: fc.string({ unit: 'binary', maxLength: 70 }),
      iban: fc.constantFrom('DE89370400440532013000', OTHER_IBAN, 'NL91ABNA0417164300'),
      bic: fc.constantFrom(null, 'COBADEFFXXX'),
      creditor_id: fc.constantFrom('DE98ZZZ09999999999', 'AT61ZZZ01234567890'),
      creditor_name: fc.string({ unit: 'binary', maxLength: 70 }),
    }) satisfies fc.Arbitrary<PresentedMandate>
    const debit = fc.record({
      end_to_end_id: fc.constant('ddb01kjm7f7shez7837xta3mfn3a4'),
      amount: fc.integer({ min: 1, max: 99_999_999_999 }),
      remittance: fc.string({ unit: 'binary', maxLength: 140 }),
      presented,
      presented_before: fc.option(presented),
    })
    for (const format of painFormats) {
      const all = fc.sample(debit, { numRuns: 300, seed: 7 })
      const totalAmount = all.reduce((total, { amount }) => total + amount, 0)
      const group: DebitGroup = {
        id: 'dbt01kjm7f7shez7837xta3mfn3a4-1',
        scheme: 'core',
        sequenceType: 'RCUR',
        collectionDate: '2028-02-29',
        count: all.length,
        totalAmount,
        debits: all,
      }
      const xml = [
        ...writePain008({
          format,
          messageId: 'dbt01kjm7f7shez7837xta3mfn3a4',
          createdAt: '2028-02-20T10:00:00.000Z',
          creditor: {
            creditor_id: 'DE98ZZZ09999999999',
            name: '&<>"',
            iban: OTHER_IBAN,
            bic: null,
          },
          count: all.length,
          totalAmount,
          groups: [group],
        }),
      ].join('')
      t.same(await schemaFaults(xml, format), [])
      const amounts = [...xml.matchAll(/Ccy="EUR">(\d+)\.(\d\d)</g)]
      t.same(
        amounts.map(([, whole, cents]) => Number(`${whole}${cents}`)),
        all.map(({ amount }) => amount),
        'to the cent',
      )
    }
  },
)

t.test('a batch of many', { timeout: 240_000, skip: noSamples }, async (t) => {
  const COUNT = Number(process.env.DEBIT_COUNT ?? 500)
  const { context } = app
  const crowd = await app.tenant()
  const clock = clockOf(app, crowd)
  await clock.set('2026-03-02')
  const many = debitsOf(crowd)
  await many.settings()
  await crowdOf(crowd, COUNT)
  const time = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    const done = await work()
    t.comment(`${what}: ${Math.round(performance.now() - from)} ms for ${COUNT}`)
    return done
  }
  const batch = await time('gathering', () => many.batch('2026-03-10'))
  t.match(batch, { debit_count: COUNT, total_amount: COUNT * 1_000 })
  const closed = await time('closing', async () => accepted(await many.close(batch)))
  t.match(closed, { status: 'closed', debit_count: COUNT })
  const file = await time('reading the file', () => many.file(batch))
  t.same(await time('validating it', () => schemaFaults(file, 'pain.008.001.08')), [])
  t.equal(text(file, 'EndToEndId').length, COUNT)
  await time('collecting', () => clock.advance('2026-03-10'))
  const { rows } = await context.workers.pool.query(
    `select status, count(*)::int from invoice where tenant_id = $1 group by status`,
    [crowd.uuid],
  )
  t.same(rows, [{ status: 'paid', count: COUNT }])
  t.same(await auditBooks(context, crowd.uuid), [])
})

/** As many customers, each with a mandate and an invoice over 10.00. */
async function crowdOf(crowd: TestTenant, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, n) => String(n))
  const customers = numbers.map((n) => customer(n))
  const invoices = numbers.map((n) =>
    invoice(n, { customer_external_id: n, total_amount: 1_000, due_date: '2026-03-09' }),
  )
  await importAll(app.context, crowd, { resource: 'customers', items: customers })
  await importAll(app.context, crowd, { resource: 'invoices', items: invoices })
  const { rows } = await app.context.workers.pool.query(
    'select id, name from customer where tenant_id = $1',
    [crowd.uuid],
  )
  await commit(app.context.workers, { tenantId: crowd.uuid, cause: byTheService }, async (tx) => {
    for (const [n, { id, name }] of rows.entries())
      await createMandate(tx, {
        customerId: id,
        reference: `M-${n}`,
        scheme: 'core',
        sequence: 'recurring',
        debtorName: name,
        iban: OTHER_IBAN,
        bic: null,
        signatureDate: '2026-02-01',
        metadata: {},
      })
  })
  // As the server does by itself a minute later: its plans know nothing of a tenant that is new.
  await app.context.workers.pool.query('analyze')
}

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
