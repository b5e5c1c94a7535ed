import { sql } from 'kysely'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { publicId } from '../../foundation/id.ts'
import { isIncluded } from '../exposure/exposure.ts'
import type { Measured, MeasuredCustomer } from '../exposure/measure.ts'
import type { Moment } from '../exposure/moment.ts'
import { isActive, type PastState } from '../exposure/past-states.ts'
import type { ComponentTerms } from '../policies/policy.ts'
import type { Asked, Situation } from './evaluate.ts'

/** What is asked for, and what of it counts already under the same reference. */
export interface Question {
  currency: string
  amount: number
  netDays: number | null
  counted: number
  today: CalendarDate
}

/** The situation a check judges: the customer and its group measured, and what is asked for in their currencies. */
export function situationOf(
  { facts, own, group }: MeasuredCustomer,
  { currency, amount, netDays, counted, today }: Question,
): Situation {
  const added = Math.max(0, amount - counted)
  const asked = ({ limit, exposure, conversions }: Measured): Asked => {
    const conversion = conversions.get(currency)
    const used = conversion?.used ?? null
    const isNamed = exposure.rates.some(({ rateId }) => rateId === used?.rateId)
    return {
      limit,
      exposure:
        used === null || isNamed ? exposure : { ...exposure, rates: [...exposure.rates, used] },
      added: conversion?.convert(added) ?? null,
    }
  }
  return { today, facts, own: asked(own), group: group && asked(group), netDays }
}

/**
 * What counts already under a reference, in its currency: what the order on hand still claims, or the reservation if
 * that holds more. One reference counts once; of a component that the policy leaves out, nothing counts already. By
 * customer, each of whom is asked about once.
 */
export async function countedFor(
  { db, tenant, now }: Reader,
  asked: readonly { customerId: string; externalId: string | null; currency: string }[],
  terms: readonly ComponentTerms[],
): Promise<Map<string, number>> {
  const named = asked.filter(({ externalId }) => externalId !== null)
  if (named.length === 0) return new Map()
  const { rows } = await sql<{ customerId: string; counted: number }>`
    select asked."customerId", greatest(
      (select open_amount from order_on_hand
        where tenant_id = ${tenant.id} and customer_id = asked."customerId" and external_id = asked."externalId"
          and currency = asked.currency and ${isIncluded(terms, 'orders')}),
      (select open_amount from reservation
        where tenant_id = ${tenant.id} and customer_id = asked."customerId" and external_id = asked."externalId"
          and currency = asked.currency and status = 'active' and expires_at > ${now}
          and ${isIncluded(terms, 'reservations')}),
      0) as counted
    from json_to_recordset(${JSON.stringify(named)}) as asked("customerId" uuid, "externalId" text, currency text)
  `.execute(db)
  return new Map(rows.map(({ customerId, counted }) => [customerId, counted]))
}

/** What counted already under a reference at a moment: the rule of `countedFor`. */
export function countedAt(
  states: readonly PastState[],
  asked: { customer_id: string; external_id: string | null; currency: string },
  { at }: Moment,
  terms: readonly ComponentTerms[],
): number {
  if (asked.external_id === null) return 0
  const named = states.filter(
    ({ object }) =>
      object.customer_id === publicId('customer', asked.customer_id) &&
      object.external_id === asked.external_id &&
      object.currency === asked.currency,
  )
  return Math.max(
    0,
    ...named.map(({ kind, object }) =>
      (kind === 'order_on_hand' && isIncluded(terms, 'orders')) ||
      (kind === 'reservation' && isIncluded(terms, 'reservations') && isActive(object, at))
        ? object.open_amount
        : 0,
    ),
  )
}
