import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { creditLimitFact } from './events.ts'
import type { CreditLimitRow } from './table.ts'

/**
 * Tells of the limits whose last day, or whose insurance's last day, has passed, each once. What holds on a day never
 * waits for this: it follows from the dates alone.
 */
export async function expireCreditLimits(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<CreditLimitRow & { newly: boolean; newly_uninsured: boolean }>`
    with due as (
      (select id from credit_limit
        where tenant_id = ${tx.tenant.id} and status = 'approved' and ended_date is null and expired_date is null
          and valid_until < ${tx.today}
        order by valid_until limit ${limit})
      union
      (select id from credit_limit
        where tenant_id = ${tx.tenant.id} and status = 'approved' and ended_date is null and insurance_expired_date is null
          and insured_until < ${tx.today}
        order by insured_until limit ${limit})
    ), expired as (
      select id, expired_date is null and valid_until < ${tx.today} as newly,
        insurance_expired_date is null and insured_until < ${tx.today} as newly_uninsured
      from credit_limit join due using (id)
      where tenant_id = ${tx.tenant.id}
    )
    update credit_limit
    set expired_date = case when newly then ${tx.today} else expired_date end,
      insurance_expired_date = case when newly_uninsured then ${tx.today} else insurance_expired_date end,
      version = version + 1, updated_at = ${tx.now}
    from expired
    where tenant_id = ${tx.tenant.id} and credit_limit.id = expired.id and ended_date is null
    returning credit_limit.*, coalesce(newly, false) as newly, coalesce(newly_uninsured, false) as newly_uninsured
  `.execute(tx.db)
  announce(
    tx,
    ...rows.map(({ newly, newly_uninsured, ...expired }) =>
      creditLimitFact(
        newly ? 'credit_limit.expired' : 'credit_limit.insurance_expired',
        expired,
        tx,
        {
          ...(newly && { expired_date: null }),
          ...(newly_uninsured && { insurance_expired_date: null }),
        },
      ),
    ),
  )
  return rows.length
}
