import type { Generated, Selectable } from 'kysely'
import type { Instant } from '../../foundation/calendar.ts'
import type { Json } from '../../foundation/database/columns.ts'
import type { BankLineRow } from '../bank/table.ts'
import type { Reason } from './match.ts'

/** What became of a bank line, or of a part of one. */
export const matchKinds = ['payment', 'confirmation', 'return', 'ignored'] as const
export type MatchKind = (typeof matchKinds)[number]

export const deciders = ['service', 'person'] as const

export interface MatchingTables {
  payer_account: {
    tenant_id: string
    iban: string
    customer_id: string
    seen_count: number
    created_at: Instant
    updated_at: Instant
  }
  bank_line_match: {
    tenant_id: string
    id: string
    bank_line_id: string
    kind: MatchKind
    customer_id: string | null
    payment_id: string | null
    amount: number
    score: number | null
    reasons: Json<Reason[]>
    decided_by: (typeof deciders)[number]
    note: string | null
    undone_at: Instant | null
    undo_reason: string | null
    created_at: Instant
  }
  matching_settings: {
    tenant_id: string
    auto_post_score: number
    bank_fee_max_amount: number
    version: Generated<number>
    created_at: Instant
    updated_at: Instant
  }
}

export type BankLineMatchRow = Selectable<MatchingTables['bank_line_match']>
export type MatchingSettingsRow = Selectable<MatchingTables['matching_settings']>

/** A bank line with what became of it, as it stands. */
export interface MatchedLine {
  line: BankLineRow
  matches: BankLineMatchRow[]
}
