import t from 'tap'
import { type JurisdictionCode, lawFor } from '../../../src/dunning/law/jurisdiction.ts'
import { type Act, limitationOf } from '../../../src/dunning/law/limitation.ts'
import type { DebtorKind } from '../../../src/dunning/law/rule.ts'

const limit = (
  jurisdiction: JurisdictionCode,
  acts: Partial<Act>[] = [],
  { debtor = 'business' as DebtorKind, today = '2023-06-01', dueDate = '2023-03-15' } = {},
) => {
  const all = { AT_business_limitation: true, GB_business_limitation: true }
  const { limitation } = lawFor(jurisdiction, debtor, dueDate, all)
  if (limitation === undefined) throw new Error('no rule')
  return limitationOf(
    limitation.terms,
    dueDate,
    acts.map((act) => ({ kind: 'acknowledgement', date: dueDate, untilDate: null, ...act })),
    today,
  )
}

t.test('each jurisdiction counts its own years from its own day', async (t) => {
  t.equal(limit('DE').date, '2026-12-31', '§ 195, § 199 (1) BGB: from the end of the year')
  t.equal(limit('AT').date, '2026-03-15', '§ 1486 ABGB')
  t.equal(limit('NL').date, '2028-03-15', 'art. 3:307 BW')
  t.equal(limit('NL', [], { debtor: 'consumer' }).date, '2025-03-15', 'art. 7:28 BW')
  t.equal(limit('GB').date, '2029-03-15', 'Limitation Act 1980 s. 5')
  t.equal(limit('NL', [], { dueDate: '2024-02-29' }).date, '2029-02-28')
})

t.test('a written demand restarts it in the Netherlands and does nothing in Germany', async (t) => {
  const demand = [{ kind: 'written_demand' as const, date: '2024-05-02' }]
  t.equal(limit('NL', demand).date, '2029-05-02', 'art. 3:317, 3:319 BW')
  t.equal(limit('DE', demand).date, '2026-12-31')
})

t.test('an acknowledgement restarts it from its own day', async (t) => {
  t.equal(limit('DE', [{ date: '2025-02-10' }]).date, '2028-02-10', '§ 212 BGB')
  t.equal(
    limit('DE', [{ date: '2027-01-01' }]).date,
    '2026-12-31',
    'but not once the claim is barred',
  )
  t.equal(
    limit('DE', [{ date: '2025-02-10' }, { date: '2028-02-01' }]).date,
    '2031-02-01',
    'as often as it is given in time',
  )
})

t.test('negotiations and court action suspend it in Germany', async (t) => {
  // § 209 BGB: 1 to 30 June are 30 days. § 203 BGB: at least three months after negotiations end.
  const june = { date: '2025-06-01', untilDate: '2025-06-30' }
  t.equal(limit('DE', [{ kind: 'negotiations', ...june }]).date, '2027-01-30')
  const late = { date: '2026-12-20', untilDate: '2027-01-10' }
  t.equal(limit('DE', [{ kind: 'negotiations', ...late }]).date, '2027-04-10')
  t.equal(limit('DE', [{ kind: 'court_action', ...late }]).date, '2027-07-10', '§ 204 (2) BGB')
  t.same(limit('DE', [{ kind: 'court_action', date: '2025-06-01' }]), {
    date: null,
    warning: null,
  })
})

t.test('it is warned of half a year ahead, and said once it is over', async (t) => {
  t.equal(limit('DE', [], { today: '2026-07-03' }).warning, null)
  t.equal(limit('DE', [], { today: '2026-07-04' }).warning, 'limitation_near')
  t.equal(limit('DE', [], { today: '2026-12-31' }).warning, 'limitation_near')
  t.equal(limit('DE', [], { today: '2027-01-01' }).warning, 'time_barred')
})
