export const standardPatience = { triesMax: 5, waitMsMax: 30_000, timeoutMs: 60_000 };
const FIRST_WAIT_MS = 200;
/** The work may have been done although the answer says otherwise, or none came. */
const AMBIGUOUS = new Set([408, 500, 502, 503, 504]);
/**
 * Whether trying again can help, and cannot do anything twice. What was certainly not done may always be repeated:
 * too many requests, and a first request with this key that is still running.
 */
export function isWorthRepeating({ status, code }, isRepeatable) {
    if (status === 429)
        return true;
    if (status === 409)
        return code === 'idempotency_in_progress';
    return isRepeatable && (status === undefined || AMBIGUOUS.has(status));
}
/**
 * How long to wait before the next try, milliseconds: what Retry-After asks for and a little more, else twice as long
 * each time, anywhere in the upper half of that, so that clients who failed together do not come back together.
 * Undefined when Retry-After asks for more than there is patience for.
 */
export function waitMs({ retryAfter }, attempt, waitMsMax) {
    const asked = retryAfterMs(retryAfter);
    if (asked !== undefined) {
        return asked > waitMsMax ? undefined : asked + Math.random() * FIRST_WAIT_MS;
    }
    const step = Math.min(waitMsMax, FIRST_WAIT_MS * 2 ** (attempt - 1));
    return step * (0.5 + Math.random() / 2);
}
/** Seconds or an HTTP date. */
function retryAfterMs(header) {
    if (!header)
        return undefined;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    const at = Date.parse(header);
    return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
