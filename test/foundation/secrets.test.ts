import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createContext } from '../../src/context.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { createLog } from '../../src/foundation/log.ts'
import {
  configuredKeys,
  createSecrets,
  type Place,
  secretsOf,
} from '../../src/foundation/secrets.ts'
import { testDatabase } from '../support/database.ts'

const place: Place = { tenantId: 'ten', table: 'webhook_secret', column: 'sealed', rowId: 'row' }
const key = () => randomBytes(32)

t.test('what is sealed opens again, and no two sealed values are alike', async (t) => {
  const secrets = createSecrets(new Map([['k1', key()]]))
  const sealed = secrets.seal('whsec_ü', place)
  t.equal(secrets.open(sealed, place), 'whsec_ü')
  t.match(sealed, /^v1\.k1\.[\w-]{16}\.[\w-]+$/)
  t.not(secrets.seal('whsec_ü', place), sealed)
  t.notMatch(sealed, /whsec/)
})

t.test(
  'a sealed value opens at its own place only, unchanged only, and with its own key only',
  async (t) => {
    const secrets = createSecrets(new Map([['k1', key()]]))
    const sealed = secrets.seal('secret', place)
    for (const other of [{ tenantId: 'x' }, { table: 'x' }, { column: 'x' }, { rowId: 'x' }]) {
      t.throws(() => secrets.open(sealed, { ...place, ...other }), { name: 'SecretUnreadable' })
    }
    const at = sealed.length - 5
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    t.throws(() => secrets.open(changed, place), { name: 'SecretUnreadable' })
    t.throws(
      () => secrets.open(sealed.slice(0, -24), place),
      { name: 'SecretUnreadable' },
      'cut off',
    )
    t.throws(() => secrets.open('', place), { name: 'SecretUnreadable' })
    t.throws(() => secrets.open('v1.k1..', place), { name: 'SecretUnreadable' })
    t.throws(() => createSecrets(new Map([['k1', key()]])).open(sealed, place), {
      name: 'SecretUnreadable',
    })
    t.throws(() => createSecrets(new Map([['k2', key()]])).open(sealed, place), {
      name: 'SecretUnreadable',
    })
  },
)

t.test('a new key in front seals, the former still opens', async (t) => {
  const [k1, k2] = [key().toString('base64'), key().toString('base64')]
  const before = createSecrets(configuredKeys(`k1:${k1}`))
  const after = createSecrets(configuredKeys(`k2:${k2}, k1:${k1}`))
  t.equal(after.open(before.seal('old', place), place), 'old')
  t.match(after.seal('new', place), /^v1\.k2\./)
})

t.test('where the key comes from', async (t) => {
  const { url } = await testDatabase(t)
  const log = createLog('error')
  const DATA_DIR = join(t.testdir(), 'data')
  const contextOf = (env: NodeJS.ProcessEnv) => {
    const context = createContext(readConfig({ DATA_DIR, ...env }), url, log)
    t.teardown(() => Promise.all([context.api.pool.end(), context.workers.pool.end()]))
    return context
  }

  await t.test(
    'replicas on an external database share the one kept there, whoever made it',
    async (t) => {
      const replicas = Array.from({ length: 4 }, () => secretsOf(contextOf({ DATABASE_URL: url })))
      const [first, ...others] = await Promise.all(replicas)
      const sealed = first?.seal('shared', place) ?? ''
      for (const other of others) t.equal(other.open(sealed, place), 'shared')
    },
  )

  await t.test('beside the embedded database it is a file that only its owner reads', async (t) => {
    const makers = Array.from({ length: 4 }, () => secretsOf(contextOf({})))
    const [first, ...others] = await Promise.all(makers)
    const sealed = first?.seal('shared', place) ?? ''
    for (const other of others) t.equal(other.open(sealed, place), 'shared')
    t.equal((await stat(join(DATA_DIR, 'secrets.key'))).mode & 0o777, 0o600)
  })

  await t.test('SECRETS_KEYS takes over, and what was sealed before still opens', async (t) => {
    const SECRETS_KEYS = `mine:${key().toString('base64')}`
    for (const env of [{ DATABASE_URL: url }, {}]) {
      const before = await secretsOf(contextOf(env))
      const after = await secretsOf(contextOf({ ...env, SECRETS_KEYS }))
      t.equal(after.open(before.seal('old', place), place), 'old')
      t.match(after.seal('new', place), /^v1\.mine\./)
    }
  })
})
