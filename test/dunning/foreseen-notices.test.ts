import t from 'tap'
import { evaluate } from '../../src/dunning/evaluate.ts'
import { foreseenNotices } from '../../src/dunning/foreseen-notices.ts'
import { addDays } from '../../src/foundation/calendar.ts'
import { itemOf, levelOf, policyOf, situationOf } from '../support/situations.ts'

const TODAY = '2026-06-15'

t.test(
  'what a law asks for is foreseen apart, and neither what is on hold nor a charge bears a fee',
  async (t) => {
    const policy = policyOf({
      levels: [
        levelOf(1, 5),
        levelOf(2, 15, { payment_days: 17, statutory_notice: 'nl_14_day' }),
        levelOf(3, 30, { fees: [{ currency: 'EUR', percent: '10' }] }),
      ],
    })
    const late = (id: string, days: number, level: number, more: object = {}) =>
      itemOf(addDays(TODAY, -days), { id, policy, level, ...more })
    const holds = [{ id: 'h', reason: 'dispute', fromDate: TODAY, untilDate: null }]
    const situation = situationOf([
      late('final', 30, 2),
      late('letter', 15, 1),
      late('first', 5, 0),
      late('held', 30, 2, { holds }),
      late('charge', 10, 0, { principal: false }),
    ])
    t.match(foreseenNotices(situation, evaluate(situation, TODAY), TODAY), [
      {
        level: 3,
        items: [{ id: 'final' }, { id: 'first', level: 1 }],
        overdue: [{ id: 'final' }, { id: 'first' }],
        feeAmount: 20_00,
      },
      { level: 2, items: [{ id: 'letter' }], amount: 100_00, feeAmount: 0 },
    ])
  },
)
