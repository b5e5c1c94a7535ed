/** What can be heard of a notice on its way. */
export const deliveryStatuses = ['sent', 'delivered', 'bounced', 'failed', 'viewed'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/**
 * What a report of a delivery is worth: for what travels electronically nothing, a pixel that was loaded (by a person
 * or a mail server), a link that was followed, a reader who signed in; for a letter that it was posted, registered, or
 * its receipt signed for.
 */
export const evidences = [
  'none',
  'pixel',
  'link',
  'authenticated',
  'posted',
  'registered',
  'return_receipt',
] as const
export type Evidence = (typeof evidences)[number]

/** Where a notice is on its way. */
export const noticeStatuses = [
  'issued',
  'sent',
  'delivered',
  'viewed',
  'rerouted',
  'undeliverable',
  'cancelled',
  'reversed',
] as const
export type NoticeStatus = (typeof noticeStatuses)[number]

/** How far each status is on the way; a report never takes a notice back. */
const progress: Partial<Record<NoticeStatus, number>> = {
  undeliverable: 0,
  issued: 0,
  rerouted: 0,
  sent: 1,
  delivered: 2,
  viewed: 3,
}

/** What a report makes of a notice: its next status, the next recipient, or nothing. */
export type Consequence = 'sent' | 'delivered' | 'viewed' | 'reroute' | null

/**
 * What a report about a notice brings about. That it has arrived counts by whatever way; that it was sent, or came
 * back, only for the recipient it is to reach now. Even what was delivered may still come back, but not what was seen.
 * A notice that is cancelled or reversed stays so.
 */
export function consequenceOf(
  notice: NoticeStatus,
  report: DeliveryStatus,
  isForCurrent: boolean,
): Consequence {
  const reached = progress[notice]
  if (reached === undefined) return null
  if (report === 'bounced' || report === 'failed')
    return isForCurrent && notice !== 'viewed' && notice !== 'undeliverable' ? 'reroute' : null
  if (report === 'sent' && !isForCurrent) return null
  return (progress[report] as number) > reached ? report : null
}
