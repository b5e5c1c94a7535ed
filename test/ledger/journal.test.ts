import { parse } from 'csv-parse/sync'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const { api } = tenant
const make = recordsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-20')

const customer = await make.customer({ external_id: '=cmd|calc', name: 'Tabellen GmbH' })
const invoice = await make.invoice(customer, { number: 'J-1', tax_amount: 1_597 })
const payment = await make.payment(customer, { amount: 12_000, external_id: 'BANK-1' })
await make.refund({ payment_id: payment.id }, { amount: 500, approval_date: '2026-03-05' })

const journal = async (query = '') => (await make.get(`/v1/ledger/journal?${query}`)).data
const csv = async (query = ''): Promise<Record<string, string>[]> => {
  const { status, headers, body } = await api('GET', `/v1/ledger/journal?format=csv&${query}`)
  t.equal(status, 200)
  t.equal(headers['content-type'], 'text/csv; charset=utf-8')
  return parse(body, { columns: true })
}

t.test(
  'the journal tells the general ledger what happened here, and not what it knows',
  async (t) => {
    t.match(await journal(), [
      {
        happening: 'allocation',
        posting_date: '2026-03-02',
        amount: 10_000,
        decimal_amount: '100.00',
        debit_account: 'unallocated',
        credit_account: 'receivable',
        debit_customer_external_id: '=cmd|calc',
        document_number: 'BANK-1',
        invoice_number: 'J-1',
      },
      {
        happening: 'refund_approved',
        posting_date: '2026-03-05',
        debit_code: null,
        document_number: 'BANK-1',
      },
    ])
    t.same(
      (await journal('origin=all')).map((line: { happening: string }) => line.happening),
      ['invoice_issued', 'invoice_issued', 'payment_received', 'allocation', 'refund_approved'],
    )
    t.match(await journal('origin=all&from_date=2026-03-02&to_date=2026-03-02'), [
      { happening: 'payment_received' },
      { happening: 'allocation' },
    ])
    t.match(await journal('from_date=2026-03-06'), [])
  },
)

t.test('accounts get the tenant’s codes', async (t) => {
  const before = await make.get('/v1/account-codes')
  t.match(before, { object: 'ledger_settings', version: 0, closed_until_date: null })
  t.ok(Object.values(before.account_codes).every((code) => code === null))
  const put = (account_codes: object, headers = {}) =>
    api('PUT', '/v1/account-codes', { account_codes }, headers)
  t.match(
    await put({ receivable: '1400', unallocated: '1718', cash: '1200' }, { 'if-match': '"0"' }),
    {
      status: 200,
      body: { version: 1, account_codes: { receivable: '1400', cash: '1200', sales: null } },
    },
  )
  t.match(await put({ receivable: '1400' }, { 'if-match': '"0"' }), {
    status: 412,
    body: { code: 'version_mismatch' },
  })
  t.match(await put({ petty_cash: '1' }), { status: 422, body: { code: 'validation_failed' } })
  t.match(await put({ receivable: '' }), { status: 422 })
  t.match(await journal(), [
    { debit_code: '1718', credit_code: '1400' },
    { debit_code: '1718', credit_code: null },
  ])
  t.match(await put({ receivable: '1400', refunds_payable: '1790' }), {
    body: { version: 2, account_codes: { cash: null } },
  })
  t.same(
    (await tenant.events('ledger_settings.updated')).map(({ data }) => data.object.version),
    [1, 2],
  )
})

t.test('as CSV it comes whole, and is harmless', async (t) => {
  const lines = await csv('origin=all')
  t.equal(lines.length, 5)
  t.match(lines[3], {
    happening: 'allocation',
    amount: '10000',
    decimal_amount: '100.00',
    debit_customer_external_id: `'=cmd|calc`,
    credit_code: '1400',
    invoice_number: 'J-1',
    undoes_id: '',
  })
  const all = await journal('origin=all')
  t.same(
    lines.map(({ id }) => id),
    all.map(({ id }: { id: string }) => id),
  )
})

t.test('it is paged by posting date, and cursors belong to their question', async (t) => {
  const first = await make.get('/v1/ledger/journal?origin=all&limit=2')
  const second = await make.get(`/v1/ledger/journal?origin=all&limit=3&cursor=${first.next_cursor}`)
  t.same([...first.data, ...second.data], await journal('origin=all'))
  t.equal(second.next_cursor, null)
  t.match(await api('GET', `/v1/ledger/journal?cursor=${first.next_cursor}`), {
    status: 400,
    body: { code: 'invalid_cursor' },
  })
  t.match(await api('GET', '/v1/ledger/journal?format=xml'), { status: 400 })
})

t.test(
  'what counts in a closed period is posted on the first open day, and stays there',
  async (t) => {
    const close = (closed_until_date: string | null) =>
      api('PUT', '/v1/ledger/closed-period', { closed_until_date })
    t.match(await close('2026-03-21'), { status: 422, body: { code: 'date_in_future' } })
    t.match(await close('2026-03-14'), {
      status: 200,
      body: { closed_until_date: '2026-03-14', account_codes: { receivable: '1400' } },
    })
    const late = await make.payment(customer, {
      external_id: 'LATE',
      received_date: '2026-03-12',
      allocate: 'none',
    })
    const onTime = await make.payment(customer, {
      external_id: 'ON TIME',
      received_date: '2026-03-15',
      allocate: 'none',
    })
    const entry = async ({ id }: { id: string }) =>
      (await make.get(`/v1/ledger/entries?source_id=${id}`)).data[0]
    t.match(await entry(late), { effective_date: '2026-03-12', posting_date: '2026-03-15' })
    t.match(await entry(onTime), { effective_date: '2026-03-15', posting_date: '2026-03-15' })
    const issued = await make.invoice(customer, { issue_date: '2026-03-10' })
    t.match(await entry(issued), { effective_date: '2026-03-10', posting_date: '2026-03-15' })
    t.match(
      (await make.get(`/v1/ledger/entries?source_id=${invoice.id}`)).data,
      [{ posting_date: '2026-03-01' }],
      'what was recorded before keeps its day',
    )
    await api('POST', `/v1/payments/${late.id}/reversal`, {
      reason: 'wrong',
      reversal_date: '2026-03-13',
    })
    t.match(await entry(late), {
      happening: 'payment_reversed',
      effective_date: '2026-03-13',
      posting_date: '2026-03-15',
    })
    t.match(await close(null), { status: 200, body: { closed_until_date: null } })
    t.match(
      await entry(late),
      { posting_date: '2026-03-15' },
      'also when the period is opened again',
    )
    t.match(await entry(await make.payment(customer, { received_date: '2026-03-12' })), {
      posting_date: '2026-03-12',
    })
    t.match(await make.get('/v1/ledger/closed-period'), { closed_until_date: null, version: 4 })
  },
)

t.test(
  'a period closes while payments pour in: nothing is posted before it once it is closed',
  async (t) => {
    for (let round = 0; round < 5; round += 1) {
      await api('PUT', '/v1/ledger/closed-period', { closed_until_date: null })
      const debtors = await Promise.all(Array.from({ length: 8 }, () => make.customer()))
      let closedAt = Number.POSITIVE_INFINITY
      const posted = Promise.all(
        debtors.map(async (debtor) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 30))
          const begun = Date.now()
          const { id } = await make.payment(debtor, { received_date: '2026-03-04' })
          return { id, begun }
        }),
      )
      await new Promise((resolve) => setTimeout(resolve, 10))
      await api('PUT', '/v1/ledger/closed-period', { closed_until_date: '2026-03-14' })
      closedAt = Date.now()
      for (const { id, begun } of await posted) {
        const [entry] = (await make.get(`/v1/ledger/entries?source_id=${id}`)).data
        t.ok(
          begun <= closedAt || entry.posting_date === '2026-03-15',
          `${begun - closedAt} ms after the closing`,
        )
        t.ok(['2026-03-04', '2026-03-15'].includes(entry.posting_date))
      }
    }
    await api('PUT', '/v1/ledger/closed-period', { closed_until_date: null })
  },
)

t.test('the same export comes out again whatever has happened since', async (t) => {
  const knownAt = '2026-03-20T12:00:00Z'
  const before = await csv('origin=all')
  await clock.set('2026-03-25')
  await make.payment(customer, { received_date: '2026-03-03', allocate: 'none' })
  t.same(await csv(`origin=all&known_at=${knownAt}`), before)
  t.equal((await csv('origin=all')).length, before.length + 1)
})

t.test('the books are right', async (t) => {
  await tenant.events()
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
