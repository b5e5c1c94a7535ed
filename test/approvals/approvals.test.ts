import t from 'tap'
import { decideApproval } from '../../src/approvals/decide-approval.ts'
import { writeOffEffects } from '../../src/collections/write-offs/decide-write-off.ts'
import { creditLimitEffects } from '../../src/credit/limits/decide-credit-limit.ts'
import { limitTerms } from '../../src/credit/limits/schema.ts'
import { setCreditLimit } from '../../src/credit/limits/set-credit-limit.ts'
import { allScopes } from '../../src/foundation/access/scopes.ts'
import { byTheService, commit, type Tx } from '../../src/foundation/database/commit.ts'
import { newId, publicId, uuidOf } from '../../src/foundation/id.ts'
import { type Api, appOn, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))

/** A tenant whose policy wants four eyes above 1,000.00 EUR, and a colleague of the one who asks. */
async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  await make.creditPolicy({ approval_above: [{ currency: 'EUR', amount: 100_000 }] })
  const customer = await make.customer()
  const key = accepted(
    await tenant.api('POST', '/v1/api-keys', { name: 'Colleague', scopes: allScopes }),
  )
  const colleague: Api = (...request) => app.call(key.secret, ...request)
  const set = (body: object) =>
    tenant.api('PUT', `/v1/customers/${customer.id}/credit-limit`, {
      currency: 'EUR',
      reason: 'agreed',
      ...body,
    })
  const decide = (api: Api, verb: string, id: string, headers = {}) =>
    api('POST', `/v1/approvals/${id}/${verb}`, { reason: `${verb} it` }, headers)
  const holds = async (asOf = '') =>
    (await make.get(`/v1/customers/${customer.id}/credit-limit${asOf}`)).limit?.amount ?? null
  const audit = () => auditBooks(app.context, tenant.uuid)
  return { tenant, make, clock, customer, key, colleague, set, decide, holds, audit }
}

t.test('a limit above the threshold holds once another principal approves it', async (t) => {
  const { tenant, make, clock, customer, key, colleague, set, decide, holds, audit } =
    await creditor()
  t.equal((await set({ amount: 100_000 })).status, 200, 'up to the threshold one decides')
  const asked = await set({ amount: 100_001 })
  t.match(asked, {
    status: 202,
    headers: { location: `/v1/credit-limits/${asked.body.id}` },
    body: { status: 'requested', ordinal: null, decided_at: null, valid_from: '2026-03-01' },
  })
  const id = asked.body.approval_id
  t.match(await make.get(`/v1/approvals/${id}`), {
    object: 'approval',
    version: 1,
    subject: { kind: 'credit_limit', id: asked.body.id },
    customer_id: customer.id,
    summary: 'Credit limit of 1,000.01 EUR.',
    amount: 100_001,
    currency: 'EUR',
    reason: 'agreed',
    requested_date: '2026-03-01',
    status: 'requested',
    decided_by: null,
  })
  t.match(await make.get('/v1/tasks?kind=decide_approval'), {
    data: [{ customer_id: customer.id, status: 'open', assignee: 'approver', note: 'agreed' }],
  })
  t.equal((await set({ amount: 100_001 })).body.id, asked.body.id, 'asking twice is asking once')
  await clock.advance('2026-03-04')
  t.equal(await holds(), 100_000)

  t.match(await decide(tenant.api, 'approve', id), {
    status: 403,
    body: { code: 'four_eyes_required' },
  })
  t.match(await decide(tenant.api, 'reject', id), {
    status: 403,
    body: { code: 'four_eyes_required' },
  })
  t.match(await decide(colleague, 'approve', id, { 'if-match': '"2"' }), { status: 412 })
  t.match(await decide(colleague, 'approve', id), {
    status: 200,
    body: {
      version: 2,
      status: 'approved',
      decided_by: key.id,
      decided_date: '2026-03-04',
      decision_reason: 'approve it',
    },
  })
  t.match(await make.get(`/v1/credit-limits/${asked.body.id}`), {
    version: 2,
    status: 'approved',
    ordinal: 2,
    valid_from: '2026-03-04',
  })
  t.equal(await holds(), 100_001)
  t.equal(await holds('?as_of_date=2026-03-03'), 100_000)
  t.equal(await holds('?as_of_date=2026-03-04&known_at=2026-03-03T00:00:00Z'), 100_000)
  t.match(await make.get('/v1/tasks'), { data: [{ status: 'done', outcome: 'approve it' }] })
  t.match(await decide(colleague, 'reject', id), {
    status: 409,
    body: { code: 'invalid_state', current_status: 'approved' },
  })
  await tenant.events()
  const { data: feed } = await make.get(`/v1/events?customer_id=${customer.id}&limit=200`)
  t.same(
    feed.map(({ type }: { type: string }) => type),
    [
      'customer.created',
      'credit_limit.set',
      'approval.requested',
      'task.opened',
      'credit_limit.requested',
      'approval.approved',
      'credit_limit.set',
      'task.completed',
    ],
  )
  t.match((await tenant.events('credit_limit.set'))[1].data.previous_attributes, {
    status: 'requested',
    ordinal: null,
    valid_from: '2026-03-01',
  })
  t.same(await audit(), [])
})

t.test('only raises need four eyes, measured by the standing limit they follow', async (t) => {
  const { make, clock, colleague, set, decide, holds, audit } = await creditor()
  const first = await set({ amount: 500_000, valid_until: '2026-06-30' })
  await decide(colleague, 'approve', first.body.approval_id)
  const longer = await set({ amount: 500_000 })
  t.equal(longer.status, 202, 'no limit is prolonged by one alone')
  await decide(colleague, 'approve', longer.body.approval_id)
  for (const [body, status] of [
    [{ amount: 400_000, valid_from: '2026-05-01' }, 200],
    [{ amount: 450_000, valid_from: '2026-05-02' }, 202],
    [{ amount: 450_000 }, 200],
    [{ amount: 450_001, kind: 'temporary', valid_until: '2026-04-30' }, 202],
    [{ amount: 999_999, currency: 'USD' }, 202],
    [{ amount: 450_000 }, 200],
    [{ amount: 5, request: true }, 202],
  ] as const)
    t.equal((await set(body)).status, status, JSON.stringify(body))
  const waiting = (await make.get('/v1/approvals?status=requested')).data
  t.equal(waiting.length, 4)
  const raise = waiting.find(({ amount }: { amount: number }) => amount === 450_001)
  await decide(colleague, 'approve', raise.id)
  t.equal((await set({ amount: 450_001 })).status, 202, 'a raise for a while does not make it stay')
  t.equal(
    (await set({ amount: 450_001, kind: 'temporary', valid_until: '2026-12-31' })).status,
    202,
    'nor is it prolonged by one alone',
  )
  t.equal(await holds(), 450_001)
  await clock.advance('2026-04-30')
  t.equal(await holds(), 450_001)
  await clock.advance('2026-05-02')
  t.equal(await holds(), 400_000)
  t.same(await audit(), [])
})

t.test(
  'a limit approved after a later one was set holds, although it was asked for before',
  async (t) => {
    const { colleague, set, decide, holds, audit } = await creditor()
    const asked = await set({ amount: 300_000 })
    t.equal((await set({ amount: 1_000 })).status, 200)
    await decide(colleague, 'approve', asked.body.approval_id)
    t.equal(await holds(), 300_000)
    t.equal((await set({ amount: 1_000 })).status, 200)
    t.equal(await holds(), 1_000)
    t.same(await audit(), [])
  },
)

t.test('of those who decide at once one does, and what follows follows once', async (t) => {
  const { tenant, make, key, set, holds, audit } = await creditor()
  const limit = (await set({ amount: 200_000 })).body
  const decisions = await Promise.all(
    ['approve', 'reject', 'approve', 'withdraw', 'reject'].map((verb, n) =>
      (n % 2 ? app : replica).call(
        key.secret,
        'POST',
        `/v1/approvals/${limit.approval_id}/${verb}`,
        {
          reason: verb,
        },
      ),
    ),
  )
  const [decided, ...more] = decisions.filter(({ status }) => status === 200)
  t.same(more, [])
  t.same(
    decisions.filter(({ status }) => status !== 200).map(({ body }) => body.code),
    Array(4).fill('invalid_state'),
  )
  t.equal((await make.get(`/v1/credit-limits/${limit.id}`)).status, decided?.body.status)
  t.equal(await holds(), decided?.body.status === 'approved' ? 200_000 : null)
  t.equal((await tenant.events()).filter(({ type }) => /^approval\./.test(type)).length, 2)
  t.same(await audit(), [])
})

t.test('what is rejected or withdrawn never holds; the one who asked may withdraw', async (t) => {
  const { tenant, make, customer, colleague, set, decide, holds, audit } = await creditor()
  const rejected = (await set({ amount: 200_000 })).body
  t.match(await decide(colleague, 'reject', rejected.approval_id), { body: { status: 'rejected' } })
  const withdrawn = (await set({ amount: 200_000 })).body
  t.not(withdrawn.id, rejected.id, 'it can be asked for again')
  t.match(await decide(tenant.api, 'withdraw', withdrawn.approval_id), {
    body: { status: 'withdrawn' },
  })
  t.equal(await holds(), null)
  t.match(await make.get(`/v1/credit-limits?status=rejected,withdrawn`), {
    data: [
      { id: withdrawn.id, status: 'withdrawn', ordinal: null },
      { id: rejected.id, status: 'rejected', ordinal: null },
    ],
  })
  t.match(await make.get('/v1/tasks'), {
    data: [
      { status: 'done', outcome: 'reject it' },
      { status: 'cancelled', outcome: 'withdraw it' },
    ],
  })
  t.match(await tenant.api('POST', `/v1/credit-limits/${rejected.id}/end`, { reason: 'x' }), {
    status: 409,
    body: { current_status: 'rejected' },
  })
  t.equal(
    (await make.get(`/v1/approvals?customer_id=${customer.id}&subject_kind=credit_limit`)).data
      .length,
    2,
  )
  t.same(await audit(), [])
})

t.test('a decision that cannot take effect is none', async (t) => {
  const { tenant, make, clock, customer, colleague, set, decide, audit } = await creditor()
  const late = (await set({ amount: 200_000, kind: 'temporary', valid_until: '2026-03-02' })).body
  await clock.advance('2026-03-03')
  t.match(await decide(colleague, 'approve', late.approval_id), {
    status: 409,
    body: { code: 'invalid_state', allowed_actions: ['reject', 'withdraw'] },
  })
  t.match(await make.get(`/v1/approvals/${late.approval_id}`), { status: 'requested', version: 1 })
  await decide(colleague, 'reject', late.approval_id)

  const early = (await set({ amount: 5, request: true })).body
  await make.creditPolicy({ onboarding_checks: ['identity'] })
  t.match(await decide(colleague, 'approve', early.approval_id), {
    status: 409,
    body: { code: 'onboarding_incomplete', missing_checks: ['identity'] },
  })
  accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/onboarding-checks`, {
      kind: 'identity',
      result: 'passed',
      done_by: 'Anna Weber',
      done_date: '2026-03-03',
    }),
  )
  t.equal((await decide(colleague, 'approve', early.approval_id)).status, 200)
  t.same(await audit(), [])
})

t.test('a group’s limit and the service’s own request take a person, too', async (t) => {
  const { tenant, make, customer, colleague, decide, holds, audit } = await creditor()
  const group = await make.creditGroup(customer)
  const asked = accepted(
    await tenant.api('PUT', `/v1/credit-groups/${group.id}/credit-limit`, {
      amount: 200_000,
      currency: 'EUR',
      reason: 'shared',
    }),
  )
  t.match(await make.get(`/v1/approvals/${asked.approval_id}`), { customer_id: null })
  t.same((await make.get('/v1/tasks')).data, [])
  t.equal((await decide(colleague, 'approve', asked.approval_id)).status, 200)
  t.match(await make.get(`/v1/credit-groups/${group.id}/credit-limit`), {
    limit: { amount: 200_000 },
  })

  const byItself = <T>(work: (tx: Tx) => Promise<T>) =>
    commit(app.context.workers, { tenantId: tenant.uuid, cause: byTheService }, work)
  const proposed = await byItself((tx) =>
    setCreditLimit(tx, {
      subject: { customer_id: uuidOf(customer.id), group_id: null },
      terms: limitTerms({ amount: 9, currency: 'EUR', reason: 'proposed' }, tx.today),
      asked: true,
    }),
  )
  const approvalId = String(proposed.approval_id)
  t.match(await make.get(`/v1/approvals/${publicId('approval', approvalId)}`), {
    requested_by: null,
    reason: 'proposed',
  })
  const decision = { decision: 'approved', reason: 'as I said', ifMatch: undefined } as const
  await t.rejects(
    byItself((tx) =>
      decideApproval(
        tx,
        { id: approvalId, ...decision },
        { credit_limit: creditLimitEffects, write_off: writeOffEffects },
      ),
    ),
    { code: 'four_eyes_required' },
  )
  t.match(await decide(tenant.api, 'approve', publicId('approval', approvalId)), { status: 200 })
  t.equal(await holds(), 9)
  t.match(await decide(tenant.api, 'withdraw', publicId('approval', newId())), {
    status: 404,
    body: { code: 'approval_not_found' },
  })
  t.match(await decide(tenant.api, 'approve', 'apv_x'), { status: 400 })
  const reader = await app.tenant({ scopes: ['approvals:read', 'credit:read'] })
  t.match(await decide(reader.api, 'approve', asked.approval_id), {
    status: 403,
    body: { code: 'insufficient_scope' },
  })
  t.match(await reader.api('GET', `/v1/approvals/${asked.approval_id}`), { status: 404 })
  t.same(await audit(), [])
})
