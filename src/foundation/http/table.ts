import type { Generated } from 'kysely'
import type { Json } from '../database/columns.ts'

export interface IdempotencyTables {
  idempotency_key: {
    tenant_id: string
    key_hash: Buffer
    fingerprint: Buffer
    status: number
    headers: Json<Record<string, string>>
    body: string | null
    created_at: Generated<string>
  }
}
