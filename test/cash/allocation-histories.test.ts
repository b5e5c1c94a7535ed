import fc from 'fast-check'
import t from 'tap'
import { addDays } from '../../src/foundation/calendar.ts'
import { type Reply, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { clockOf, recordsOf } from '../support/records.ts'

const START = '2026-03-02'
const app = await testApp(t)

const kinds = [
  'invoice',
  'pay',
  'pay',
  'debit',
  'credit',
  'allocate',
  'allocate_credit',
  'reallocate',
  'undo',
  'transfer',
  'refund',
  'reverse',
  'day',
] as const

/** One thing that somebody does, with numbers that say which of what there is, and how much of it. */
const act = fc.record({
  kind: fc.constantFrom(...kinds),
  which: fc.nat(50),
  other: fc.nat(50),
  amount: fc.integer({ min: 1, max: 60 }),
  back: fc.nat(4),
  odd: fc.boolean(),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const outcomes = new Map<string, number>()

t.test('whatever is done with money, and in whatever order, the books are right', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 30 }), live), {
    numRuns: 25,
    endOnFailure: true,
  })
  for (const kind of kinds)
    if (kind !== 'day') t.ok((outcomes.get(`${kind} done`) ?? 0) > 0, `${kind} happened at all`)
})

async function live(story: Act[]): Promise<void> {
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  let today = START
  await clock.set(today)
  await make.patch('/v1/allocation-settings', {
    tolerances: [{ currency: 'EUR', short_amount: 2, short_percent: null, over_amount: 2 }],
    use_unallocated: story.length % 2 === 0,
  })
  const customers = await Promise.all([make.customer(), make.customer()])
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  const lists: Record<'invoices' | 'payments' | 'notes' | 'allocations', any[]> = {
    invoices: [],
    payments: [],
    notes: [],
    allocations: [],
  }
  const pick = <T>(from: T[], n: number): T | undefined => from[n % Math.max(1, from.length)]
  const post = (url: string, body: object) => tenant.api('POST', url, body)

  for (const one of story) {
    const reply = await perform(one)
    if (reply === undefined) continue
    if (reply.status >= 500) throw new Error(`${one.kind}: ${JSON.stringify(reply.body)}`)
    const outcome = `${one.kind} ${reply.status < 300 ? 'done' : 'refused'}`
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  await tenant.events()
  const { differences } = await make.get('/v1/ledger/verification')
  const broken = [...(await auditBooks(app.context, tenant.uuid)), ...differences]
  if (broken.length > 0) throw new Error(JSON.stringify(broken, null, 2))

  /** Keeps what an answer tells of, so that later acts can be about it. */
  function kept(list: keyof typeof lists, reply: Reply): Reply {
    if (reply.status < 300) {
      lists[list].push(reply.body)
      lists.allocations.push(...(reply.body.allocations ?? reply.body.data ?? []))
    }
    return reply
  }

  async function perform({
    kind,
    which,
    other,
    amount,
    back,
    odd,
  }: Act): Promise<Reply | undefined> {
    const customer = pick(customers, which)
    const day = addDays(today, -back)
    const invoice = pick(lists.invoices, which)
    const payment = pick(lists.payments, which)
    const note = pick(lists.notes, which)
    const designated = invoice && {
      allocations: [
        {
          item_id: pick<{ id: string }>(invoice.open_items, other)?.id,
          amount,
          ...(odd
            ? { deductions: [{ kind: other % 2 ? 'discount' : 'bank_charges', amount: 1 + back }] }
            : {}),
        },
      ],
    }
    if (kind === 'day') {
      today = addDays(today, 1 + back)
      await clock.set(today)
    } else if (kind === 'invoice') {
      return kept(
        'invoices',
        await post('/v1/invoices', {
          customer_id: customer.id,
          number: `R-${lists.invoices.length}`,
          currency: 'EUR',
          issue_date: day,
          total_amount: amount,
          tax_amount: other % amount,
          instalments: (odd && amount > 2 ? [1, amount - 1] : [amount]).map((part, n) => ({
            due_date: addDays(day, n * 3),
            amount: part,
          })),
          early_payment_discounts: odd ? [{ days: back, percent: '5' }] : [],
          issue: true,
        }),
      )
    } else if (kind === 'pay' || kind === 'debit') {
      return kept(
        'payments',
        await post('/v1/payments', {
          customer_id: customer.id,
          currency: 'EUR',
          amount: amount + (odd ? 20 : 0),
          received_date: day,
          method: 'bank_transfer',
          account: other % 3 === 0 ? 'clearing' : 'cash',
          reference: `R-${other % 8}`,
          ...(kind === 'debit'
            ? { status: 'pending' }
            : { allocate: other % 4 === 0 ? 'none' : 'auto' }),
        }),
      )
    } else if (kind === 'credit') {
      return kept(
        'notes',
        await post('/v1/credit-notes', {
          customer_id: customer.id,
          number: `G-${lists.notes.length}-${which}-${amount}-${other}`,
          currency: 'EUR',
          issue_date: day,
          total_amount: amount,
          ...(odd && invoice?.customer_id === customer.id ? { invoice_id: invoice.id } : {}),
        }),
      )
    } else if (kind === 'allocate' && payment) {
      const { status } = await make.get(`/v1/payments/${payment.id}`)
      const url = `/v1/payments/${payment.id}`
      return kept(
        'payments',
        status === 'pending'
          ? await post(`${url}/receipt`, { received_date: day })
          : await post(`${url}/allocations`, (other % 2 === 0 && designated) || {}),
      )
    } else if (kind === 'allocate_credit' && note) {
      return kept('notes', await post(`/v1/credit-notes/${note.id}/allocations`, {}))
    } else if (kind === 'reallocate' && payment) {
      return kept(
        'payments',
        await tenant.api('PUT', `/v1/payments/${payment.id}/allocations`, {
          ...(other % 2 === 0 ? designated : {}),
          ...(back % 2 === 0 ? { undone_date: day } : {}),
        }),
      )
    } else if (kind === 'undo') {
      const { id } = pick(lists.allocations, which) ?? {}
      return id && post(`/v1/allocations/${id}/undo`, odd ? { undone_date: day } : {})
    } else if (kind === 'transfer' && payment) {
      const to = pick(customers, other) as { id: string }
      return kept(
        'payments',
        await post(`/v1/payments/${payment.id}/transfers`, { customer_id: to.id, amount }),
      )
    } else if (kind === 'refund' && payment) {
      const body = { payment_id: payment.id, amount, method: 'bank_transfer', reason: 'Too much' }
      return post('/v1/refunds', body)
    } else if (kind === 'reverse' && payment) {
      return post(`/v1/payments/${payment.id}/reversal`, {
        reason: 'Returned',
        ...(odd ? { reversal_date: day, fee_amount: amount, bank_charges_amount: 1 + back } : {}),
      })
    }
    return undefined
  }
}
