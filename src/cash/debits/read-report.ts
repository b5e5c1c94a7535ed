import { Problem } from '../../foundation/problem.ts'
import { FileFault } from '../bank/read/fault.ts'
import { type ReportContent, readPain002 } from './pain002.ts'

/** What a status report says, or `status_report_unreadable` with the place of the fault. */
export function readReport(bytes: Uint8Array): ReportContent {
  try {
    return readPain002(bytes)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const { reason, place, message } = error
    throw new Problem('status_report_unreadable', { detail: message, reason, ...place }, error)
  }
}
