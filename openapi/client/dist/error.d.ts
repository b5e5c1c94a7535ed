import type { components } from '../schema.d.ts';
import type { ProblemCode } from './shapes.ts';
type Problem = components['schemas']['Problem'];
/** What the service refused, and why: a problem by RFC 9457. Branch on `code`, and show `requestId` when asking for help. */
export declare class ReceivablesError extends Error {
    readonly name = "ReceivablesError";
    /** The HTTP status, such as 409. */
    readonly status: number;
    /** The stable code, such as `external_id_taken`; `unknown` when something in between answered, such as a proxy. */
    readonly code: ProblemCode | 'unknown' | (string & Record<never, never>);
    /** The fields that are wrong, each with a pointer such as `#/lines/0/quantity`. */
    readonly errors: readonly components['schemas']['FieldError'][];
    /** The request, as the service's log knows it; undefined when the service never saw it. */
    readonly requestId: string | undefined;
    /** The whole problem with the members that only this code has, such as `current_version`. */
    readonly problem: Partial<Problem>;
    constructor(status: number, problem: Partial<Problem>);
}
/** Reads a refusal; what is no problem document keeps its status alone. */
export declare function problemIn(text: string): Partial<Problem>;
export {};
