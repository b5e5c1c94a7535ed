import t from 'tap'
import { ConfigError, listed, readConfig } from '../../src/foundation/config.ts'

const refusalOf = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

t.test('without anything said, the defaults apply', async (t) => {
  const config = readConfig({})
  t.match(config, {
    PORT: 8080,
    HOST: '127.0.0.1',
    RATE_LIMIT: '6000',
    SCHEDULER: 'on',
    LOG_LEVEL: 'info',
  })
  t.equal(config.DATABASE_URL, undefined)
  t.ok(Object.isFrozen(config))
})

t.test('an empty variable counts as none', async (t) => {
  t.match(readConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' }), {
    PORT: 8080,
    LOG_LEVEL: 'info',
  })
})

t.test('a bad start names every bad variable at once', async (t) => {
  const bad = {
    PORT: '70000',
    DATABASE_URL: 'mysql://localhost/x',
    DATABASE_OWNER_URL: 'localhost',
    DATABASE_POOL_SIZE: 'many',
    DATABASE_PREPARED: 'maybe',
    MIGRATE: 'yes',
    JWT_ISSUER: 'https://issuer.example',
    JWKS_URL: 'ftp://issuer.example',
    BOOTSTRAP_API_KEY: 'short',
    LOG_LEVEL: 'loud',
    RATE_LIMIT: '-5',
    WEBHOOK_ALLOWED_CIDRS: '10.0.0.0/8, 10.0.0.0/33, example.com/8, ::1/128',
    TRUSTED_PROXIES: 'anybody',
    WEBHOOK_ALLOWED_HOSTS: 'erp.internal, *.ok.internal, Big.internal, a.internal:80, 10.0.0.1, *',
    WEBHOOK_TIMEOUT_MS: '5',
    SECRETS_KEYS: 'k1:dG9vIHNob3J0',
    SCHEDULER: 'sometimes',
    DRAIN_DELAY_MS: '-1',
  }
  const message = refusalOf(bad)
  for (const name of [...Object.keys(bad), 'JWT_AUDIENCE'].filter((one) => one !== 'JWT_ISSUER'))
    t.match(message, new RegExp(`^ +${name}: `, 'm'), name)
  t.match(message, /10\.0\.0\.0\/33/)
  t.match(message, /example\.com\/8/)
  t.notMatch(message, /::1/)
  for (const host of ['Big.internal', 'a.internal:80', '10.0.0.1', '\\*'])
    t.match(message, new RegExp(`HOSTS: ${host} is not a name`))
  t.notMatch(message, /erp\.internal is not|ok\.internal is not/)
})

t.test('a message never repeats a secret', async (t) => {
  const secret = 'hunter2-with-a-space in-it-and-more-than-32-characters'
  t.notMatch(refusalOf({ BOOTSTRAP_API_KEY: secret, SECRETS_KEYS: `k1:${secret}` }), /hunter2/)
})

t.test('half a JWT configuration is none', async (t) => {
  t.match(refusalOf({ JWT_ISSUER: 'https://a.example' }), /JWT_AUDIENCE(.|\n)*JWKS_URL/)
  const whole = {
    JWT_ISSUER: 'https://a.example',
    JWT_AUDIENCE: 'x',
    JWKS_URL: 'https://a.example/jwks',
  }
  t.equal(refusalOf(whole), '')
})

t.test('settings list with commas', async (t) => {
  t.same(listed(' 10.0.0.0/8 ,127.0.0.0/8,'), ['10.0.0.0/8', '127.0.0.0/8'])
})
