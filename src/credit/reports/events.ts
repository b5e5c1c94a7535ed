import type { Fact } from '../../events/announce.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { creditReportToJson } from './schema.ts'
import type { CreditReportRow } from './table.ts'

/** That a report came in; what the provider sent is read where it is needed. */
export const creditReportFact = (report: CreditReportRow, reader: Reader): Fact => ({
  type: 'credit_report.recorded',
  entity: { kind: 'credit_report', id: report.id, sequence: report.version },
  customerId: report.customer_id,
  object: creditReportToJson(report, reader),
})
