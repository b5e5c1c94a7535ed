import { sql } from 'kysely'
import t from 'tap'
import { queue } from '../../../src/foundation/database/commit.ts'
import { testApp } from '../../support/app.ts'

t.test('the settings of a tenant', async (t) => {
  const { tenant, context } = await testApp(t)
  const nextRun = (tenantId: string, zone: string) =>
    queue(context.api, async (db) => {
      const { rows } = await sql<{ local: string; soon: boolean }>`
        select to_char(next_at at time zone ${zone}, 'HH24:MI') as local,
          next_at > now() and next_at <= now() + interval '25 hours' as soon
        from schedule where tenant_id = ${tenantId} and job = 'dunning_run'
      `.execute(db)
      return rows[0]
    })

  await t.test(
    'change by merge patch, with a version and an event that says what was before',
    async (t) => {
      const { api, events } = await tenant({ metadata: { a: '1', b: '2' } })
      const before = await api('GET', '/v1/tenant')
      const { status, headers, body } = await api(
        'PATCH',
        '/v1/tenant',
        { name: 'Neu AG', net_days: 14, metadata: { a: null, c: '3' } },
        { 'content-type': 'application/merge-patch+json', 'if-match': String(before.headers.etag) },
      )
      t.equal(status, 200)
      t.equal(headers.etag, '"2"')
      t.match(body, { name: 'Neu AG', net_days: 14, version: 2 })
      t.same(body.metadata, { b: '2', c: '3' })
      const [event] = await events('tenant.updated')
      t.match(event, { entity_sequence: 2, data: { object: body } })
      t.same(event.data.previous_attributes, {
        name: 'Muster Maschinenbau AG',
        net_days: null,
        metadata: { a: '1', b: '2' },
      })
      t.equal((await api('PATCH', '/v1/tenant', { net_days: null })).body.net_days, null)
    },
  )

  await t.test('that do not change make no version and no event', async (t) => {
    const { api, events } = await tenant()
    for (const patch of [{}, { time_zone: 'Europe/Berlin', metadata: {} }, { net_days: null }]) {
      t.equal((await api('PATCH', '/v1/tenant', patch)).body.version, 1)
    }
    t.same(await events('tenant.updated'), [])
  })

  await t.test('are not changed over a version the caller has not seen', async (t) => {
    const { api } = await tenant()
    await api('PATCH', '/v1/tenant', { name: 'First' })
    t.match(await api('PATCH', '/v1/tenant', { name: 'Second' }, { 'if-match': '"1"' }), {
      status: 412,
      body: { code: 'version_mismatch', current_version: 2 },
    })
  })

  await t.test('two that race with one ETag: one wins', async (t) => {
    const { api } = await tenant()
    const replies = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) =>
        api('PATCH', '/v1/tenant', { name }, { 'if-match': '"1"' }),
      ),
    )
    t.same(replies.map(({ status }) => status).sort(), [200, 412, 412, 412])
  })

  await t.test('move the timetable when zone or dunning time change', async (t) => {
    const { api, uuid } = await tenant()
    t.same(await nextRun(uuid, 'Europe/Berlin'), { local: '06:00', soon: true })
    await api('PATCH', '/v1/tenant', { dunning_time: '21:45' })
    t.same(await nextRun(uuid, 'Europe/Berlin'), { local: '21:45', soon: true })
    await api('PATCH', '/v1/tenant', { time_zone: 'Pacific/Honolulu' })
    t.same(await nextRun(uuid, 'Pacific/Honolulu'), { local: '21:45', soon: true })
    for (const zone of [
      'Pacific/Kiritimati',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Etc/GMT+12',
      'UTC',
    ]) {
      t.equal((await api('PATCH', '/v1/tenant', { time_zone: zone })).status, 200, zone)
      t.same(await nextRun(uuid, zone), { local: '21:45', soon: true })
    }
  })

  await t.test(
    'refuse a zone nobody knows, a time there is not, a policy there is not',
    async (t) => {
      const { api } = await tenant()
      t.match(await api('PATCH', '/v1/tenant', { time_zone: 'Mars/Olympus' }), {
        status: 422,
        body: { code: 'time_zone_unknown' },
      })
      for (const dunning_time of ['24:00', '6:00', '06:60', '06:00:00', 6, null]) {
        t.match(await api('PATCH', '/v1/tenant', { dunning_time }), {
          status: 422,
          body: { code: 'validation_failed' },
        })
      }
      t.match(
        await api('PATCH', '/v1/tenant', { dunning_policy_id: 'dpo_01kjm7f7shez7837xta3mfn3a4' }),
        {
          status: 404,
          body: { code: 'dunning_policy_not_found' },
        },
      )
      t.match(await api('PATCH', '/v1/tenant', { mode: 'live' }), {
        status: 422,
        body: { errors: [{ pointer: '#/mode', code: 'unknown_field' }] },
      })
      t.equal((await api('GET', '/v1/tenant')).body.version, 1)
    },
  )

  await t.test('give way for a currency only as long as there is no money', async (t) => {
    const { api, uuid } = await tenant()
    t.match(await api('PATCH', '/v1/tenant', { currency: 'CHF' }), {
      status: 200,
      body: { currency: 'CHF' },
    })
    const customer = await api('POST', '/v1/customers', {
      name: 'M',
      kind: 'business',
      country: 'CH',
      currency: 'CHF',
    })
    const invoice = await api('POST', '/v1/invoices', {
      customer_id: customer.body.id,
      number: 'R-1',
      currency: 'CHF',
      issue_date: '2020-01-01',
      due_date: '2020-01-31',
      total_amount: 100,
      issue: true,
    })
    t.equal(invoice.status, 201, uuid)
    t.match(await api('PATCH', '/v1/tenant', { currency: 'EUR' }), {
      status: 409,
      body: { code: 'invalid_state' },
    })
    t.equal(
      (await api('PATCH', '/v1/tenant', { currency: 'CHF', name: 'Still francs' })).status,
      200,
    )
    t.match(await api('PATCH', `/v1/customers/${customer.body.id}`, { currency: 'EUR' }), {
      status: 409,
      body: { code: 'invalid_state', allowed_actions: [] },
    })
  })

  await t.test('need their scopes', async (t) => {
    const { api } = await tenant({ scopes: ['tenants:read'] })
    t.equal((await api('GET', '/v1/tenant')).status, 200)
    t.match(await api('PATCH', '/v1/tenant', { name: 'X' }), {
      status: 403,
      body: { code: 'insufficient_scope', required_scopes: ['tenants:write'] },
    })
  })
})
