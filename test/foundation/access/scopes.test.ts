import type { HTTPMethods } from 'fastify'
import t from 'tap'
import { allScopes, type Scope } from '../../../src/foundation/access/scopes.ts'
import { resolve } from '../../../src/foundation/http/openapi/references.ts'
import type { OpenApiDocument, Parameter } from '../../../src/foundation/http/openapi/types.ts'
import { testApp } from '../../support/app.ts'

t.test('every operation asks for its scope, and for nothing else', async (t) => {
  const { http, tenant, call } = await testApp(t)
  const { api } = await tenant()
  const document = JSON.parse(JSON.stringify(http.swagger())) as OpenApiDocument

  const secretWith = async (scopes: Scope[]): Promise<string> =>
    (await api('POST', '/v1/api-keys', { name: scopes.join(' ').slice(0, 200), scopes })).body
      .secret
  const onlyWith = new Map<Scope, string>()
  const allBut = new Map<Scope, string>()
  for (const scope of allScopes) {
    onlyWith.set(scope, await secretWith([scope]))
    allBut.set(scope, await secretWith(allScopes.filter((other) => other !== scope)))
  }

  // What empties the tenant comes last: until it is done, everything else is refused.
  const paths = Object.entries(document.paths).sort(
    ([a], [b]) => Number(a.endsWith('/reset')) - Number(b.endsWith('/reset')),
  )
  for (const [path, operations] of paths) {
    for (const [method, operation] of Object.entries(operations)) {
      const [scope] = (operation['x-required-scopes'] ?? []) as Scope[]
      if (scope === undefined) continue
      const parameters = (operation.parameters ?? []).map(
        (one) => resolve(document, one) as unknown as Parameter,
      )
      const url = path.replace(/\{(\w+)\}/g, (_, name) => {
        const schema = parameters.find((parameter) => parameter.name === name)?.schema
        return encodeURIComponent(String((schema?.examples as unknown[] | undefined)?.[0] ?? 'x'))
      })
      const ask = (bearer: string | null) => call(bearer, method.toUpperCase() as HTTPMethods, url)
      await t.test(`${method.toUpperCase()} ${path} needs ${scope}`, async (t) => {
        t.match(await ask(null), { status: 401, body: { code: 'unauthenticated' } })
        t.match(await ask(allBut.get(scope) as string), {
          status: 403,
          body: { code: 'insufficient_scope', required_scopes: [scope] },
        })
        const { status, body } = await ask(onlyWith.get(scope) as string)
        t.not(status, 401)
        t.not(body?.code, 'insufficient_scope')
        t.ok(status < 500, `${status} ${JSON.stringify(body)}`)
      })
    }
  }
})
