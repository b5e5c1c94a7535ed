import type { Reader } from '../../foundation/database/frame.ts'
import { Problem } from '../../foundation/problem.ts'
import { checklistOf } from './queries.ts'

/** Refuses what a customer may have only after its checklist is done (`onboarding_incomplete`), naming what is not. */
export async function requireOnboarding(reader: Reader, customerId: string): Promise<void> {
  const open = (await checklistOf(reader, customerId)).filter(({ done }) => !done)
  if (open.length > 0)
    throw new Problem('onboarding_incomplete', { missing_checks: open.map(({ kind }) => kind) })
}
