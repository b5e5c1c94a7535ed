/** Where in a file a fault lies, as exactly as its format lets us say. */
export interface Place {
  /** The file inside a zip. */
  entry?: string
  /** Counted from 1. */
  line?: number
  column?: number
  /** Counted from 0. */
  byte?: number
}

/** Why a file is refused, and where: short words that programs can tell apart, and a sentence for people. */
export type FaultReason =
  | 'format_unknown'
  | 'encoding_invalid'
  | 'xml_malformed'
  | 'doctype_forbidden'
  | 'limit_exceeded'
  | 'truncated'
  | 'no_statement'
  | 'value_invalid'
  | 'value_missing'
  | 'amount_inexact'
  | 'column_missing'
  | 'zip_invalid'
  | 'too_slow'
  | 'too_large'

/** A file that cannot be read. It is refused whole: half of a statement is worse than none. */
export class FileFault extends Error {
  readonly reason: FaultReason
  readonly place: Place

  constructor(reason: FaultReason, message: string, place: Place = {}) {
    super(message)
    this.reason = reason
    this.place = place
  }
}
