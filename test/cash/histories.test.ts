import fc from 'fast-check'
import t from 'tap'
import { addDays, laterOf } from '../../src/foundation/calendar.ts'
import { type Reply, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

/**
 * Random lives in which money is allocated, taken back, moved, refunded, given up and recovered, in small amounts and
 * by few customers, so that everything happens to everything. Whatever the API accepts must leave every invariant in
 * the eyes of the service's own verification and of an auditor who shares nothing with it; and what was known on a day
 * must be told the same way ever after. `HISTORIES=2000 SEED=7 npm test -- build/test/cash/histories.test.js` tells
 * other and more stories.
 */
const SEED = Number(process.env.SEED ?? 20_260_401)
const HISTORIES = Number(process.env.HISTORIES ?? 15)
const START = '2026-03-01'

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

const kinds = {
  invoice: 6,
  pay: 6,
  pend: 2,
  receive: 3,
  clear: 2,
  designate: 3,
  allocate: 3,
  reallocate: 2,
  undo: 3,
  transfer: 2,
  credit: 3,
  use_credit: 1,
  refund: 2,
  pay_refund: 3,
  cancel_refund: 1,
  reverse: 3,
  write_off: 3,
  relieve: 1,
  recover: 4,
  undo_recovery: 3,
  undo_write_off: 1,
  waive: 1,
  void: 1,
  settings: 1,
  day: 3,
} as const
type Act = keyof typeof kinds

const number = fc.nat({ max: 1_000 })
const act = fc.record({
  kind: fc.constantFrom(
    ...Object.entries(kinds).flatMap(([kind, weight]) => Array<Act>(weight).fill(kind as Act)),
  ),
  who: number,
  which: number,
  amount: fc.integer({ min: 1, max: 40 }),
  back: fc.integer({ min: 0, max: 3 }),
  odd: fc.boolean(),
})
type Step = typeof act extends fc.Arbitrary<infer T> ? T : never

const app = await testApp(t)
const outcomes = new Map<string, number>()

t.test('whatever is done with money, every invariant holds', { timeout: 3_600_000 }, async (t) => {
  t.comment(`SEED=${SEED} HISTORIES=${HISTORIES}`)
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 50, maxLength: 80 }), live), {
    seed: SEED,
    numRuns: HISTORIES,
    endOnFailure: true,
    includeErrorInReport: true,
  })
  t.pass(`${HISTORIES} histories`)
})

t.test('everything has been done often enough to prove something', async (t) => {
  t.comment(JSON.stringify(Object.fromEntries([...outcomes].sort())))
  for (const kind of Object.keys(kinds).filter((one) => one !== 'day')) {
    const done = [...outcomes].filter(([outcome]) => outcome.startsWith(`${kind} 2`))
    t.ok(done.length > 0, `${kind} was done`)
  }
})

async function live(story: Step[]): Promise<void> {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  let today = START
  await clock.set(today)
  const customers = await Promise.all([0, 1, 2].map(() => make.customer()))
  const made = { invoice: 0, credit: 0, pay: 0 }
  const invoices: Json[] = []
  const payments: Json[] = []
  const known: { day: string; at: string; balances: string }[] = []

  for (const step of story) await perform(step)
  await judge()

  async function perform(step: Step): Promise<void> {
    const { kind, who, which, amount, back, odd } = step
    const customer = pick(customers, who)
    const day = addDays(today, -back)
    const currency = which % 6 === 0 ? 'USD' : 'EUR'
    const invoice = pick(invoices, which)
    const payment = pick(payments, which)
    const post = async (path: string, body: object): Promise<Reply> =>
      note(kind, await tenant.api('POST', `/v1/${path}`, body))
    const one = async (list: string): Promise<Json> =>
      pick((await make.get(`/v1/${list}`)).data, which)

    if (kind === 'day') {
      await remember()
      today = addDays(today, 1 + back)
      await clock.set(today)
    } else if (kind === 'invoice') {
      made.invoice += 1
      const parts = odd && amount >= 3 ? [1, amount - 2, 1] : [amount]
      const { status, body } = await post('invoices', {
        customer_id: customer.id,
        number: `R-${made.invoice}`,
        kind: ['standard', 'standard', 'standard', 'deposit', 'opening'][which % 5],
        currency,
        issue_date: day,
        total_amount: amount,
        tax_amount: who % (amount + 1),
        instalments: parts.map((part, n) => ({ due_date: addDays(day, n * 2), amount: part })),
        early_payment_discounts: who % 3 === 0 ? [{ days: 3, percent: '10' }] : [],
        issue: true,
      })
      if (status === 201) invoices.push(body)
    } else if (kind === 'pay' || kind === 'pend') {
      const { status, body } = await post('payments', {
        customer_id: customer.id,
        currency,
        amount,
        received_date: day,
        method: 'bank_transfer',
        reference: odd ? 'NOTPROVIDED' : `R-${which % 20} und R-${who % 20}`,
        ...(kind === 'pend' ? { status: 'pending' } : {}),
        account: who % 4 === 0 ? 'clearing' : 'cash',
      })
      if (status === 201) payments.push(body)
    } else if (kind === 'designate' && invoice !== undefined) {
      const { status, body } = await post('payments', {
        customer_id: invoice.customer_id,
        currency: invoice.currency,
        amount: amount + 5,
        received_date: day,
        method: 'bank_transfer',
        allocations: [
          {
            invoice_id: invoice.id,
            amount,
            deductions: odd
              ? [
                  {
                    kind: ['discount', 'payment_difference', 'bank_charges', 'tax_withheld'][
                      who % 4
                    ],
                    amount: 1 + (who % 3),
                  },
                ]
              : [],
          },
        ],
      })
      if (status === 201) payments.push(body)
    } else if (kind === 'credit') {
      made.credit += 1
      const of = odd ? invoice : undefined
      await post('credit-notes', {
        customer_id: of?.customer_id ?? customer.id,
        ...(of ? { invoice_id: of.id } : {}),
        number: `G-${made.credit}`,
        currency: of?.currency ?? currency,
        issue_date: day,
        total_amount: amount,
        tax_amount: which % (amount + 1),
      })
    } else if (kind === 'use_credit') {
      const found = await one('credit-notes?limit=20')
      if (found) await post(`credit-notes/${found.id}/allocations`, {})
    } else if (kind === 'undo') {
      const found = await one('allocations?limit=20')
      if (found) await post(`allocations/${found.id}/undo`, odd ? {} : { undone_date: day })
    } else if (kind === 'refund') {
      const note = odd ? await one('credit-notes?limit=20') : undefined
      const source = note ? { credit_note_id: note.id } : { payment_id: payment?.id }
      if (note ?? payment)
        await post('refunds', { ...source, amount, method: 'bank_transfer', reason: 'paid twice' })
    } else if (kind === 'pay_refund' || kind === 'cancel_refund') {
      const found = await one('refunds?limit=20')
      const verb = kind === 'pay_refund' ? 'pay' : 'cancel'
      if (found)
        await post(`refunds/${found.id}/${verb}`, verb === 'pay' ? {} : { reason: 'came back' })
    } else if (kind === 'write_off' || kind === 'waive') {
      const found = await one(
        `open-items?open=true&kind=${kind === 'waive' ? 'charge' : 'invoice'}&limit=20`,
      )
      const some = odd ? {} : { amount: Math.min(amount, found?.open_amount ?? amount) }
      if (found && kind === 'waive')
        await post(`open-items/${found.id}/waiver`, { ...some, reason: 'goodwill' })
      if (found && kind === 'write_off')
        await post('write-offs', { ...some, item_id: found.id, reason: 'insolvent' })
    } else if (kind === 'relieve' || kind === 'undo_write_off' || kind === 'recover') {
      const found = await one('write-offs?limit=20')
      if (!found) return
      if (kind === 'relieve') await post(`write-offs/${found.id}/relief`, {})
      else if (kind === 'undo_write_off')
        await post(`write-offs/${found.id}/undo`, { reason: 'wrong customer' })
      else {
        const rich = (
          await make.get(`/v1/payments?customer_id=${found.customer_id}&unallocated=true`)
        ).data[0]
        if (rich)
          await post(`write-offs/${found.id}/recoveries`, { payment_id: rich.id, amount: 1 })
      }
    } else if (kind === 'undo_recovery') {
      const found = (await make.get('/v1/write-offs?limit=20')).data.find(
        ({ recoveries }: Json) => recoveries.length > 0,
      )
      if (found) await post(`recoveries/${pick<Json>(found.recoveries, which).id}/undo`, {})
    } else if (kind === 'void' && invoice !== undefined) {
      await post(`invoices/${invoice.id}/void`, { reason: 'wrong' })
    } else if (kind === 'settings') {
      const patch = {
        use_unallocated: odd,
        tolerances: [
          { currency: 'EUR', short_amount: who % 4, short_percent: null, over_amount: which % 3 },
        ],
        rules: odd ? null : ['exact_amount', 'subset', 'imputation'],
      }
      note(kind, await tenant.api('PATCH', '/v1/allocation-settings', patch))
    } else if (payment !== undefined) {
      await performOn(payment, step, post, day)
    }
  }

  async function performOn(
    payment: Json,
    { kind, who, which, amount, odd }: Step,
    post: (path: string, body: object) => Promise<Reply>,
    day: string,
  ): Promise<void> {
    const path = `payments/${payment.id}`
    if (kind === 'receive') await post(`${path}/receipt`, { received_date: day })
    else if (kind === 'clear')
      await post(`${path}/clearing`, {
        cleared_date: laterOf(day, payment.received_date),
        charges_amount: odd ? 1 : 0,
      })
    else if (kind === 'allocate') {
      const target = pick(invoices, who)
      const designated = odd && target ? { allocations: [{ invoice_id: target.id, amount }] } : {}
      await post(`${path}/allocations`, designated)
    } else if (kind === 'reallocate') {
      const body = odd ? { allocations: [] } : {}
      note(kind, await tenant.api('PUT', `/v1/${path}/allocations`, body))
    } else if (kind === 'transfer') {
      const reply = await post(`${path}/transfers`, {
        customer_id: pick(customers, who).id,
        amount,
      })
      if (reply.status === 201) payments.push(reply.body)
    } else if (kind === 'reverse')
      await post(`${path}/reversal`, {
        reason: 'returned',
        reason_code: 'AM04',
        reversal_date: odd ? today : laterOf(day, payment.received_date),
        fee_amount: which % 3,
        bank_charges_amount: who % 3,
      })
  }

  async function remember(): Promise<void> {
    known.push({ day: today, at: `${today}T22:00:00Z`, balances: await balances('') })
  }

  async function balances(query: string): Promise<string> {
    const all = await Promise.all(
      customers.map(
        async ({ id }) => (await make.get(`/v1/customers/${id}/balance${query}`)).balances,
      ),
    )
    const shown = all.map((rows: Json[]) =>
      rows
        .filter((row) => row.open_amount > 0 || row.unallocated_amount > 0)
        .map((row) => [row.currency, row.open_amount, row.overdue_amount, row.unallocated_amount]),
    )
    return JSON.stringify(shown)
  }

  async function judge(): Promise<void> {
    const verification = await make.get('/v1/ledger/verification')
    if (!verification.ok) throw new Error(JSON.stringify(verification.differences))
    await tenant.events()
    const broken = await auditBooks(app.context, tenant.uuid)
    if (broken.length > 0) throw new Error(broken.join('\n'))
    for (const { day, at, balances: then } of known) {
      const told = await balances(`?as_of_date=${day}&known_at=${at}`)
      if (told !== then) throw new Error(`on ${day} it was\n${then}, now it is told as\n${told}`)
    }
  }
}

const pick = <T>(from: readonly T[], n: number): T => from[n % Math.max(1, from.length)] as T

function note(kind: Act, reply: Reply): Reply {
  const { status, body } = reply
  if (status >= 500) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`)
  const outcome = `${kind} ${status < 300 ? status : body.code}`
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  return reply
}
