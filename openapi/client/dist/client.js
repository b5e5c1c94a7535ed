import { linesOf } from "./lines.js";
import { standardPatience } from "./retry.js";
import { pause, send } from "./send.js";
const FOLLOW_PAGE = 200;
const FOLLOW_WAIT_SECONDS = 20;
const JOB_POLL_MS = 100;
const JOB_POLL_MS_MAX = 5_000;
const UNFINISHED = /^(queued|running|advancing|releasing|discarding|reversing)$/;
/**
 * A client of the service. POSTs carry an Idempotency-Key, the same on every try; what the service is too busy for and
 * what never got an answer is tried again, unless that could do it twice; refusals are thrown as `ReceivablesError`.
 */
export function createClient({ baseUrl, token, fetch, ...patience }) {
    const sender = {
        baseUrl,
        token,
        patience: { ...standardPatience, ...patience },
        fetch: fetch ?? ((...request) => globalThis.fetch(...request)),
    };
    const request = async (method, path, options = {}) => {
        const { response, read } = await send(sender, method, path, options, dataOf);
        return {
            data: read,
            etag: response.headers.get('etag') ?? undefined,
            isReplayed: response.headers.get('idempotent-replayed') === 'true',
            requestId: response.headers.get('request-id') ?? undefined,
        };
    };
    const dataBy = (method) => async (path, options) => (await request(method, path, options)).data;
    const get = dataBy('get');
    async function* list(path, options = {}) {
        let cursor;
        do {
            const query = cursor === undefined ? options.query : { ...options.query, cursor };
            const page = (await get(path, { ...options, ...(query && { query }) }));
            yield* page.data;
            cursor = page.next_cursor;
        } while (cursor);
    }
    async function* stream(path, options = {}) {
        const query = { ...options.query, format: 'ndjson' };
        for await (const line of linesOf(await download(path, { ...options, query })))
            yield JSON.parse(line);
    }
    async function download(path, options = {}) {
        const { response } = await send(sender, 'get', path, options, async () => undefined);
        return response.body ?? new ReadableStream({ start: (empty) => empty.close() });
    }
    async function finished(path, options = {}) {
        for (let wait = JOB_POLL_MS;; wait = Math.min(wait * 1.5, JOB_POLL_MS_MAX)) {
            const job = (await get(path, options));
            if (!UNFINISHED.test(job.status))
                return job;
            await pause(wait, options.signal);
        }
    }
    async function* follow({ after = 0, waitSeconds = FOLLOW_WAIT_SECONDS, signal, ...only } = {}) {
        let last = after;
        const { type, customerId: customer_id, entityId: entity_id } = only;
        const filters = { type, customer_id, entity_id, wait: waitSeconds, limit: FOLLOW_PAGE };
        try {
            for (;;) {
                const query = { ...filters, sequence_gt: last };
                const page = (await get('/v1/events', {
                    query,
                    ...(signal && { signal }),
                }));
                for (const event of page.data) {
                    yield event;
                    last = event.sequence;
                }
            }
        }
        catch (error) {
            if (!signal?.aborted)
                throw error;
        }
    }
    // The types are the document's; what was sent and answered is checked by the service, in both directions.
    return {
        get,
        post: dataBy('post'),
        put: dataBy('put'),
        patch: dataBy('patch'),
        delete: dataBy('delete'),
        request,
        list,
        stream,
        download,
        finished,
        follow,
    };
}
async function dataOf(response) {
    if (response.status === 204)
        return undefined;
    const text = await response.text();
    return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}
