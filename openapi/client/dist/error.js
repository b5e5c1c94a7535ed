/** What the service refused, and why: a problem by RFC 9457. Branch on `code`, and show `requestId` when asking for help. */
export class ReceivablesError extends Error {
    name = 'ReceivablesError';
    /** The HTTP status, such as 409. */
    status;
    /** The stable code, such as `external_id_taken`; `unknown` when something in between answered, such as a proxy. */
    code;
    /** The fields that are wrong, each with a pointer such as `#/lines/0/quantity`. */
    errors;
    /** The request, as the service's log knows it; undefined when the service never saw it. */
    requestId;
    /** The whole problem with the members that only this code has, such as `current_version`. */
    problem;
    constructor(status, problem) {
        const { title = `HTTP ${status}`, detail = title } = problem;
        super(detail === title ? title : `${title}: ${detail}`);
        this.status = status;
        this.code = problem.code ?? 'unknown';
        this.errors = problem.errors ?? [];
        this.requestId = problem.request_id;
        this.problem = problem;
    }
}
/** Reads a refusal; what is no problem document keeps its status alone. */
export function problemIn(text) {
    try {
        const value = JSON.parse(text);
        return typeof value === 'object' && value !== null ? value : {};
    }
    catch {
        return {};
    }
}
