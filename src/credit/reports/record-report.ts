import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import type { MoneyAmount } from '../../foundation/money.ts'
import { dateInFuture, invalidFields } from '../../foundation/problem.ts'
import { lockCustomers } from '../../ledger/queries.ts'
import { requireCustomer } from '../../parties/queries.ts'
import { scoreCustomers } from '../scores/score-customers.ts'
import { creditReportFact } from './events.ts'
import type { CreditReportRow } from './table.ts'

export interface RecordReport {
  customerId: string
  provider: string
  reportDate: CalendarDate
  /** 0 to 100, the higher the better. */
  score: number
  providerScore: string | null
  recommendedLimit: MoneyAmount | null
  validUntil: CalendarDate | null
  /** What the provider has sent. */
  raw: Record<string, unknown> | null
}

const RAW_BYTES_MAX = 50_000

/** Keeps what an outside provider says of a customer, and scores the customer with it. */
export async function recordReport(tx: Tx, input: RecordReport): Promise<CreditReportRow> {
  await requireCustomer(tx, input.customerId)
  refuseImpossible(input, tx.today)
  await lockCustomers(tx, [input.customerId])
  const report = await tx.db
    .insertInto('credit_report')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: input.customerId,
      provider: input.provider,
      report_date: input.reportDate,
      score: input.score,
      provider_score: input.providerScore,
      limit_currency: input.recommendedLimit?.currency ?? null,
      limit_amount: input.recommendedLimit?.amount ?? null,
      valid_until: input.validUntil,
      raw: input.raw && JSON.stringify(input.raw),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, creditReportFact(report, tx))
  await scoreCustomers(tx, [input.customerId])
  return report
}

function refuseImpossible(
  { reportDate, validUntil, raw }: RecordReport,
  today: CalendarDate,
): void {
  if (reportDate > today) throw dateInFuture('report_date', reportDate, today)
  if (validUntil !== null && validUntil < reportDate)
    throw invalidFields({
      pointer: '#/valid_until',
      code: 'too_early',
      detail: 'must not be before the report',
      params: { report_date: reportDate },
    })
  if (raw !== null && Buffer.byteLength(JSON.stringify(raw)) > RAW_BYTES_MAX)
    throw invalidFields({
      pointer: '#/raw',
      code: 'too_large',
      detail: 'must have no more than 50,000 bytes as JSON',
      params: { limit: RAW_BYTES_MAX },
    })
}
