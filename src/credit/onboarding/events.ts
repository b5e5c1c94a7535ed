import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { onboardingCheckToJson } from './schema.ts'
import type { OnboardingCheckRow } from './table.ts'

/** Something was looked into about a customer. */
export const onboardingCheckFact = (check: OnboardingCheckRow, reader: Reader): Fact => ({
  type: 'onboarding_check.recorded',
  entity: { kind: 'onboarding_check', id: check.id, sequence: 1 },
  customerId: check.customer_id,
  object: onboardingCheckToJson(check, reader),
})
