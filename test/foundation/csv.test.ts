import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import t from 'tap'
import { csvLine } from '../../src/foundation/csv.ts'

t.test('cells are quoted only where they must be', async (t) => {
  t.equal(csvLine(['a', 1, null, true, '-12.50']), 'a,1,,true,-12.50\r\n')
  t.equal(csvLine(['a,b', 'say "x"', 'two\nlines']), '"a,b","say ""x""","two\nlines"\r\n')
})

t.test('what a spreadsheet would run is text', async (t) => {
  for (const formula of ['=1+1', '+49 30 1', '-2+3', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("x")'])
    t.match(csvLine([formula]), /^"?'/, formula)
  t.equal(csvLine(['a=1', '-5', '-0.05']), 'a=1,-5,-0.05\r\n')
})

t.test('whatever is written is read again', async (t) => {
  const text = fc.string({ unit: 'grapheme' }).filter((one) => !/^[=+\-@\t\r]/.test(one))
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (cells) => {
      t.same(parse(csvLine(cells), { relax_column_count: true }), [cells])
    }),
  )
})
