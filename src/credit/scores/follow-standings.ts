import type { Tx } from '../../foundation/database/commit.ts'
import { changeCustomer } from '../../parties/customers/change-customer.ts'
import { findCustomers } from '../../parties/queries.ts'
import { effectiveStanding } from '../effective-standing.ts'
import { isNaturalPerson } from '../natural-person.ts'
import type { CreditPolicyDefinition } from '../policies/policy.ts'
import type { CreditStandingRow } from '../table.ts'

/**
 * Puts customers into the class of their standing, so that its terms and dunning policy follow. Only those without a
 * class or in one of the policy's are moved: a class that a person has chosen otherwise stays. Natural persons are moved
 * only by what a person has said of them, never by what was derived (GDPR article 22). They are locked.
 */
export async function followStandings(
  tx: Tx,
  standings: readonly CreditStandingRow[],
  { standing: rules }: CreditPolicyDefinition,
): Promise<void> {
  if (rules === null || rules.customer_classes.length === 0) return
  const classes = new Map(
    rules.customer_classes.map(({ standing, customer_class_id }) => [standing, customer_class_id]),
  )
  const ours = new Set<string | null>([null, ...classes.values()])
  const ids = standings.map(({ customer_id }) => customer_id)
  const customers = await findCustomers(tx, ids)
  for (const known of standings) {
    const customer = customers.get(known.customer_id)
    if (customer === undefined || !ours.has(customer.customer_class_id)) continue
    const said = isNaturalPerson(customer) ? { ...known, derived_standing: null } : known
    const standing = effectiveStanding(said, tx.today)
    const classId = standing === null ? undefined : classes.get(standing)
    if (classId === undefined) continue
    await changeCustomer(tx, customer, { ...customer, customer_class_id: classId })
  }
}
