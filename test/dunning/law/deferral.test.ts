import t from 'tap'
import { type AgreedDeferral, limitationBasis } from '../../../src/dunning/law/deferral.ts'
import { lawFor } from '../../../src/dunning/law/jurisdiction.ts'
import { limitationOf } from '../../../src/dunning/law/limitation.ts'

const german = lawFor('DE', 'business', '2024-12-01', {}).limitation?.terms
if (german === undefined) throw new Error('there is a German law of limitation')
const limit = (dueDate: string, ...deferrals: AgreedDeferral[]): string | null => {
  const basis = limitationBasis(dueDate, deferrals)
  return limitationOf(german, basis.dueDate, basis.acts, '2025-06-01').date
}

const agreed = (agreedDate: string, more: Partial<AgreedDeferral> = {}): AgreedDeferral => ({
  agreedDate,
  previousDueDate: '2024-12-15',
  dueDate: '2025-03-01',
  acknowledged: false,
  ...more,
})

t.test('limitation in Germany after a deferral', async (t) => {
  t.equal(limit('2024-12-15'), '2027-12-31', 'three years from the end of the year')
  t.equal(
    limit('2025-03-01', agreed('2024-12-10')),
    '2028-12-31',
    'agreed before it was due: it arises later',
  )
  // 10 January to 1 March 2025 are 51 days.
  t.equal(limit('2025-03-01', agreed('2025-01-10')), '2028-02-20', 'agreed later: suspended')
  t.equal(
    limit('2025-03-01', agreed('2025-01-10', { acknowledged: true })),
    '2028-03-01',
    'acknowledged: three years from then, and suspended',
  )
  t.equal(
    limit(
      '2025-04-01',
      agreed('2024-12-10'),
      agreed('2025-03-11', { previousDueDate: '2025-03-01', dueDate: '2025-04-01' }),
    ),
    '2029-01-22',
    'one before and one after: 22 days more',
  )
})
