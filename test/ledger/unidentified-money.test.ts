import t from 'tap'
import { byTheService, commit } from '../../src/foundation/database/commit.ts'
import { newId, uuidOf } from '../../src/foundation/id.ts'
import { lockCustomers } from '../../src/ledger/queries.ts'
import { identifyMoney, postUnidentified } from '../../src/ledger/unidentified-money.ts'
import { testApp } from '../support/app.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const app = await testApp(t)
const tenant = await app.tenant()
const make = recordsOf(tenant)
await clockOf(app, tenant).set('2026-03-20')
const customer = await make.customer()
const customerId = uuidOf(customer.id)
const options = { tenantId: tenant.uuid, cause: byTheService }

/** 100.00 that came in on 10 March, nobody knows from whom. */
async function unknownMoney(): Promise<string> {
  const bankLineId = newId()
  await commit(app.context.workers, options, (tx) =>
    postUnidentified(tx, [
      { bankLineId, account: 'cash', currency: 'EUR', amount: 10_000, effectiveDate: '2026-03-10' },
    ]),
  )
  return bankLineId
}

const identify = (
  bankLineId: string,
  amount: number,
  undoesId: string | null = null,
  currency = 'EUR',
) =>
  commit(app.context.workers, options, async (tx) => {
    await lockCustomers(tx, [customerId])
    return identifyMoney(tx, [
      {
        bankLineId,
        paymentId: newId(),
        customerId,
        currency,
        amount,
        effectiveDate: undoesId === null ? '2026-03-10' : '2026-03-20',
        undoesId,
      },
    ])
  })

const balanceOf = async (account: string): Promise<number> =>
  (await make.get('/v1/ledger/balances')).accounts.find(
    (one: { account: string }) => one.account === account,
  )?.balance_amount ?? 0

t.test('money is here before anybody knows whose it is, and then somebody’s', async (t) => {
  const line = await unknownMoney()
  t.equal(await balanceOf('cash'), 10_000)
  t.equal(await balanceOf('unidentified'), -10_000)
  t.match(await make.get(`/v1/customers/${customer.id}/balance`), { balances: [] })
  const [entryId] = await identify(line, 6_000)
  t.equal(await balanceOf('unidentified'), -4_000)
  t.equal(await balanceOf('cash'), 10_000, 'the money came in once')
  t.match(await make.get(`/v1/customers/${customer.id}/balance?as_of_date=2026-03-10`), {
    balances: [{ unallocated_amount: 6_000 }],
  })
  await t.rejects(identify(line, 4_001), { code: 'insufficient_unidentified_amount' })
  await t.rejects(identify(line, 1, null, 'USD'), { code: 'insufficient_unidentified_amount' })
  await t.rejects(identify(newId(), 1), { code: 'insufficient_unidentified_amount' })
  await identify(line, -6_000, entryId as string)
  t.equal(await balanceOf('unidentified'), -10_000)
  t.match(await make.get(`/v1/customers/${customer.id}/balance`), {
    balances: [{ unallocated_amount: 0 }],
  })
  await t.rejects(identify(line, -1), { code: 'insufficient_unidentified_amount' })
  await identify(line, 10_000)
})

t.test('payments that race for one line share what it has', async (t) => {
  const line = await unknownMoney()
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => identify(line, 3_000)))
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3)
  t.equal(await balanceOf('unidentified'), -1_000)
})
