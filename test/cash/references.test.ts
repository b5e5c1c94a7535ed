import fc from 'fast-check'
import t from 'tap'
import { creditorReferenceOf, isCreditorReference } from '../../src/billing/creditor-reference.ts'
import { claimsNamedBy } from '../../src/cash/references.ts'
import { claimOf } from '../support/claims.ts'

const named = (reference: string | null, more: object, endToEndId: string | null = null) =>
  claimsNamedBy({ reference, endToEndId }, [claimOf(more)]).map(({ reason }) => reason)

t.test('check digits are those of ISO 11649 and of the Swiss QR-bill', async (t) => {
  for (const right of [
    'RF18 5390 0754 7034',
    'RF18539007547034',
    'rf712348231',
    '21 00000 00003 13947 14300 09017',
    '210000000003139471430009017',
  ])
    t.ok(isCreditorReference(right), right)
  for (const wrong of [
    'RF19539007547034',
    'RF18539007547043',
    'RF18',
    'RF18-53900754703453900754703445',
    '210000000003139471430009018',
    '21000000000313947143000901',
    'R-2026-1',
    '',
  ])
    t.notOk(isCreditorReference(wrong), wrong)
})

t.test('a reference is made of the number, or of the id where that does not fit', async (t) => {
  t.equal(creditorReferenceOf('R-2026-0815', 'x').slice(4), 'R20260815')
  const id = '01a201b0-fe15-7265-822a-089742421eb4'
  for (const number of ['Rechnung Nr. 0000000000000000001', '№', '请求'])
    t.match(creditorReferenceOf(number, id), /^RF\d{2}[A-Z0-9]{10,21}$/)
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.uuid({ version: 7 }),
      (number, uuid) => isCreditorReference(creditorReferenceOf(number, uuid)),
    ),
  )
})

t.test(
  'of a number, one wrong digit, or two that changed places, never make another reference',
  async () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{4,21}$/),
        fc.nat(),
        fc.constantFrom(...'0123456789'),
        (body, place, sign) => {
          const right = creditorReferenceOf(body, '')
          const at = 4 + (place % body.length)
          const other = right.slice(0, at) + sign + right.slice(at + 1)
          const swapped =
            right.slice(0, at) + (right[at + 1] ?? '') + right[at] + right.slice(at + 2)
          return (
            (other === right) === isCreditorReference(other) &&
            (swapped === right) === isCreditorReference(swapped)
          )
        },
      ),
    )
  },
)

t.test('a creditor reference is found in free text, with spaces, from word to word', async (t) => {
  const creditor_reference = 'RF18539007547034'
  const reason = [{ code: 'creditor_reference', found: creditor_reference }]
  for (const text of [
    'RF18539007547034',
    'RF18 5390 0754 7034',
    'Zahlung RF18 5390 0754 7034 Danke',
    '/ROC/RF18539007547034//',
    'rf18-5390-0754-7034.',
  ])
    t.same(named(text, { creditor_reference }), reason, text)
  for (const text of [
    'RF185390075470345',
    'XRF18539007547034',
    'RF18 5390 0754',
    'NOTPROVIDED',
    ' ',
  ])
    t.same(named(text, { creditor_reference }), [], text)
  t.same(
    named('QRR 21 00000 00003 13947 14300 09017', {
      creditor_reference: '210000000003139471430009017',
    }),
    [{ code: 'creditor_reference', found: '210000000003139471430009017' }],
  )
})

t.test('the end-to-end id names an invoice as the reference does, and says so', async (t) => {
  t.same(named('thanks', { number: 'R-7' }, 'r-7'), [{ code: 'end_to_end_id', found: 'R-7' }])
  t.same(named('R-7', { number: 'R-7' }, 'R-7'), [{ code: 'invoice_number', found: 'R-7' }])
  t.same(named(null, { number: 'R-7' }, 'NOTPROVIDED'), [])
  t.same(named('R-77 R-70', { number: 'R-7' }), [], 'only as a word of its own')
  t.same(named('for #R-7.', { number: 'R-7' }), [{ code: 'invoice_number', found: 'R-7' }])
  t.same(named('anything', { number: null }), [])
})
