import { linesOf } from './lines.ts'
import { type Patience, standardPatience } from './retry.ts'
import { type LooseOptions, pause, type Sender, send, type TokenSupplier } from './send.ts'
import type {
  Answer,
  EventType,
  Item,
  JobPath,
  ListPath,
  Method,
  Optional,
  Options,
  PathWith,
  ReceivablesEvent,
} from './shapes.ts'

export interface ClientOptions extends Partial<Patience> {
  /** Where the service answers, such as `https://receivables.example.org`. */
  baseUrl: string
  /** An API key or an access token, or what gives one. */
  token: string | TokenSupplier
  /** Sends a request; by default the global `fetch`. */
  fetch?: typeof globalThis.fetch
}

/** An answer with what its headers say. */
export interface Reply<Data> {
  data: Data
  /** The version of what was answered, for `ifMatch`; undefined where there is none. */
  etag: string | undefined
  /** True when an earlier request with the same Idempotency-Key had this answer already. */
  isReplayed: boolean
  /** Quote it when asking for help. */
  requestId: string | undefined
}

export interface FollowOptions {
  /** The `sequence` you processed last; 0, the default, is the beginning. */
  after?: number
  /** Only these types, comma separated; `invoice.*` stands for all of a kind. */
  type?: EventType | (string & Record<never, never>)
  /** Only what concerns this customer. */
  customerId?: string
  /** Only what happened to this resource. */
  entityId?: string
  /** How long one request waits for something to happen, seconds; by default 20. */
  waitSeconds?: number
  /** Ends it quietly. */
  signal?: AbortSignal
}

/** The service as functions: every path, parameter, body and answer is typed by its OpenAPI document. */
export interface ReceivablesClient {
  get<P extends PathWith<'get'>>(
    path: P,
    ...options: Optional<Options<P, 'get'>>
  ): Promise<Answer<P, 'get'>>
  post<P extends PathWith<'post'>>(
    path: P,
    ...options: Optional<Options<P, 'post'>>
  ): Promise<Answer<P, 'post'>>
  put<P extends PathWith<'put'>>(
    path: P,
    ...options: Optional<Options<P, 'put'>>
  ): Promise<Answer<P, 'put'>>
  patch<P extends PathWith<'patch'>>(
    path: P,
    ...options: Optional<Options<P, 'patch'>>
  ): Promise<Answer<P, 'patch'>>
  delete<P extends PathWith<'delete'>>(
    path: P,
    ...options: Optional<Options<P, 'delete'>>
  ): Promise<Answer<P, 'delete'>>
  /** Any operation, answered with its ETag and the id of the request. */
  request<M extends Method, P extends PathWith<M>>(
    method: M,
    path: P,
    ...options: Optional<Options<P, M>>
  ): Promise<Reply<Answer<P, M>>>
  /** All that a list holds, fetching page after page as you go. */
  list<P extends ListPath>(
    path: P,
    ...options: Optional<Options<P, 'get'>>
  ): AsyncGenerator<Item<P>, void>
  /** The same from one answer, line by line, however long it is. Throws when it breaks off: it never ends early. */
  stream<P extends ListPath>(
    path: P,
    ...options: Optional<Options<P, 'get'>>
  ): AsyncGenerator<Item<P>, void>
  /** The bytes of an answer as they come: a file, or a list with `format: 'csv'`. */
  download<P extends PathWith<'get'>>(
    path: P,
    ...options: Optional<Options<P, 'get'>>
  ): Promise<ReadableStream<Uint8Array>>
  /** Asks until a job is neither queued nor running any more, and answers it as it ended. */
  finished<P extends JobPath>(
    path: P,
    ...options: Optional<Options<P, 'get'>>
  ): Promise<Answer<P, 'get'>>
  /** What happens, in commit order and without gaps: first what has happened already, then as it happens. */
  follow(options?: FollowOptions): AsyncGenerator<ReceivablesEvent, void>
}

const FOLLOW_PAGE = 200
const FOLLOW_WAIT_SECONDS = 20
const JOB_POLL_MS = 100
const JOB_POLL_MS_MAX = 5_000
const UNFINISHED = /^(queued|running|advancing|releasing|discarding|reversing)$/

/**
 * A client of the service. POSTs carry an Idempotency-Key, the same on every try; what the service is too busy for and
 * what never got an answer is tried again, unless that could do it twice; refusals are thrown as `ReceivablesError`.
 */
export function createClient({
  baseUrl,
  token,
  fetch,
  ...patience
}: ClientOptions): ReceivablesClient {
  const sender: Sender = {
    baseUrl,
    token,
    patience: { ...standardPatience, ...patience },
    fetch: fetch ?? ((...request) => globalThis.fetch(...request)),
  }
  const request = async (method: Method, path: string, options: LooseOptions = {}) => {
    const { response, read } = await send(sender, method, path, options, dataOf)
    return {
      data: read,
      etag: response.headers.get('etag') ?? undefined,
      isReplayed: response.headers.get('idempotent-replayed') === 'true',
      requestId: response.headers.get('request-id') ?? undefined,
    }
  }
  const dataBy =
    (method: Method) =>
    async (path: string, options?: LooseOptions): Promise<unknown> =>
      (await request(method, path, options)).data
  const get = dataBy('get')

  async function* list(path: string, options: LooseOptions = {}) {
    let cursor: unknown
    do {
      const query = cursor === undefined ? options.query : { ...options.query, cursor }
      const page = (await get(path, { ...options, ...(query && { query }) })) as Page
      yield* page.data
      cursor = page.next_cursor
    } while (cursor)
  }

  async function* stream(path: string, options: LooseOptions = {}) {
    const query = { ...options.query, format: 'ndjson' }
    for await (const line of linesOf(await download(path, { ...options, query })))
      yield JSON.parse(line)
  }

  async function download(path: string, options: LooseOptions = {}) {
    const { response } = await send(sender, 'get', path, options, async () => undefined)
    return response.body ?? new ReadableStream<Uint8Array>({ start: (empty) => empty.close() })
  }

  async function finished(path: string, options: LooseOptions = {}) {
    for (let wait = JOB_POLL_MS; ; wait = Math.min(wait * 1.5, JOB_POLL_MS_MAX)) {
      const job = (await get(path, options)) as { status: string }
      if (!UNFINISHED.test(job.status)) return job
      await pause(wait, options.signal)
    }
  }

  async function* follow({
    after = 0,
    waitSeconds = FOLLOW_WAIT_SECONDS,
    signal,
    ...only
  }: FollowOptions = {}) {
    let last = after
    const { type, customerId: customer_id, entityId: entity_id } = only
    const filters = { type, customer_id, entity_id, wait: waitSeconds, limit: FOLLOW_PAGE }
    try {
      for (;;) {
        const query = { ...filters, sequence_gt: last }
        const page = (await get('/v1/events', {
          query,
          ...(signal && { signal }),
        })) as Page<ReceivablesEvent>
        for (const event of page.data) {
          yield event
          last = event.sequence
        }
      }
    } catch (error) {
      if (!signal?.aborted) throw error
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
  } as ReceivablesClient
}

interface Page<One = unknown> {
  data: One[]
  next_cursor?: string | null
}

async function dataOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text()
  return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}
