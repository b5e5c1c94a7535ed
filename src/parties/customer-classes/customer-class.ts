import type { CustomerClassRow } from '../table.ts'

/** What of a class its tenant decides. */
export type ClassSettings = Pick<
  CustomerClassRow,
  'code' | 'name' | 'net_days' | 'dunning_policy_id' | 'no_dunning'
>
