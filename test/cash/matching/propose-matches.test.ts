import fc from 'fast-check'
import t from 'tap'
import {
  type Candidate,
  type CandidateClaim,
  type LineToMatch,
  scoreOf,
} from '../../../src/cash/matching/match.ts'
import { proposeMatches } from '../../../src/cash/matching/propose-matches.ts'

const settings = { bankFeeMaxAmount: 2_500 }
const SURE = 85

const line = (more: Partial<LineToMatch> = {}): LineToMatch => ({
  currency: 'EUR',
  amount: 11_900,
  date: '2026-03-14',
  text: '',
  structuredReference: null,
  endToEndId: null,
  payerName: null,
  payerIban: 'DE02120300000000202051',
  ...more,
})

const claim = (number: string, amount = 11_900, more: Partial<CandidateClaim> = {}) => ({
  itemId: `item of ${number}`,
  invoiceId: `invoice ${number}`,
  number,
  creditorReference: null,
  dueDate: '2026-03-15',
  amount,
  discountAmount: 0,
  ...more,
})

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  customerId: 'acme',
  name: 'Acme Anlagenbau GmbH',
  ibanSeenCount: 0,
  ibanOthersCount: 0,
  claims: [claim('R-2026-0815'), claim('R-2026-0900', 5_000)],
  settled: [],
  announced: null,
  ...more,
})

const best = (given: LineToMatch, ...candidates: Candidate[]) =>
  proposeMatches(given, candidates, settings)[0]

const codes = (proposal: ReturnType<typeof best>) => proposal?.reasons.map(({ code }) => code)

t.test('the number and the amount are enough, whoever pays', async (t) => {
  const found = best(
    line({ text: 'Rechnung R-2026-0815', payerName: 'Steuerbüro Klein', payerIban: 'DE02' }),
    candidate(),
  )
  t.match(found, {
    kind: 'payment',
    customerId: 'acme',
    shares: [{ itemId: 'item of R-2026-0815', amount: 11_900 }],
  })
  t.ok((found?.score ?? 0) >= SURE)
  t.same(codes(found), ['invoice_number', 'amount_exact'])
})

t.test(
  'the number alone is not: a slip of the pen may name another customer’s invoice',
  async (t) => {
    t.ok((best(line({ text: 'R-2026-0815', amount: 7_777 }), candidate())?.score ?? 100) < SURE)
  },
)

t.test(
  'a part is posted when it is known who pays, and goes to the invoice it names',
  async (t) => {
    const found = best(
      line({ text: 'R-2026-0815', amount: 7_777 }),
      candidate({ ibanSeenCount: 3 }),
    )
    t.ok((found?.score ?? 0) >= SURE)
    t.match(found?.shares, [{ itemId: 'item of R-2026-0815', amount: 7_777 }])
  },
)

t.test('one transfer for several invoices', async (t) => {
  const claims = [claim('R-2026-0815', 100), claim('R-2026-0816', 200), claim('R-2026-0817', 400)]
  const all = best(
    line({ text: 'R-2026-0815, R-2026-0816, 0817', amount: 700 }),
    candidate({ claims }),
  )
  t.same(
    all?.shares.map(({ amount }) => amount),
    [100, 200, 400],
  )
  const some = best(
    line({ text: 'R-2026-0815 R-2026-0816 R-2026-0817', amount: 500 }),
    candidate({ claims }),
  )
  t.same(
    some?.shares.map(({ amount }) => amount),
    [100, 400],
    'only those that add up',
  )
  const unclear = best(
    line({ text: 'R-2026-0815 R-2026-0816 R-2026-0817', amount: 450 }),
    candidate({ claims, ibanSeenCount: 3 }),
  )
  t.ok(codes(unclear)?.includes('amount_unclear'))
  t.ok((unclear?.score ?? 100) < SURE)
})

t.test('short by what a bank kept, once the payer is known by name', async (t) => {
  const found = best(
    line({ text: 'R-2026-0815', amount: 11_900 - 500, payerName: 'ACME ANLAGENBAU' }),
    candidate(),
  )
  t.ok(codes(found)?.includes('amount_less_fee'))
  t.ok((found?.score ?? 0) >= SURE)
})

t.test('less the early-payment discount, as the invoice allows', async (t) => {
  const claims = [claim('R-2026-0815', 10_000, { discountAmount: 200 })]
  const found = best(line({ text: 'R-2026-0815', amount: 9_800 }), candidate({ claims }))
  t.same(codes(found), ['invoice_number', 'amount_less_discount'])
  t.ok((found?.score ?? 0) >= SURE)
  t.match(found?.shares, [{ amount: 9_800, discountAmount: 200 }])
})

t.test('a slip of the pen needs the amount and the payer', async (t) => {
  const text = 'R-2026-0851'
  const known = candidate({ ibanSeenCount: 2 })
  t.match(best(line({ text }), known)?.shares, [{ itemId: 'item of R-2026-0815' }])
  t.ok((best(line({ text }), known)?.score ?? 0) >= SURE)
  t.ok((best(line({ text }), candidate())?.score ?? 100) < SURE, 'no payer')
  t.ok((best(line({ text, amount: 11_000 }), known)?.score ?? 100) < SURE, 'no amount')
})

t.test('a slip that names another customer’s invoice goes to neither by itself', async (t) => {
  const other = candidate({
    customerId: 'other',
    name: 'Brauerei Ost',
    ibanOthersCount: 1,
    claims: [claim('R-2026-0851', 6_000)],
  })
  const payer = candidate({ ibanSeenCount: 3 })
  const found = proposeMatches(line({ text: 'R-2026-0851' }), [other, payer], settings)
  t.equal(found[0]?.customerId, 'acme')
  t.ok((found.find(({ customerId }) => customerId === 'other')?.score ?? 100) < SURE)
})

t.test('the account of another customer lowers the trust in an exact reference', async (t) => {
  const paid = line({ text: 'R-2026-0815', payerName: 'Brauerei Ost' })
  const byOffice = best(paid, candidate({ ibanOthersCount: 1 }))
  t.ok(codes(byOffice)?.includes('iban_of_other'))
  t.ok((byOffice?.score ?? 0) < (best(paid, candidate())?.score ?? 0))
  t.ok((byOffice?.score ?? 0) >= SURE, 'who pays for somebody else names the invoice')
  const payer = candidate({
    customerId: 'other',
    name: 'Brauerei Ost',
    ibanSeenCount: 3,
    claims: [],
  })
  const found = proposeMatches(paid, [candidate({ ibanOthersCount: 1 }), payer], settings)
  t.ok((found[0]?.score ?? 100) < SURE, 'a customer may mean a debt of its own')
})

t.test('without reference: a known account and one item of the amount', async (t) => {
  const known = { ibanSeenCount: 3 }
  t.ok((best(line(), candidate(known))?.score ?? 0) >= SURE)
  t.ok((best(line(), candidate())?.score ?? 100) < SURE, 'anybody could owe this')
  t.ok((best(line({ amount: 3_333 }), candidate(known))?.score ?? 100) < SURE, 'no amount')
  const twice = candidate({ ...known, claims: [claim('R-1'), claim('R-2')] })
  t.ok((best(line(), twice)?.score ?? 100) < SURE, 'which of two')
})

t.test('paid again: the money is the customer’s and settles nothing', async (t) => {
  const found = best(
    line({ text: 'R-2026-0700' }),
    candidate({
      ibanSeenCount: 3,
      claims: [claim('R-2026-0900', 5_000)],
      settled: [{ number: 'R-2026-0700', creditorReference: null, totalAmount: 11_900 }],
    }),
  )
  t.same(codes(found), ['settled_invoice', 'amount_again', 'iban_known'])
  t.same(found?.shares, [])
  t.ok((found?.score ?? 0) >= SURE)
})

t.test('a structured reference with right check digits, in any place', async (t) => {
  const claims = [claim('5390 0754 7034')]
  for (const given of [
    line({ structuredReference: 'RF18539007547034' }),
    line({ text: 'Zahlung RF18 5390 0754 7034 danke' }),
  ])
    t.equal(codes(best(given, candidate({ claims })))?.[0], 'structured_reference')
  t.not(
    codes(best(line({ structuredReference: 'RF19539007547034' }), candidate({ claims })))?.[0],
    'structured_reference',
  )
  const qr = candidate({ claims: [claim('53911542977382531197147745')] })
  const qrr = '539115429773825311971477453'
  t.equal(codes(best(line({ structuredReference: qrr }), qr))?.[0], 'structured_reference')
})

t.test('money that was announced under its end-to-end id', async (t) => {
  const announced = { paymentId: 'debit', amount: 11_900 }
  t.match(best(line({ endToEndId: 'E2E-1' }), candidate({ announced })), {
    kind: 'confirmation',
    paymentId: 'debit',
    score: 98,
  })
  const less = best(line({ endToEndId: 'E2E-1', amount: 11_000 }), candidate({ announced }))
  t.equal(less?.kind, 'payment')
  t.ok((less?.score ?? 100) < SURE)
})

const amounts = fc.integer({ min: 1, max: 1_000_000 })
const anyCandidate = fc.record({
  customerId: fc.uuid(),
  name: fc.constantFrom('Acme GmbH', 'Brauerei Ost AG', 'Carl Ziegler'),
  ibanSeenCount: fc.nat(4),
  ibanOthersCount: fc.nat(2),
  claims: fc.uniqueArray(
    fc.record({
      itemId: fc.uuid(),
      invoiceId: fc.uuid(),
      number: fc.integer({ min: 1, max: 40 }).map((n) => `R-2026-${String(n).padStart(4, '0')}`),
      creditorReference: fc.constant(null),
      dueDate: fc.constant('2026-03-15'),
      amount: amounts,
      discountAmount: fc.constant(0),
    }),
    { selector: ({ number }) => number, maxLength: 20 },
  ),
  settled: fc.constant([]),
  announced: fc.constant(null),
})
const anyLine = fc.record({
  currency: fc.constant('EUR'),
  amount: amounts,
  date: fc.constant('2026-03-14'),
  text: fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((n) => `R-2026-00${n}`),
    fc.string(),
    fc.constant('NOTPROVIDED'),
  ),
  structuredReference: fc.option(fc.string()),
  endToEndId: fc.option(fc.string()),
  payerName: fc.option(fc.constantFrom('ACME', 'Brauerei', 'Ziegler Carl')),
  payerIban: fc.option(fc.constant('DE02120300000000202051')),
})

t.test(
  'whatever comes: shares never exceed the line nor what is open, and reasons make the score',
  async () => {
    fc.assert(
      fc.property(anyLine, fc.array(anyCandidate, { maxLength: 4 }), (given, candidates) => {
        const proposals = proposeMatches(given, candidates, settings)
        for (const { customerId, shares, score, reasons } of proposals) {
          const owner = candidates.find((one) => one.customerId === customerId)
          const total = shares.reduce((sum, { amount }) => sum + amount, 0)
          if (total > given.amount) throw new Error('more than the line')
          for (const { itemId, amount } of shares) {
            const open = owner?.claims.find((one) => one.itemId === itemId)?.amount ?? 0
            if (amount <= 0 || amount > open) throw new Error('more than is open')
          }
          if (score !== scoreOf(reasons) || score < 0 || score > 100) throw new Error('the score')
        }
        const scores = proposals.map(({ score }) => score)
        if (scores.some((score, index) => score > (scores[index - 1] ?? 100)))
          throw new Error('the order')
        if (proposals.filter(({ score }) => score >= SURE).length > 1)
          throw new Error('two are sure of the same money')
      }),
      { numRuns: 3_000 },
    )
  },
)
