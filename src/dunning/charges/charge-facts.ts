import type { Reader } from '../../foundation/database/frame.ts'
import { accrue } from '../law/accrue.ts'
import type { Assessment } from '../law/assess-claim.ts'
import type { ChargingStep } from './charge-row.ts'
import { type ChargedBefore, loadChargedBefore } from './charged-before.ts'

/** What decides about the charges of some items, by item: what the law says, and what was charged before. */
export interface ChargeFacts {
  accruals: ReadonlyMap<string, Assessment>
  before: ReadonlyMap<string, ChargedBefore>
}

/** Loads what decides about the charges of items at the levels they reach, set-based. */
export async function loadChargeFacts(
  reader: Reader,
  steps: readonly ChargingStep[],
): Promise<ChargeFacts> {
  const charged = steps.filter(isCharged)
  if (charged.length === 0) return { accruals: new Map(), before: new Map() }
  const [accruals, before] = await Promise.all([
    accrue(
      reader,
      charged.map(({ item, level }) => ({ itemId: item.id, interest: level.interest })),
      reader.today,
    ),
    loadChargedBefore(
      reader,
      charged.map(({ item }) => item.id),
    ),
  ])
  return { accruals, before }
}

/** Whether reaching its level can cost an item anything. */
export const isCharged = ({
  level: { fees, interest, lump_sum },
}: Pick<ChargingStep, 'level'>): boolean => fees.length > 0 || interest.kind !== 'none' || lump_sum
