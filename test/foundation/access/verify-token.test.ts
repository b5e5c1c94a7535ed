import { KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CompactEncrypt, CompactSign, type CryptoKey, exportSPKI, importJWK } from 'jose'
import t from 'tap'
import { ConfigError, readConfig } from '../../../src/foundation/config.ts'
import { appOn, testApp } from '../../support/app.ts'
import { report } from '../../support/certify.ts'
import { testDatabase } from '../../support/database.ts'
import {
  AUDIENCE,
  forged,
  newKey,
  partsOf,
  type SigningKey,
  startIssuer,
} from '../../support/issuer.ts'

t.test('an access token', async (t) => {
  let tenantId = ''
  const issuer = await startIssuer(t, () => tenantId)
  const { url } = await testDatabase(t)
  const { tenant, call } = await appOn(t, url, issuer.env)
  const listed = await appOn(
    t,
    url,
    listing([
      {
        name: 'listed',
        issuer: issuer.issuer,
        audience: AUDIENCE,
        jwks_url: `${issuer.issuer}/jwks`,
        tenant_claim: 'tenant_id',
      },
    ]),
  )
  const own = await tenant()
  tenantId = own.id
  const now = Math.floor(Date.now() / 1000)
  const [rsa, , ec] = issuer.keys as [SigningKey, SigningKey, SigningKey, SigningKey]
  const { token } = issuer
  const ask = (bearer: string) => call(bearer, 'GET', '/v1/tenant')
  /** The same of the only issuer and of one of a list: no token is good for one and bad for the other. */
  const askBoth = (bearer: string) =>
    Promise.all([ask(bearer), listed.call(bearer, 'GET', '/v1/tenant')])

  const good = await token()
  const { header, payload, signature } = partsOf(good)
  const publicKey = (await importJWK(rsa.jwk, 'RS256')) as CryptoKey
  const pem = await exportSPKI(publicKey)
  const der = KeyObject.from(publicKey).export({ type: 'spki', format: 'der' })

  const accepted: Record<string, string> = {
    'signed with RS256': good,
    'signed with PS256': await token({ key: issuer.keys[1] as SigningKey }),
    'signed with ES256': await token({ key: ec }),
    'signed with EdDSA': await token({ key: issuer.keys[3] as SigningKey }),
    'typed application/at+jwt': await token({ header: { typ: 'application/at+jwt' } }),
    'typed AT+JWT': await token({ header: { typ: 'AT+JWT' } }),
    'without a key id, where only one key fits': await token({ header: { kid: undefined } }),
    'for several audiences, ours among them': await token({ claims: { aud: ['other', AUDIENCE] } }),
    'that expired within the tolerance': await token({ claims: { exp: now - 10 } }),
    'that begins within the tolerance': await token({ claims: { nbf: now + 15 } }),
    'with a fraction of a second in its end': await token({ claims: { exp: now + 100.5 } }),
    'with claims nobody asked for': await token({ claims: { jti: 'x', roles: ['admin'] } }),
    'with scopes nobody knows beside one that counts': await token({
      claims: { scope: 'openid tenants:read *' },
    }),
    'with an embedded key, which is ignored': await token({ header: { jwk: ec.jwk } }),
  }
  for (const [name, bearer] of Object.entries(accepted)) {
    await t.test(`is accepted ${name}`, async (t) => {
      for (const reply of await askBoth(bearer))
        t.match(reply, { status: 200, body: { id: own.id } })
    })
  }

  let lured = 0
  const lure = createServer((_, reply) => {
    lured += 1
    reply.end(JSON.stringify({ keys: [thief.jwk] }))
  }).listen(0, '127.0.0.1')
  await once(lure, 'listening')
  t.teardown(async () => void lure.close())
  const lureUrl = `http://127.0.0.1:${(lure.address() as AddressInfo).port}/`
  const thief = await newKey('RS256', rsa.kid)
  const stranger = await newKey('RS256', 'stranger')
  const es384 = await newKey('ES384', 'ES384-1')
  const hs256 = { ...header, alg: 'HS256' }
  const none = (alg: string) => forged({ alg, typ: 'at+jwt' }, payload)
  const jwe = await new CompactEncrypt(Buffer.from(good))
    .setProtectedHeader({ alg: 'RSA-OAEP', enc: 'A256GCM' })
    .encrypt(await importJWK({ ...rsa.jwk, alg: 'RSA-OAEP' }, 'RSA-OAEP'))
  const signed = (body: string | Buffer, more: object = {}) =>
    new CompactSign(Buffer.from(body))
      .setProtectedHeader({ alg: 'RS256', kid: rsa.kid, typ: 'at+jwt', ...more })
      .sign(rsa.privateKey)
  const spliced = (newHeader: object, newPayload: object = payload) =>
    `${forged(newHeader, newPayload)}${signature}`

  const refused: Record<string, string> = {
    'without an algorithm (none)': none('none'),
    'without an algorithm (None)': none('None'),
    'without an algorithm (nOnE)': none('nOnE'),
    'without an algorithm, but with a signature': spliced({ ...header, alg: 'none' }),
    'with an empty signature': good.slice(0, good.lastIndexOf('.') + 1),
    'without a signature': good.slice(0, good.lastIndexOf('.')),
    'signed with the public key as a secret (PEM)': forged(hs256, payload, { secret: pem }),
    'signed with the public key as a secret (PEM, trimmed)': forged(hs256, payload, {
      secret: pem.trim(),
    }),
    'signed with the public key as a secret (DER)': forged(hs256, payload, { secret: der }),
    'signed with the public key as a secret (JWK)': forged(hs256, payload, {
      secret: JSON.stringify(rsa.jwk),
    }),
    'signed with an empty secret': forged(hs256, payload, { secret: '' }),
    'relabelled from RS256 to PS256': spliced({ ...header, alg: 'PS256' }),
    'relabelled from RS256 to ES256': spliced({ ...header, alg: 'ES256', kid: ec.kid }),
    'relabelled from RS256 to RS512': spliced({ ...header, alg: 'RS512' }),
    'signed with an algorithm that is not listed': await token({ key: es384 }),
    'whose algorithm is a list': spliced({ ...header, alg: ['RS256'] }),
    'signed with a key of its own, embedded (jwk)': await token({
      key: thief,
      header: { jwk: thief.jwk },
    }),
    'signed with a key of its own, embedded without a key id': await token({
      key: stranger,
      header: { kid: undefined, jwk: stranger.jwk },
    }),
    'signed with a key of its own, elsewhere (jku)': await token({
      key: thief,
      header: { jku: lureUrl },
    }),
    'signed with a key of its own, elsewhere (x5u)': await token({
      key: thief,
      header: { x5u: lureUrl },
    }),
    'signed with a key of its own, certified (x5c)': await token({
      key: thief,
      header: { x5c: [der.toString('base64')] },
    }),
    'of another issuer’s key under the same key id': await token({ key: thief }),
    'of a key nobody published': await token({ key: stranger }),
    'whose key id is a path': await token({ header: { kid: '../../../../dev/null' } }),
    'whose key id is SQL': await token({ header: { kid: "' or 1=1 --" } }),
    'whose key id is a list': spliced({ ...header, kid: [rsa.kid] }),
    'whose key id is an object': spliced({ ...header, kid: { $ne: null } }),
    'whose key id has 10 kB': await token({ header: { kid: 'k'.repeat(10_000) } }),
    'whose key id names a key of another kind': await token({ header: { kid: ec.kid } }),
    'of two tokens': `${good} ${good}`,
    'joined from two tokens': `${good}.${good}`,
    'that expired': await token({ claims: { exp: now - 60 } }),
    'that has not begun': await token({ claims: { nbf: now + 120 } }),
    'issued in the future': await token({ claims: { iat: now + 120 } }),
    'without an end': await token({ claims: { exp: undefined } }),
    'whose end is text': await token({ claims: { exp: String(now + 300) } }),
    'whose end is null': await token({ claims: { exp: null } }),
    'whose end is beyond all dates': await token({ claims: { exp: 1e20 } }),
    'whose end is infinite': await signed(
      JSON.stringify({ ...payload, exp: 0 }).replace('"exp":0', '"exp":1e999'),
    ),
    'without an issue time': await token({ claims: { iat: undefined } }),
    'whose issue time is text': await token({ claims: { iat: String(now) } }),
    'for another audience': await token({ claims: { aud: 'https://other.example' } }),
    'for other audiences': await token({ claims: { aud: ['a', 'b'] } }),
    'for no audience': await token({ claims: { aud: undefined } }),
    'for an audience that only begins like ours': await token({ claims: { aud: `${AUDIENCE}/` } }),
    'of an issuer with a trailing slash': await token({ claims: { iss: `${issuer.issuer}/` } }),
    'of another issuer': await token({ claims: { iss: 'https://other.example' } }),
    'of no issuer': await token({ claims: { iss: undefined } }),
    'of several issuers': await token({ claims: { iss: [issuer.issuer] } }),
    'without a subject': await token({ claims: { sub: undefined } }),
    'whose subject is a number': await token({ claims: { sub: 7 } }),
    'without a client': await token({ claims: { client_id: undefined } }),
    'whose client has a line break': await token({ claims: { client_id: 'a\nb' } }),
    'whose client is a null character': await token({ claims: { client_id: 'a\u0000' } }),
    'with a critical header nobody understands': await signed(JSON.stringify(payload), {}).then(
      (one) => spliced({ ...header, crit: ['exp'], exp: 1 }, partsOf(one).payload),
    ),
    'with an unencoded payload (b64)': spliced({ ...header, b64: false, crit: ['b64'] }),
    'inside a token': await signed(good, { cty: 'JWT' }),
    'that is encrypted': jwe,
    'whose payload is a list': await signed('[]'),
    'whose payload is text': await signed('"text"'),
    'whose payload is not JSON': await signed('not json'),
    'whose payload was changed': spliced(header, { ...payload, scope: 'tenants:admin' }),
    'whose header was changed': spliced({ ...header, typ: 'application/at+jwt' }),
    'with the signature of another': `${good.slice(0, good.lastIndexOf('.'))}.${partsOf(await token({ claims: { sub: 'x' } })).signature}`,
    'with padding': `${good}==`,
    'with a signature in other letters': nonCanonical(good),
    'with a dot too many': `${good}.`,
    'of 1 MB': await token({ claims: { filler: 'x'.repeat(1_000_000) } }),
    'typed JWT': await token({ header: { typ: 'JWT' } }),
    'typed as an ID token': await token({ header: { typ: 'id+jwt' } }),
    'without a type': await token({ header: { typ: undefined } }),
  }
  const bodies = new Set<string>()
  for (const [name, bearer] of Object.entries(refused)) {
    await t.test(`is refused ${name}`, async (t) => {
      for (const { status, body } of await askBoth(bearer)) {
        t.match({ status, body }, { status: 401, body: { code: 'unauthenticated' } })
        bodies.add(JSON.stringify({ ...body, request_id: null }))
      }
    })
  }
  t.ok(Object.keys(refused).length >= 40)
  t.equal(bodies.size, 1, 'no refusal says more than another')
  t.equal(lured, 0, 'no key was fetched from where a token said')

  const homeless: Record<string, unknown> = {
    'names no tenant': undefined,
    'names a tenant that does not exist': 'ten_01kjm7f7shez7837xta3mfn3a4',
    'names several tenants': [tenantId],
    'names a tenant by number': 7,
    'names a tenant as an object': { id: tenantId },
    'names a tenant by its UUID': own.uuid,
    'names a tenant in capitals': tenantId.toUpperCase(),
    'names something else': 'cus_01kjm7f7shez7837xta3mfn3a4',
    'names a tenant with null': null,
  }
  for (const [name, claim] of Object.entries(homeless)) {
    await t.test(`that ${name} is nobody’s`, async (t) => {
      for (const reply of await askBoth(await token({ claims: { tenant_id: claim } })))
        t.match(reply, { status: 403, body: { code: 'tenant_unknown' } })
    })
  }
  await report({
    suite: 'T-jwt',
    goal: '≥ 40 vectors × all ways to configure an issuer: 100 % 401 or 403; known keys last a day of outage',
    seen: `${Object.keys(refused).length} vectors and ${Object.keys(homeless).length} tenants, by two ways each; outages in key-set.test.ts`,
    met: t.passing(),
  })

  await t.test('without the scope is refused with the scope it lacks', async (t) => {
    for (const scope of [
      undefined,
      '',
      'tenants:write',
      '*',
      'tenants:*',
      'TENANTS:READ',
      ['tenants:read'],
      'tenants:read,tenants:write',
      'constructor',
    ]) {
      t.match(await ask(await token({ claims: { scope } })), {
        status: 403,
        body: { code: 'insufficient_scope', required_scopes: ['tenants:read'] },
      })
    }
  })

  await t.test('leaves its client and subject in the audit trail', async (t) => {
    const scope = 'customers:write'
    const customer = { name: 'M', kind: 'business', country: 'DE', currency: 'EUR' }
    const one = await token({ claims: { scope, client_id: 'a:b', sub: 'c' } })
    const two = await token({ claims: { scope, client_id: 'a', sub: 'b:c' } })
    const headers = { 'idempotency-key': 'the-same-key' }
    const created = await Promise.all(
      [one, two].map((bearer) => call(bearer, 'POST', '/v1/customers', customer, headers)),
    )
    t.not(created[0]?.body.id, created[1]?.body.id, 'a key of one client is not another’s')
    const actors = (await own.events('customer.created')).map((event) => event.cause.actor)
    t.same(new Set(actors), new Set(['a%3Ab:c', 'a:b:c']))
  })

  await t.test('does not keep API keys out', async (t) => {
    t.equal((await ask(own.secret)).status, 200)
  })
})

t.test('an issuer that types its tokens JWT and names the tenant its own way', async (t) => {
  let tenantId = ''
  const issuer = await startIssuer(t, () => tenantId)
  const { tenant, call } = await testApp(t, {
    ...issuer.env,
    JWT_TYPES: 'at+jwt, JWT',
    JWT_TENANT_CLAIM: 'https://receivables.example/tenant',
  })
  tenantId = (await tenant()).id
  const claims = { tenant_id: undefined, 'https://receivables.example/tenant': tenantId }
  for (const typ of ['JWT', 'at+jwt', 'jwt']) {
    t.equal(
      (await call(await issuer.token({ header: { typ }, claims }), 'GET', '/v1/tenant')).status,
      200,
      typ,
    )
  }
  t.equal(
    (await call(await issuer.token({ header: { typ: 'id+jwt' }, claims }), 'GET', '/v1/tenant'))
      .status,
    401,
  )
  t.equal((await call(await issuer.token(), 'GET', '/v1/tenant')).status, 403)
})

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
      types: ['', 'at+jwt'],
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
  const ofOkta = (claims: object = {}, receivables: object = {}, header: object = {}) =>
    okta.token({
      header: { ...header },
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
      'no type at all': await ofOkta({}, {}, { typ: undefined }),
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

/** The same bytes in other letters: the last character of a 256-byte signature has two bits to spare. */
function nonCanonical(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = letters.indexOf(token.at(-1) as string)
  return token.slice(0, -1) + letters[last ^ 1]
}
