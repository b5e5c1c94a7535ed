import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { replacedFields } from '../../foundation/merge.ts'
import type { CustomerRow } from '../../parties/table.ts'
import type { CreditStandingRow } from '../table.ts'
import { standingToJson } from './standing-schema.ts'

/** That something of a standing is different from before: its score, its standing, or what a person has said. */
export function standingChanged(
  reader: Reader,
  standing: CreditStandingRow,
  before: CreditStandingRow | undefined,
  customers: ReadonlyMap<string, CustomerRow>,
): Fact {
  const customer = customers.get(standing.customer_id) as CustomerRow
  const object = standingToJson({ standing, customer }, reader)
  const previous =
    before && replacedFields(standingToJson({ standing: before, customer }, reader), object)
  return {
    type: 'credit_standing.changed',
    entity: { kind: 'credit_standing', id: standing.id, sequence: standing.version },
    customerId: standing.customer_id,
    object,
    ...(previous && { previous }),
  }
}
