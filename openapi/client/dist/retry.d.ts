/** How a client bears with a service that is busy, restarting or far away. */
export interface Patience {
    /** How often a request is tried in all; 1 never repeats. By default 5. */
    triesMax: number;
    /** The longest wait between two tries, milliseconds. A longer Retry-After is not waited for. By default 30,000. */
    waitMsMax: number;
    /** The longest one try may take until it is answered, milliseconds. By default 60,000. */
    timeoutMs: number;
}
export declare const standardPatience: Patience;
/** What became of one try; `status` is undefined when no answer came. */
export interface Outcome {
    status?: number | undefined;
    code?: string | undefined;
    retryAfter?: string | null | undefined;
}
/**
 * Whether trying again can help, and cannot do anything twice. What was certainly not done may always be repeated:
 * too many requests, and a first request with this key that is still running.
 */
export declare function isWorthRepeating({ status, code }: Outcome, isRepeatable: boolean): boolean;
/**
 * How long to wait before the next try, milliseconds: what Retry-After asks for and a little more, else twice as long
 * each time, anywhere in the upper half of that, so that clients who failed together do not come back together.
 * Undefined when Retry-After asks for more than there is patience for.
 */
export declare function waitMs({ retryAfter }: Outcome, attempt: number, waitMsMax: number): number | undefined;
