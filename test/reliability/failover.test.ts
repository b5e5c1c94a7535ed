import pg from 'pg'
import t from 'tap'
import { migrate } from '../../src/foundation/database/migrate.ts'
import { appOn } from '../support/app.ts'
import { archivedServer } from '../support/archived-server.ts'
import { auditBooks } from '../support/books.ts'
import { report, sizeOf } from '../support/certify.ts'
import { chaosProxy } from '../support/chaos-proxy.ts'
import { payers } from '../support/payers.ts'

const suite = 'T-db'
const HEAL_MS_MAX = 10_000

/** How many primaries are lost, one after the other, and how many payments are acknowledged before each is. */
const { failovers, payments } = sizeOf({
  slice: { failovers: 1, payments: 40 },
  certify: { failovers: 2, payments: 1_000 },
  certification: { failovers: 10, payments: 5_000 },
})

t.test('a standby that every commit waits for takes over without losing one', async (t) => {
  const wrong: string[] = []
  let [told, slowest] = [0, 0]
  for (let failover = 1; failover <= failovers; failover += 1) {
    const primary = await archivedServer(t)
    await migrate({ ownerUrl: primary.url })
    const proxy = await chaosProxy(t, primary.url)
    const app = await appOn(t, proxy.url, { LOG_LEVEL: 'silent' })
    const tenant = await app.tenant()
    await primary.backUp()
    const standby = await primary.standBy(t)
    const load = await payers(tenant)
    while (load.acknowledged() < payments) await load.untilWell()

    await primary.burnDown()
    const began = performance.now()
    await standby.promote()
    proxy.leadTo(standby.url)
    await load.untilWell()
    const healedMs = performance.now() - began

    const owner = new pg.Client({ connectionString: standby.url })
    await owner.connect()
    const { acknowledged, there } = await load.end(owner)
    await owner.end()
    if (acknowledged !== there) wrong.push(`${acknowledged} acknowledged, ${there} there`)
    wrong.push(...load.offences, ...(await auditBooks(app.context, tenant.uuid)))
    await tenant.events()
    const { body } = await tenant.api('GET', '/v1/ledger/verification')
    if (!body.ok) wrong.push(JSON.stringify(body))
    told += acknowledged
    slowest = Math.max(slowest, healedMs)
  }
  t.same(wrong, [])
  t.ok(slowest < HEAL_MS_MAX, `well after ${slowest} ms`)
  await report({
    suite,
    goal: `${failovers} primaries lost under load, a synchronous standby promoted: 0 lost, well within 10 s`,
    seen: `${told} acknowledged, ${wrong.length} lost, doubled or untrue; well after ${Math.round(slowest)} ms at most`,
    met: wrong.length === 0 && slowest < HEAL_MS_MAX,
  })
})
