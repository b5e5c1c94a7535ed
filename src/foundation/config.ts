import { isIP } from 'node:net'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { issuerFaults } from './access/issuers.ts'

const optional = (description: string) => Type.Optional(Type.String({ description, minLength: 1 }))

/** Every environment variable the service reads; README's table is made from this object. */
export const ConfigSchema = Type.Object({
  PORT: Type.Integer({
    description: 'Port to listen on; 0 takes a free one.',
    default: 8080,
    minimum: 0,
    maximum: 65535,
  }),
  HOST: Type.String({ description: 'Address to listen on.', default: '127.0.0.1', minLength: 1 }),
  DATABASE_URL: optional(
    'PostgreSQL 15 or newer. Without it, the embedded server is started in `DATA_DIR`.',
  ),
  DATABASE_OWNER_URL: optional(
    'Login that owns the schema and runs migrations; by default `DATABASE_URL`.',
  ),
  DATABASE_POOL_SIZE: Type.Integer({
    description:
      'Connections for requests; workers hold half as many more, exports four, and two find out who calls.',
    default: 16,
    minimum: 2,
    maximum: 200,
  }),
  DATABASE_PREPARED: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    description: 'Named prepared statements; `off` behind PgBouncer older than 1.21.',
    default: 'on',
  }),
  DATA_DIR: Type.String({
    description: 'Folder of the embedded PostgreSQL.',
    default: '.receivables',
    minLength: 1,
  }),
  MIGRATE: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    description: 'Whether a start brings the schema up to date first.',
    default: 'on',
  }),
  JWT_ISSUER: optional(
    'Issuer of accepted access tokens (RFC 9068). Needs `JWT_AUDIENCE` and `JWKS_URL` too.',
  ),
  JWT_AUDIENCE: optional('Audience that access tokens must name.'),
  JWKS_URL: Type.Optional(
    Type.String({ description: 'Where the issuer publishes its keys.', pattern: '^https?://' }),
  ),
  JWT_TENANT_CLAIM: Type.String({
    description: 'Claim that names the tenant (`ten_…`).',
    default: 'tenant_id',
    minLength: 1,
  }),
  JWT_ROLES_CLAIM: optional('Claim that carries roles of this service; without it none does.'),
  JWT_ISSUERS: optional(
    'Further issuers of access tokens, as a JSON list: `name`, `issuer` and `audience` of each, `tenant` (the one its tokens are for) or `tenant_claim`; `jwks_url` where its OpenID configuration is not to be asked; `types`, `subject_claim`, `client_claim`, `scope_claim`, `roles_claim` where it deviates from RFC 9068; `platform: true` if its tokens may carry `tenants:admin` and `tenants:act`. See `src/foundation/access/README.md`.',
  ),
  JWT_TYPES: Type.String({
    description: 'Accepted `typ` headers, comma separated; some issuers send `JWT`.',
    default: 'at+jwt',
    minLength: 1,
  }),
  BOOTSTRAP_API_KEY: Type.Optional(
    Type.String({
      description:
        'When no tenant exists yet: creates tenant `default` in test mode with this value as its API key with every scope.',
      minLength: 32,
      maxLength: 4096,
      pattern: '^[\\x21-\\x7e]+$',
    }),
  ),
  LOG_LEVEL: Type.Union(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) =>
      Type.Literal(level),
    ),
    {
      description: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
      default: 'info',
    },
  ),
  RATE_LIMIT: Type.String({
    description: 'Requests per minute and credential, or `off`. Counted per replica.',
    default: '6000',
    pattern: '^(off|[1-9][0-9]{0,8})$',
  }),
  WEBHOOK_ALLOWED_CIDRS: Type.String({
    description:
      'Private networks webhooks may reach, comma separated; over http and any port too.',
    default: '',
  }),
  WEBHOOK_ALLOWED_HOSTS: Type.String({
    description:
      'Host names webhooks may reach wherever they lead, comma separated, `*.internal` for all below one; over http and any port too. Metadata services stay closed.',
    default: '',
  }),
  TRUSTED_PROXIES: Type.String({
    description:
      'Networks of the load balancers whose `X-Forwarded-For` names the caller, comma separated; limits of failed credentials count by that address.',
    default: '',
  }),
  WEBHOOK_TIMEOUT_MS: Type.Integer({
    description: 'Time one delivery attempt may take in all, milliseconds.',
    default: 15_000,
    minimum: 100,
    maximum: 30_000,
  }),
  SECRETS_KEYS: optional(
    'Keys that encrypt webhook secrets at rest, `id:base64 of 32 bytes`, comma separated; the first encrypts. Without it a key is kept in `DATA_DIR`, or in the database when that is an external one: set it in production.',
  ),
  SCHEDULER: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    description: 'Whether this replica runs scheduled jobs, imports and deliveries.',
    default: 'on',
  }),
  DELIVERY_PAUSED: Type.Union([Type.Literal('on'), Type.Literal('off')], {
    description:
      '`on` keeps this replica from sending webhooks; they wait. For the time after a restore: see the runbook.',
    default: 'off',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      description:
        'OpenTelemetry collector that traces are sent to, OTLP over HTTP; without it there are none. Other standard `OTEL_*` variables hold too: sampler, headers, batching.',
      pattern: '^https?://',
    }),
  ),
  OTEL_SERVICE_NAME: Type.String({
    description: 'What this service is called in traces.',
    default: 'receivables',
    minLength: 1,
  }),
  DRAIN_DELAY_MS: Type.Integer({
    description:
      'After SIGTERM, how long to keep serving while load balancers look away, milliseconds.',
    default: 0,
    minimum: 0,
    maximum: 15_000,
  }),
})

export type Config = Readonly<Static<typeof ConfigSchema>>

/** Thrown at a bad start; its message names every bad variable at once. */
export class ConfigError extends Error {}

/** Reads the configuration once. Throws a `ConfigError` that lists everything that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.keys(ConfigSchema.properties).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  )
  const config = Value.Convert(ConfigSchema, Value.Default(ConfigSchema, given)) as Config
  const wrong = [
    ...[...Value.Errors(ConfigSchema, config)].map(
      ({ path, message }) => `${path.slice(1)}: ${message}`,
    ),
    ...contradictions(config),
  ]
  if (wrong.length > 0)
    throw new ConfigError(`Bad configuration:\n  ${[...new Set(wrong)].join('\n  ')}`)
  return Object.freeze(config)
}

function contradictions(config: Config): string[] {
  const jwt = ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWKS_URL'] as const
  const missing = jwt.filter((name) => config[name] === undefined)
  const wrong: string[] = []
  if (missing.length > 0 && missing.length < jwt.length) {
    wrong.push(...missing.map((name) => `${name}: needed together with the other JWT settings`))
  }
  wrong.push(...issuerFaults(config).map((fault) => `JWT_ISSUERS: ${fault}`))
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const) {
    if (config[name] !== undefined && !/^postgres(ql)?:\/\//.test(config[name])) {
      wrong.push(`${name}: must be a postgres:// URL`)
    }
  }
  for (const name of ['WEBHOOK_ALLOWED_CIDRS', 'TRUSTED_PROXIES'] as const) {
    for (const network of listed(config[name])) {
      if (!isNetwork(network)) wrong.push(`${name}: ${network} is not a network like 10.0.0.0/8`)
    }
  }
  for (const host of listed(config.WEBHOOK_ALLOWED_HOSTS)) {
    if (!isHostName(host))
      wrong.push(`WEBHOOK_ALLOWED_HOSTS: ${host} is not a name like erp.internal or *.internal`)
  }
  for (const entry of config.SECRETS_KEYS?.split(',') ?? []) {
    const [id = '', key = ''] = entry.trim().split(':')
    if (!/^[A-Za-z0-9_-]{1,16}$/.test(id) || Buffer.from(key, 'base64').length !== 32) {
      wrong.push('SECRETS_KEYS: each entry must be `id:base64 of 32 bytes`')
    }
  }
  return wrong
}

/** Whether text is a network in CIDR form, `10.0.0.0/8` or `2001:db8::/32`. */
export function isNetwork(network: string): boolean {
  const [address = '', bits = ''] = network.split('/')
  const family = isIP(address)
  return family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

/** In lower case, as the DNS spells it, with `*.` for all below; addresses are networks, not names. */
const isHostName = (text: string): boolean =>
  /^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(text) && isIP(text) === 0

/** The entries of a setting that lists them with commas. */
export const listed = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** The configuration as a Markdown table, for the README. */
export function configTable(): string {
  const rows = Object.entries(ConfigSchema.properties).map(
    ([name, { description, default: fallback }]) => {
      const shown = fallback === undefined || fallback === '' ? '' : `\`${fallback}\``
      return `| \`${name}\` | ${shown} | ${description} |\n`
    },
  )
  return `| variable | default | meaning |\n| --- | --- | --- |\n${rows.join('')}`
}
