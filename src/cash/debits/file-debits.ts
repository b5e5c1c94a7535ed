import type { CalendarDate } from '../../foundation/calendar.ts'
import { type PresentedMandate, type SequenceType, sequenceTypeOf } from './mandate.ts'
import type { DebitWithItems } from './queries.ts'
import { presentedBy } from './schedule-debits.ts'
import type { MandateRow, SettingsRow } from './table.ts'

/** A debit as it goes into a file. */
export interface FiledDebit {
  one: DebitWithItems
  sequence_type: SequenceType
  /** The payment information block it belongs to, from 1 on: one for each scheme and sequence type. */
  group_number: number
  collection_date: CalendarDate
  presented: PresentedMandate
  presented_before: PresentedMandate | null
}

/** Gives debits their places in a file. Of several under one mandate only the first tells the bank what is new. */
export function fileDebits(
  debits: readonly DebitWithItems[],
  mandates: ReadonlyMap<string, MandateRow>,
  settings: SettingsRow,
  collectionDate: CalendarDate,
): FiledDebit[] {
  const known = new Map<string, PresentedMandate | null>()
  const groups = new Map<string, number>()
  return inSeries(debits).map((one) => {
    const { debit } = one
    const mandate = mandates.get(debit.mandate_id) as MandateRow
    const presented_before = known.get(mandate.id) ?? mandate.presented
    const presented = presentedBy(mandate, settings)
    known.set(mandate.id, presented)
    const sequence = { sequence: mandate.sequence, presented: presented_before }
    const sequence_type = sequenceTypeOf(sequence, debit.final)
    const group = `${mandate.scheme} ${sequence_type}`
    const group_number = groups.get(group) ?? groups.size + 1
    groups.set(group, group_number)
    return {
      one,
      sequence_type,
      group_number,
      collection_date: collectionDate,
      presented,
      presented_before,
    }
  })
}

/** The final debit under a mandate comes after the others. */
const inSeries = (debits: readonly DebitWithItems[]): DebitWithItems[] =>
  [...debits].sort((a, b) => Number(a.debit.final) - Number(b.debit.final))
