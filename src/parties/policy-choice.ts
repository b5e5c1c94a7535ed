import { Type } from '@sinclair/typebox'
import { exampleId, Nullable } from '../foundation/http/schema.ts'
import { idPattern, publicIdOrNull, uuidOf } from '../foundation/id.ts'

/**
 * A choice of dunning policy as it is stored: a policy, or none at all. Neither leaves it to whoever is asked next:
 * the invoice is asked first, then its customer, the customer's class, and the tenant.
 */
export interface PolicyChoice {
  dunning_policy_id: string | null
  no_dunning: boolean
}

/** The word that stands for no dunning at all, in place of a policy's id. */
const NONE = 'none'

const pattern = `^(${idPattern('dunning_policy').slice(1, -1)}|${NONE})$`

/** The choice over the wire, one field of three meanings; `otherwise` says who decides when it is null. */
export const PolicyChoiceField = (otherwise: string) =>
  Nullable(
    Type.String({
      description: `The dunning policy, or \`${NONE}\` for no dunning. Null: ${otherwise}. Items that dunning has begun with stay on their policy.`,
      pattern,
      minLength: NONE.length,
      maxLength: 30,
      examples: [exampleId('dunning_policy')],
    }),
  )

/** What the API was told to choose. */
export const policyChoice = (given: string | null | undefined): PolicyChoice => ({
  dunning_policy_id: given == null || given === NONE ? null : uuidOf(given),
  no_dunning: given === NONE,
})

/** A choice as the API shows it. */
export const policyChoiceToJson = ({
  dunning_policy_id,
  no_dunning,
}: PolicyChoice): string | null =>
  no_dunning ? NONE : publicIdOrNull('dunning_policy', dunning_policy_id)
