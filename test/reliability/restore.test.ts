import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { sealTenant } from '../../src/audit/seal-events.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { migrate } from '../../src/foundation/database/migrate.ts'
import { publicId } from '../../src/foundation/id.ts'
import { runWorkers } from '../../src/workers.ts'
import { appOn, type TestApp } from '../support/app.ts'
import { archivedServer } from '../support/archived-server.ts'
import { auditBooks } from '../support/books.ts'
import { report, seed, sizeOf } from '../support/certify.ts'
import { chanceOf } from '../support/random.ts'
import { until } from '../support/receiver.ts'
import { recordsOf } from '../support/records.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { allTold, endpointFor, LOCAL, quick } from '../support/webhooks.ts'

const { restores, documents } = sizeOf({
  slice: { restores: 1, documents: 24 },
  certify: { restores: 3, documents: 600 },
  certification: { restores: 30, documents: 6_000 },
})
const LANES = 4

/** A document with the moments between which it was committed, by the server's clock. */
interface Written {
  id: string
  asked: string
  answered: string
}

/** The service with its workers until the test ends or `end` is called. */
function work(
  t: { teardown(handler: () => Promise<void>): void },
  { context }: TestApp,
): () => Promise<void> {
  const stop = new AbortController()
  const working = runWorkers(context, stop.signal, quick())
  const end = async () => {
    stop.abort()
    await working
  }
  t.teardown(end)
  return end
}

t.test(
  `a database restored to a moment has all that was confirmed before it (seed ${seed})`,
  async (t) => {
    const server = await archivedServer(t)
    await migrate({ ownerUrl: server.url })
    const receiver = await startWebhookReceiver(t)
    const app = await appOn(t, server.url, LOCAL)
    const tenant = await app.tenant()
    receiver.use((await endpointFor(tenant, receiver.url)).secret)
    const end = work(t, app)
    const make = recordsOf(tenant)
    const customer = await make.customer()
    await server.backUp()

    const written: Written[] = []
    const moments: string[] = []
    const chance = chanceOf(seed)
    let begun = 0
    const lane = async () => {
      while (begun < documents) {
        begun += 1
        const asked = await server.moment()
        const { id } = await (chance.happens(0.7)
          ? make.invoice(customer)
          : make.payment(customer, { amount: 100 }))
        written.push({ id, asked, answered: await server.moment() })
      }
    }
    const watch = async () => {
      for (let taken = 0; taken < restores; taken += 1) {
        const count = Math.floor((documents * (taken + 0.2 + 0.6 * chance.next())) / restores)
        await until(() => written.length >= count, 600_000)
        await sequenceTenant(app.context, tenant.uuid)
        await sealTenant(app.context, tenant.uuid, new AbortController().signal)
        moments.push(await server.moment())
      }
    }
    await Promise.all([watch(), ...Array.from({ length: LANES }, lane)])
    // A recovery that finds nothing after its moment cannot know that it got there.
    await make.customer()
    await allTold(app.context, 60_000)
    await end()
    await server.archiveAll()

    let missing = 0
    let unfounded = 0
    let faults = 0
    let sent = 0
    for (const moment of moments) {
      await t.test(`restored to ${moment}`, async (t) => {
        const restored = await appOn(t, await server.restoreTo(t, moment), {
          ...LOCAL,
          DELIVERY_PAUSED: 'on',
          LOG_LEVEL: 'fatal',
        })
        const get = async (url: string) => (await restored.call(tenant.secret, 'GET', url)).body
        const present = await documentsOf(restored, tenant.uuid)
        const lost = written.filter(({ id, answered }) => answered < moment && !present.has(id))
        const early = written.filter(({ id, asked }) => asked > moment && present.has(id))
        t.same([lost, early], [[], []])

        t.match(await get('/v1/ledger/verification'), { ok: true, differences: [] })
        const verification = await get('/v1/audit/verification')
        t.match(verification, { ok: true, faults: [] })
        t.ok(verification.event_count > 0, 'sealed blocks came along')
        const books = await auditBooks(restored.context, tenant.uuid)
        t.same(books, [])
        t.equal(
          (await get('/v1/audit/heads')).epoch,
          2,
          'receivers can see that time was turned back',
        )

        const before = receiver.verifiedCount()
        work(t, restored)
        await recordsOf({
          api: (...request) => restored.call(tenant.secret, ...request),
        }).customer()
        await sleep(700)
        t.equal(receiver.verifiedCount(), before, 'webhooks wait')
        missing += lost.length
        unfounded += early.length
        faults += books.length
        sent += receiver.verifiedCount() - before
      })
    }
    await report({
      suite: 'T-pitr',
      goal: `${restores} restores to random moments: all commits before are there, books and chain are clean, webhooks wait`,
      seen: `${moments.length} restores of ${written.length} documents: ${missing} missing, ${unfounded} from later, ${faults} faults, ${sent} webhooks sent`,
      met: moments.length === restores && missing + unfounded + faults + sent === 0 && t.passing(),
    })
  },
)

/** The public ids of the invoices and payments that are there. */
async function documentsOf({ context }: TestApp, tenantId: string): Promise<Set<string>> {
  const client = new pg.Client({
    connectionString: String(context.api.pool.options.connectionString),
  })
  await client.connect()
  const { rows } = await client.query<{ kind: 'invoice' | 'payment'; id: string }>(
    `select 'invoice' as kind, id from invoice where tenant_id = $1 union all select 'payment', id from payment where tenant_id = $1`,
    [tenantId],
  )
  await client.end()
  return new Set(rows.map(({ kind, id }) => publicId(kind, id)))
}
