import fc from 'fast-check'
import t from 'tap'
import { numberKey } from '../../../src/billing/reference-key.ts'
import { isOneSlipAway, keysIn, mentionOf, readText } from '../../../src/cash/matching/read-text.ts'

const mention = (text: string, number = 'R-2026-0815') => mentionOf(number, readText(text))

t.test('a number is found however it is written', async (t) => {
  for (const text of [
    'R-2026-0815',
    'Rechnung R-2026-0815 vom 15.03.2026',
    'R20260815',
    'r 2026 0815',
    'R/2026/815',
    'RE-NR.R-2026-08 15 KD 4711',
    'SVWZ+R-2026-0815/KD123',
    'R-2 026-0815',
  ])
    t.equal(mention(text), 'number', text)
})

t.test('less of it is a weaker mention', async (t) => {
  t.equal(mention('RECHNUNGR 2026-0815'), 'digits')
  t.equal(mention('2026-0815'), 'digits')
  t.equal(mention('Rg. 815 vielen Dank'), 'tail')
  t.equal(mention('Ihre Rechnung R-2026-08'), 'cut')
  t.equal(mention('R-2026-0851'), 'typo')
  t.equal(mention('R-2026-0816'), 'typo')
  t.equal(mention('R-2026-081'), 'cut')
})

t.test('other numbers are not it', async (t) => {
  for (const text of [
    '',
    'NOTPROVIDED',
    'R-2026-08151',
    'R-2025-0518',
    '12026-08154',
    'Miete März 2026',
    '20260199',
  ])
    t.not(mention(text), 'number', text)
  t.equal(mention('Miete März 2026'), undefined)
  t.equal(mention('NOTPROVIDED'), undefined)
  t.equal(mention('R-2027-0899'), undefined)
})

const runs = fc.array(
  fc.oneof(fc.stringMatching(/^[A-Z]{1,4}$/), fc.stringMatching(/^[0-9]{1,5}$/)),
  { minLength: 1, maxLength: 4 },
)

t.test('any number with any signs between its parts is found under its key', async () => {
  fc.assert(
    fc.property(
      runs,
      fc.array(fc.constantFrom('', ' ', '-', '/', '.', ' - '), { minLength: 5, maxLength: 5 }),
      fc.lorem({ maxCount: 3 }),
      (parts, signs, prose) => {
        const number = parts.join('-')
        const digits = number.replace(/\D/g, '')
        // Signs that fall away between two runs of digits, or two words, join them; the number is still the same.
        const written = parts.map((part, index) => part + (signs[index] ?? '')).join('')
        const reading = readText(`${prose} ; ${written} ; ${prose}`)
        if (mentionOf(number, reading) !== 'number') throw new Error(written)
        const contiguous = !/\d[^\d]*[A-Z][^\d]*\d/.test(number)
        if (digits.length >= 4 && contiguous && !keysIn(reading).includes(numberKey(number)))
          throw new Error(`${written} is not under its key`)
      },
    ),
    { numRuns: 2_000 },
  )
})

t.test('one slip of the pen', async (t) => {
  const text = fc.stringMatching(/^[0-9]{2,12}$/)
  const at = fc.nat(20)
  fc.assert(
    fc.property(text, at, fc.constantFrom(...'0123456789'), (digits, seed, digit) => {
      const place = seed % digits.length
      const changed = [
        digits.slice(0, place) + digit + digits.slice(place),
        digits.slice(0, place) + digits.slice(place + 1),
        digits.slice(0, place) + digit + digits.slice(place + 1),
        digits.slice(0, place) +
          [...digits.slice(place, place + 2)].reverse().join('') +
          digits.slice(place + 2),
      ]
      for (const other of changed)
        if (
          isOneSlipAway(digits, other) !== (digits !== other) ||
          isOneSlipAway(other, digits) !== (digits !== other)
        )
          throw new Error(`${digits} ${other}`)
    }),
    { numRuns: 2_000 },
  )
  t.notOk(isOneSlipAway('1234', '2143'))
  t.notOk(isOneSlipAway('1234', '1342'))
  t.notOk(isOneSlipAway('1234', '123456'))
})
