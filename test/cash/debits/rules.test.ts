import fc from 'fast-check'
import t from 'tap'
import {
  isCreditorId,
  isSepaIban,
  lastDayOf,
  sequenceTypeOf,
} from '../../../src/cash/debits/mandate.ts'
import { sepaText } from '../../../src/cash/debits/sepa-text.ts'
import {
  addTargetDays,
  easterSunday,
  isTargetDay,
  onTargetDay,
} from '../../../src/cash/debits/target-days.ts'
import { addDays, daysBetween } from '../../../src/foundation/calendar.ts'

const days = fc.integer({ min: 0, max: 100_000 }).map((day) => addDays('1930-01-01', day))

t.test('Easter falls when the tables say', async (t) => {
  const known = {
    1961: '1961-04-02',
    1981: '1981-04-19',
    2000: '2000-04-23',
    2008: '2008-03-23',
    2024: '2024-03-31',
    2025: '2025-04-20',
    2026: '2026-04-05',
    2038: '2038-04-25',
    2049: '2049-04-18',
    2285: '2285-03-22',
  }
  for (const [year, date] of Object.entries(known)) t.equal(easterSunday(Number(year)), date)
})

t.test('TARGET is closed on six days of a year and at weekends', async (t) => {
  const closed = [
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-12-25',
    '2026-12-26',
  ]
  for (const date of closed) t.notOk(isTargetDay(date), date)
  for (const date of ['2026-11-21', '2026-11-22']) t.notOk(isTargetDay(date), date)
  const open = ['2026-01-02', '2026-04-02', '2026-04-07', '2026-12-24', '2026-12-31', '2028-02-29']
  for (const date of open) t.ok(isTargetDay(date), date)
  t.equal(onTargetDay('2026-04-03'), '2026-04-07')
  t.equal(addTargetDays('2026-04-02', 1), '2026-04-07')
  t.equal(addTargetDays('2026-12-24', 2), '2026-12-29')
})

t.test('the next TARGET day is never far, and never skipped', async () => {
  fc.assert(
    fc.property(days, (date) => {
      const next = onTargetDay(date)
      const between = Array.from({ length: daysBetween(date, next) }, (_, n) => addDays(date, n))
      return isTargetDay(next) && between.length <= 5 && between.every((day) => !isTargetDay(day))
    }),
    { numRuns: 2_000 },
  )
})

t.test('a mandate may be used for 36 months, to the day', async (t) => {
  t.equal(lastDayOf('2026-02-01'), '2029-02-01')
  t.equal(lastDayOf('2024-02-29'), '2027-02-28', 'there is no 29th')
  t.equal(lastDayOf('2025-02-28'), '2028-02-28', 'nor is a day won')
  t.equal(lastDayOf('2026-12-31'), '2029-12-31')
  fc.assert(
    fc.property(days, (date) => {
      const last = lastDayOf(date)
      return (
        Number(last.slice(0, 4)) === Number(date.slice(0, 4)) + 3 &&
        last.slice(5, 7) === date.slice(5, 7) &&
        (last.slice(8) === date.slice(8) || date.slice(5) === '02-29')
      )
    }),
  )
})

t.test('a collection has its place in the series', async (t) => {
  const presented = {
    reference: 'M',
    signature_date: '2026-01-01',
    debtor_name: 'D',
    iban: 'I',
    bic: null,
    creditor_id: 'C',
    creditor_name: 'N',
  }
  t.equal(sequenceTypeOf({ sequence: 'one_off', presented: null }, false), 'OOFF')
  t.equal(sequenceTypeOf({ sequence: 'recurring', presented: null }, false), 'FRST')
  t.equal(sequenceTypeOf({ sequence: 'recurring', presented }, false), 'RCUR')
  t.equal(sequenceTypeOf({ sequence: 'recurring', presented }, true), 'FNAL')
})

t.test('identifiers are checked to the digit', async (t) => {
  for (const id of ['DE98ZZZ09999999999', 'AT61ZZZ01234567890', 'NL50ZZZ123456780000'])
    t.equal(isCreditorId(id), isCreditorId(id.replace('ZZZ', 'A1B')), 'whatever the business code')
  t.ok(isCreditorId('DE98ZZZ09999999999'))
  t.notOk(isCreditorId('DE98ZZZ09999999998'))
  t.notOk(isCreditorId('DE99ZZZ09999999999'))
  t.notOk(isCreditorId('DE98'))
  t.ok(isSepaIban('DE89370400440532013000'))
  t.notOk(isSepaIban('DE89370400440532013001'))
  t.notOk(isSepaIban('BR1800360305000010009795493C1'), 'valid, but out of reach')
})

t.test('text is brought into the letters of SEPA', async (t) => {
  t.equal(sepaText('Müller & Söhne, Straße 5', 70), 'Mueller + Soehne, Strasse 5')
  t.equal(sepaText('Łódź Çağrı Øre Ångström', 70), 'Lodz Cagri Ore Angstroem')
  t.equal(sepaText('Ελλάδα', 70), 'Ellada')
  t.equal(sepaText('София', 70), 'Sofiya')
  t.equal(sepaText('a\u0308 composed', 70), 'ae composed')
  t.equal(sepaText('<b>"x"</b>', 70), "(b)'x'(/b)")
  t.equal(sepaText('//odd//', 70), 'odd')
  t.equal(sepaText('漢字', 70), '..')
  t.equal(sepaText('  ', 70), '.')
  t.equal(sepaText('ﬁnal', 70), 'final')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 140 }), (text, max) => {
      const latin = sepaText(text, max)
      return (
        latin.length >= 1 &&
        latin.length <= max &&
        /^[A-Za-z0-9/\-?:().,'+ ]+$/.test(latin) &&
        !/^[/ ]|[/ ]$|\/\//.test(latin)
      )
    }),
    { numRuns: 3_000 },
  )
})
