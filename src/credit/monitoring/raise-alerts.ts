import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { creditAlertToJson } from './schema.ts'
import type { AlertFigures, AlertType, CreditAlertRow } from './table.ts'

/** What monitoring has found out. */
export interface NewAlert {
  type: AlertType
  /** Null for what concerns the policy. */
  customerId: string | null
  itemId: string | null
  figures: AlertFigures
  /** The one occasion it may be told for; null where the caller's state keeps it from being told twice. */
  onceKey: string | null
}

/** Keeps and announces what has been found out, all in one statement; what was told for an occasion is not told again. */
export async function raiseAlerts(tx: Tx, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return
  const { rows: raised } = await sql<CreditAlertRow>`
    insert into credit_alert (tenant_id, id, type, customer_id, item_id, figures, once_key, created_at)
    select ${tx.tenant.id}, id, type, customer_id, item_id, figures, once_key, ${tx.now}
    from json_to_recordset(${JSON.stringify(alerts.map(toRow))}) as alert(
      id uuid, type text, customer_id uuid, item_id uuid, figures jsonb, once_key text)
    on conflict (tenant_id, once_key) do nothing
    returning *
  `.execute(tx.db)
  announce(
    tx,
    ...raised.map((alert) => ({
      type: alert.type,
      entity: { kind: 'credit_alert' as const, id: alert.id, sequence: 1 },
      customerId: alert.customer_id,
      object: creditAlertToJson(alert, tx),
    })),
  )
}

const toRow = ({ type, customerId, itemId, figures, onceKey }: NewAlert) => ({
  id: newId(),
  type,
  customer_id: customerId,
  item_id: itemId,
  figures,
  once_key: onceKey,
})
