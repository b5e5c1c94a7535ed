import t from 'tap'
import { type Money, planAllocation } from '../../src/cash/allocation.ts'
import type { Claim } from '../../src/cash/claim.ts'
import { designate } from '../../src/cash/designation.ts'
import { inOrderOfLaw, jurisdictionOf } from '../../src/cash/imputation.ts'
import { type AllocationSettings, defaultSettings } from '../../src/cash/settings.ts'
import { claimOf, moneyOf, open } from '../support/claims.ts'

const TOLERANT = {
  tolerances: [{ currency: 'EUR', short_amount: 50, short_percent: '1', over_amount: 20 }],
}
const plan = (money: Money, claims: Claim[], more: Partial<AllocationSettings> = {}) =>
  planAllocation(money, claims, { ...defaultSettings, ...more })
const twoPercent = [
  { until_date: '2026-03-05', percent: '3' },
  { until_date: '2026-03-10', percent: '2' },
]
const invoice = (more: Partial<Claim> = {}) =>
  claimOf({
    number: 'R-1',
    open_amount: 11_900,
    discountable_amount: 11_900,
    invoice_total_amount: 11_900,
    invoice_tax_amount: 1_900,
    early_payment_discounts: twoPercent,
    ...more,
  })

t.test('a discount that is taken in time clears the item, its tax share known', async (t) => {
  t.match(plan(moneyOf(11_543), [invoice()]), {
    left: 0,
    shares: [
      {
        amount: 11_543,
        rule: 'exact_amount',
        deductions: [{ kind: 'discount', amount: 357, taxAmount: 57 }],
      },
    ],
  })
  t.match(plan(moneyOf(11_662, { date: '2026-03-10' }), [invoice()]).shares, [
    { amount: 11_662, deductions: [{ kind: 'discount', amount: 238, taxAmount: 38 }] },
  ])
})

t.test('one day late it is not allowed, but for the days of grace', async (t) => {
  const late = moneyOf(11_662, { date: '2026-03-11', reference: 'R-1' })
  t.match(plan(late, [invoice()]).shares, [{ amount: 11_662, deductions: { length: 0 } }])
  t.match(plan(late, [invoice()], { discount_grace_days: 1 }).shares, [
    { deductions: [{ kind: 'discount', amount: 238 }] },
  ])
  t.match(
    plan(moneyOf(11_543, { date: '2026-03-06', reference: 'R-1' }), [invoice()]).shares,
    [{ amount: 11_543, deductions: { length: 0 } }],
    'the second tier allows less',
  )
})

t.test('a discount is of the whole invoice, also when a part was paid before', async (t) => {
  const rest = invoice({ open_amount: 1_900 })
  t.match(plan(moneyOf(1_543), [rest]).shares, [{ deductions: [{ amount: 357, taxAmount: 57 }] }])
  const taken = invoice({ open_amount: 1_900, discounted_amount: 357 })
  t.match(plan(moneyOf(1_543), [taken]).shares, [{ amount: 1_543, deductions: { length: 0 } }])
})

t.test('of several invoices paid together each keeps its own discount', async (t) => {
  const claims = [invoice(), invoice({ id: 'second', number: 'R-2', invoice_tax_amount: 0 })]
  t.match(plan(moneyOf(23_086, { reference: 'R-1, R-2' }), claims), {
    left: 0,
    shares: [
      { amount: 11_543, rule: 'reference', deductions: [{ amount: 357, taxAmount: 57 }] },
      { amount: 11_543, rule: 'reference', deductions: [{ amount: 357, taxAmount: 0 }] },
    ],
  })
})

t.test('what is missing within tolerance is cleared; a minor unit more stays open', async (t) => {
  const claims = open(10_000)
  t.match(plan(moneyOf(9_950), claims, TOLERANT).shares, [
    { amount: 9_950, deductions: [{ kind: 'payment_difference', amount: 50, taxAmount: 0 }] },
  ])
  t.match(plan(moneyOf(9_949), claims, TOLERANT).shares, [
    { amount: 9_949, deductions: { length: 0 } },
  ])
  t.match(
    plan(moneyOf(960), open(1_000), TOLERANT).shares,
    [{ amount: 960, deductions: { length: 0 } }],
    'one percent of it is less',
  )
  t.match(plan(moneyOf(9_950, { currency: 'USD' }), claims, TOLERANT).shares, [
    { deductions: { length: 0 } },
  ])
})

t.test('a tolerance without a percentage is its amount alone', async (t) => {
  const settings = { tolerances: [{ currency: 'EUR', short_amount: 50, over_amount: 0 }] }
  t.match(plan(moneyOf(60), open(110), settings).shares, [
    { amount: 60, deductions: [{ kind: 'payment_difference', amount: 50 }] },
  ])
  t.match(plan(moneyOf(59), open(110), settings).shares, [
    { amount: 59, deductions: { length: 0 } },
  ])
})

t.test('discount and tolerance go together', async (t) => {
  t.match(plan(moneyOf(11_500, { reference: 'R-1' }), [invoice()], TOLERANT).shares, [
    {
      amount: 11_500,
      deductions: [
        { kind: 'discount', amount: 357 },
        { kind: 'payment_difference', amount: 43 },
      ],
    },
  ])
})

t.test('what is over within tolerance is cleared; more stays unallocated', async (t) => {
  t.match(plan(moneyOf(10_020), open(10_000), TOLERANT), { overAmount: 20, left: 0 })
  t.match(plan(moneyOf(10_021), open(10_000), TOLERANT), { overAmount: 0, left: 21 })
  t.match(plan(moneyOf(20), [], TOLERANT), { overAmount: 0, left: 20 }, 'nothing was paid')
})

t.test('deductions are designated with the money, over the items of an invoice', async (t) => {
  const claims = [invoice({ id: 'a', invoice_id: 'i' }), invoice({ id: 'b', invoice_id: 'i' })]
  const told = [
    {
      invoiceId: 'i',
      amount: 23_000,
      deductions: [
        { kind: 'bank_charges' as const, amount: 500 },
        { kind: 'tax_withheld' as const, amount: 300 },
      ],
    },
  ]
  t.match(designate(moneyOf(23_000), told, claims, defaultSettings), {
    left: 0,
    shares: [
      { itemId: 'a', amount: 11_900, deductions: { length: 0 } },
      {
        itemId: 'b',
        amount: 11_100,
        rule: 'designated',
        deductions: [
          { itemId: 'b', kind: 'bank_charges', amount: 500, taxAmount: 0 },
          { itemId: 'b', kind: 'tax_withheld', amount: 300 },
        ],
      },
    ],
  })
  const tooMuch = [
    { invoiceId: 'i', amount: 23_001, deductions: [{ kind: 'discount' as const, amount: 800 }] },
  ]
  t.match(designate(moneyOf(23_001), tooMuch, claims, defaultSettings), { openAmount: 23_800 })
})

t.test('a discount that is told has its tax, on the item that it is left of', async (t) => {
  const claims = [invoice({ id: 'a', invoice_id: 'i' }), invoice({ id: 'b', invoice_id: 'i' })]
  const discount = [{ kind: 'discount' as const, amount: 357 }]
  // 357 × 1,900 ÷ 11,900 = 57
  const told = { itemId: 'b', amount: 11_543, deductions: discount }
  t.match(designate(moneyOf(11_543), [told], claims, defaultSettings), {
    left: 0,
    shares: [
      { itemId: 'b', amount: 11_543, deductions: [{ itemId: 'b', amount: 357, taxAmount: 57 }] },
    ],
  })
  const both = { invoiceId: 'i', amount: 23_443, deductions: discount }
  t.match(designate(moneyOf(23_443), [both], claims, defaultSettings), {
    left: 0,
    shares: [
      { itemId: 'a', amount: 11_900, deductions: { length: 0 } },
      { itemId: 'b', amount: 11_543, deductions: [{ itemId: 'b', amount: 357, taxAmount: 57 }] },
    ],
  })
})

t.test('a designated amount is cleared like any other, once all the money is used', async (t) => {
  const claims = [invoice({ invoice_id: 'i' })]
  const told = [{ invoiceId: 'i', amount: 11_543 }]
  t.match(designate(moneyOf(11_543), told, claims, defaultSettings), {
    shares: [{ deductions: [{ kind: 'discount', amount: 357 }] }],
  })
  t.match(
    designate(moneyOf(12_000), told, claims, defaultSettings),
    { left: 457, shares: [{ deductions: { length: 0 } }] },
    'there is money left that could pay it',
  )
})

t.test('what may be missing in percent is of what was to be paid, designated or not', async (t) => {
  const claims = [claimOf({ id: 'i', invoice_id: 'i', open_amount: 4_000 })]
  const settings = { ...defaultSettings, ...TOLERANT }
  const told = (amount: number) => [{ invoiceId: 'i', amount }]
  t.match(designate(moneyOf(3_960), told(3_960), claims, settings), {
    shares: [{ deductions: [{ kind: 'payment_difference', amount: 40 }] }],
  })
  t.match(designate(moneyOf(3_959), told(3_959), claims, settings), {
    shares: [{ deductions: { length: 0 } }],
  })
})

t.test('the law says which debt is paid first', async (t) => {
  const claims = [
    claimOf({ id: 'old', due_date: '2026-01-01' }),
    claimOf({ id: 'interest', due_date: '2026-02-01', charge_kind: 'interest' }),
    claimOf({ id: 'fee', due_date: '2026-03-01', charge_kind: 'fee' }),
    claimOf({ id: 'due', due_date: '2026-03-05' }),
    claimOf({ id: 'fee to come', due_date: '2026-03-06', charge_kind: 'fee' }),
    claimOf({ id: 'to come', due_date: '2026-04-01' }),
  ]
  const order = (jurisdiction: 'AT' | 'DE' | 'GB' | 'NL' | null) =>
    inOrderOfLaw(claims, jurisdiction, '2026-03-05').claims.map(({ id }) => id)
  const lawful = ['fee', 'interest', 'old', 'due', 'fee to come', 'to come']
  for (const one of ['AT', 'DE', 'GB', 'NL'] as const) t.same(order(one), lawful, one)
  t.same(
    order(null),
    claims.map(({ id }) => id),
  )
  const { shares } = plan(moneyOf(250), claims, { rules: ['imputation'], jurisdiction: 'DE' })
  t.match(shares, [
    { itemId: 'fee', amount: 100, rule: 'imputation', reason: { basis: /§ 367/ } },
    { itemId: 'interest', amount: 100, rule: 'imputation' },
    { itemId: 'old', amount: 50, rule: 'imputation' },
  ])
  t.match(plan(moneyOf(50), claims, { rules: ['imputation'] }).shares, [
    { itemId: 'old', rule: 'oldest_first' },
  ])
})

t.test('a country has its own order of payment, or none that is known', async (t) => {
  t.same(['AT', 'DE', 'GB', 'NL', 'FR'].map(jurisdictionOf), ['AT', 'DE', 'GB', 'NL', null])
})
