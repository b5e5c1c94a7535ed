import type { Measured, MeasuredCustomer } from '../exposure/measure.ts'
import type { LimitSighting } from './crossings.ts'

/** The limits that hold for a customer, its own before that of its group; one that has expired holds no more. */
export const limitsSeen = ({ own, group, facts }: MeasuredCustomer): LimitSighting[] => [
  ...seen(own, null),
  ...(group === null ? [] : seen(group, facts.group?.id ?? null)),
]

const seen = ({ limit, exposure }: Measured, groupId: string | null): LimitSighting[] =>
  limit === null || limit.expired
    ? []
    : [
        {
          limitId: limit.id,
          groupId,
          currency: limit.currency,
          limitAmount: limit.amount,
          exposureAmount: exposure.amount,
          complete: exposure.unconverted.length === 0,
        },
      ]
