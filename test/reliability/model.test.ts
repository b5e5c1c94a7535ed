import t from 'tap'
import { type TestApp, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { CashHistory, type Outcomes } from '../support/cash-history.ts'
import { TODAY } from '../support/cash-operations.ts'
import { report, rung, seed, sizeOf } from '../support/certify.ts'
import { inParallel } from '../support/in-parallel.ts'
import { type Counts, moneyHistory } from '../support/money-history.ts'
import { chanceOf } from '../support/random.ts'
import { clockOf, recordsOf } from '../support/records.ts'

/**
 * Histories over HTTP, one request after the other, each in a company of its own; see `cash-history.ts`. `judge` of the
 * model and all invariants of the database every 100 operations and at the end.
 */
const { histories, steps } = sizeOf({
  slice: { histories: 5, steps: 200 },
  certify: { histories: 300, steps: 300 },
  certification: { histories: 1_000, steps: 10_000 },
})

/** How often each of these has to have happened, or the generator proves nothing about it. */
const REFUSALS = [
  'invoice invoice_number_taken',
  'designate amounts_do_not_add_up',
  'designate customer_mismatch',
  'designate currency_mismatch',
  'designate invalid_state',
  'designate insufficient_open_amount',
  'allocate insufficient_unallocated_amount',
  'allocate invalid_state',
  'allocate customer_mismatch',
  'allocate currency_mismatch',
  'allocate insufficient_open_amount',
  'undo allocation_already_undone',
  'reverse payment_already_reversed',
  'credit credit_note_number_taken',
  'credit customer_mismatch',
  'credit currency_mismatch',
  'credit invalid_state',
  'refund insufficient_unallocated_amount',
  'refund invalid_state',
  'pay_out invalid_state',
  'cancel invalid_state',
  'write_off insufficient_open_amount',
  'undo_write_off invalid_state',
  'void invoice_not_voidable',
  'void invalid_state',
]

t.test('over HTTP everything comes as the model says', { timeout: 0 }, async (t) => {
  const app = await testApp(t, { LOG_LEVEL: 'silent' })
  const outcomes: Outcomes = new Map()
  const began = performance.now()
  const jobs = Array.from({ length: histories }, (_, n) => () => live(app, n, outcomes))
  const violations = (await inParallel(4, jobs)).flat()
  const seconds = (performance.now() - began) / 1_000

  t.same(violations, [])
  const least = rung === 'slice' ? 1 : 100
  const done = [...outcomes].filter(([name]) => name.endsWith(' done'))
  const total = sum([...outcomes.values()])
  const accepted = sum(done.map(([, count]) => count)) / total
  const rare = REFUSALS.filter((name) => (outcomes.get(name) ?? 0) < least)
  t.comment(
    [...outcomes]
      .sort()
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  )
  t.ok(accepted >= 0.5 && accepted <= 0.8, `${Math.round(accepted * 100)} % were accepted`)
  t.same(rare, [], 'every refusal was met often enough')
  const strange = [...outcomes.keys()].filter(
    (name) => !/ done$/.test(name) && !REFUSALS.includes(name),
  )
  t.same(strange, [], 'the list of refusals is complete')
  await report({
    suite: 'T-model-db',
    goal: `${histories} × ${steps} operations: no violation, each refusal ${least} times, 50–80 % accepted`,
    seen: `${violations.length} violations, ${rare.length} refusals too rare, ${Math.round(accepted * 100)} % accepted, ${Math.round(total / seconds)}/s`,
    met: violations.length === 0 && rare.length === 0 && accepted >= 0.5 && accepted <= 0.8,
  })
})

t.test('without a database money goes where the model says', async (t) => {
  const { lives, operations } = sizeOf({
    slice: { lives: 20, operations: 2_000 },
    certify: { lives: 1_000, operations: 10_000 },
    certification: { lives: 100_000, operations: 10_000 },
  })
  const counts: Counts = {}
  const began = performance.now()
  const violations: string[] = []
  for (let life = 0; life < lives; life += 1) {
    try {
      moneyHistory(chanceOf(seed + life), operations, counts)
    } catch (error) {
      violations.push(`seed ${seed}, life ${life}: ${(error as Error).message}`)
    }
  }
  const seconds = (performance.now() - began) / 1_000
  t.same(violations, [])
  const rare = [
    'exact_amount',
    'exact_balance',
    'exact_overdue',
    'imputation',
    'oldest_first',
    'over',
    'interest',
  ].filter((name) => (counts[name] ?? 0) < 20)
  t.same(rare, [], JSON.stringify(counts))
  await report({
    suite: 'T-model-mem',
    goal: `${lives} × ${operations} operations: no violation, each rule reached`,
    seen: `${violations.length} violations, ${rare.length} rules too rare, ${Math.round((lives * operations) / seconds)}/s`,
    met: violations.length === 0 && rare.length === 0,
  })
})

/** One history, and what did not hold in it. */
async function live(app: TestApp, n: number, outcomes: Outcomes): Promise<string[]> {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set(TODAY)
  await make.patch('/v1/allocation-settings', { rules: ['oldest_first'], use_unallocated: false })
  const customers = await Promise.all([0, 1, 2].map(async () => (await make.customer()).id))
  const asker = {
    customers,
    prefix: 'N',
    post: (url: string, body: object) => tenant.api('POST', url, body),
    get: make.get,
  }
  const history = new CashHistory(asker, chanceOf(seed + n), outcomes)
  try {
    for (let step = 1; step <= steps; step += 1) {
      await history.step()
      if (step % 100 !== 0 && step !== steps) continue
      await history.judge()
      await tenant.events()
      const { ok, differences, invariants } = await make.get('/v1/ledger/verification')
      if (!ok) throw new Error(JSON.stringify({ differences, invariants }))
    }
    return await auditBooks(app.context, tenant.uuid)
  } catch (error) {
    return [`seed ${seed}, history ${n}: ${(error as Error).message}`]
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
