import t from 'tap'
import { testApp } from '../../support/app.ts'
import { defects, exactReference, generateYear } from '../../support/bank-year.ts'
import { auditBooks } from '../../support/books.ts'
import { judgeYear, playYear, together } from '../../support/match-year.ts'

t.setTimeout(120_000)

const app = await testApp(t)

t.test('a year of payments with the defects real ones have', async (t) => {
  const tenant = await app.tenant()
  const year = generateYear({ invoices: 600, seed: 1, statementDays: 28 })
  await playYear(app, tenant, year)
  const figures = await judgeYear(app, tenant, year)
  const all = together(Object.values(figures))
  t.ok(all.lines > 480)
  t.ok(all.posted >= 0.9 * all.lines, `${all.posted} of ${all.lines} were posted by themselves`)
  t.ok(all.wrong < 0.001 * all.lines, `${all.wrong} were posted wrongly`)
  const exact = together(
    defects.filter((defect) => exactReference.has(defect)).map((defect) => figures[defect]),
  )
  t.equal(exact.wrong, 0, 'none where the reference was right')
  t.same(await auditBooks(app.context, tenant.uuid), [])
})
