import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { programAt } from '../../src/foundation/places.ts'
import { appOn } from '../support/app.ts'
import { testDatabase } from '../support/database.ts'
import { customer, importAll, invoice, read } from './support.ts'

const ROWS = 4_000

t.test('an import survives kill -9 and does every row once', { timeout: 120_000 }, async (t) => {
  const { url } = await testDatabase(t)
  const { context, tenant } = await appOn(t, url)
  const creditor = await tenant()
  const { api } = creditor
  await importAll(context, creditor, { resource: 'customers', items: [customer('C-1')] })

  const children: ChildProcess[] = []
  t.teardown(() => {
    for (const child of children) child.kill('SIGKILL')
  })
  const start = () => {
    const child = spawn(process.execPath, [programAt('src/main')], {
      env: { ...process.env, DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'fatal', MIGRATE: 'off' },
      stdio: 'inherit',
    })
    children.push(child)
    return child
  }
  const ended = async (id: string, until: (seen: Record<string, number>) => boolean) => {
    for (;;) {
      const { body } = await api('GET', `/v1/imports/${id}`)
      if (until(body)) return body
      await sleep(20)
    }
  }

  const lines = Array.from({ length: ROWS }, (_, n) => JSON.stringify(invoice(`I-${n}`))).join('\n')
  const { body } = await api('POST', '/v1/imports?resource=invoices', lines, {
    'content-type': 'application/x-ndjson',
  })
  const first = start()
  const before = await ended(body.id, ({ created_count = 0 }) => created_count >= 1_000)
  first.kill('SIGKILL')
  await once(first, 'exit')
  t.ok(before.created_count < ROWS, `killed after ${before.created_count} rows`)

  start()
  const after = await ended(body.id, ({ finished_at }) => finished_at !== null)
  t.match(after, { status: 'succeeded', created_count: ROWS, failed_count: 0 })
  const { results } = await read(api, body.id)
  t.equal(new Set(results.map(({ resource_id }) => resource_id)).size, ROWS)
  t.match((await api('GET', '/v1/ledger/verification')).body, { ok: true })
  const balance = await api(
    'GET',
    `/v1/customers/${(await api('GET', '/v1/customers')).body.data[0].id}/balance`,
  )
  t.match(JSON.stringify(balance.body), new RegExp(`"open_amount":${ROWS * 10_000}`))
})
