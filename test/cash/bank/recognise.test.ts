import fc from 'fast-check'
import t from 'tap'
import { type Entry, nothingKnown, type Statement } from '../../../src/cash/bank/bank-line.ts'
import type { Movement } from '../../../src/cash/bank/movement.ts'
import { planImport } from '../../../src/cash/bank/plan-import.ts'

/** One account's books, as imports fill them. */
class Account {
  movements: Movement[] = []
  #count = 0

  take(...statements: Statement[]): number {
    const placed = statements.map((statement) => {
      this.#count += 1
      return { id: `s${this.#count}`, accountId: 'a', currency: 'EUR', statement }
    })
    const { created } = planImport(placed, this.movements)
    this.movements.push(...created.keys())
    return created.size
  }
}

const entry = (more: Partial<Entry>): Entry => ({
  ...nothingKnown,
  bookingDate: '2026-03-02',
  valueDate: null,
  currency: 'EUR',
  amount: 100,
  direction: 'credit',
  isReversal: false,
  isBooked: true,
  details: [],
  ...more,
})

const statement = (entries: Entry[], more: Partial<Statement> = {}): Statement => ({
  format: 'camt.053',
  kind: 'statement',
  account: { identification: 'DE1', iban: null, bic: null, name: null },
  currency: 'EUR',
  identification: null,
  number: null,
  fromDate: null,
  toDate: null,
  madeAt: null,
  opening: null,
  closing: null,
  closingCount: entries.length,
  entries,
  ...more,
})
const report = (entries: Entry[]) => statement(entries, { format: 'camt.052', kind: 'report' })
const advice = (entries: Entry[]) => statement(entries, { format: 'camt.054', kind: 'advice' })

/** A few payers and amounts, so that equal payments on one day are common. */
const anyPayment = fc.record({
  amount: fc.constantFrom(100, 200),
  counterpartyName: fc.constantFrom('A', 'B'),
  remittance: fc.constantFrom('R-1', null),
})

/** A month of an account: each day one or two numbered statements, and reports of what the day had so far. */
const anyHistory = fc
  .record({
    days: fc.array(
      fc.array(fc.array(anyPayment, { maxLength: 4 }), { minLength: 1, maxLength: 2 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    withReferences: fc.boolean(),
    withTexts: fc.boolean(),
  })
  .map(({ days, withReferences, withTexts }) => {
    let balance = 0
    let number = 0
    let reference = 0
    const numbered: Statement[] = []
    const reports: Statement[] = []
    for (const [day, parts] of days.entries()) {
      const date = `2026-03-${String(day + 1).padStart(2, '0')}`
      const soFar: Entry[] = []
      for (const payments of parts) {
        const entries = payments.map((payment) => {
          reference += 1
          const bankReference = withReferences ? `REF${reference}` : null
          // Without references a bank gives a text with each payment or with none: see the README for others.
          const remittance =
            withReferences || payment.remittance !== null ? payment.remittance : 'R-2'
          const text = withReferences || withTexts ? remittance : null
          return entry({ ...payment, remittance: text, bookingDate: date, bankReference })
        })
        const opening = { amount: balance, currency: 'EUR', date }
        balance += payments.reduce((sum, { amount }) => sum + amount, 0)
        number += 1
        numbered.push(
          statement(entries, {
            number: String(number),
            opening,
            closing: { amount: balance, currency: 'EUR', date },
          }),
        )
        soFar.push(...entries)
        reports.push(report([...soFar]))
      }
    }
    return { numbered, reports, total: numbered.flatMap(({ entries }) => entries).length }
  })

/** The same statement with its entries in another order. */
const reversed = (one: Statement, chance: number): Statement =>
  chance % 2 === 0 ? one : { ...one, entries: one.entries.toReversed() }

t.test(
  'any order and any repetition of statements and reports gives exactly the union',
  async () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.infiniteStream(fc.nat()),
        ({ numbered, reports, total }, chance) => {
          const pick = () => chance.next().value as number
          const all = [...numbered, ...reports, ...numbered.filter(() => pick() % 2 === 0)]
          const shuffled = all
            .map((one) => ({ one: reversed(one, pick()), order: pick() }))
            .sort((a, b) => a.order - b.order)
            .map(({ one }) => one)
          const account = new Account()
          for (const one of shuffled) account.take(one)
          return account.movements.length === total
        },
      ),
      { numRuns: 500 },
    )
  },
)

t.test('exports that overlap give the union of their days', async () => {
  const anyDays = fc.array(fc.array(anyPayment, { maxLength: 4 }), { minLength: 3, maxLength: 6 })
  const anyRanges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(anyDays, anyRanges, (days, ranges) => {
      const entriesOf = (day: number) =>
        (days[day] ?? []).map((payment) =>
          entry({ ...payment, bookingDate: `2026-03-0${day + 1}` }),
        )
      const account = new Account()
      const covered = new Set<number>()
      for (const [a, b] of ranges) {
        const range = days
          .map((_, day) => day)
          .filter((day) => day >= Math.min(a, b) && day <= Math.max(a, b))
        for (const day of range) covered.add(day)
        account.take(statement(range.flatMap(entriesOf)))
      }
      return account.movements.length === [...covered].flatMap(entriesOf).length
    }),
    { numRuns: 300 },
  )
})

t.test('two equal payments in one statement are two, however often they are shown', async (t) => {
  const account = new Account()
  const twice = [entry({}), entry({})]
  t.equal(account.take(statement(twice)), 2)
  t.equal(account.take(statement(twice)), 0)
  t.equal(account.take(report(twice)), 0)
  t.equal(account.take(statement([entry({})]), statement([...twice, entry({})])), 1)
})

t.test('a movement that reports, statement and advice describe differently is one', async (t) => {
  const bare = entry({ valueDate: null })
  const full = entry({ counterpartyName: 'A', endToEndId: 'E-1', valueDate: '2026-03-02' })
  const [first, second, third] = [report([bare]), statement([full]), advice([full])] as const
  for (const order of [
    [first, second, third],
    [third, second, first],
    [second, first, third],
    [third, first, second],
  ]) {
    const account = new Account()
    for (const one of order) account.take(one)
    t.equal(account.movements.length, 1)
    t.match(account.movements[0]?.known, { counterpartyName: 'A', endToEndId: 'E-1' })
  }
})

t.test('what contradicts is never the same', async (t) => {
  const cases: [Partial<Entry>, Partial<Entry>][] = [
    [{ bankReference: 'X' }, { bankReference: 'Y' }],
    [{ endToEndId: 'X' }, { endToEndId: 'Y' }],
    [{ counterpartyIban: 'DE1' }, { counterpartyIban: 'DE2' }],
    [{ counterpartyName: 'A' }, { counterpartyName: 'B' }],
    [{ amount: 100 }, { amount: 101 }],
    [{ direction: 'credit' }, { direction: 'debit' }],
    [{ bookingDate: '2026-03-02' }, { bookingDate: '2026-03-03' }],
  ]
  for (const [one, other] of cases) {
    const account = new Account()
    account.take(report([entry(one)]))
    t.equal(account.take(statement([entry(other)])), 1, JSON.stringify(one))
  }
})

t.test('a bank’s reference identifies a movement, whatever else is said of it', async (t) => {
  const account = new Account()
  account.take(report([entry({ bankReference: 'X', remittance: 'short' })]))
  t.equal(account.take(statement([entry({ bankReference: 'X', remittance: 'short and long' })])), 0)
  t.equal(
    account.take(statement([entry({ bankReference: 'X', direction: 'debit', isReversal: true })])),
    1,
    'but what takes it back is another movement',
  )
})

t.test('a statement after another one brings equal payments of the same day again', async (t) => {
  const on = (number: string, opening: number, closing: number) =>
    statement([entry({})], {
      number,
      opening: { amount: opening, currency: 'EUR', date: '2026-03-02' },
      closing: { amount: closing, currency: 'EUR', date: '2026-03-02' },
    })
  const account = new Account()
  t.equal(account.take(on('1', 0, 100)), 1)
  t.equal(account.take(on('2', 100, 200)), 1)
  t.equal(account.take(on('7', 0, 100)), 0, 'the first again under another number is no third')
})

t.test('the parts of a batch come with whichever file has them', async (t) => {
  const part = { ...nothingKnown, amount: 50, direction: 'credit' as const }
  const batch = entry({
    details: [
      { ...part, endToEndId: 'E-1' },
      { ...part, endToEndId: 'E-2' },
    ],
  })
  const account = new Account()
  account.take(statement([entry({})]))
  const before = account.movements[0]
  const { created, completed } = planImport(
    [{ id: 'x', accountId: 'a', currency: 'EUR', statement: advice([batch]) }],
    account.movements,
  )
  t.equal(created.size, 0)
  t.same(
    completed.map(({ movement, parts }) => [movement, movement.status, parts.length]),
    [[before, 'batch', 2]],
  )
  t.equal(account.take(statement([entry({})])), 0)
  t.equal(account.take(advice([batch])), 0)
})

t.test('parts that do not add up to their batch are not parts of it', async (t) => {
  const partsOf = (amounts: (number | null)[]) => {
    const details = amounts.map((amount) => ({
      ...nothingKnown,
      amount: amount === null ? null : Math.abs(amount),
      direction: (amount ?? 1) < 0 ? ('debit' as const) : ('credit' as const),
    }))
    const { created } = planImport(
      [{ id: 'x', accountId: 'a', currency: 'EUR', statement: statement([entry({ details })]) }],
      [],
    )
    return [...created.values()].flatMap(({ parts }) =>
      parts.map(({ amount, direction }) => (direction === 'credit' ? amount : -amount)),
    )
  }
  t.same(partsOf([60, 40]), [60, 40])
  t.same(partsOf([160, -60]), [160, -60])
  t.same(partsOf([60, null]), [60, 40], 'one amount that is missing is what the others leave')
  t.same(partsOf([null, null]), [])
  t.same(partsOf([60, 60]), [])
  t.same(partsOf([100, null]), [])
  t.same(partsOf([100]), [], 'a single detail is the movement itself')
})
