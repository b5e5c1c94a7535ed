import { Problem } from '../../foundation/problem.ts'
import { FileFault } from '../bank/read/fault.ts'
import { readApart } from '../bank/read/read-apart.ts'
import type { ReportContent } from '../bank/read/read-pain002.ts'

/** What a status report says; `status_report_unreadable` with the place of the fault, `malformed_request` without one. */
export async function readReport(bytes: unknown): Promise<ReportContent> {
  if (!(bytes instanceof Uint8Array))
    throw new Problem('malformed_request', { detail: 'The body is the file.' })
  try {
    return await readApart({ kind: 'status_report', bytes })
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const { reason, place, message } = error
    throw new Problem('status_report_unreadable', { detail: message, reason, ...place }, error)
  }
}
