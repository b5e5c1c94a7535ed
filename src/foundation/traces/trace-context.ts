/** Where a trace has come from: the caller's part of it. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string
  /** 16 hexadecimal digits. */
  spanId: string
  sampled: boolean
  /** What other tracing systems want to be passed on with it; empty when they want nothing. */
  state: string
}

const PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const STATE_LENGTH_MAX = 512
const STATE_MEMBERS_MAX = 32
const STATE_MEMBER =
  /^[a-z0-9][a-z0-9_*/@-]{0,255}=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/

/**
 * Reads `traceparent` and `tracestate` (W3C Trace Context, sections 3.2 and 3.3). What is not well formed counts as not
 * sent: a wrong parent is no parent, a wrong state is dropped and the parent kept.
 *
 * @example
 * traceContextOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')?.sampled // true
 */
export function traceContextOf(parent: unknown, state?: unknown): TraceContext | null {
  if (typeof parent !== 'string') return null
  const [, version, traceId = '', spanId = '', flags = '', rest] = PARENT.exec(parent) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined))
    return null
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  const sampled = (Number.parseInt(flags, 16) & 1) === 1
  return { traceId, spanId, sampled, state: stateOf(state) }
}

function stateOf(state: unknown): string {
  if (typeof state !== 'string' || state.length > STATE_LENGTH_MAX) return ''
  const members = state
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '')
  const keys = new Set(members.map((member) => member.split('=')[0]))
  const wellFormed =
    members.length <= STATE_MEMBERS_MAX &&
    keys.size === members.length &&
    members.every((member) => STATE_MEMBER.test(member))
  return wellFormed ? members.join(',') : ''
}
