import type { Fact } from '../events/announce.ts'
import type { EventType } from '../events/catalogue.ts'
import type { Reader } from '../foundation/database/frame.ts'
import type { PaymentWithAllocations } from './queries.ts'
import { paymentToJson } from './schema.ts'
import { defaultSettings } from './settings.ts'
import { settingsToJson } from './settings-schema.ts'
import type { AllocationSettingsRow } from './table.ts'

/** What happened to a payment, with the payment as it stands now. */
export const paymentFact = (
  type: Extract<EventType, `payment.${string}`>,
  one: PaymentWithAllocations,
  reader: Reader,
): Fact => ({
  type,
  entity: { kind: 'payment', id: one.payment.id, sequence: one.payment.version },
  customerId: one.payment.customer_id,
  object: paymentToJson(one, reader),
})

/** What was said about how money is allocated; what was not is shown as the default. */
export const settingsFact = (
  type: Extract<EventType, `allocation_settings.${string}`>,
  row: AllocationSettingsRow,
  reader: Reader,
  before?: AllocationSettingsRow,
): Fact => ({
  type,
  entity: { kind: 'allocation_settings', id: row.id, sequence: row.version },
  customerId: row.customer_id,
  object: settingsToJson({ ...defaultSettings, ...row.settings }, row, row.customer_id, reader),
  ...(before && { previous: { settings: before.settings } }),
})
