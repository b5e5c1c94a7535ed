import fc from 'fast-check'
import t from 'tap'
import { nameSimilarity } from '../../../src/cash/matching/compare-names.ts'

t.test('the same name, written by a bank', async (t) => {
  for (const [a, b] of [
    ['Müller & Söhne GmbH', 'MUELLER UND SOEHNE'],
    ['Muster Maschinenbau AG', 'Muster Maschinenbau Aktiengesellschaf'],
    ['Max Mustermann', 'Mustermann, Max'],
    ['Société Générale d’Électricité S.A.', 'SOCIETE GENERALE D ELECTRICITE'],
    ['Bäckerei Großkreutz e.K.', 'Baeckerei Grosskreutz'],
    ['Intercontinental Trading Partners', 'Intercontinental Trading Par'],
  ] as const)
    t.ok(nameSimilarity(a, b) >= 0.75, `${a} / ${b}: ${nameSimilarity(a, b)}`)
})

t.test('other names', async (t) => {
  for (const [a, b] of [
    ['Müller GmbH', 'Meier GmbH'],
    ['Schmidt Bau GmbH', 'Schmidt Optik GmbH'],
    ['Max Mustermann', 'Erika Musterfrau'],
    ['GmbH', 'Muster GmbH'],
    ['', 'Muster GmbH'],
  ] as const)
    t.ok(nameSimilarity(a, b) < 0.75, `${a} / ${b}: ${nameSimilarity(a, b)}`)
})

t.test('every name is like itself, both ways the same', async () => {
  const name = fc.string({ maxLength: 40 })
  fc.assert(
    fc.property(name, name, (a, b) => {
      const similarity = nameSimilarity(a, b)
      if (similarity < 0 || similarity > 1) throw new Error(`${similarity}`)
      if (/\p{L}/u.test(a) && nameSimilarity(a, a) !== 1) throw new Error(a)
    }),
    { numRuns: 2_000 },
  )
})
