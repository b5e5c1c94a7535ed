import t from 'tap'
import { runScheduledDunning } from '../../src/dunning/runs/run-scheduled.ts'
import { testApp } from '../support/app.ts'
import { costOf, dunBare, seedLoad } from '../support/dunning-load.ts'

t.test('a run is set-based: ten times the items take hardly more statements', async (t) => {
  const app = await testApp(t)
  const runOver = async (load: { items: number; due: number }) => {
    const tenant = await app.tenant()
    await seedLoad(app, tenant, load)
    let figures: Record<string, unknown> = {}
    const cost = await costOf(async () => {
      figures = await runScheduledDunning(app.context, tenant.uuid, new AbortController().signal)
    })
    t.match(figures, { items: load.due, escalated: load.due, notices: load.due / 4 })
    return cost.statements
  }
  const few = await runOver({ items: 400, due: 80 })
  const many = await runOver({ items: 4_000, due: 800 })
  // A run that takes longer looks more often whether it is still to go on.
  t.ok(many <= few * 1.2, `${few} statements for 80 items, ${many} for 800`)
})

t.test('the bare statement of the bench does the same work, and keeps none of it', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant()
  await seedLoad(app, tenant, { items: 400, due: 80 })
  t.match(await dunBare(app, tenant), { escalated: 80, statements: 1 })
  t.same((await tenant.api('GET', '/v1/dunning-notices')).body.data, [])
})
