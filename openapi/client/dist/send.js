import { problemIn, ReceivablesError } from "./error.js";
import { isWorthRepeating, waitMs } from "./retry.js";
/**
 * Sends a request until it is answered, patience ends, or a repeat could do something twice. Every try of a POST
 * carries the same Idempotency-Key. `read` is part of the try: an answer that breaks off is asked for again.
 */
export async function send(sender, method, path, options, read) {
    const url = addressOf(sender.baseUrl, path, options);
    const init = { method: method.toUpperCase(), ...content(method, options) };
    const isRepeatable = method !== 'patch' || options.ifMatch !== undefined;
    let isRenewed = typeof sender.token === 'string';
    authorize(init.headers, await tokenOf(sender, false));
    for (let attempt = 1;; attempt += 1) {
        const { answered, outcome, error } = await tryOnce(sender, url, init, options, read);
        if (answered !== undefined)
            return answered;
        if (outcome.status === 401 && !isRenewed) {
            isRenewed = true;
            authorize(init.headers, await tokenOf(sender, true));
            continue;
        }
        const wait = waitMs(outcome, attempt, sender.patience.waitMsMax);
        if (options.signal?.aborted ||
            attempt >= sender.patience.triesMax ||
            wait === undefined ||
            !isWorthRepeating(outcome, isRepeatable)) {
            throw error;
        }
        await pause(wait, options.signal);
    }
}
const tokenOf = async ({ token }, renew) => typeof token === 'string' ? token : token({ renew });
const authorize = (headers, token) => headers.set('authorization', `Bearer ${token}`);
async function tryOnce(sender, url, init, { signal, timeoutMs = sender.patience.timeoutMs }, read) {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new DOMException(`No answer within ${timeoutMs} ms`, 'TimeoutError')), timeoutMs);
    try {
        const response = await sender.fetch(url, {
            ...init,
            signal: signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]),
        });
        if (response.ok)
            return { answered: { response, read: await read(response) }, outcome: {} };
        const problem = problemIn(await response.text());
        return {
            outcome: {
                status: response.status,
                code: problem.code,
                retryAfter: response.headers.get('retry-after'),
            },
            error: new ReceivablesError(response.status, problem),
        };
    }
    catch (error) {
        return { outcome: {}, error };
    }
    finally {
        clearTimeout(timer);
    }
}
/** Lists are comma-separated, as the document says; what is undefined is left out. */
function addressOf(baseUrl, path, { path: values = {}, query = {} }) {
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values[name])));
    const url = new URL(baseUrl.replace(/\/$/, '') + filled);
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined)
            url.searchParams.set(name, String(value));
    }
    return url.href;
}
function content(method, { body, contentType, ...options }) {
    const headers = new Headers(options.headers);
    const { ifMatch, idempotencyKey = crypto.randomUUID() } = options;
    if (method === 'post' && !headers.has('idempotency-key')) {
        headers.set('idempotency-key', idempotencyKey);
    }
    if (ifMatch !== undefined) {
        headers.set('if-match', typeof ifMatch === 'string' ? ifMatch : `"${ifMatch.version}"`);
    }
    if (body === undefined)
        return { headers };
    // A form brings its content type, with the boundary, by itself.
    const type = contentType ?? (method === 'patch' ? 'application/merge-patch+json' : 'application/json');
    if (type !== 'multipart/form-data')
        headers.set('content-type', type);
    return { headers, body: contentType === undefined ? JSON.stringify(body) : body };
}
/** Waits, and throws what the signal says when it aborts. */
export async function pause(ms, signal) {
    signal?.throwIfAborted();
    await new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', stop);
            resolve();
        }, ms);
        signal?.addEventListener('abort', stop, { once: true });
    });
}
