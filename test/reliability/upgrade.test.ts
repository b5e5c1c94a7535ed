import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { packageRoot } from '../../src/foundation/places.ts'
import { report, rung, sizeOf } from '../support/certify.ts'
import { testDatabase } from '../support/database.ts'
import { keepAliveLoad } from '../support/keep-alive-load.ts'
import { startService } from '../support/service.ts'
import { callerOf } from '../support/year.ts'

const skip = rung === 'slice' && 'tried by npm run certify'
const run = promisify(execFile)

/** The code of the last release, as the history has it; undefined where there is no history. */
async function releasedCode(): Promise<string | undefined> {
  const root = packageRoot()
  const released = await readFile(join(root, 'openapi/released.json'), 'utf8')
  const commit = (JSON.parse(released) as { 'x-commit': string })['x-commit']
  const folder = await mkdtemp(join(tmpdir(), 'receivables-released-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const archive = join(folder, 'code.tar')
  const found = await run('git', ['-C', root, 'archive', '-o', archive, commit]).catch(() => null)
  if (found === null) return undefined
  const code = join(folder, 'code')
  await mkdir(code)
  await run('tar', ['-xf', archive, '-C', code])
  await symlink(join(root, 'node_modules'), join(code, 'node_modules'))
  return code
}

t.test(
  'the released service is replaced by this one under load, and nobody notices',
  { skip },
  async (t) => {
    const codeFolder = await releasedCode()
    if (codeFolder === undefined)
      return t.pass('not tried: the released commit is not in the history')
    const rollouts = sizeOf({ slice: 0, certify: 5, certification: 50 })
    const failures: string[] = []
    let asked = 0
    for (let rollout = 0; rollout < rollouts; rollout += 1) {
      const { url: databaseUrl } = await testDatabase(t, 'template0')
      const env = { DRAIN_DELAY_MS: '4000' }
      const old = { databaseUrl, env, codeFolder }
      const first = await startService(t, old)
      const { apiKey } = first
      const second = await startService(t, { ...old, apiKey })
      const load = await keepAliveLoad([first, second])
      await sleep(1_000)
      for (const { url, stop } of [first, second]) {
        t.equal(await stop(), 0)
        await startService(t, { databaseUrl, env, apiKey, port: Number(new URL(url).port) })
        await sleep(2_000)
      }
      const { failures: failed, ...one } = await load.end()
      asked += one.asked
      failures.push(...failed)
      const { ok, ...books } = await callerOf(first)('GET', '/v1/ledger/verification')
      if (!ok) failures.push(JSON.stringify(books))
    }
    t.same(failures, [])
    await report({
      suite: 'T-deploy',
      goal: `${rollouts} rollouts over the released service under keep-alive load, both at once in between: 0 failed requests`,
      seen: `${asked} requests, ${failures.length} failed`,
      met: failures.length === 0,
    })
  },
)
