import type { Generated } from 'kysely'
import type { Instant } from '../foundation/calendar.ts'

export interface AuditTables {
  audit_block: {
    tenant_id: string
    number: number
    first_position: number
    last_position: number
    /** 32 bytes for each event, in the order of the feed. */
    event_hashes: Buffer
    previous_hash: string
    hash: string
    sealed_at: Instant
  }
  /** What sealed events hash to since a person in them was pseudonymised. */
  audit_redaction: {
    tenant_id: string
    position: number
    /** The event that says so. */
    redacted_by: string
    event_hash: string
  }
  audit_head: {
    tenant_id: string
    last_position: Generated<number>
    /** When the whole chain was last looked at, in real time. */
    verified_at: Instant | null
  }
}
