import type { Claim } from './claim-deliveries.ts'
import type { Answered } from './send.ts'
import type { DeliveryStatus } from './table.ts'
import { type Timing, waitAfter } from './timing.ts'

const GONE = 410

/** An attempt and what came of it. */
export interface Attempted {
  claim: Claim
  answered: Answered
  /** Whether the endpoint's record showed failures when the attempt was made. */
  wasFailing: boolean
}

/** What is recorded of an attempt. */
export interface Outcome {
  delivery_id: string
  endpoint_id: string
  entity_id: string
  lease_token: string
  status: DeliveryStatus
  /** Null when nothing more is tried. */
  wait_seconds: number | null
  /** True when it failed for the last time, and nobody asked for that. */
  is_exhausted: boolean
  at: string
  status_code: number | null
  error: string | null
  latency_ms: number
  response: string | null
}

/** Whether the receiver has it. */
export const isSuccess = ({ error }: Answered): boolean => error === null

/** Whether the receiver wants nothing more at all: by 410, as the standard has it, or in so many words. */
export const isGone = ({ statusCode, asks }: Answered): boolean =>
  statusCode === GONE || asks === 'disable'

/** What an attempt comes to: delivered, failed for good, or to be tried again after a while. */
export function outcomeOf({ claim, answered }: Attempted, timing: Timing): Outcome {
  const { delivery_id, endpoint_id, entity_id, lease_token, attempt } = claim
  const { at, statusCode, error, latencyMs, retryAfterSeconds, response } = answered
  const isOver = isSuccess(answered) || isGone(answered) || answered.asks === 'abort-message'
  const wait = isOver ? null : waitAfter(attempt + 1, retryAfterSeconds, timing)
  const status = isSuccess(answered) ? 'delivered' : wait === null ? 'failed' : 'pending'
  return {
    delivery_id,
    endpoint_id,
    entity_id,
    lease_token,
    status,
    wait_seconds: wait,
    is_exhausted: status === 'failed' && !isOver,
    at: at.toISOString(),
    status_code: statusCode,
    error,
    latency_ms: latencyMs,
    response,
  }
}
