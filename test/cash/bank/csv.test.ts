import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { testApp } from '../../support/app.ts'
import { accepted } from '../../support/records.ts'
import { importFile, linesOf, samples, sendFile } from './support.ts'

const app = await testApp(t)

const mapping = {
  name: 'Bank',
  date_format: 'DD.MM.YYYY',
  decimal_sign: ',',
  columns: { booking_date: 'Tag', amount: 'Betrag', remittance: ['Zweck'] },
  account: 'DE89370400440532013000',
  currency: 'EUR',
}

t.test('a mapping is created, read, replaced and deleted', async (t) => {
  const { api, events } = await app.tenant()
  const made = accepted(await api('POST', '/v1/csv-mappings', mapping))
  t.match(made, { separator: ';', encoding: 'utf-8', has_header: true, sign: 'signed', version: 1 })
  const url = `/v1/csv-mappings/${made.id}`
  t.match((await api('GET', '/v1/csv-mappings')).body.data, [{ id: made.id }])
  const other = { ...mapping, separator: '|', skip_line_count: 3 }
  t.match(await api('PUT', url, other, { 'if-match': '"9"' }), { status: 412 })
  t.match(await api('PUT', url, other), { status: 200, body: { separator: '|', version: 2 } })
  t.match((await api('GET', url)).body, { skip_line_count: 3 })
  t.equal((await api('DELETE', url)).status, 204)
  t.equal((await api('GET', url)).status, 404)
  t.same(
    (await events()).map(({ type }) => type).filter((type) => type.startsWith('csv_mapping')),
    ['csv_mapping.created', 'csv_mapping.updated', 'csv_mapping.deleted'],
  )
})

t.test('a mapping by which no row could be read is refused by field', async (t) => {
  const { api } = await app.tenant()
  const pointers = async (more: object) =>
    (await api('POST', '/v1/csv-mappings', { ...mapping, ...more })).body.errors?.map(
      ({ pointer }: { pointer: string }) => pointer,
    )
  t.same(await pointers({ account: undefined }), ['#/account'])
  t.same(await pointers({ currency: undefined }), ['#/currency'])
  t.same(await pointers({ has_header: false }), ['#/columns'])
  t.same(await pointers({ sign: 'two_columns' }), ['#/columns/credit_amount'])
  t.same(await pointers({ sign: 'direction_column' }), ['#/columns/direction'])
  t.same(await pointers({ columns: { booking_date: 'Tag' } }), ['#/columns/amount'])
})

t.test('amounts and dates are read exactly as the mapping says, or refused by line', async (t) => {
  const tenant = await app.tenant()
  const { id } = accepted(await tenant.api('POST', '/v1/csv-mappings', mapping))
  const file = (...rows: string[]) => `Tag;Betrag;Zweck\n${rows.join('\n')}\n`
  const good = file(
    '01.03.2026;1.234,56;plus',
    '02.03.2026;-1.234.567,8;minus',
    '03.03.2026;+7;none',
    '04.03.2026;9,00-;behind',
    ';;and more',
    '05.03.2026;0,00;nothing',
  )
  t.match(await importFile(tenant, good, { mapping: id }), {
    format: 'csv',
    new_line_count: 4,
    not_booked_count: 1,
    statements: [{ balanced: null, continuity: 'unknown' }],
  })
  t.same(
    (await linesOf(tenant))
      .map((line) => [line.booking_date, line.amount, line.direction, line.remittance])
      .sort(),
    [
      ['2026-03-01', 123_456, 'credit', 'plus'],
      ['2026-03-02', 123_456_780, 'debit', 'minus'],
      ['2026-03-03', 700, 'credit', 'none'],
      ['2026-03-04', 900, 'debit', 'behind and more'],
    ],
  )
  for (const row of [
    '31.02.2026;1;x',
    '2026-03-01;1;x',
    '01.03.2026;1.23,4;x',
    '01.03.2026;1,234;x',
    '01.03.2026;1 EUR;x',
    '01.03.2026;;x',
    '01.03.2026;"1;x',
  ]) {
    const { status, body } = await sendFile(tenant, file('01.03.2026;1;ok', row), { mapping: id })
    t.match({ status, body }, { status: 422, body: { code: 'bank_file_unreadable', line: 3 } }, row)
  }
  t.match(await sendFile(tenant, 'Day;Amount\n1;2', { mapping: id }), {
    status: 422,
    body: { reason: 'column_missing' },
  })
})

const sampleMappings = {
  'be-export.csv': {
    date_format: 'DD/MM/YYYY',
    decimal_sign: ',',
    columns: {
      booking_date: 'Datum',
      value_date: 'Valuta',
      amount: 'Bedrag',
      currency: 'Munt',
      account: 'Rekeningnummer',
      remittance: ['Omschrijving'],
    },
  },
  'de-umsaetze.csv': {
    date_format: 'DD.MM.YYYY',
    decimal_sign: ',',
    columns: {
      booking_date: 'Buchungstag',
      amount: 'Betrag',
      currency: 'Währung',
      account: 'IBAN Auftraggeberkonto',
      remittance: ['Buchungstext'],
    },
  },
  'de-umsatz.csv': {
    date_format: 'DD.MM.YY',
    decimal_sign: ',',
    columns: {
      booking_date: 'Buchungstag',
      amount: 'Betrag',
      currency: 'Waehrung',
      account: 'Auftragskonto',
      counterparty_name: 'Beguenstigter/Zahlungspflichtiger',
      counterparty_iban: 'Kontonummer',
      remittance: ['Verwendungszweck'],
    },
  },
  'nl-bunq.csv': {
    separator: ',',
    date_format: 'YYYY-MM-DD',
    decimal_sign: ',',
    columns: {
      booking_date: 'Datum',
      amount: 'Bedrag',
      account: 'Rekening',
      counterparty_iban: 'Tegenrekening',
      counterparty_name: 'Naam',
      remittance: ['Omschrijving'],
    },
    currency: 'EUR',
  },
  'nl-rabobank.csv': {
    separator: ',',
    encoding: 'iso-8859-1',
    date_format: 'YYYY-MM-DD',
    decimal_sign: ',',
    columns: {
      booking_date: 'Datum',
      amount: 'Bedrag',
      currency: 'Munt',
      account: 'IBAN/BBAN',
      bank_reference: 'Volgnr',
      counterparty_name: 'Naam tegenpartij',
      remittance: ['Omschrijving-1'],
    },
  },
  'raiffeisen.csv': {
    has_header: false,
    date_format: 'DD.MM.YYYY',
    decimal_sign: ',',
    columns: {
      booking_date: '#1',
      value_date: '#3',
      amount: '#4',
      currency: '#5',
      remittance: ['#2'],
    },
    account: 'AT611904300234573201',
  },
  'transaction-history.csv': {
    separator: ',',
    skip_line_count: 5,
    date_format: 'DD/MM/YYYY',
    decimal_sign: '.',
    sign: 'two_columns',
    columns: {
      booking_date: 'Transaction date',
      value_date: 'Value date',
      debit_amount: 'Withdrawals (SGD)',
      credit_amount: 'Deposits (SGD)',
      remittance: ['Description'],
    },
    account: '666-666666-666',
    currency: 'SGD',
  },
} as const

/** Two of the exports have a row that is broken on purpose: the line it stands on, and what makes it whole. */
const broken: Record<string, { line: number; repair: [string, string] }> = {
  'nl-rabobank.csv': { line: 3, repair: ['\r\nNL77RABO', '\r\n"NL77RABO'] },
  'raiffeisen.csv': { line: 71, repair: ['A null transaction, just to confuse things;;\n', ''] },
}

t.test(
  'every sample export is read by a mapping, or refused for the row that is broken',
  { skip: samples === undefined && 'SAMPLE_DATA_DIR does not say where the samples are' },
  async (t) => {
    for (const [name, settings] of Object.entries(sampleMappings)) {
      const tenant = await app.tenant()
      const { id } = accepted(await tenant.api('POST', '/v1/csv-mappings', { name, ...settings }))
      let text = readFileSync(join(samples as string, 'csv', name), 'latin1')
      const flaw = broken[name]
      if (flaw !== undefined) {
        const { status, body } = await sendFile(tenant, Buffer.from(text, 'latin1'), {
          mapping: id,
        })
        t.match({ status, line: body.line }, { status: 422, line: flaw.line }, name)
        text = text.replace(...flaw.repair)
      }
      const bytes = Buffer.from(text, 'latin1')
      const { status, body } = await sendFile(tenant, bytes, { mapping: id })
      t.equal(status, 201, `${name} ${body.detail}`)
      t.ok(body.new_line_count > 0, `${name}: ${body.new_line_count} lines`)
      t.equal(body.duplicate_count, 0)
      t.equal((await sendFile(tenant, bytes, { mapping: id })).status, 200)
    }
  },
)
