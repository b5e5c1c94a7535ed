import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import type { Standing } from '../policies/policy.ts'
import { rulesInForce } from '../policies/queries.ts'
import { rememberStandings } from '../remember-standings.ts'
import type { CreditStandingRow } from '../table.ts'
import { standingChanged } from './events.ts'
import { followStandings } from './follow-standings.ts'
import { standingsOf } from './queries.ts'

/** What a person says of a customer, against what its history says. */
export interface StandingOverride {
  standing: Standing
  reason: string
  /** The last day it holds; null until it is taken back. */
  untilDate: CalendarDate | null
}

export interface OverrideStanding {
  customerId: string
  /** Null to take back what was said. */
  override: StandingOverride | null
  ifMatch: number | undefined
}

/** Has a person's word decide on a customer's standing, or its history again. Saying the same again changes nothing. */
export async function overrideStanding(tx: Tx, input: OverrideStanding): Promise<void> {
  const { customerId, override, ifMatch } = input
  const customer = await requireCustomer(tx, customerId)
  await lockCustomers(tx, [customerId])
  const before = (await standingsOf(tx, [customerId])).get(customerId)
  requireVersion(before?.version ?? 0, ifMatch)
  if (override?.untilDate != null && override.untilDate < tx.today) throw inThePast(override, tx)
  const said = {
    override_standing: override?.standing ?? null,
    override_reason: override?.reason ?? null,
    override_until: override?.untilDate ?? null,
  }
  if (isSaid(before, said)) return
  const after = await write(tx, customerId, (before?.version ?? 0) + 1, said)
  await rememberStandings(tx, [customerId])
  announce(tx, standingChanged(tx, after, before, new Map([[customerId, customer]])))
  await followStandings(tx, [after], (await rulesInForce(tx)).definition)
}

type Said = Pick<CreditStandingRow, 'override_standing' | 'override_reason' | 'override_until'>

const isSaid = (before: CreditStandingRow | undefined, said: Said): boolean =>
  (before?.override_standing ?? null) === said.override_standing &&
  (before?.override_reason ?? null) === said.override_reason &&
  (before?.override_until ?? null) === said.override_until

const inThePast = ({ untilDate }: StandingOverride, { today }: Tx) =>
  invalidFields({
    pointer: '#/until_date',
    code: 'date_in_past',
    detail: 'must not be before today',
    params: { until_date: untilDate, today },
  })

const write = (
  tx: Tx,
  customerId: string,
  version: number,
  said: Said,
): Promise<CreditStandingRow> =>
  tx.db
    .insertInto('credit_standing')
    .values({
      tenant_id: tx.tenant.id,
      customer_id: customerId,
      ...said,
      version,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((known) =>
      known
        .columns(['tenant_id', 'customer_id'])
        .doUpdateSet({ ...said, version, updated_at: tx.now }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
