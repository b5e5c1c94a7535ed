import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { makeCompany } from '../scripts/demo/company.ts'
import { programAt } from '../src/foundation/places.ts'
import { freePort } from './support/service.ts'

t.setTimeout(300_000)

async function folder(t: Test): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'receivables-demo-'))
  await chmod(path, 0o711)
  t.teardown(() => rm(path, { recursive: true, force: true }))
  return path
}

/** The demo in a process of its own, with what it says. */
async function runDemo(t: Test, dataDir: string, ...options: string[]) {
  const script = programAt('scripts/demo')
  const child: ChildProcess = spawn(
    process.execPath,
    [...(script.endsWith('.ts') ? ['--import', 'tsx'] : []), script, ...options],
    {
      env: { ...process.env, CI: '', DATA_DIR: dataDir, PORT: String(await freePort()) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const heard = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += String(chunk)
      for (const listen of heard) listen()
    })
  }
  const ended = once(child, 'close').then(([status]) => status as number)
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return {
    child,
    ended,
    said: () => said,
    /** Waits until it has said this, or has ended. */
    hear: (words: string) =>
      Promise.race([
        ended,
        new Promise<void>((resolve) => {
          const listen = () => said.includes(words) && resolve()
          heard.add(listen)
          listen()
        }),
      ]),
  }
}

t.test('a small company’s story ends with a summary, and it stays to be looked at', async (t) => {
  const dataDir = await folder(t)
  const demo = await runDemo(t, dataDir, '--customers=15', '--invoices=60', '--months=2')
  await demo.hear('Ctrl-C')
  t.match(demo.said(), /2025-02 .* 60 invoices/)
  t.match(demo.said(), /EUR +[\d,]+\.\d\d/, 'aging')
  t.match(demo.said(), /1 {2}Friendly reminder, from day 5 +\d/)
  t.match(demo.said(), /Webhooks +(\d+) sent, \1 verified, 0 failed/)
  t.match(demo.said(), /Ledger +verified/)

  const [, token] = /Bearer (\S+)'/.exec(demo.said()) ?? []
  const [, url] = /(http:\S+\/v1\/invoices\S+)'/.exec(demo.said()) ?? []
  const answer = await fetch(String(url), { headers: { authorization: `Bearer ${token}` } })
  t.equal(answer.status, 200, demo.said())
  const { data } = (await answer.json()) as { data: object[] }
  t.match(data[0], { object: 'invoice', overdue: true })
  t.equal((await fetch(new URL('/docs', url))).status, 200)

  demo.child.kill('SIGINT')
  t.equal(await demo.ended, 130)
  t.notOk(existsSync(join(dataDir, 'postgres', 'postmaster.pid')), 'no server is left running')

  await t.test(
    'the next one makes another company in its place, and ends when told to',
    async (t) => {
      const options = ['--customers=2', '--invoices=3', '--months=1', '--exit']
      const next = await runDemo(t, dataDir, ...options)
      t.equal(await next.ended, 0, next.said())
      t.match(next.said(), /2025-01 .* 3 invoices/)
      t.notOk(existsSync(join(dataDir, 'postgres', 'postmaster.pid')), 'no server is left running')
    },
  )
})

t.test('it never empties a folder that is not its own', async (t) => {
  const dataDir = await folder(t)
  await writeFile(join(dataDir, 'books.txt'), 'the only copy')
  const demo = await runDemo(t, dataDir, '--exit')
  t.equal(await demo.ended, 1)
  t.match(demo.said(), 'holds something that is not a demo’s')
  t.ok(existsSync(join(dataDir, 'books.txt')))
})

t.test('it says which option it does not understand', async (t) => {
  const demo = await runDemo(t, await folder(t), '--invoices=many')
  t.equal(await demo.ended, 1)
  t.match(demo.said(), '--invoices must be a whole number')
})

t.test('the same seed makes the same company, another seed another', async (t) => {
  const amounts = (seed: number) =>
    [...makeCompany({ customers: 20, invoices: 100, months: 3, seed }).days.values()].flatMap(
      ({ payments }) => payments.map(({ id, date, amount }) => `${id} ${date} ${amount}`),
    )
  t.same(amounts(1), amounts(1))
  t.notSame(amounts(1), amounts(2))
})
