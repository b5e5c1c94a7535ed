import { sql } from 'kysely'
import type { Reader } from '../../foundation/database/frame.ts'

/** Events of the feed that are read in one commit. */
const EVENTS_PER_COMMIT = 20_000

/** What may have settled an invoice. */
const OF_INVOICES = [
  'invoice.paid',
  'invoice.partly_paid',
  'invoice.voided',
  'invoice.written_off',
  'invoice.partly_written_off',
]

/** What may have settled a charge: no event tells of that by itself, only of the customer whose money it took. */
const OF_CUSTOMERS = ['payment.allocated', 'credit_note.allocated', 'write_off.recorded']

/** A slice of the feed, and the notices that it concerns. */
export interface Slice {
  after: number
  until: number
  head: number
  notices: { id: string; customer_id: string }[]
}

/**
 * Reads the feed on from where it was read last, and finds the notices on their way about items that may be settled:
 * those about its invoices, and those that ask its customers for charges, as for money that was returned.
 */
export async function noticesToLookAt({ db, tenant }: Reader): Promise<Slice> {
  const { rows } = await sql<Slice>`
    with slice as (
      select coalesce(settlement_cursor.position, 0) as after, feed_head.last_position as head,
        least(coalesce(settlement_cursor.position, 0) + ${EVENTS_PER_COMMIT}, feed_head.last_position) as until
      from feed_head
      left join settlement_cursor on settlement_cursor.tenant_id = feed_head.tenant_id
      where feed_head.tenant_id = ${tenant.id}
    ), happened as (
      select event.type, event.entity_id, event.customer_id
      from slice, feed
      join event on event.tenant_id = feed.tenant_id and event.id = feed.event_id
      where feed.tenant_id = ${tenant.id} and feed.position > slice.after and feed.position <= slice.until
        and event.type = any(${[...OF_INVOICES, ...OF_CUSTOMERS]})
    ), settled as (
      select distinct entity_id as invoice_id from happened where type = any(${OF_INVOICES})
    ), settling as (
      select distinct customer_id from happened where type = any(${OF_CUSTOMERS})
    ), concerned as (
      select step.notice_id from settled
      join dunning_step as step on step.tenant_id = ${tenant.id} and step.invoice_id = settled.invoice_id
      union
      select courtesy.notice_id from settled
      join dunning_courtesy as courtesy on courtesy.tenant_id = ${tenant.id} and courtesy.invoice_id = settled.invoice_id
      union
      select notice.id from settling
      join dunning_notice as notice on notice.tenant_id = ${tenant.id} and notice.customer_id = settling.customer_id and ${isOnItsWay}
      where exists (
        select 1 from dunning_step where tenant_id = ${tenant.id} and notice_id = notice.id and invoice_id is null
        union all
        select 1 from dunning_courtesy where tenant_id = ${tenant.id} and notice_id = notice.id and invoice_id is null)
    )
    select slice.after, slice.until, slice.head, coalesce((
        select json_agg(json_build_object('id', notice.id, 'customer_id', notice.customer_id)) from concerned
        join dunning_notice as notice on notice.tenant_id = ${tenant.id} and notice.id = concerned.notice_id
        where ${isOnItsWay}
      ), '[]') as notices
    from slice
  `.execute(db)
  return rows[0] as Slice
}

/** Whether a `notice` has not arrived, and still may. */
export const isOnItsWay = sql<boolean>`notice.status in ('issued', 'sent', 'rerouted', 'undeliverable')`
