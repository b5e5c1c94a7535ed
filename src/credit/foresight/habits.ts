import type { CalendarDate } from '../../foundation/calendar.ts'
import { groupBy } from '../../foundation/group.ts'
import { type Distribution, distributionOf, shrunk } from './distribution.ts'

/** An item that was paid: by whom, when, and how many days after its due date (negative when early). */
export interface Settlement {
  customerId: string
  classId: string | null
  settledDate: CalendarDate
  daysLate: number
}

/** What is known of how the customers of a tenant pay, from what was settled. */
export interface Habits {
  /** Items settled, and by how many customers. */
  itemCount: number
  customerCount: number
  /** How all of them pay. */
  all: Distribution
  /** How the customers of each class of the tenant pay, by class. */
  classes: ReadonlyMap<string, Distribution>
  /** By how many days the payments of one customer typically differ from each other (standard deviation). */
  spreadDays: number
  /** How many items of the others a customer's own are shrunk by: the less customers differ, the more. */
  strength: number
}

/** A class is shrunk towards the tenant as by so many items. */
export const CLASS_STRENGTH = 20
/** Where there is too little history to measure them. */
const USUAL_SPREAD_DAYS = 7
const USUAL_STRENGTH = 1
const STRENGTH_MIN = 0.1
const STRENGTH_MAX = 20

/** Learns the habits of a tenant's customers from settlements, each item equally. */
export function habitsOf(settlements: readonly Settlement[]): Habits {
  const all = distributionOf(settlements.map(({ daysLate }) => ({ daysLate, weight: 1 })))
  const classes = groupBy(
    settlements.filter(({ classId }) => classId !== null),
    ({ classId }) => classId as string,
  )
  const customers = groupBy(settlements, ({ customerId }) => customerId)
  return {
    itemCount: settlements.length,
    customerCount: customers.size,
    all,
    classes: new Map(
      [...classes].map(([id, own]) => [
        id,
        shrunk(
          distributionOf(own.map(({ daysLate }) => ({ daysLate, weight: 1 }))),
          all,
          CLASS_STRENGTH,
        ),
      ]),
    ),
    ...differences([...customers.values()].map((own) => own.map(({ daysLate }) => daysLate))),
  }
}

/**
 * Empirical Bayes by the method of moments (one-way analysis of variance): the variance of a customer's own payments,
 * divided by the variance between customers, is how many items of its own outweigh what is known of the others.
 */
function differences(customers: readonly number[][]): Pick<Habits, 'spreadDays' | 'strength'> {
  const groups = customers.map((own) => {
    const mean = total(own) / own.length
    return { count: own.length, mean, squares: total(own.map((days) => (days - mean) ** 2)) }
  })
  const items = total(groups.map(({ count }) => count))
  if (groups.length < 2 || items <= groups.length)
    return { spreadDays: USUAL_SPREAD_DAYS, strength: USUAL_STRENGTH }
  const mean = total(groups.map(({ count, mean }) => count * mean)) / items
  const within = total(groups.map(({ squares }) => squares)) / (items - groups.length)
  const apart = total(groups.map((own) => own.count * (own.mean - mean) ** 2)) / (groups.length - 1)
  const perCustomer =
    (items - total(groups.map(({ count }) => count ** 2)) / items) / (groups.length - 1)
  const between = Math.max(0, (apart - within) / perCustomer)
  const strength = within === 0 ? STRENGTH_MIN : within / between
  return {
    spreadDays: Math.max(1, Math.sqrt(within)),
    strength: Math.min(STRENGTH_MAX, Math.max(STRENGTH_MIN, strength)),
  }
}

const total = (figures: readonly number[]): number =>
  figures.reduce((sum, figure) => sum + figure, 0)
