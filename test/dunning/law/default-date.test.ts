import t from 'tap'
import { type DueClaim, defaultFromDate } from '../../../src/dunning/law/default-date.ts'
import { type JurisdictionCode, lawFor } from '../../../src/dunning/law/jurisdiction.ts'
import { agreedTermWarning } from '../../../src/dunning/law/payment-term.ts'
import type { DebtorKind } from '../../../src/dunning/law/rule.ts'

const since = (
  jurisdiction: JurisdictionCode,
  debtor: DebtorKind,
  more: Partial<DueClaim> = {},
) => {
  const claim: DueClaim = {
    dueDate: '2026-03-15',
    basis: 'invoice_only',
    receivedDate: '2026-03-03',
    noticeGiven: false,
    demandDate: null,
    ...more,
  }
  const { default: rule } = lawFor(jurisdiction, debtor, '2026-03-01', {})
  const found = defaultFromDate(claim, rule?.terms)
  return found === null ? null : `${found.date} ${found.cause}`
}

t.test('an agreed due date makes default the day after, everywhere', async (t) => {
  for (const jurisdiction of ['DE', 'AT', 'NL', 'BE', 'GB', 'EU'] as const) {
    for (const debtor of ['business', 'consumer'] as const) {
      t.equal(
        since(jurisdiction, debtor, { basis: 'agreed' }),
        '2026-03-16 agreed_due_date',
        `${jurisdiction} ${debtor}`,
      )
    }
  }
})

t.test(
  'Germany: 30 days after due date and receipt, § 286 (3) BGB, or a demand before',
  async (t) => {
    // The last of the 30 days after 15 March is 14 April.
    t.equal(since('DE', 'business'), '2026-04-15 days_after_receipt')
    t.equal(
      since('DE', 'business', { receivedDate: '2026-03-20' }),
      '2026-04-20 days_after_receipt',
      'the later of due date and receipt',
    )
    t.equal(
      since('DE', 'business', { receivedDate: null }),
      '2026-04-15 days_after_receipt',
      'a business whose receipt nobody knows: from the due date',
    )
    t.equal(since('DE', 'business', { demandDate: '2026-03-25' }), '2026-03-26 demand')
    t.equal(
      since('DE', 'business', { demandDate: '2026-05-01' }),
      '2026-04-15 days_after_receipt',
      'a demand that comes later changes nothing',
    )
    t.equal(
      since('DE', 'business', { demandDate: '2026-03-14' }),
      '2026-04-15 days_after_receipt',
      'nor does one before the due date',
    )
  },
)

t.test(
  'Germany: a consumer only if the invoice said so and arrived, else by a demand',
  async (t) => {
    t.equal(since('DE', 'consumer'), null)
    t.equal(since('DE', 'consumer', { noticeGiven: true }), '2026-04-15 days_after_receipt')
    t.equal(since('DE', 'consumer', { noticeGiven: true, receivedDate: null }), null)
    t.equal(since('DE', 'consumer', { demandDate: '2026-03-25' }), '2026-03-26 demand')
  },
)

t.test('elsewhere: 30 days after receipt, but not before the due date', async (t) => {
  for (const jurisdiction of ['AT', 'NL', 'BE', 'GB', 'EU'] as const) {
    t.equal(since(jurisdiction, 'business'), '2026-04-03 days_after_receipt', jurisdiction)
    t.equal(
      since(jurisdiction, 'business', { dueDate: '2026-05-31' }),
      '2026-06-01 days_after_receipt',
    )
  }
  t.equal(since('NL', 'consumer'), null)
  t.equal(since('NL', 'consumer', { demandDate: '2026-03-15' }), '2026-03-16 demand')
})

t.test('a term over 60 days between businesses is warned of, a consumer’s is not', async (t) => {
  const warn = (debtor: DebtorKind, dueDate: string) =>
    agreedTermWarning(
      lawFor('DE', debtor, '2026-03-01', {}).payment_term?.terms,
      '2026-03-01',
      dueDate,
    )
  t.equal(warn('business', '2026-04-30'), null, '60 days')
  t.same(warn('business', '2026-05-01'), { code: 'term_too_long', days: 61, days_max: 60 })
  t.equal(warn('consumer', '2026-12-31'), null)
})
