import { type Patience } from './retry.ts';
import { type TokenSupplier } from './send.ts';
import type { Answer, EventType, Item, JobPath, ListPath, Method, Optional, Options, PathWith, ReceivablesEvent } from './shapes.ts';
export interface ClientOptions extends Partial<Patience> {
    /** Where the service answers, such as `https://receivables.example.org`. */
    baseUrl: string;
    /** An API key or an access token, or what gives one. */
    token: string | TokenSupplier;
    /** Sends a request; by default the global `fetch`. */
    fetch?: typeof globalThis.fetch;
}
/** An answer with what its headers say. */
export interface Reply<Data> {
    data: Data;
    /** The version of what was answered, for `ifMatch`; undefined where there is none. */
    etag: string | undefined;
    /** True when an earlier request with the same Idempotency-Key had this answer already. */
    isReplayed: boolean;
    /** Quote it when asking for help. */
    requestId: string | undefined;
}
export interface FollowOptions {
    /** The `sequence` you processed last; 0, the default, is the beginning. */
    after?: number;
    /** Only these types, comma separated; `invoice.*` stands for all of a kind. */
    type?: EventType | (string & Record<never, never>);
    /** Only what concerns this customer. */
    customerId?: string;
    /** Only what happened to this resource. */
    entityId?: string;
    /** How long one request waits for something to happen, seconds; by default 20. */
    waitSeconds?: number;
    /** Ends it quietly. */
    signal?: AbortSignal;
}
/** The service as functions: every path, parameter, body and answer is typed by its OpenAPI document. */
export interface ReceivablesClient {
    get<P extends PathWith<'get'>>(path: P, ...options: Optional<Options<P, 'get'>>): Promise<Answer<P, 'get'>>;
    post<P extends PathWith<'post'>>(path: P, ...options: Optional<Options<P, 'post'>>): Promise<Answer<P, 'post'>>;
    put<P extends PathWith<'put'>>(path: P, ...options: Optional<Options<P, 'put'>>): Promise<Answer<P, 'put'>>;
    patch<P extends PathWith<'patch'>>(path: P, ...options: Optional<Options<P, 'patch'>>): Promise<Answer<P, 'patch'>>;
    delete<P extends PathWith<'delete'>>(path: P, ...options: Optional<Options<P, 'delete'>>): Promise<Answer<P, 'delete'>>;
    /** Any operation, answered with its ETag and the id of the request. */
    request<M extends Method, P extends PathWith<M>>(method: M, path: P, ...options: Optional<Options<P, M>>): Promise<Reply<Answer<P, M>>>;
    /** All that a list holds, fetching page after page as you go. */
    list<P extends ListPath>(path: P, ...options: Optional<Options<P, 'get'>>): AsyncGenerator<Item<P>, void>;
    /** The same from one answer, line by line, however long it is. Throws when it breaks off: it never ends early. */
    stream<P extends ListPath>(path: P, ...options: Optional<Options<P, 'get'>>): AsyncGenerator<Item<P>, void>;
    /** The bytes of an answer as they come: a file, or a list with `format: 'csv'`. */
    download<P extends PathWith<'get'>>(path: P, ...options: Optional<Options<P, 'get'>>): Promise<ReadableStream<Uint8Array>>;
    /** Asks until a job is neither queued nor running any more, and answers it as it ended. */
    finished<P extends JobPath>(path: P, ...options: Optional<Options<P, 'get'>>): Promise<Answer<P, 'get'>>;
    /** What happens, in commit order and without gaps: first what has happened already, then as it happens. */
    follow(options?: FollowOptions): AsyncGenerator<ReceivablesEvent, void>;
}
/**
 * A client of the service. POSTs carry an Idempotency-Key, the same on every try; what the service is too busy for and
 * what never got an answer is tried again, unless that could do it twice; refusals are thrown as `ReceivablesError`.
 */
export declare function createClient({ baseUrl, token, fetch, ...patience }: ClientOptions): ReceivablesClient;
