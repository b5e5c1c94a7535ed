import { hasHolidays } from '../foundation/holidays.ts'
import type { FieldError } from '../foundation/problem.ts'
import { statutoryDaysMin } from './charges/statutory-term.ts'
import type { Level, PolicyDefinition } from './policy.ts'

type Contradiction = Omit<FieldError, 'in'>

/** Where a policy contradicts itself, field by field; empty when it does not. */
export function contradictions(definition: PolicyDefinition): Contradiction[] {
  return [
    ...definition.levels.flatMap((level, index) => [
      ...ladder(definition.levels, level, index),
      ...minimums(level, index),
      ...fees(level, index),
      ...interest(level, index),
      ...statutory(level, index),
    ]),
    ...terminal(definition),
    ...courtesies(definition),
    ...timing(definition),
  ]
}

function ladder(
  levels: readonly Level[],
  { level, days, anchor }: Level,
  index: number,
): Contradiction[] {
  const at = `#/levels/${index}`
  const before = levels[index - 1]
  const sameAnchor = levels.slice(0, index).findLast((one) => one.anchor === anchor)
  return [
    ...(level === index + 1
      ? []
      : [
          {
            pointer: `${at}/level`,
            code: 'not_consecutive',
            detail: 'levels must be numbered 1, 2, 3, … in order',
            params: { expected: index + 1, actual: level },
          },
        ]),
    ...(anchor !== 'previous_deadline' && sameAnchor !== undefined && days <= sameAnchor.days
      ? [
          {
            pointer: `${at}/days`,
            code: 'not_ascending',
            detail: 'must be later than the level before with the same anchor',
            params: { before: sameAnchor.days, actual: days },
          },
        ]
      : []),
    ...(anchor === 'previous_deadline' && (before?.payment_days ?? null) === null
      ? [
          {
            pointer: `${at}/anchor`,
            code: 'no_previous_deadline',
            detail: 'the level before sets no deadline: give it payment_days',
          },
        ]
      : []),
  ]
}

function minimums({ minimum_amounts }: Level, index: number): Contradiction[] {
  return repeated(minimum_amounts, `#/levels/${index}/minimum_amounts`, 'minimum')
}

function fees(level: Level, index: number): Contradiction[] {
  const at = `#/levels/${index}/fees`
  const kinds = level.fees.flatMap((fee, place) =>
    [fee.amount, fee.percent, fee.steps].filter((given) => given !== undefined).length === 1
      ? []
      : [
          {
            pointer: `${at}/${place}`,
            code: 'exactly_one',
            detail: 'a fee is an amount, a percent, or steps: exactly one of them',
          },
        ],
  )
  const steps = level.fees.flatMap(({ steps = [] }, place) =>
    steps.flatMap(({ from_amount }, step) => {
      const previous = steps[step - 1]
      return previous === undefined || from_amount > previous.from_amount
        ? []
        : [
            {
              pointer: `${at}/${place}/steps/${step}/from_amount`,
              code: 'not_ascending',
              detail: 'must be more than the step before',
              params: { before: previous.from_amount, actual: from_amount },
            },
          ]
    }),
  )
  return [...repeated(level.fees, at, 'fee'), ...kinds, ...steps]
}

const interest = ({ interest: { kind, percent } }: Level, index: number): Contradiction[] =>
  (kind === 'contract') === (percent !== undefined)
    ? []
    : [
        {
          pointer: `#/levels/${index}/interest/percent`,
          code: kind === 'contract' ? 'required' : 'not_allowed',
          detail: 'an agreed rate, and only that, has a percentage',
        },
      ]

/** A level has at most one of these per currency. */
function repeated(
  given: readonly { currency: string }[],
  at: string,
  what: string,
): Contradiction[] {
  const currencies = given.map(({ currency }) => currency)
  const twice = currencies.findIndex((currency, place) => currencies.indexOf(currency) !== place)
  return twice === -1
    ? []
    : [
        {
          pointer: `${at}/${twice}`,
          code: 'repeated_currency',
          detail: `a level has at most one ${what} per currency`,
          params: { currency: currencies[twice] },
        },
      ]
}

function statutory(level: Level, index: number): Contradiction[] {
  if (level.statutory_notice === null) return []
  const at = `#/levels/${index}`
  const least = statutoryDaysMin[level.statutory_notice]
  const cost = costOf(level)
  return [
    ...(cost === null
      ? []
      : [
          {
            pointer: `${at}/${cost}`,
            code: 'statutory_notice_is_free',
            detail: 'a statutory notice may not cost anything',
          },
        ]),
    ...(level.payment_days === null || level.payment_days < least
      ? [
          {
            pointer: `${at}/payment_days`,
            code: 'minimum',
            detail: `this statutory notice must leave at least ${least} days`,
            params: { minimum: least },
          },
        ]
      : []),
    ...(level.statutory_notice === 'be_first_reminder' && level.level !== 1
      ? [
          {
            pointer: `${at}/statutory_notice`,
            code: 'not_first',
            detail: 'the free first reminder must be the first level',
          },
        ]
      : []),
  ]
}

/** What a statutory notice would cost: the Belgian one may not claim interest either (art. XIX.2, XIX.4 CEL). */
function costOf({ lump_sum, fees, interest, statutory_notice }: Level): keyof Level | null {
  if (lump_sum) return 'lump_sum'
  if (fees.length > 0) return 'fees'
  return statutory_notice === 'be_first_reminder' && interest.kind !== 'none' ? 'interest' : null
}

/** A proposal to end it all belongs to the end. */
const terminal = ({ levels }: PolicyDefinition): Contradiction[] =>
  levels.slice(0, -1).flatMap(({ consequences }, index) =>
    consequences.proposal === null
      ? []
      : [
          {
            pointer: `#/levels/${index}/consequences/proposal`,
            code: 'not_last',
            detail: 'only the last level may propose to hand over or write off',
          },
        ],
  )

const courtesies = ({ courtesies: given }: PolicyDefinition): Contradiction[] =>
  given.flatMap(({ days_before_due }, index) => {
    const before = given[index - 1]
    return before === undefined || days_before_due < before.days_before_due
      ? []
      : [
          {
            pointer: `#/courtesies/${index}/days_before_due`,
            code: 'not_descending',
            detail: 'must be nearer to the due date than the reminder before',
            params: { before: before.days_before_due, actual: days_before_due },
          },
        ]
  })

function timing({ business_days, quiet_hours }: PolicyDefinition): Contradiction[] {
  return [
    ...(business_days !== null && !hasHolidays(business_days.country, business_days.region)
      ? [
          {
            pointer: '#/business_days',
            code: 'unknown_calendar',
            detail: 'no holidays are known for this country or region',
          },
        ]
      : []),
    ...(quiet_hours !== null && quiet_hours.from === quiet_hours.to
      ? [
          {
            pointer: '#/quiet_hours/to',
            code: 'whole_day',
            detail: 'quiet hours must leave some time of the day',
          },
        ]
      : []),
  ]
}
