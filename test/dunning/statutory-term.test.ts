import t, { type Test } from 'tap'
import {
  earliestDeadline,
  type GivenNotice,
  termState,
} from '../../src/dunning/charges/statutory-term.ts'

type Report = [
  GivenNotice['reports'][number]['status'],
  GivenNotice['reports'][number]['channel'],
  string,
]

const given = (kind: GivenNotice['kind'], deadline_date: string | null, ...reports: Report[]) => ({
  kind,
  deadline_date,
  reports: reports.map(([status, channel, date]) => ({ status, channel, date })),
})

/** The first day after the term. */
function freeFrom(t: Test, notice: GivenNotice, day: string, before: string) {
  t.equal(termState(notice.kind, [notice], before), 'running')
  t.equal(termState(notice.kind, [notice], day), 'has_run')
}

t.test('a notice nobody has sent sets no term', async (t) => {
  const unsent = given('nl_14_day', '2026-03-30')
  t.equal(termState('nl_14_day', [unsent], '2027-01-01'), 'not_sent')
  t.equal(termState('be_first_reminder', [unsent], '2027-01-01'), 'missing')
  t.equal(termState('nl_14_day', [], '2027-01-01'), 'missing')
  const belgian = given('be_first_reminder', '2026-03-30')
  t.equal(termState('be_first_reminder', [belgian], '2027-01-01'), 'not_sent')
})

t.test('the Dutch term runs from receipt, and never ends before its deadline', async (t) => {
  const nl = (deadline: string, ...reports: Report[]) => given('nl_14_day', deadline, ...reports)
  freeFrom(t, nl('2026-03-30', ['sent', 'email', '2026-03-15']), '2026-03-31', '2026-03-30')
  freeFrom(t, nl('2026-04-10', ['sent', 'email', '2026-03-15']), '2026-04-11', '2026-04-10')
  freeFrom(t, nl('2026-03-30', ['sent', 'letter', '2026-03-15']), '2026-04-03', '2026-04-02')
  const late: Report[] = [
    ['sent', 'letter', '2026-03-15'],
    ['delivered', 'letter', '2026-03-25'],
  ]
  freeFrom(t, nl('2026-03-30', ...late), '2026-04-10', '2026-04-09')
  freeFrom(t, given('nl_14_day', null, ['sent', 'email', '2026-03-15']), '2026-03-31', '2026-03-30')
  freeFrom(t, nl('2026-03-30', ['viewed', 'portal', '2026-03-20']), '2026-04-05', '2026-04-04')
})

t.test(
  'the Belgian term runs from dispatch: the day after, or the third working day',
  async (t) => {
    const be = (...reports: Report[]) => given('be_first_reminder', '2026-03-20', ...reports)
    freeFrom(t, be(['sent', 'email', '2026-04-02']), '2026-04-18', '2026-04-17')
    // Thursday; Friday the 3rd and Easter Monday the 6th: Good Friday is no public holiday in Belgium
    freeFrom(t, be(['sent', 'letter', '2026-04-02']), '2026-04-23', '2026-04-22')
  },
)

t.test(
  'the earliest deadline: fifteen days from a Dutch notice, fourteen from a Belgian',
  async (t) => {
    t.equal(earliestDeadline('nl_14_day', '2026-02-20'), '2026-03-07')
    t.equal(earliestDeadline('be_first_reminder', '2026-02-20'), '2026-03-06')
  },
)
