import t from 'tap'
import { createContext } from '../../../src/context.ts'
import { readConfig } from '../../../src/foundation/config.ts'
import { createLog } from '../../../src/foundation/log.ts'
import { bootstrap } from '../../../src/parties/tenants/bootstrap.ts'
import { appOn } from '../../support/app.ts'
import { testDatabase } from '../../support/database.ts'

const secret = 'a-bootstrap-key-of-at-least-32-characters'

t.test(
  'five replicas that start at once create one tenant, and the key works on all of them',
  async (t) => {
    const { url } = await testDatabase(t)
    const replicas = Array.from({ length: 5 }, () =>
      createContext(readConfig({ BOOTSTRAP_API_KEY: secret }), url, createLog('silent')),
    )
    t.teardown(() =>
      Promise.all(replicas.flatMap(({ api, workers }) => [api.pool.end(), workers.pool.end()])),
    )

    const outcomes = await Promise.all(replicas.map(bootstrap))
    t.equal(outcomes.filter((created) => created).length, 1)

    const callers = await Promise.all(
      replicas.map(async ({ authenticate }) => (await authenticate(secret, '127.0.0.1')).enter()),
    )
    t.equal(new Set(callers.map(({ tenantId }) => tenantId)).size, 1)
    t.ok(callers[0]?.scopes.has('tenants:admin'))

    const { call } = await appOn(t, url)
    const { status, body } = await call(secret, 'GET', '/v1/tenant')
    t.equal(status, 200)
    t.match(body, {
      name: 'default',
      mode: 'test',
      livemode: false,
      time_zone: 'UTC',
      currency: 'EUR',
      locale: 'en',
    })
  },
)

t.test('does nothing without the setting, and nothing when a tenant exists', async (t) => {
  const { url } = await testDatabase(t)
  const app = await appOn(t, url)
  t.equal(await bootstrap(app.context), false)
  await app.tenant()

  const other = await appOn(t, url, { BOOTSTRAP_API_KEY: secret })
  t.equal(await bootstrap(other.context), false)
  t.match(await other.call(secret, 'GET', '/v1/tenant'), {
    status: 401,
    body: { code: 'unauthenticated' },
  })
})
