import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { Config } from '../config.ts'
import { idPattern } from '../id.ts'

const Claim = (description: string) =>
  Type.Union(
    [
      Type.String({ minLength: 1, maxLength: 200 }),
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 5 }),
    ],
    { description: `${description} A list is a path into nested claims.` },
  )

/**
 * One issuer of access tokens, as `JWT_ISSUERS` lists them. By default it has to follow RFC 9068 to the letter; each
 * deviation of an identity provider is a setting that names it.
 */
export const IssuerSettings = Type.Object(
  {
    name: Type.String({
      description: 'Stands in the audit trail before the client, so that no two issuers share one.',
      pattern: '^[a-z][a-z0-9-]{0,31}$',
    }),
    issuer: Type.String({
      description: 'The `iss` of its tokens, to the letter.',
      pattern: '^https?://[\\x21-\\x7e]+$',
      maxLength: 500,
    }),
    audience: Type.String({ description: 'What `aud` must name.', minLength: 1, maxLength: 500 }),
    jwks_url: Type.Optional(
      Type.String({
        description: 'Where its keys are; by default its OpenID configuration says so.',
        pattern: '^https?://[\\x21-\\x7e]+$',
        maxLength: 500,
      }),
    ),
    types: Type.Array(Type.String({ maxLength: 100 }), {
      description: 'Accepted `typ` headers; empty for tokens without one.',
      default: ['at+jwt'],
      minItems: 1,
      maxItems: 5,
    }),
    tenant: Type.Optional(
      Type.String({
        description: 'The one tenant its tokens are for, whatever they say.',
        pattern: idPattern('tenant'),
      }),
    ),
    tenant_claim: Type.Optional(Claim('Names the tenant (`ten_…`), instead of `tenant`.')),
    subject_claim: Type.String({ default: 'sub', minLength: 1, maxLength: 200 }),
    client_claim: Type.String({ default: 'client_id', minLength: 1, maxLength: 200 }),
    scope_claim: Type.Union([Claim('Scopes, as text with spaces or as a list.')], {
      default: 'scope',
    }),
    roles_claim: Type.Optional(Claim('Roles of this service, as text with spaces or as a list.')),
    platform: Type.Boolean({
      description: 'Whether its tokens may carry the scopes that reach beyond one tenant.',
      default: false,
    }),
  },
  { additionalProperties: false },
)

/** An issuer; only the one of the `JWT_*` variables has no name. */
export type Issuer = Omit<Static<typeof IssuerSettings>, 'name'> & { name: string | null }

type Settings = Pick<
  Config,
  | 'JWT_ISSUERS'
  | 'JWT_ISSUER'
  | 'JWT_AUDIENCE'
  | 'JWKS_URL'
  | 'JWT_TYPES'
  | 'JWT_TENANT_CLAIM'
  | 'JWT_ROLES_CLAIM'
>

/** Every issuer the configuration names; it has been found free of faults. */
export function issuersOf(config: Settings): Issuer[] {
  const listed = listedIn(config.JWT_ISSUERS) as Issuer[]
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWKS_URL: url } = config
  if (issuer === undefined || audience === undefined || url === undefined) return listed
  const single: Issuer = {
    name: null,
    issuer,
    audience,
    jwks_url: url,
    types: config.JWT_TYPES.split(','),
    tenant_claim: config.JWT_TENANT_CLAIM,
    subject_claim: 'sub',
    client_claim: 'client_id',
    scope_claim: 'scope',
    ...(config.JWT_ROLES_CLAIM !== undefined && { roles_claim: config.JWT_ROLES_CLAIM }),
    platform: true,
  }
  return [single, ...listed]
}

/** What is wrong with `JWT_ISSUERS`, each fault with its place in the list. */
export function issuerFaults({ JWT_ISSUERS: text, JWT_ISSUER: single }: Settings): string[] {
  let list: unknown
  try {
    list = listedIn(text)
  } catch {
    return ['must be JSON']
  }
  const shape = [...Value.Errors(Type.Array(IssuerSettings), list)]
  if (shape.length > 0) return shape.map(({ path, message }) => `${path || '/'} ${message}`)
  const issuers = list as Static<typeof IssuerSettings>[]
  return [
    ...repeated([...issuers.map(({ issuer }) => issuer), ...(single ? [single] : [])]),
    ...repeated(issuers.map(({ name }) => name)),
    ...issuers.flatMap((issuer, at) => faultsOf(issuer).map((fault) => `/${at} ${fault}`)),
  ]
}

const listedIn = (text: string | undefined): unknown => {
  const list: unknown = text === undefined ? [] : JSON.parse(text)
  return Array.isArray(list) ? list.map((one) => Value.Default(IssuerSettings, one)) : list
}

const repeated = (words: string[]): string[] =>
  words
    .filter((word, at) => words.indexOf(word) !== at)
    .map((word) => `${JSON.stringify(word)} is named twice`)

function faultsOf({ tenant, tenant_claim, issuer, jwks_url }: Static<typeof IssuerSettings>) {
  const faults: string[] = []
  if ((tenant === undefined) === (tenant_claim === undefined))
    faults.push('needs one of `tenant` and `tenant_claim`')
  for (const url of jwks_url === undefined ? [issuer] : [issuer, jwks_url])
    if (!URL.canParse(url)) faults.push(`${url} is not a URL`)
    else if (jwks_url === undefined && !isSafe(new URL(url)))
      faults.push('needs https, or a `jwks_url`')
  return faults
}

/** What may be asked where an issuer's keys are: https, or a server on this very machine. */
export const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
