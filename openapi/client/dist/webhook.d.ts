import type { ReceivablesEvent } from './shapes.ts';
/** Headers as the Web, Node.js and most frameworks hand them over. */
export type HeadersLike = {
    get(name: string): string | null;
} | Record<string, string | readonly string[] | undefined>;
export interface VerifyOptions {
    /** How old or how far ahead a delivery may be, seconds; by default 300. */
    toleranceSeconds?: number;
    /** The present moment, milliseconds since 1970; by default the clock's. */
    now?: number;
}
/** A delivery that must not be trusted: answer 401 and do nothing else with it. */
export declare class WebhookVerificationError extends Error {
    readonly name = "WebhookVerificationError";
}
/**
 * Verifies a delivery by Standard Webhooks and answers its event. Give it the bytes as they came, not parsed and
 * written again, and the endpoint's secret (`whsec_…`) or public key (`whpk_…`); several while a rotation lasts.
 *
 *     const event = await verifyWebhook(secret, request.headers, rawBody)
 *     if (event.type === 'invoice.overdue') console.log(event.data.object.open_amount)
 */
export declare function verifyWebhook(keys: string | readonly string[], headers: HeadersLike, rawBody: string | Uint8Array, options?: VerifyOptions): Promise<ReceivablesEvent>;
/** Verifies a delivery of any sender that keeps to Standard Webhooks; throws a `WebhookVerificationError`. */
export declare function verifySignature(keys: string | readonly string[], headers: HeadersLike, rawBody: string | Uint8Array, { toleranceSeconds, now }?: VerifyOptions): Promise<void>;
