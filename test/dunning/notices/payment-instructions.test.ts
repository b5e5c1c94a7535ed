import t from 'tap'
import { epcQr } from '../../../src/dunning/notices/epc-qr.ts'
import { paymentInstructions } from '../../../src/dunning/notices/payment-instructions.ts'

const transfer = {
  name: 'Muster Maschinenbau AG',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  amount: 10_500,
  reference: 'RF18539007547034',
  text: null,
}

t.test('the text of the QR code is that of EPC069-12, line by line', async (t) => {
  t.same(epcQr(transfer)?.split('\n'), [
    'BCD',
    '002',
    '1',
    'SCT',
    'COBADEFFXXX',
    'Muster Maschinenbau AG',
    'DE89370400440532013000',
    'EUR105.00',
    '',
    'RF18539007547034',
  ])
  const unstructured = epcQr({ ...transfer, bic: null, reference: null, text: 'R-1 R-2' })
  t.same(unstructured?.split('\n').slice(4), [
    '',
    'Muster Maschinenbau AG',
    'DE89370400440532013000',
    'EUR105.00',
    '',
    '',
    'R-1 R-2',
  ])
})

t.test('what the guideline has no room for has no code', async (t) => {
  t.equal(epcQr({ ...transfer, amount: 0 }), null)
  t.match(epcQr({ ...transfer, amount: 1 }), /\nEUR0\.01\n/)
  t.match(epcQr({ ...transfer, amount: 99_999_999_999 }), /\nEUR999999999\.99\n/)
  t.equal(epcQr({ ...transfer, amount: 100_000_000_000 }), null)
  t.equal(
    epcQr({ ...transfer, name: '株'.repeat(70), reference: null, text: '株'.repeat(140) }),
    null,
  )
  t.match(epcQr({ ...transfer, name: 'A'.repeat(200) }), /\nA{70}\n/)
})

const account = {
  id: '019d3a1e-0000-7000-8000-000000000001',
  name: 'Muster AG',
  iban: transfer.iban,
  bic: null,
}
const invoice = (number: string, creditor_reference: string | null) => ({
  number,
  creditor_reference,
})
const eur = { currency: 'EUR', amount: 10_000 }

t.test('one reference is told as such, several are listed by number', async (t) => {
  t.equal(paymentInstructions(undefined, { ...eur, invoices: [] }), null)
  const two = [invoice('R-1', 'RF18539007547034'), invoice('R-1', 'RF18539007547034')]
  t.match(paymentInstructions(account, { ...eur, invoices: two }), {
    creditor_name: 'Muster AG',
    reference: 'RF18539007547034',
    remittance: null,
    epc_qr: /RF18539007547034$/,
  })
  const several = [invoice('R-1', 'RF18539007547034'), invoice('R-2', null)]
  t.match(paymentInstructions(account, { ...eur, invoices: several }), {
    reference: null,
    remittance: 'R-1 R-2',
    epc_qr: /\n\n\nR-1 R-2$/,
  })
})

t.test(
  'a QR reference is no creditor reference of SEPA, and other currencies have no code',
  async (t) => {
    const swiss = [invoice('R-1', '210000000003139471430009017')]
    t.match(paymentInstructions(account, { ...eur, invoices: swiss }), {
      reference: '210000000003139471430009017',
      epc_qr: /\n\n\n210000000003139471430009017$/,
    })
    t.match(paymentInstructions(account, { ...eur, currency: 'CHF', invoices: swiss }), {
      epc_qr: null,
    })
  },
)

t.test('as many numbers are listed as a bank carries whole', async (t) => {
  const many = Array.from({ length: 40 }, (_, n) => invoice(`R-2026-${1000 + n}`, null))
  const { remittance } = paymentInstructions(account, { ...eur, invoices: many }) ?? {}
  t.ok((remittance ?? '').length <= 140)
  t.match(remittance, /^R-2026-1000 .* R-2026-1010$/)
})
