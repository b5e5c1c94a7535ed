import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readPain002 } from '../../../src/cash/bank/read/read-pain002.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { debitsOf, SAMPLES } from '../../support/debits.ts'
import { accepted, clockOf, recordsOf } from '../../support/records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
const debits = debitsOf(tenant)
const clock = clockOf(app, tenant)
await clock.set('2026-03-02')
await debits.settings({ retries: [{ reason_code: 'AM04', times_max: 1, after_days: 2 }] })

const noSamples = SAMPLES === undefined && 'SAMPLE_DATA_DIR is not set'
const sample = (name: string) =>
  readFileSync(join(SAMPLES ?? '', 'sepa', 'pain002', `${name}.xml`), 'utf8')

/** A closed batch of so many debits of one invoice each. */
async function batchOf(count: number, day: string, mandateMore: object = {}) {
  const customers: Json[] = []
  for (let n = 0; n < count; n += 1) {
    const customer = await make.customer()
    await debits.mandate(customer, mandateMore)
    await make.invoice(customer, { due_date: '2026-03-09' })
    customers.push(customer)
  }
  const batch = await debits.submitted(day, { customer_ids: customers.map(({ id }) => id) })
  return { batch, customers, all: await debits.debitsIn(batch) }
}

/** A report in the words of the standard, or of one of its dialects. */
const report = (
  { message_id }: Json,
  {
    group = '',
    payments = '',
    open = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03">',
  } = {},
) => `<?xml version="1.0" encoding="UTF-8"?>
${open}<CstmrPmtStsRpt><GrpHdr><MsgId>X</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>${message_id}</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>
${payments}</CstmrPmtStsRpt></Document>`
const reason = (code: string) => `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>`
const transaction = ({ end_to_end_id }: Json, code: string) =>
  `<TxInfAndSts><OrgnlEndToEndId>${end_to_end_id}</OrgnlEndToEndId><TxSts>RJCT</TxSts>${reason(code)}</TxInfAndSts>`

t.test('every sample says what it says', { skip: noSamples }, async (t) => {
  const verdicts = Object.fromEntries(
    readdirSync(join(SAMPLES ?? '', 'sepa', 'pain002')).map((file) => {
      const { message, payments } = readPain002(Buffer.from(sample(file.replace('.xml', ''))))
      return [
        file,
        [
          message.originalId,
          message.status,
          message.reasonCode,
          ...payments.map(({ originalId, status, debits: of }) => [
            originalId,
            status,
            ...of.map((one) => `${one.originalId} ${one.status} ${one.reasonCode}`),
          ]),
        ],
      ]
    }),
  )
  t.same(verdicts, {
    'crossriver-txn-reject.xml': [
      'missing2',
      'ACTC',
      null,
      [
        'missing2',
        'RJCT',
        'sanity-10-1-12-1-21 RJCT NARR',
        'example01234567 RJCT NARR',
        'example012345678 RJCT NARR',
      ],
    ],
    'nordea-txn-reject.xml': [
      'MSGID-950-TEST2-2807-01',
      null,
      null,
      [
        'PMTINFID-950-TEST2-2807-01',
        'RJCT',
        'ENDTOENDID-950-TEST2-2807-02 RJCT NARR',
        'ENDTOENDID-950-TEST2-2807-01 RJCT NARR',
      ],
    ],
    'postfinance-chdd.xml': ['MsgId-CHDD-Musterfile', null, null, ['PmtInfId-CHDD-1', 'ACCP']],
    'postfinance-group-reject.xml': ['MsgId-005', 'RJCT', 'AM10'],
  })
})

t.test('each sample, about our debits, rejects the right ones', { skip: noSamples }, async (t) => {
  const cases = [
    [
      'crossriver-txn-reject',
      'missing2',
      ['sanity-10-1-12-1-21', '>example01234567<', 'example012345678'],
      3,
    ],
    [
      'nordea-txn-reject',
      'MSGID-950-TEST2-2807-01',
      ['ENDTOENDID-950-TEST2-2807-01', 'ENDTOENDID-950-TEST2-2807-02'],
      2,
    ],
    ['postfinance-chdd', 'MsgId-CHDD-Musterfile', [], 0],
    ['postfinance-group-reject', 'MsgId-005', [], 2],
  ] as const
  for (const [name, message, names, rejected] of cases) {
    const { batch, all, customers } = await batchOf(Math.max(2, names.length), '2026-03-09')
    let xml = sample(name).replace(`>${message}<`, `>${batch.message_id}<`)
    for (const [n, one] of names.entries()) {
      const tag = `<OrgnlEndToEndId>${one.replace(/[<>]/g, '')}</OrgnlEndToEndId>`
      xml = xml.replace(tag, `<OrgnlEndToEndId>${all[n].end_to_end_id}</OrgnlEndToEndId>`)
    }
    t.match(accepted(await debits.report(xml), name), {
      batch_id: batch.id,
      rejected_count: rejected,
      returned_count: 0,
      repeated_count: 0,
      unknown_count: 0,
      status: rejected === 0 ? 'accepted' : 'rejected',
    })
    for (const { id } of customers)
      t.match((await make.get(`/v1/customers/${id}/balance`)).balances, [{ open_amount: 10_000 }])
    const after = await debits.debitsIn(batch)
    t.same(
      new Set(after.map(({ status }: Json) => status)),
      new Set([rejected === 0 ? 'submitted' : 'rejected']),
    )
    t.match(accepted(await debits.report(xml)), { rejected_count: 0, repeated_count: rejected })
  }
})

t.test('what is rejected before its day stands as before the file', async (t) => {
  const { batch, all } = await batchOf(3, '2026-03-10')
  const [one, two, three] = all
  const xml = report(batch, {
    group: '<GrpSts>PART</GrpSts>',
    payments: `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${batch.message_id}-1</OrgnlPmtInfId>${transaction(one, 'AM04')}${transaction(two, 'AC04')}${transaction({ end_to_end_id: 'nobody' }, 'AC04')}</OrgnlPmtInfAndSts>`,
  })
  t.match(accepted(await debits.report(xml)), {
    status: 'partly_rejected',
    rejected_count: 2,
    unknown_count: 1,
  })
  t.match(await debits.get(`/v1/direct-debits/${one.id}`), {
    status: 'rejected',
    reason_code: 'AM04',
    will_retry: true,
  })
  t.match(await make.get(`/v1/payments/${one.payment_id}`), {
    status: 'reversed',
    reversal_reason_code: 'AM04',
  })
  t.same((await make.get(`/v1/ledger/entries?source_id=${one.payment_id}`)).data, [])
  t.match(await debits.get(`/v1/mandates/${two.mandate_id}`), { status: 'blocked' })
  t.match(await debits.get(`/v1/direct-debits/${three.id}`), { status: 'submitted' })
  const again = await debits.submitted('2026-03-11', { customer_ids: [one.customer_id] })
  t.match(await debits.file(again), '<SeqTp>FRST</SeqTp>', 'the first is the first again')
})

t.test('a rejected one-off mandate can be used again', async (t) => {
  const customer = await make.customer()
  const mandate = await debits.mandate(customer, { sequence: 'one_off' })
  await make.invoice(customer, { due_date: '2026-03-09' })
  await debits.debit(mandate, { collection_date: '2026-03-12' })
  const batch = await debits.submitted('2026-03-12', { customer_ids: [customer.id] })
  t.match(await debits.get(`/v1/mandates/${mandate.id}`), { status: 'completed' })
  const xml = report(batch, { group: `<GrpSts>RJCT</GrpSts>${reason('FF01')}` })
  t.match(accepted(await debits.report(xml)), { status: 'rejected' })
  t.match(await debits.get(`/v1/mandates/${mandate.id}`), { status: 'active' })
})

t.test('an amendment that was rejected is told again', async (t) => {
  const { batch: first, customers, all } = await batchOf(1, '2026-03-12')
  const [{ mandate_id }] = all
  t.notMatch(await debits.file(first), 'AmdmntInd')
  await make.patch(`/v1/mandates/${mandate_id}`, { debtor_name: 'Neu GmbH' })
  for (const day of ['2026-03-13', '2026-03-16']) {
    await make.invoice(customers[0], { due_date: '2026-03-09' })
    const batch = await debits.submitted(day, { customer_ids: [customers[0].id] })
    t.match(await debits.file(batch), '<AmdmntInd>true</AmdmntInd>', day)
    const block = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${batch.message_id}-1</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>${reason('DT01')}</OrgnlPmtInfAndSts>`
    t.match(accepted(await debits.report(report(batch, { payments: block }))), {
      rejected_count: 1,
    })
  }
})

t.test('what is rejected after it was taken in is returned', async (t) => {
  const { batch, all, customers } = await batchOf(1, '2026-03-17')
  await clock.advance('2026-03-17')
  t.match(await make.get(`/v1/payments/${all[0].payment_id}`), { status: 'received' })
  const xml = report(batch, { group: `<GrpSts>RJCT</GrpSts>${reason('MS02')}` })
  t.match(accepted(await debits.report(xml)), { rejected_count: 1, returned_count: 1 })
  t.match(await debits.get(`/v1/direct-debits/${all[0].id}`), { status: 'returned' })
  t.match((await make.get(`/v1/customers/${customers[0].id}/balance`)).balances, [
    { open_amount: 10_000, unallocated_amount: 0 },
  ])
})

t.test('two reports at once reject once', async (t) => {
  const { batch, all } = await batchOf(2, '2026-03-25')
  const xml = report(batch, { group: `<GrpSts>RJCT</GrpSts>${reason('AM05')}` })
  const replies = await Promise.all(Array.from({ length: 6 }, () => debits.report(xml)))
  t.same(replies.map(({ body }) => body.rejected_count).sort(), [0, 0, 0, 0, 0, 2])
  for (const { id } of all)
    t.equal(
      (await tenant.events('direct_debit.rejected')).filter(({ data }) => data.object.id === id)
        .length,
      1,
    )
})

t.test('a report about nothing of ours, or none at all, changes nothing', async (t) => {
  const nobody = { message_id: 'MSG-1' }
  t.match(await debits.report(report(nobody)), {
    status: 422,
    body: { code: 'status_report_unknown', original_message_id: 'MSG-1' },
  })
  const stranger = debitsOf(await app.tenant())
  const { batch } = await batchOf(1, '2026-03-26')
  t.match(await stranger.report(report(batch)), { body: { code: 'status_report_unknown' } })

  const deep = `<?xml version="1.0"?><Document>${'<a>'.repeat(100_000)}`
  const millions = `<b>${'<a/>'.repeat(99_999)}</b>`.repeat(24)
  const poison: [string | Buffer, string][] = [
    [
      '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>',
      'doctype_forbidden',
    ],
    [
      '<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Document>&b;</Document>',
      'doctype_forbidden',
    ],
    [deep, 'limit_exceeded'],
    [`<Document><CstmrPmtStsRpt>${millions}</CstmrPmtStsRpt></Document>`, 'too_large'],
    ['<Document><CstmrPmtStsRpt>', 'truncated'],
    ['<Document><a></b></Document>', 'xml_malformed'],
    ['<Document><BkToCstmrStmt/></Document>', 'format_unknown'],
    [
      Buffer.from('<?xml version="1.0" encoding="UTF-8"?><Document>\xe4</Document>', 'latin1'),
      'encoding_invalid',
    ],
  ]
  for (const [xml, why] of poison)
    t.match(await debits.report(xml), {
      status: 422,
      body: { code: 'status_report_unreadable', reason: why },
    })
  t.match(await tenant.api('POST', '/v1/debit-batches/status-reports', { a: 1 }), { status: 415 })
  t.match(await debits.report(Buffer.alloc(10_000_001, 32)), { status: 413 })
})

t.test('the books are right', async (t) => {
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
