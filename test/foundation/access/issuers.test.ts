import t from 'tap'
import { ConfigError, readConfig } from '../../../src/foundation/config.ts'
import { appOn } from '../../support/app.ts'
import { testDatabase } from '../../support/database.ts'
import { forged, newKey, type SigningKey, startIssuer } from '../../support/issuer.ts'

const ENTRA = 'api://receivables'
const OKTA = 'https://receivables.example/okta'

const listing = (issuers: object[]) => ({
  JWT_ISSUERS: JSON.stringify(issuers),
  LOG_LEVEL: 'silent',
})

t.test('tokens of several issuers', async (t) => {
  const ids = { own: '', other: '' }
  const [single, entra, okta] = await Promise.all([
    startIssuer(t, () => ids.own),
    startIssuer(t, () => ids.own),
    startIssuer(t, () => ids.own),
  ])
  const { url } = await testDatabase(t)
  const first = await appOn(t, url)
  ids.own = (await first.tenant()).id
  ids.other = (await first.tenant()).id
  const issuers = [
    {
      name: 'entra',
      issuer: entra.issuer,
      audience: ENTRA,
      types: ['JWT'],
      tenant: ids.own,
      client_claim: 'azp',
      scope_claim: 'scp',
      roles_claim: 'roles',
    },
    {
      name: 'okta',
      issuer: okta.issuer,
      audience: OKTA,
      tenant_claim: ['receivables', 'tenant'],
      scope_claim: 'scp',
      roles_claim: ['receivables', 'roles'],
      platform: true,
    },
  ]
  const { call, context } = await appOn(t, url, { ...single.env, ...listing(issuers) })
  const ask = (bearer: string, headers = {}) =>
    call(bearer, 'GET', '/v1/tenant', undefined, headers)
  const ofEntra = (claims: object = {}, key?: SigningKey, header: object = {}) =>
    entra.token({
      ...(key && { key }),
      header: { typ: 'JWT', ...header },
      claims: {
        aud: ENTRA,
        client_id: undefined,
        azp: 'erp',
        scope: undefined,
        scp: 'tenants:read',
        tenant_id: undefined,
        ...claims,
      },
    })
  const ofOkta = (claims: object = {}, receivables: object = {}) =>
    okta.token({
      claims: {
        aud: OKTA,
        scope: undefined,
        scp: ['tenants:read'],
        tenant_id: undefined,
        receivables: { tenant: ids.own, ...receivables },
        ...claims,
      },
    })

  await t.test('are read as each issuer writes them', async (t) => {
    const accepted: Record<string, string> = {
      'the one of the JWT_ variables': await single.token(),
      'scopes in scp, as text': await ofEntra(),
      'scopes as a list, the tenant at the end of a path': await ofOkta(),
      'a role in a list': await ofEntra({ scp: undefined, roles: ['Something.Else', 'reader'] }),
      'a role at the end of a path': await ofOkta({ scp: undefined }, { roles: 'reader' }),
    }
    for (const [name, bearer] of Object.entries(accepted))
      t.match(await ask(bearer), { status: 200, body: { id: ids.own } }, name)
    t.match(await ask(await ofEntra({ tenant_id: ids.other })), { body: { id: ids.own } })
    t.match(await ask(await ofOkta({}, { tenant: ids.other })), { body: { id: ids.other } })
  })

  await t.test('are refused when anything of one is shown as of another', async (t) => {
    const [theirs] = single.keys as [SigningKey]
    const [entraKey] = entra.keys as [SigningKey]
    const thief = await newKey('RS256', entraKey.kid)
    const claims = { iss: entra.issuer, aud: ENTRA, azp: 'erp', sub: 'x', scp: 'tenants:read' }
    const refused: Record<string, string> = {
      'signed by another issuer under the same key id': await ofEntra({}, theirs),
      'signed by a thief under the same key id': await ofEntra({}, thief),
      'with an embedded key': await ofEntra({}, thief, { jwk: thief.jwk }),
      'with keys elsewhere': await ofEntra({}, thief, { jku: `${single.issuer}/jwks` }),
      'without a signature': forged({ alg: 'none', typ: 'JWT' }, claims),
      'signed with the public key as a secret': forged({ alg: 'HS256', typ: 'JWT' }, claims, {
        secret: JSON.stringify(entraKey.jwk),
      }),
      'for the audience of another issuer': await ofEntra({ aud: OKTA }),
      'for no audience': await ofEntra({ aud: undefined }),
      'of the type of another issuer': await okta.token({ header: { typ: 'JWT' } }),
      'with the client where another issuer has it': await ofEntra({
        azp: undefined,
        client_id: 'erp',
      }),
      'of an issuer that is a URL of its own': await ofEntra({ iss: `${entra.issuer}/x` }),
      'of an issuer that is a list': await ofEntra({ iss: [entra.issuer] }),
      'of the prototype': await ofEntra({ iss: '__proto__' }),
      'without an end': await ofEntra({ exp: undefined }),
    }
    for (const [name, bearer] of Object.entries(refused))
      t.match(await ask(bearer), { status: 401, body: { code: 'unauthenticated' } }, name)
  })

  await t.test(
    'say scopes only where their issuer has them, never beyond what it may',
    async (t) => {
      t.match(await ask(await ofEntra({ scp: undefined, scope: 'tenants:read' })), { status: 403 })
      t.match(await ask(await single.token({ claims: { scope: ['tenants:read'] } })), {
        status: 403,
      })
      t.match(await ask(await single.token({ claims: { scope: '', roles: ['admin'] } })), {
        status: 403,
      })
      const platform = { scp: 'tenants:admin tenants:act' }
      t.match(await call(await ofEntra(platform), 'GET', '/v1/tenants'), {
        status: 403,
        body: { required_scopes: ['tenants:admin'] },
      })
      t.equal((await call(await ofOkta(platform), 'GET', '/v1/tenants')).status, 200)
      t.match(
        await ask(await ofEntra({ scp: 'tenants:act tenants:read' }), { 'tenant-id': ids.other }),
        {
          status: 403,
          body: { required_scopes: ['tenants:act'] },
        },
      )
    },
  )

  await t.test('have names of their own in the audit trail', async (t) => {
    const names = new Set<string>()
    for (const bearer of [
      await single.token({ claims: { client_id: 'erp', sub: 'x' } }),
      await single.token({ claims: { client_id: 'entra/erp', sub: 'x' } }),
      await ofEntra({ azp: 'erp', sub: 'x' }),
      await ofOkta({ client_id: 'erp', sub: 'x' }),
    ])
      names.add((await (await context.authenticate(bearer, '127.0.0.1')).enter()).principal)
    t.same([...names], ['erp:x', 'entra%2Ferp:x', 'entra/erp:x', 'okta/erp:x'])
  })
})

t.test('the place of an issuer’s keys', async (t) => {
  let tenantId = ''
  const issuer = await startIssuer(t, () => tenantId)
  const { url } = await testDatabase(t)
  tenantId = (await (await appOn(t, url)).tenant()).id
  const entry = { name: 'idp', issuer: issuer.issuer, audience: 'x', tenant_claim: 'tenant_id' }
  const statusWith = async (configuration: object | undefined): Promise<number> => {
    issuer.misstate(configuration)
    const app = await appOn(t, url, listing([entry]))
    const bearer = await issuer.token({ claims: { aud: 'x' } })
    return (await app.call(bearer, 'GET', '/v1/tenant')).status
  }
  const keys = `${issuer.issuer}/jwks`

  await t.test('is believed only from the issuer about itself, and where it is safe', async (t) => {
    t.equal(await statusWith({ issuer: 'https://other.example', jwks_uri: keys }), 503)
    t.equal(await statusWith({ issuer: `${issuer.issuer}/`, jwks_uri: keys }), 503)
    t.equal(await statusWith({ issuer: issuer.issuer }), 503)
    t.equal(await statusWith({ issuer: issuer.issuer, jwks_uri: 'http://192.0.2.1/jwks' }), 503)
    t.equal(await statusWith({ issuer: issuer.issuer, jwks_uri: 'file:///etc/passwd' }), 503)
    t.equal(
      await statusWith({ issuer: issuer.issuer, jwks_uri: keys, x: 'x'.repeat(300_000) }),
      503,
    )
    t.equal(await statusWith({ issuer: issuer.issuer, jwks_uri: keys, x: 'x'.repeat(1_000) }), 200)
  })

  await t.test('is asked for once by many, and outlives an outage', async (t) => {
    issuer.misstate(undefined)
    const app = await appOn(t, url, listing([entry]))
    const bearer = await issuer.token({ claims: { aud: 'x' } })
    const ask = async () => (await app.call(bearer, 'GET', '/v1/tenant')).status
    const before = issuer.fetched()
    t.same(new Set(await Promise.all(Array.from({ length: 10 }, ask))), new Set([200]))
    t.equal(issuer.fetched(), before + 2, 'the configuration and the keys')
    issuer.breakWith((reply) => reply.destroy())
    t.equal(await ask(), 200)
    issuer.breakWith(undefined)
  })

  await t.test('that cannot be had is not asked for with every token', async (t) => {
    issuer.breakWith((reply) => reply.writeHead(302, { location: keys }).end())
    const app = await appOn(t, url, listing([entry]))
    const bearer = await issuer.token({ claims: { aud: 'x' } })
    const before = issuer.fetched()
    for (let n = 0; n < 5; n += 1)
      t.match(await app.call(bearer, 'GET', '/v1/tenant'), {
        status: 503,
        headers: { 'retry-after': '30' },
      })
    t.equal(issuer.fetched(), before + 1)
    issuer.breakWith(undefined)
  })
})

t.test('a list of issuers that is wrong is refused at the start, each fault by its place', (t) => {
  const good = { name: 'a', issuer: 'https://a.example', audience: 'x', tenant_claim: 't' }
  const faults: [unknown, RegExp][] = [
    ['{', /must be JSON/],
    [{}, /JWT_ISSUERS: /],
    [[{ ...good, secret: 'x' }], /\/0\/secret/],
    [[{ ...good, name: 'A b' }], /\/0\/name/],
    [[{ ...good, issuer: 'a.example' }], /\/0\/issuer/],
    [[{ ...good, tenant_claim: undefined }], /\/0 needs one of `tenant`/],
    [[{ ...good, tenant: 'ten_01kjm7f7shez7837xta3mfn3a4' }], /\/0 needs one of `tenant`/],
    [[{ ...good, tenant_claim: undefined, tenant: 'cus_1' }], /\/0\/tenant/],
    [[{ ...good, issuer: 'http://a.example' }], /\/0 needs https/],
    [[good, { ...good, name: 'b' }], /"https:\/\/a.example" is named twice/],
    [[good, { ...good, issuer: 'https://b.example' }], /"a" is named twice/],
  ]
  for (const [list, fault] of faults) t.match(refusalOf(list), fault, JSON.stringify(list))
  t.equal(refusalOf([good]), '')
  t.equal(refusalOf([{ ...good, issuer: 'http://a.example', jwks_url: 'http://a/jwks' }]), '')
  t.end()

  function refusalOf(list: unknown): string {
    const text = typeof list === 'string' ? list : JSON.stringify(list)
    try {
      readConfig({ JWT_ISSUERS: text })
    } catch (error) {
      if (error instanceof ConfigError) return error.message
      throw error
    }
    return ''
  }
})
