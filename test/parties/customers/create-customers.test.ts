import t from 'tap'
import { commit } from '../../../src/foundation/database/commit.ts'
import { newId } from '../../../src/foundation/id.ts'
import { Problem } from '../../../src/foundation/problem.ts'
import { createCustomers } from '../../../src/parties/customers/create-customers.ts'
import type { NewCustomer } from '../../../src/parties/customers/customer.ts'
import { testApp } from '../../support/app.ts'

const cause = { origin: 'import', actor: null, requestId: null } as const

t.test('many customers at once', async (t) => {
  const { tenant, context } = await testApp(t)
  const { uuid, events } = await tenant()
  const customer = (external_id: string | null, more: Partial<NewCustomer> = {}): NewCustomer => ({
    external_id,
    name: `Customer ${external_id}`,
    kind: 'business',
    country: 'DE',
    currency: 'EUR',
    ...more,
  })
  const create = (inputs: NewCustomer[]) =>
    commit(context.workers, { tenantId: uuid, cause }, (tx) => createCustomers(tx, inputs))

  await t.test('each is created or refused by itself, in the order given', async (t) => {
    await create([customer('known')])
    const outcomes = await create([
      customer('a'),
      customer('known'),
      customer(null),
      customer('a', { name: 'The second of the batch' }),
      customer('b', { dunning_policy_id: newId() }),
      customer('c', { contacts: [{ id: newId(), role: 'billing', name: 'Stranger' }] }),
      customer('d'),
    ])
    t.same(
      outcomes.map((one) => (one instanceof Problem ? one.code : one.external_id)),
      [
        'a',
        'external_id_taken',
        null,
        'external_id_taken',
        'dunning_policy_not_found',
        'validation_failed',
        'd',
      ],
    )
    t.match((outcomes[1] as Problem).details, { conflicting_id: /^cus_/ })
    t.equal((await events('customer.created')).length, 4)
  })

  await t.test(
    'two batches that race with the same ids in opposite order make each customer once',
    async (t) => {
      const inputs = Array.from({ length: 500 }, (_, n) => customer(`race-${n}`))
      const [here, there] = await Promise.all([create(inputs), create(inputs.toReversed())])
      const made = [...here, ...there].filter((one) => !(one instanceof Problem))
      t.equal(made.length, 500)
    },
  )

  t.same(await create([]), [])
})
