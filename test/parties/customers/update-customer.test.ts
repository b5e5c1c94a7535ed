import t from 'tap'
import { testApp } from '../../support/app.ts'

const muster = { name: 'Muster GmbH', kind: 'business', country: 'DE', currency: 'EUR' }
const mergePatch = { 'content-type': 'application/merge-patch+json' }

t.test('a customer is changed by merge patch', async (t) => {
  const { tenant } = await testApp(t)
  const { api, events } = await tenant()
  const create = async (fields: object = {}) =>
    (await api('POST', '/v1/customers', { ...muster, ...fields })).body

  await t.test('what is named changes, what is not stays, null empties', async (t) => {
    const before = await create({
      external_id: 'patched',
      tax_id: 'DE1',
      net_days: 30,
      language: 'de',
      address: { line1: 'Musterweg 1', city: 'Berlin' },
      metadata: { keep: '1', drop: '2', change: '3' },
    })
    const { status, headers, body } = await api(
      'PATCH',
      `/v1/customers/${before.id}`,
      {
        tax_id: null,
        net_days: 14,
        address: { line1: null, city: 'Bonn' },
        metadata: { drop: null, change: '4', add: '5' },
      },
      { ...mergePatch, 'if-match': '"1"' },
    )
    t.equal(status, 200)
    t.equal(headers.etag, '"2"')
    t.match(body, {
      version: 2,
      external_id: 'patched',
      tax_id: null,
      net_days: 14,
      language: 'de',
    })
    t.same(body.address, {
      line1: null,
      line2: null,
      postal_code: null,
      city: 'Bonn',
      region: null,
    })
    t.same(body.metadata, { keep: '1', change: '4', add: '5' })
    t.same((await api('GET', `/v1/customers/${before.id}`)).body, body)

    const [event] = await events('customer.updated')
    t.match(event, { entity_sequence: 2, data: { object: body } })
    t.same(event.data.previous_attributes, {
      tax_id: 'DE1',
      net_days: 30,
      address: before.address,
      metadata: before.metadata,
    })
    const emptied = await api(
      'PATCH',
      `/v1/customers/${before.id}`,
      { address: { city: null } },
      mergePatch,
    )
    t.equal(emptied.body.address, null)
  })

  await t.test('a patch that changes nothing makes no version and announces nothing', async (t) => {
    const before = await create({
      contacts: [{ role: 'billing', name: 'Erika', email: 'e@example.com' }],
    })
    for (const patch of [
      {},
      { name: before.name, metadata: {}, address: null },
      { metadata: { never_there: null } },
      { contacts: before.contacts },
      { contacts: [{ role: 'billing', name: 'Erika', email: 'e@example.com', phone: null }] },
    ]) {
      const { status, body } = await api('PATCH', `/v1/customers/${before.id}`, patch)
      t.equal(status, 200)
      t.same(body, before)
    }
    t.notOk((await events('customer.updated')).some((event) => event.data.object.id === before.id))
  })

  await t.test(
    'contacts are replaced as a whole, and those that stay keep their ids',
    async (t) => {
      const before = await create({
        contacts: [
          { role: 'billing', name: 'Erika' },
          { role: 'sales', name: 'Max' },
        ],
      })
      const [erika, max] = before.contacts
      const { body } = await api('PATCH', `/v1/customers/${before.id}`, {
        contacts: [
          { id: max.id, role: 'collections', name: 'Max Moritz' },
          { role: 'billing', name: 'Erika', phone: '110' },
          { role: 'other', name: 'New' },
        ],
      })
      t.same(
        body.contacts.slice(0, 2).map((one: { id: string }) => one.id),
        [max.id, erika.id],
      )
      t.match(body.contacts, [
        { role: 'collections', name: 'Max Moritz' },
        { phone: '110' },
        { id: /^con_/ },
      ])

      const stranger = { id: 'con_01kjm7f7shez7837xta3mfn3a4', role: 'other', name: 'Stranger' }
      for (const contacts of [
        [stranger],
        [
          { ...max, name: 'A' },
          { ...max, name: 'B' },
        ],
      ]) {
        t.match(await api('PATCH', `/v1/customers/${before.id}`, { contacts }), {
          status: 422,
          body: { code: 'validation_failed' },
        })
      }
    },
  )

  await t.test('metadata never grows beyond 50 keys, not even bit by bit', async (t) => {
    const keys = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${from + n}`, 'v']))
    const { id } = await create({ metadata: keys(0, 50) })
    t.match(await api('PATCH', `/v1/customers/${id}`, { metadata: keys(50, 1) }), {
      status: 422,
      body: {
        code: 'validation_failed',
        errors: [{ pointer: '#/metadata', code: 'maxProperties' }],
      },
    })
    t.equal(
      (await api('PATCH', `/v1/customers/${id}`, { metadata: { k0: null, k50: 'v' } })).status,
      200,
    )
  })

  await t.test('an external id may be taken, given and given up, but never shared', async (t) => {
    const one = await create({ external_id: 'one' })
    const two = await create()
    t.match(await api('PATCH', `/v1/customers/${two.id}`, { external_id: 'one' }), {
      status: 409,
      body: { code: 'external_id_taken', conflicting_id: one.id },
    })
    t.equal(
      (await api('PATCH', `/v1/customers/${one.id}`, { external_id: null })).body.external_id,
      null,
    )
    t.equal(
      (await api('PATCH', `/v1/customers/${two.id}`, { external_id: 'one' })).body.external_id,
      'one',
    )
  })

  await t.test('the currency can change as long as there are no documents', async (t) => {
    const { id } = await create()
    t.match(await api('PATCH', `/v1/customers/${id}`, { currency: 'CHF' }), {
      status: 200,
      body: { currency: 'CHF' },
    })
  })

  await t.test('an unknown policy is refused, and null removes one', async (t) => {
    const { id } = await create()
    t.match(
      await api('PATCH', `/v1/customers/${id}`, {
        dunning_policy_id: 'dpo_01kjm7f7shez7837xta3mfn3a4',
      }),
      {
        status: 404,
        body: { code: 'dunning_policy_not_found' },
      },
    )
    t.equal(
      (await api('PATCH', `/v1/customers/${id}`, { dunning_policy_id: null })).body.version,
      1,
    )
  })

  await t.test('a version the caller has not seen is not changed', async (t) => {
    const { id } = await create()
    for (const etag of ['"2"', '"0"', '"nonsense"', 'W/"7"']) {
      t.match(await api('PATCH', `/v1/customers/${id}`, { name: 'X' }, { 'if-match': etag }), {
        status: 412,
        body: { code: 'version_mismatch' },
      })
    }
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        api('PATCH', `/v1/customers/${id}`, { name: `N${n}` }, { 'if-match': '"1"' }),
      ),
    )
    t.equal(replies.filter(({ status }) => status === 200).length, 1)
  })

  await t.test('eight that race without an ETag all count, one version each', async (t) => {
    const { id } = await create()
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        api('PATCH', `/v1/customers/${id}`, { metadata: { [`k${n}`]: 'v' } }),
      ),
    )
    const { body } = await api('GET', `/v1/customers/${id}`)
    t.equal(body.version, 9)
    t.equal(Object.keys(body.metadata).length, 8)
    const sequences = (await events('customer.updated'))
      .filter((event) => event.data.object.id === id)
      .map((event) => event.entity_sequence)
    t.same(sequences, [2, 3, 4, 5, 6, 7, 8, 9])
  })

  await t.test('what cannot be null, is not', async (t) => {
    const { id } = await create()
    for (const field of ['name', 'kind', 'country', 'currency', 'contacts', 'metadata']) {
      t.match(await api('PATCH', `/v1/customers/${id}`, { [field]: null }), {
        status: 422,
        body: { errors: [{ pointer: `#/${field}` }] },
      })
    }
    for (const field of ['id', 'version', 'created_at', 'object', 'tenant_id']) {
      t.match(await api('PATCH', `/v1/customers/${id}`, { [field]: 1 }), {
        status: 422,
        body: { errors: [{ pointer: `#/${field}`, code: 'unknown_field' }] },
      })
    }
  })

  await t.test('another tenant’s customer does not exist, to the byte', async (t) => {
    const { id } = await create()
    const other = await tenant()
    const unknown = 'cus_01kjm7f7shez7837xta3mfn3a4'
    const answers = async (target: string) =>
      Promise.all([
        other.api('GET', `/v1/customers/${target}`),
        other.api('PATCH', `/v1/customers/${target}`, { name: 'Mine' }),
      ])
    const strip = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
      const { request_id: _, instance: __, ...rest } = body
      return { status, ...rest }
    }
    const [foreign, missing] = [await answers(id), await answers(unknown)]
    t.same(foreign.map(strip), missing.map(strip))
    t.match(foreign[0], { status: 404, body: { code: 'customer_not_found' } })
    t.same((await other.api('GET', '/v1/customers')).body.data, [])
  })

  await t.test('an id that is none is refused before anything is asked', async (t) => {
    for (const id of [
      'x',
      'cus_',
      'inv_01kjm7f7shez7837xta3mfn3a4',
      'cus_81kjm7f7shez7837xta3mfn3a4',
      'cus_01kjm7f7shez7837xta3mfn3aU',
      '%00',
    ]) {
      t.match(await api('GET', `/v1/customers/${id}`), {
        status: 400,
        body: { code: 'invalid_parameter' },
      })
    }
  })
})
