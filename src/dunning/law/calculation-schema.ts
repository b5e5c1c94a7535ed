import { Type } from '@sinclair/typebox'
import { dueDateBases } from '../../billing/invoice.ts'
import {
  Amount,
  Body,
  Currency,
  Day,
  List,
  named,
  OneOf,
  Query,
  YesNo,
} from '../../foundation/http/schema.ts'
import { dayCounts } from './day-count.ts'
import { jurisdictionCodes } from './jurisdiction.ts'
import { Percent, Series } from './rate-schema.ts'
import { debtorKinds, limitationActs } from './rule.ts'

const PAYMENTS_MAX = 500
const ACTS_MAX = 100

const carryForward = YesNo(
  'True to go on with the last known rate where no later one is known; otherwise such days are refused.',
  { default: false, example: false },
)

export const CalculateLatePayment = named(
  'CalculateLatePayment',
  Body(
    {
      jurisdiction: Type.Optional(
        OneOf(jurisdictionCodes, {
          description:
            'Whose law binds the debtor. Without one only a contract gives interest, and there is no lump sum.',
        }),
      ),
      debtor_kind: Type.Optional(
        OneOf(debtorKinds, { description: 'Who the debtor is.', default: 'business' }),
      ),
      currency: Currency(),
      amount: Amount('The principal.', { minimum: 1, example: 1000000 }),
      due_date: Day('The due date of the principal.', '2025-03-31'),
      claim_date: Type.Optional(
        Day(
          'When the claim arose: the law of that day counts. The due date unless given.',
          '2025-03-01',
        ),
      ),
      due_date_basis: Type.Optional(
        OneOf(dueDateBases, {
          description: 'Whether the due date was agreed or is said by the invoice only.',
          default: 'agreed',
        }),
      ),
      received_date: Type.Optional(Day('When the debtor received the invoice.', '2025-03-03')),
      consumer_notice_given: Type.Optional(
        YesNo('Whether the invoice told a consumer that default follows (§ 286 (3) BGB).', {
          default: false,
          example: false,
        }),
      ),
      demand_received_date: Type.Optional(
        Day('When the debtor received the first demand.', '2025-04-10'),
      ),
      default_from_date: Type.Optional(
        Day('The first day of default, where you know it; otherwise it is derived.', '2025-04-01'),
      ),
      until_date: Type.Optional(
        Day('The last day that bears interest; today unless given.', '2025-12-31'),
      ),
      payments: Type.Optional(
        List(
          Body({
            date: Day('When it was paid; that day still bears interest.', '2025-06-30'),
            amount: Amount('What it took of the principal.', { minimum: 1, example: 400000 }),
          }),
          {
            description: 'Payments on the principal; together at most the principal.',
            maxItems: PAYMENTS_MAX,
          },
        ),
      ),
      contract: Type.Optional(
        Body(
          {
            percent: Percent('Percent a year, or points above the series.', '8.00'),
            series: Type.Optional(
              Series('The reference rate it follows, read on the first day of each half-year.'),
            ),
          },
          { description: 'Interest that was agreed; statutory interest unless given.' },
        ),
      ),
      mode: Type.Optional(
        OneOf(['floating', 'fixed_at_start'], {
          description: 'Another mode than that of the law: a floating rate in the United Kingdom.',
        }),
      ),
      day_count: Type.Optional(
        OneOf(dayCounts, { description: 'Another length of the year than is usual there.' }),
      ),
      limitation_acts: Type.Optional(
        List(
          Body({
            kind: OneOf(limitationActs, { description: 'What was done.' }),
            date: Day('When, or its first day.', '2025-10-01'),
            until_date: Type.Optional(
              Day('The last day of what lasts; still going on unless given.', '2025-11-30'),
            ),
          }),
          { description: 'What was done about the claim.', maxItems: ACTS_MAX },
        ),
      ),
      carry_forward: Type.Optional(carryForward),
    },
    { description: 'A claim that is paid late, and what is asked about it.' },
  ),
)

export const LatePaymentQuery = Query({
  as_of_date: Type.Optional(Day('The last day that bears interest; today unless given.')),
  carry_forward: Type.Optional(carryForward),
})
