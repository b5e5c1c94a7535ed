import t from 'tap'
import { testApp } from '../../support/app.ts'
import { accepted, clockOf } from '../../support/records.ts'
import { camt, importFile, linesOf, sendFile, type TestStatement } from './support.ts'
import { zipOf } from './zip.ts'

const app = await testApp(t)

/** A tenant in the middle of March 2026. */
async function creditor() {
  const tenant = await app.tenant()
  await clockOf(app, tenant).set('2026-03-15')
  return tenant
}

const day = (
  number: number,
  opening: string,
  closing: string,
  entries: TestStatement['entries'],
) => {
  const date = `2026-03-0${number}`
  return {
    number: String(number),
    opening: [opening, date] as [string, string],
    closing: [closing, date] as [string, string],
    entries: entries.map((entry) => ({ ...entry, date })),
  }
}
const paid = (amount: string, more = {}) => ({ amount, date: '', ...more })

t.test('a file is imported with its account, its statement and its lines', async (t) => {
  const tenant = await creditor()
  const file = camt(
    day(2, '100.00', '138.10', [
      paid('48.10', {
        name: 'Muster GmbH',
        iban: 'DE02120300000000202051',
        text: 'Rechnung R-1',
        endToEndId: 'NOTPROVIDED',
        valueDate: '2026-03-03',
      }),
      paid('10', { direction: 'DBIT', name: 'Stadtwerke' }),
      paid('5.00', { status: 'PDNG' }),
    ]),
  )
  const { status, headers, body } = await sendFile(tenant, file, { type: 'application/xml' })
  t.equal(status, 201)
  t.equal(headers.etag, undefined)
  t.match(body, {
    object: 'bank_file',
    format: 'camt',
    byte_count: file.length,
    line_count: 2,
    new_line_count: 2,
    duplicate_count: 0,
    not_booked_count: 1,
    statements: [
      {
        account: 'DE89370400440532013000',
        currency: 'EUR',
        kind: 'statement',
        format: 'camt.053',
        entry_count: 3,
        detail_count: 2,
        opening_amount: 10_000,
        closing_amount: 13_810,
        balanced: true,
        continuity: 'first',
      },
    ],
  })
  const lines = await linesOf(tenant)
  t.match(
    lines.find(({ direction }) => direction === 'credit'),
    {
      status: 'unmatched',
      booking_date: '2026-03-02',
      value_date: '2026-03-03',
      amount: 4_810,
      currency: 'EUR',
      is_reversal: false,
      counterparty_name: 'Muster GmbH',
      counterparty_iban: 'DE02120300000000202051',
      remittance: 'Rechnung R-1',
      end_to_end_id: null,
      parent_id: null,
    },
  )
  const { data: accounts } = accepted(await tenant.api('GET', '/v1/bank-accounts'))
  t.match(accounts, [
    { iban: 'DE89370400440532013000', currency: 'EUR', fresh_until_at: '2026-03-02T23:00:00' },
  ])
  const [statement] = body.statements
  t.match((await tenant.api('GET', `/v1/bank-statements/${statement.id}`)).body, { version: 1 })
  t.match((await tenant.api('GET', `/v1/bank-accounts/${accounts[0].id}`)).body, { version: 2 })
  t.match((await tenant.api('GET', `/v1/bank-lines/${lines[0].id}`)).body, lines[0])
  t.equal((await tenant.events('bank_statement.imported')).length, 1)
  t.equal((await linesOf(tenant, `&bank_statement_id=${statement.id}&direction=debit`)).length, 1)
  t.equal((await linesOf(tenant, '&amount=4810&booking_date_gte=2026-03-03')).length, 0)
})

t.test('the same file is answered as the first time, also when sent twice at once', async (t) => {
  const tenant = await creditor()
  const file = camt(day(2, '0', '1', [paid('1')]))
  const replies = await Promise.all(Array.from({ length: 4 }, () => sendFile(tenant, file)))
  t.same(replies.map(({ status }) => status).sort(), [200, 200, 200, 201])
  for (const { body } of replies) t.same(body, replies[0]?.body)
  t.equal((await linesOf(tenant)).length, 1)
  const other = await creditor()
  t.equal((await sendFile(other, file)).status, 201, 'for another tenant it is new')
})

t.test('two files of one account at once see each other’s movements', async (t) => {
  const tenant = await creditor()
  const shared = paid('7', { date: '2026-03-02', reference: 'REF-7' })
  const files = Array.from({ length: 5 }, (_, n) =>
    camt({
      message: n === 0 ? 'Stmt' : 'Rpt',
      entries: [shared, paid(`${n + 10}`, { date: '2026-03-02' })],
    }),
  )
  const replies = await Promise.all(files.map((file) => sendFile(tenant, file)))
  t.ok(replies.every(({ status }) => status === 201))
  t.equal((await linesOf(tenant)).length, 6)
})

t.test('report, statement and advice of one movement make one line, in any order', async (t) => {
  const date = '2026-03-02'
  const files = [
    camt({ message: 'Rpt', entries: [{ amount: '30', date, reference: 'B-1' }] }),
    camt({ message: 'Stmt', entries: [{ amount: '30', date, reference: 'B-1' }] }),
    camt({
      message: 'Ntfctn',
      entries: [
        {
          amount: '30',
          date,
          reference: 'B-1',
          details: [
            { amount: '10', endToEndId: 'E-1' },
            { amount: '20', endToEndId: 'E-2' },
          ],
        },
      ],
    }),
  ]
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const tenant = await creditor()
    for (const index of order) await importFile(tenant, files[index] as string)
    const lines = await linesOf(tenant)
    const [batch] = lines.filter(({ parent_id }) => parent_id === null)
    const parts = lines.filter(({ parent_id }) => parent_id !== null)
    t.match(batch, { status: 'batch', amount: 3_000 })
    t.same(
      parts.map((part) => [part.status, part.amount, part.end_to_end_id, part.parent_id]).sort(),
      [
        ['unmatched', 1_000, 'E-1', batch.id],
        ['unmatched', 2_000, 'E-2', batch.id],
      ],
    )
    t.equal((await linesOf(tenant, `&parent_id=${batch.id}`)).length, 2)
  }
})

t.test(
  'a gap between statements is found, announced, and closed by what was missing',
  async (t) => {
    const tenant = await creditor()
    const [first, second, third] = [
      day(2, '0', '10', [paid('10')]),
      day(3, '10', '30', [paid('20')]),
      day(4, '30', '60', [paid('30')]),
    ] as const
    await importFile(tenant, camt(first))
    const late = await importFile(tenant, camt(third))
    t.match(late.statements, [{ continuity: 'gap', balanced: true, version: 2 }])
    const [found] = await tenant.events('bank_statement.gap_found')
    t.match(found, { data: { object: { id: late.statements[0].id, continuity: 'gap' } } })
    const gaps = (await tenant.api('GET', '/v1/bank-statements?continuity=gap')).body.data
    t.equal(gaps.length, 1)

    t.match((await importFile(tenant, camt(second))).statements, [{ continuity: 'continuous' }])
    t.match((await tenant.api('GET', `/v1/bank-statements/${late.statements[0].id}`)).body, {
      continuity: 'continuous',
      version: 3,
    })
    t.equal((await tenant.events('bank_statement.updated')).length, 1)
    t.equal((await tenant.events('bank_statement.gap_found')).length, 1)
  },
)

t.test('balances that do not add up are reported, and the lines are kept', async (t) => {
  const tenant = await creditor()
  const { statements, new_line_count } = await importFile(
    tenant,
    camt(day(2, '0', '999', [paid('1'), paid('2')])),
  )
  t.match(statements, [{ balanced: false }])
  t.equal(new_line_count, 2)
})

t.test('what is known about an account never becomes older, nor later than now', async (t) => {
  const tenant = await creditor()
  const freshness = async () =>
    accepted(await tenant.api('GET', '/v1/bank-accounts')).data[0].fresh_until_at
  await importFile(tenant, camt(day(5, '0', '1', [paid('1')])))
  t.match(await freshness(), '2026-03-05T23:00:00')
  await importFile(tenant, camt(day(2, '0', '1', [paid('1')])))
  t.match(await freshness(), '2026-03-05T23:00:00')
  await importFile(
    tenant,
    camt({ message: 'Ntfctn', entries: [paid('1', { date: '2026-03-09' })] }),
  )
  t.match(await freshness(), '2026-03-05T23:00:00', 'an advice tells of itself only')
  await importFile(tenant, camt({ entries: [paid('1', { date: '2026-12-24' })] }))
  t.match(await freshness(), '2026-03-15T08:00:00')
})

t.test('a zip and a form bring the same as the files in them', async (t) => {
  const tenant = await creditor()
  const files = [2, 3].map((number) => ({
    name: `statements/${number}.xml`,
    bytes: Buffer.from(camt(day(number, `${number}`, `${number + 1}`, [paid('1')]))),
  }))
  const zipped = await importFile(tenant, zipOf(files), { type: 'application/zip' })
  t.match(zipped, { format: 'zip', new_line_count: 2, statements: [{}, {}] })
  const form = new FormData()
  form.set('file', new Blob([files[0]?.bytes as Buffer<ArrayBuffer>]), 'statement.xml')
  const request = new Request('http://localhost', { method: 'POST', body: form })
  const sent = await sendFile(tenant, Buffer.from(await request.arrayBuffer()), {
    type: request.headers.get('content-type') as string,
  })
  t.match(sent, { status: 201, body: { format: 'camt', new_line_count: 0, duplicate_count: 1 } })
})

t.test('amounts are exact or refused, with the place of the fault', async (t) => {
  const tenant = await creditor()
  const refused = async (entry: object, reason: string) => {
    const file = camt({
      entries: [
        { ...paid('1'), date: '2026-03-02' },
        { amount: '1', date: '2026-03-02', ...entry },
      ],
    })
    const { status, body } = await sendFile(tenant, file)
    t.match(
      { status, body },
      { status: 422, body: { code: 'bank_file_unreadable', reason, line: 3 } },
      JSON.stringify(entry),
    )
  }
  await refused({ amount: '10.123' }, 'amount_inexact')
  await refused({ amount: '10.5', currency: 'JPY' }, 'amount_inexact')
  await refused({ amount: '90071992547409.92' }, 'amount_inexact')
  for (const amount of ['-1.00', '1,00', '1e3', '.', 'NaN', '0x10'])
    await refused({ amount }, 'value_invalid')
  await refused({ currency: 'eur' }, 'value_invalid')
  await refused({ date: '2026-02-30' }, 'value_invalid')
  await refused({ direction: 'CREDIT' }, 'value_invalid')
  t.same(await linesOf(tenant), [], 'nothing of a refused file is there')
  t.same((await tenant.api('GET', '/v1/bank-accounts')).body.data, [])

  const kept = await importFile(
    tenant,
    camt({
      currency: 'JPY',
      entries: [
        { amount: '0012.000', date: '2026-03-02' },
        { amount: '0.00', date: '2026-03-02' },
      ],
    }),
  )
  t.match(kept, { new_line_count: 1, not_booked_count: 1 })
  t.equal((await linesOf(tenant))[0].amount, 12)
})

t.test('who may read may not import, and what is no file is refused', async (t) => {
  const { call } = app
  const reader = await app.tenant({ scopes: ['bank:read'] })
  t.match(await sendFile(reader, camt(day(2, '0', '1', [paid('1')]))), {
    status: 403,
    body: { code: 'insufficient_scope' },
  })
  const tenant = await creditor()
  t.match(await sendFile(tenant, '{}', { type: 'application/json' }), { status: 415 })
  t.match(await sendFile(tenant, ''), { status: 400, body: { code: 'malformed_request' } })
  t.match(await sendFile(tenant, 'hello', { type: 'text/plain' }), {
    status: 422,
    body: { reason: 'format_unknown' },
  })
  t.equal((await call(null, 'POST', '/v1/bank-statements')).status, 401)
  const absent = 'cmp_01kjm7f7shez7837xta3mfn3a4'
  t.match(await sendFile(tenant, 'a;b', { mapping: absent }), {
    status: 404,
    body: { code: 'csv_mapping_not_found' },
  })
  for (const [url, code] of [
    ['/v1/bank-lines/bln_01kjm7f7shez7837xta3mfn3a4', 'bank_line_not_found'],
    ['/v1/bank-statements/bst_01kjm7f7shez7837xta3mfn3a4', 'bank_statement_not_found'],
    ['/v1/bank-accounts/bac_01kjm7f7shez7837xta3mfn3a4', 'bank_account_not_found'],
  ] as const)
    t.match(await tenant.api('GET', url), { status: 404, body: { code } })
})
