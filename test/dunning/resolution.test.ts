import t from 'tap'
import { testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)

const answers = ['set', 'none', 'inherit'] as const
type Answer = (typeof answers)[number]

async function creditor() {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-01')
  const customerClass = async (dunning_policy_id: string | null, code = 'A') =>
    accepted(
      await tenant.api('POST', '/v1/customer-classes', { code, name: code, dunning_policy_id }),
    )
  const steps = async (): Promise<string[]> =>
    (await tenant.events('dunning.level_changed'))
      .map(
        ({ timestamp, data: { object } }) =>
          `${timestamp.slice(5, 10)} ${object.invoice_number} ${object.level}`,
      )
      .sort()
  const explained = async (invoice: { id: string }) =>
    (await make.get(`/v1/invoices/${invoice.id}/dunning`)).items[0]
  return { tenant, make, clock, customerClass, steps, explained }
}

t.test(
  'the first of invoice, customer, class and tenant that has chosen decides, 81 times',
  async (t) => {
    const { tenant, make, clock, customerClass, steps, explained } = await creditor()
    const choosers = ['invoice', 'customer', 'customer_class', 'tenant'] as const
    const policies = Object.fromEntries(
      await Promise.all(
        choosers.map(async (chooser) => [chooser, (await make.policy({ name: chooser })).id]),
      ),
    )
    const choice = (chooser: string, answer: Answer) =>
      ({ set: policies[chooser] as string, none: 'none', inherit: null })[answer]

    const invoices: { said: Record<string, Answer>; id: string; number: string }[] = []
    for (const ofClass of answers) {
      const { id } = await customerClass(choice('customer_class', ofClass), ofClass)
      for (const ofCustomer of answers) {
        const customer = await make.customer({
          customer_class_id: id,
          dunning_policy_id: choice('customer', ofCustomer),
        })
        for (const ofInvoice of answers) {
          const said = { invoice: ofInvoice, customer: ofCustomer, customer_class: ofClass }
          const number = Object.values(said).join('-')
          const dunning_policy_id = choice('invoice', ofInvoice)
          const invoice = await make.invoice(customer, {
            number,
            due_date: '2026-03-04',
            dunning_policy_id,
          })
          t.equal(invoice.dunning_policy_id, dunning_policy_id)
          invoices.push({ said, number, id: invoice.id })
        }
      }
    }
    const expected = (said: Record<string, Answer>) => {
      const chosen_by = choosers.find((chooser) => said[chooser] !== 'inherit') ?? 'tenant'
      return {
        chosen_by,
        policy: said[chosen_by] === 'set' ? (policies[chosen_by] as string) : null,
      }
    }
    for (const ofTenant of answers) {
      const dunning_policy_id = choice('tenant', ofTenant)
      t.match(await make.patch('/v1/tenant', { dunning_policy_id }), { dunning_policy_id })
      for (const { said, id, number } of invoices) {
        const { policy, chosen_by } = expected({ ...said, tenant: ofTenant })
        t.match(
          await explained({ id }),
          policy === null
            ? { policy_id: null, outcome: 'blocked', reason: 'no_policy', inputs: { chosen_by } }
            : { policy_id: policy, outcome: 'wait', reason: 'next_level_not_due' },
          `${number}-${ofTenant}`,
        )
      }
    }
    await make.patch('/v1/tenant', { dunning_policy_id: choice('tenant', 'set') })
    await clock.advance('2026-03-10')
    const dunned = invoices
      .filter(({ said }) => expected({ ...said, tenant: 'set' }).policy !== null)
      .map(({ number }) => `03-09 ${number} 1`)
    t.equal(dunned.length, 9 + 3 + 1 + 1)
    t.same(await steps(), dunned.sort(), 'and the run does what the explanation says')
    t.same(await auditBooks(app.context, tenant.uuid), [])
  },
)

t.test(
  'whoever chooses otherwise, what dunning has not begun with follows at the next run',
  async (t) => {
    for (const chooser of ['invoice', 'customer', 'customer_class', 'tenant']) {
      await t.test(chooser, async (t) => {
        const { make, clock, customerClass, steps, explained } = await creditor()
        const policy = await make.policy()
        const { id: classId } = await customerClass(null)
        const customer = await make.customer({ customer_class_id: classId })
        const begun = await make.invoice(customer, {
          number: 'begun',
          due_date: '2026-03-04',
          dunning_policy_id: policy.id,
        })
        const fresh = await make.invoice(customer, { number: 'fresh', due_date: '2026-03-04' })
        await clock.advance('2026-03-12')
        t.same(await steps(), ['03-09 begun 1'])
        const urls: Record<string, string> = {
          invoice: `/v1/invoices/${fresh.id}`,
          customer: `/v1/customers/${customer.id}`,
          customer_class: `/v1/customer-classes/${classId}`,
          tenant: '/v1/tenant',
        }
        const url = urls[chooser] as string
        t.match(await make.patch(url, { dunning_policy_id: policy.id }), {
          dunning_policy_id: policy.id,
        })
        await clock.advance('2026-03-13')
        t.same(await steps(), ['03-09 begun 1', '03-13 fresh 1'])
        t.match(await make.patch(url, { dunning_policy_id: 'none' }), { dunning_policy_id: 'none' })
        if (chooser === 'invoice')
          await make.patch(`/v1/invoices/${begun.id}`, { dunning_policy_id: 'none' })
        await clock.advance('2026-03-20')
        t.same(
          await steps(),
          ['03-09 begun 1', '03-13 fresh 1', '03-19 begun 2', '03-19 fresh 2'],
          'and items under way stay on their policy',
        )
        t.match(await explained(begun), { policy_id: policy.id, level: 2 })
      })
    }
  },
)

t.test('a customer that moves to another class follows its policy', async (t) => {
  const { tenant, make, clock, customerClass, steps } = await creditor()
  const policy = await make.policy()
  const [strict, gentle] = [
    await customerClass(policy.id, 'strict'),
    await customerClass('none', 'gentle'),
  ]
  const customer = await make.customer({ customer_class_id: gentle.id })
  await make.invoice(customer, { number: 'A', due_date: '2026-03-04' })
  await clock.advance('2026-03-15')
  t.same(await steps(), [])
  await make.patch(`/v1/customers/${customer.id}`, { customer_class_id: strict.id })
  const [moved] = await tenant.events('customer.updated')
  t.match(moved.data, {
    object: { customer_class_id: strict.id },
    previous_attributes: { customer_class_id: gentle.id },
  })
  await clock.advance('2026-03-16')
  t.same(await steps(), ['03-16 A 1'])
  t.same((await make.get(`/v1/customers?customer_class_id=${gentle.id}`)).data, [])
  t.match((await make.get(`/v1/customers?customer_class_id=${strict.id}`)).data, [
    { id: customer.id },
  ])
})

t.test(
  'a class whose policy gets a new version has its customers’ items looked at again',
  async (t) => {
    const { tenant, make, clock, customerClass, steps } = await creditor()
    const [soon, , late] = (await make.policy()).levels
    const { id } = await make.policy({ levels: [{ ...late, level: 1 }] })
    const customer = await make.customer({ customer_class_id: (await customerClass(id)).id })
    await make.invoice(customer, { number: 'A', due_date: '2026-03-04' })
    await clock.advance('2026-03-10')
    const policy = await make.get(`/v1/dunning-policies/${id}`)
    accepted(
      await tenant.api(
        'PUT',
        `/v1/dunning-policies/${id}`,
        { name: 'Sooner', scope: policy.scope, levels: [soon] },
        { 'if-match': '"1"' },
      ),
    )
    await clock.advance('2026-03-11')
    t.same(await steps(), ['03-11 A 1'])
  },
)

t.test(
  'an invoice’s policy is a matter of procedure: it changes after issue, and nothing else does',
  async (t) => {
    const { tenant, make } = await creditor()
    const policy = await make.policy()
    const customer = await make.customer()
    const issued = await make.invoice(customer, { external_id: 'E-1', number: 'A' })
    t.equal(issued.dunning_policy_id, null)
    t.match(
      await tenant.api('PATCH', `/v1/invoices/${issued.id}`, {
        dunning_policy_id: policy.id,
        total_amount: 1,
      }),
      { status: 409, body: { code: 'invoice_not_editable' } },
    )
    const chosen = await make.patch(`/v1/invoices/${issued.id}`, { dunning_policy_id: policy.id })
    t.match(chosen, { version: issued.version + 1, dunning_policy_id: policy.id })
    t.match((await tenant.events('invoice.updated'))[0].data, {
      object: { dunning_policy_id: policy.id },
      previous_attributes: { dunning_policy_id: null },
    })
    const same = await make.patch(`/v1/invoices/${issued.id}`, { dunning_policy_id: policy.id })
    t.equal(same.version, chosen.version, 'saying it again changes nothing')

    const again = {
      customer_id: customer.id,
      number: 'A',
      currency: 'EUR',
      issue_date: '2026-03-01',
      due_date: '2026-03-15',
      total_amount: 10_000,
      issue: true,
    }
    const push = (more: object) =>
      tenant.api('PUT', '/v1/invoices/by-external-id/E-1', { ...again, ...more })
    t.match(
      await push({}),
      { status: 200, body: { dunning_policy_id: policy.id, version: chosen.version } },
      'a push that does not mention it leaves it',
    )
    t.match(await push({ dunning_policy_id: 'none' }), {
      status: 200,
      body: { dunning_policy_id: 'none' },
    })
    t.match(
      await push({ dunning_policy_id: null }),
      { status: 200, body: { dunning_policy_id: 'none' } },
      'null says no more than leaving it out',
    )
    t.match(
      await tenant.api(
        'PATCH',
        `/v1/invoices/${issued.id}`,
        { dunning_policy_id: 'none' },
        { 'if-match': `"${issued.version}"` },
      ),
      { status: 412 },
    )
    const draft = await make.invoice(customer, { issue: false, dunning_policy_id: 'none' })
    t.match(await make.patch(`/v1/invoices/${draft.id}`, { dunning_policy_id: null }), {
      dunning_policy_id: null,
    })
  },
)

t.test(
  'a policy nobody has is refused wherever it is named, and so is any other word',
  async (t) => {
    const { tenant, make, customerClass } = await creditor()
    const foreign = (await recordsOf(await app.tenant()).policy()).id
    const customer = await make.customer()
    const invoice = await make.invoice(customer)
    const draft = {
      customer_id: customer.id,
      currency: 'EUR',
      issue_date: '2026-03-01',
      due_date: '2026-03-15',
      total_amount: 1,
    }
    const requests = [
      ['PATCH', '/v1/tenant', {}],
      ['POST', '/v1/customer-classes', { code: 'B', name: 'B' }],
      ['PATCH', `/v1/customer-classes/${(await customerClass(null)).id}`, {}],
      ['POST', '/v1/customers', { name: 'B', kind: 'business', country: 'DE', currency: 'EUR' }],
      ['PATCH', `/v1/customers/${customer.id}`, {}],
      ['POST', '/v1/invoices', draft],
      ['PATCH', `/v1/invoices/${invoice.id}`, {}],
    ] as const
    for (const [method, url, body] of requests) {
      t.match(
        await tenant.api(method, url, { ...body, dunning_policy_id: foreign }),
        { status: 404, body: { code: 'dunning_policy_not_found' } },
        `${method} ${url}`,
      )
      for (const word of ['None', 'inherit', '', customer.id])
        t.match(
          await tenant.api(method, url, { ...body, dunning_policy_id: word }),
          { status: 422, body: { errors: [{ pointer: '#/dunning_policy_id' }] } },
          `${method} ${url} "${word}"`,
        )
    }
  },
)
