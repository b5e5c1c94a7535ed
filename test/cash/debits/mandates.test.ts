import t from 'tap'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf, IBAN, OTHER_IBAN } from '../../support/debits.ts'
import { clockOf, recordsOf } from '../../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')

const pointers = ({ body }: { body: { errors?: { pointer: string; code: string }[] } }) =>
  (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)

t.test('without the creditor’s own data nothing is collected', async (t) => {
  t.match(await api('GET', '/v1/direct-debit-settings'), {
    status: 404,
    body: { code: 'direct_debit_settings_not_found' },
  })
  t.match(await api('POST', '/v1/debit-batches', { collection_date: '2026-03-31' }), {
    status: 404,
  })
})

t.test('the creditor’s own data are checked, kept and announced', async (t) => {
  const wrong = await api('PUT', '/v1/direct-debit-settings', {
    creditor_id: 'DE99ZZZ09999999999',
    creditor_name: 'Muster',
    iban: 'DE75512108001245126190',
    bic: 'AAAAQQ22',
    retries: [
      { reason_code: 'AM04', times_max: 1, after_days: 3 },
      { reason_code: 'AM04', times_max: 2, after_days: 3 },
    ],
  })
  t.same(pointers(wrong), [
    '#/iban iban',
    '#/bic bic',
    '#/creditor_id creditor_id',
    '#/retries/1/reason_code repeated',
  ])
  const closed = [{ reason_code: 'AC04', times_max: 1, after_days: 3 }]
  const refused = await api('PUT', '/v1/direct-debit-settings', {
    creditor_id: 'DE98ZZZ09999999999',
    creditor_name: 'Muster',
    iban: IBAN,
    retries: closed,
  })
  t.match(
    refused,
    { status: 422, body: { code: 'validation_failed' } },
    'a closed account is never tried again',
  )
  const first = await debits.settings({ prenotification_days: undefined })
  t.match(first, {
    version: 1,
    prenotification_days: 14,
    lead_days: 1,
    format: 'pain.008.001.08',
    return_fee_amount: null,
    retries: [
      { reason_code: 'AM04', times_max: 2 },
      { reason_code: 'MS03', times_max: 1 },
    ],
  })
  const second = await debits.settings({ prenotification_days: 2 })
  t.match(second, { id: first.id, version: 2, prenotification_days: 2 })
  t.match(await tenant.events('direct_debit_settings.updated'), [
    {},
    { data: { previous_attributes: { prenotification_days: 14 } } },
  ])
  const stale = { creditor_id: 'DE98ZZZ09999999999', creditor_name: 'M', iban: IBAN }
  t.match(await api('PUT', '/v1/direct-debit-settings', stale, { 'if-match': '"1"' }), {
    status: 412,
  })
  await debits.settings()
})

t.test('a mandate is refused with every field that is wrong', async (t) => {
  const consumer = await make.customer({ kind: 'consumer' })
  const body = {
    customer_id: consumer.id,
    reference: 'R-1',
    scheme: 'b2b',
    sequence: 'recurring',
    debtor_name: 'Erika Muster',
    iban: 'DE89370400440532013001',
    signature_date: '2026-03-03',
  }
  t.same(pointers(await api('POST', '/v1/mandates', body)), [
    '#/iban iban',
    '#/scheme business_only',
    '#/signature_date date_in_future',
  ])
  const swiss = {
    ...body,
    scheme: 'core',
    iban: 'CH9300762011623852957',
    signature_date: '2023-03-01',
  }
  t.same(pointers(await api('POST', '/v1/mandates', swiss)), [
    '#/bic required',
    '#/signature_date lapsed',
  ])
  for (const reference of ['/A', 'A/', 'A//B', 'Ä', 'A B', 'x'.repeat(36)])
    t.match(await api('POST', '/v1/mandates', { ...body, reference }), { status: 422 }, reference)
  t.match(
    await api('POST', '/v1/mandates', {
      ...body,
      scheme: 'core',
      iban: IBAN,
      signature_date: '2023-03-02',
    }),
    { status: 201, body: { status: 'active', usable_until_date: '2026-03-02' } },
    'on its last day it may be used',
  )
})

t.test('a reference is unique, whatever the case', async (t) => {
  const customer = await make.customer()
  await debits.mandate(customer, { reference: 'Case/1' })
  const mandate = await debits.mandate(customer)
  t.match(await api('PATCH', `/v1/mandates/${mandate.id}`, { reference: 'CASE/1' }), {
    status: 409,
    body: { code: 'mandate_reference_taken' },
  })
  t.match((await debits.get('/v1/mandates?reference=case/1')).data, [{ reference: 'Case/1' }])
})

t.test('an amendment changes what it names, and forgets the BIC of another account', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer, { bic: 'COBADEFFXXX', metadata: { a: '1' } })
  const patch = (body: object, headers = {}) =>
    api('PATCH', `/v1/mandates/${mandate.id}`, body, headers)
  t.match(await patch({ iban: OTHER_IBAN, metadata: { b: '2' } }), {
    status: 200,
    body: { iban: OTHER_IBAN, bic: null, metadata: { a: '1', b: '2' }, version: 2 },
  })
  t.match(await patch({ iban: OTHER_IBAN }), { body: { version: 2 } }, 'nothing changed')
  t.match(await patch({ iban: 'DE00' }), { status: 422 })
  t.same(pointers(await patch({ iban: 'CH9300762011623852957' })), ['#/bic required'])
  t.match(await patch({ debtor_name: 'X' }, { 'if-match': '"1"' }), { status: 412 })
  const [told] = await tenant.events('mandate.amended')
  t.match(told.data.previous_attributes, { iban: IBAN, bic: 'COBADEFFXXX' })
})

t.test('a revoked mandate takes back what is scheduled under it', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer)
  await make.invoice(customer)
  const debit = await debits.debit(mandate, { collection_date: '2026-03-16' })
  t.match(await api('POST', `/v1/mandates/${mandate.id}/revoke`), {
    status: 200,
    body: { status: 'revoked', revoked_date: '2026-03-02' },
  })
  t.match(await debits.get(`/v1/direct-debits/${debit.id}`), {
    status: 'cancelled',
    reason_text: 'The mandate was revoked.',
  })
  t.match(await make.get(`/v1/payments/${debit.payment_id}`), { status: 'reversed' })
  t.match(await api('POST', `/v1/mandates/${mandate.id}/revoke`), { status: 409 })
  t.match(await api('PATCH', `/v1/mandates/${mandate.id}`, { debtor_name: 'X' }), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'revoked' },
  })
  t.match(await api('POST', '/v1/direct-debits', { mandate_id: mandate.id }), {
    status: 409,
    body: { code: 'mandate_not_usable', current_status: 'revoked' },
  })
})

t.test('a mandate lapses after 36 months without a collection, leap days included', async (t) => {
  const customer = await make.customer()
  const leap = await debits.mandate(customer, { signature_date: '2024-02-29' })
  t.match(leap, { usable_until_date: '2027-02-28' })
  await clock.set('2027-02-27T08:00:00Z')
  await make.invoice(customer)
  t.match(
    await api('POST', '/v1/direct-debits', { mandate_id: leap.id }),
    { status: 409, body: { code: 'mandate_not_usable', usable_until_date: '2027-02-28' } },
    'no collection after its last day',
  )
  await clock.advance('2027-02-28')
  t.match(await debits.get(`/v1/mandates/${leap.id}`), { status: 'active' })
  await clock.advance('2027-03-01')
  t.match(await debits.get(`/v1/mandates/${leap.id}`), { status: 'lapsed' })
  const lapsed = await tenant.events('mandate.lapsed')
  t.equal(lapsed.filter(({ data }) => data.object.id === leap.id).length, 1)
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
