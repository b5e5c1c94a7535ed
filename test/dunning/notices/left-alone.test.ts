import t from 'tap'
import { isAskedFor } from '../../../src/dunning/notices/asked-for.ts'
import { testApp } from '../../support/app.ts'
import { auditBooks } from '../../support/books.ts'
import { clockOf, dunNow, recordsOf } from '../../support/records.ts'
import { itemOf } from '../../support/situations.ts'

const app = await testApp(t)

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

async function creditor(policy: object = {}) {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-20')
  const { id } = await make.policy(policy)
  await make.patch('/v1/tenant', { dunning_policy_id: id })
  return {
    tenant,
    make,
    clock,
    customer: await make.customer(),
    run: () => dunNow(app, tenant),
    notices: async (filter = ''): Promise<Json[]> =>
      (await make.get(`/v1/dunning-notices?limit=200${filter}`)).data,
    audit: () => auditBooks(app.context, tenant.uuid),
  }
}

t.test('what may not be demanded is not asked for', async (t) => {
  const today = '2026-06-15'
  const asks = (more: object) => isAskedFor(itemOf('2026-06-01', more), today)
  const held = (fromDate: string, untilDate: string | null) =>
    asks({ holds: [{ id: 'h', reason: 'dispute', fromDate, untilDate }] })
  t.equal(asks({}), true)
  t.equal(held(today, null), false)
  t.equal(held('2026-06-01', today), false, 'on its last day')
  t.equal(held('2026-06-01', '2026-06-14'), true, 'after its last day')
  t.equal(held('2026-06-16', null), true, 'before its first day')
  t.equal(asks({ collectionDate: today }), false)
  t.equal(asks({ limitationDate: today }), true)
  t.equal(asks({ limitationDate: '2026-06-14' }), false)
  t.equal(asks({ policy: null }), false)
  t.equal(asks({ policy: null, principal: false }), true, 'a charge needs none')
})

t.test('what is disputed is left out of the list, the sums and the base of the fee', async (t) => {
  const { make, customer, run, notices, audit } = await creditor({
    levels: [
      {
        level: 1,
        days: 5,
        name: 'One',
        fees: [
          {
            currency: 'EUR',
            steps: [
              { from_amount: 0, amount: 300 },
              { from_amount: 15_000, amount: 900 },
            ],
          },
        ],
      },
    ],
  })
  await make.invoice(customer, { number: 'due', due_date: '2026-03-10' })
  const held = await make.invoice(customer, { number: 'held', due_date: '2026-03-10' })
  await make.hold({ invoice_id: held.id, reason: 'dispute' })
  await run()
  const [notice] = await notices()
  t.same(
    notice.items.map(({ invoice_number }: Json) => invoice_number),
    ['due'],
  )
  t.match(notice, { overdue_amount: 10_000, fee_amount: 300, total_due_amount: 10_300 })
  t.same(await audit(), [])
})
