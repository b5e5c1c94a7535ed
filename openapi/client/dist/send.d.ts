import { type Patience } from './retry.ts';
import type { Method, RequestOptions } from './shapes.ts';
/**
 * Gives the credential for a request. After a 401 it is asked once more with `renew`, for a token that is not the
 * refused one.
 */
export type TokenSupplier = (ask: {
    renew: boolean;
}) => string | Promise<string>;
/** What every request of a client has in common. */
export interface Sender {
    baseUrl: string;
    token: string | TokenSupplier;
    patience: Patience;
    fetch: typeof globalThis.fetch;
}
/** A request whose types were checked at the door. */
export interface LooseOptions extends RequestOptions {
    path?: Record<string, unknown>;
    query?: Record<string, unknown>;
    body?: unknown;
    contentType?: string;
}
/** An answer, and what was read of it. */
export interface Answered<T> {
    response: Response;
    read: T;
}
/**
 * Sends a request until it is answered, patience ends, or a repeat could do something twice. Every try of a POST
 * carries the same Idempotency-Key. `read` is part of the try: an answer that breaks off is asked for again.
 */
export declare function send<T>(sender: Sender, method: Method, path: string, options: LooseOptions, read: (response: Response) => Promise<T>): Promise<Answered<T>>;
/** Waits, and throws what the signal says when it aborts. */
export declare function pause(ms: number, signal?: AbortSignal): Promise<void>;
