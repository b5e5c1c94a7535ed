import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { replacedFields } from '../../foundation/merge.ts'
import { batchToJson } from './batch-schema.ts'
import { debitToJson } from './debit-schema.ts'
import { mandateToJson } from './mandate-schema.ts'
import type { DebitWithItems } from './queries.ts'
import { settingsToJson } from './settings-schema.ts'
import type { BatchRow, MandateRow, SettingsRow } from './table.ts'

/** That the creditor's own data changed; without `before`, that they were set for the first time. */
export function settingsFact(
  settings: SettingsRow,
  reader: Reader,
  before: SettingsRow | undefined,
): Fact {
  const object = settingsToJson(settings, reader)
  const previous =
    before === undefined ? undefined : replacedFields(settingsToJson(before, reader), object)
  return {
    type: 'direct_debit_settings.updated',
    entity: { kind: 'direct_debit_settings', id: settings.id, sequence: settings.version },
    customerId: null,
    object,
    ...(previous && { previous }),
  }
}

/** What happened to a mandate, with the mandate as it stands now. */
export function mandateFact(
  type: Extract<EventType, `mandate.${string}`>,
  mandate: MandateRow,
  reader: Reader,
  before?: MandateRow,
): Fact {
  const object = mandateToJson(mandate, reader)
  const previous =
    before === undefined ? undefined : replacedFields(mandateToJson(before, reader), object)
  return {
    type,
    entity: { kind: 'mandate', id: mandate.id, sequence: mandate.version },
    customerId: mandate.customer_id,
    object,
    ...(previous && { previous }),
  }
}

/** What happened to a debit, with the debit as it stands now. */
export const debitFact = (
  type: Extract<EventType, `direct_debit.${string}`>,
  one: DebitWithItems,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'direct_debit', id: one.debit.id, sequence: one.debit.version },
  customerId: one.debit.customer_id,
  object: debitToJson(one, reader),
})

/** What happened to a batch, with the batch as it stands now. */
export const batchFact = (
  type: Extract<EventType, `debit_batch.${string}`>,
  batch: BatchRow,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'debit_batch', id: batch.id, sequence: batch.version },
  customerId: null,
  object: batchToJson(batch, reader),
})
