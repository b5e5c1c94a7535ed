import type { Chance } from './random.ts'

/** A request before it is sent; its body is JSON still, or text or bytes already. */
export interface DraftRequest {
  method: string
  url: string
  query: [name: string, value: string][]
  headers: Record<string, string>
  body: unknown
}

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string
  url: string
  headers: Record<string, string>
  payload?: string | Buffer
}

/** Values as they stand in JSON text, which no JavaScript value could always be written as. */
const RAW_VALUES = [
  'null',
  'true',
  '-1',
  '0',
  '-0',
  '1.5',
  '1e3',
  '1e400',
  '-1e400',
  '9007199254740992',
  '9223372036854775808',
  '12345678901234567890123',
  '0.1',
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\ufeff"',
  '"2025-02-29"',
  '"0000-01-01"',
  '"9999-12-31"',
  '"infinity"',
  '"-infinity"',
  '"today"',
  '"2026-03-01T25:00:00Z"',
  '"NaN"',
  '"1e5"',
  '"0x10"',
  '"\'; drop table invoice; --"',
  '"{}"',
  '"e\\u0301"',
  '"\\u212b"',
  '"\\u202e"',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '{"$ne":null}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":1}',
  '{"a":1,"a":2}',
  '"cus_00000000000000000000000000"',
  '"cus_8zzzzzzzzzzzzzzzzzzzzzzzzz"',
  '"EURO"',
  '"XXX"',
  '"Mars/Olympus"',
  '"http://[::1]/"',
  '"javascript:alert(1)"',
  '"../../etc/passwd"',
  '"%00"',
  `"${'x'.repeat(100_000)}"`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `[${'1,'.repeat(20_000)}1]`,
  `"${'\\u0041'.repeat(10_000)}"`,
  `1${'0'.repeat(400)}`,
]

const SEGMENTS = [
  'x',
  '%00',
  '..%2f..',
  '%2e%2e',
  '%',
  '%ff',
  '%c0%af',
  "1'--",
  'null',
  'undefined',
  '__proto__',
  '%F0%9F%A7%BE',
  'a%0d%0ab',
  'cus_8zzzzzzzzzzzzzzzzzzzzzzzzz',
  'CUS_01KJM7F7SHEZ7837XTA3MFN3A4',
  'inv_00000000000000000000000000',
  'a'.repeat(400),
  '%20',
  '*',
]

const QUERY_VALUES = [
  '',
  '0',
  '-1',
  '1e9',
  '1000000000',
  '99999999999999999999',
  'true',
  'null',
  '%00',
  '%ff',
  '%',
  'a,b,c',
  ',,,',
  "'",
  '[]',
  '2025-02-29',
  '0000-01-01',
  'infinity',
  'x'.repeat(5_000),
  '__proto__',
  '-created_at',
  'id;drop',
  '%F0%9F%A7%BE',
  '\ud800',
  'eyJ2IjoxfQ',
  'W10',
  'bnVsbA',
  'WyIiXQ',
]

const HEADER_SPOILS: [name: string, values: string[]][] = [
  [
    'if-match',
    ['""', '"0"', '"-1"', '"x"', '*', 'W/"1"', '"99999999999999999999"', '"1", "2"', '\u00ff'],
  ],
  ['if-none-match', ['*', '"1"', 'x', ',,,']],
  ['idempotency-key', ['', '""', ' ', 'x'.repeat(256), '\u00e9', '"a', 'a b', "'; --"]],
  [
    'content-type',
    [
      '',
      'text/plain',
      'application/xml',
      'application/json; charset=utf-16',
      'application/jsonx',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      '/',
      'application/json;',
      'text/csv',
      'application/zip',
      'application/octet-stream',
    ],
  ],
  ['accept', ['text/csv', 'application/x-ndjson', 'image/png', '*/*;q=0', ',', 'x'.repeat(1_000)]],
  ['tenant-id', ['x', 'ten_00000000000000000000000000', '']],
  ['traceparent', ['00-0-0-0', 'x'.repeat(500)]],
  ['content-encoding', ['gzip', 'x']],
]

/** Breaks a request in one to three ways. */
export function spoil(draft: DraftRequest, chance: Chance): WireRequest {
  const spoiled: DraftRequest = { ...draft, query: [...draft.query], headers: { ...draft.headers } }
  let finish = (text: string): string | Buffer => text
  const ways = Array.from({ length: chance.pick([1, 1, 2, 3]) }, () =>
    chance.weighted(weights(draft)),
  )
  const raws: string[] = []
  for (const way of ways) {
    if (way === 'value' || way === 'field' || way === 'root')
      spoiled.body = spoilBody(spoiled.body, way)
    if (way === 'path') spoiled.url = spoilPath(spoiled.url)
    if (way === 'query') spoilQuery(spoiled.query)
    if (way === 'cursor') spoilCursor(spoiled.query)
    if (way === 'header') {
      const [name, values] = chance.pick(HEADER_SPOILS)
      spoiled.headers[name] = chance.pick(values)
    }
    if (way === 'bytes') finish = spoilBytes()
  }
  const request = toWire(spoiled)
  if (typeof request.payload === 'string') {
    const text = request.payload.replace(/"§(\d+)§"/g, (_, index) => raws[Number(index)] as string)
    request.payload = finish(text)
  }
  return request

  function raw(): string {
    raws.push(chance.pick(RAW_VALUES))
    return `§${raws.length - 1}§`
  }

  /** Puts a value of the list in place of one, or beside all that are there. */
  function spoilBody(body: unknown, way: 'value' | 'field' | 'root'): unknown {
    if (way === 'root' || typeof body !== 'object' || body === null) return raw()
    const entries = Object.entries(body)
    if (way === 'value' && entries.length > 0) {
      const [name, inner] = chance.pick(entries)
      const deeper = typeof inner === 'object' && inner !== null && chance.happens(0.6)
      const value = deeper ? spoilBody(inner, 'value') : chance.happens(0.1) ? undefined : raw()
      if (Array.isArray(body)) return body.with(Number(name), value)
      return { ...body, [name]: value }
    }
    if (Array.isArray(body)) return [...body, raw()]
    return {
      ...body,
      [chance.pick(['unknown', '', 'constructor', 'a\u0000b', '\ud800', 'toString'])]: raw(),
    }
  }

  function spoilPath(url: string): string {
    const segments = url.split('/')
    const place = chance.between(Math.min(3, segments.length - 1), segments.length - 1)
    segments[place] = chance.happens(0.1) ? `${segments[place]}/` : chance.pick(SEGMENTS)
    return segments.join('/')
  }

  function spoilQuery(query: [string, string][]): void {
    const value = chance.pick(QUERY_VALUES)
    const name =
      query.length > 0 && chance.happens(0.5)
        ? (chance.pick(query)[0] as string)
        : chance.pick([
            'limit',
            'cursor',
            'sort',
            'expand',
            'unknown',
            '__proto__',
            'limit[]',
            'dry_run',
          ])
    query.push([name, value])
  }

  /** A cursor carries no authority: what stands in it may be anything. */
  function spoilCursor(query: [string, string][]): void {
    const given = query.find(([name]) => name === 'cursor')?.[1]
    const parts = partsOfCursor(given)
    if (parts.length > 0)
      parts[chance.between(0, parts.length - 1)] = chance.pick([
        null,
        '',
        '\u0000',
        'infinity',
        '2025-02-29',
        -1,
        1e308,
        2 ** 60,
        {},
        [],
        '\ud800',
        true,
        'x'.repeat(3_000),
      ])
    if (chance.happens(0.2)) parts.pop()
    query.splice(0, query.length, ...query.filter(([name]) => name !== 'cursor'), [
      'cursor',
      Buffer.from(JSON.stringify(parts)).toString('base64url'),
    ])
  }

  function spoilBytes(): (text: string) => string | Buffer {
    return chance.pick([
      (text: string) => text.slice(0, Math.floor(text.length * chance.next())),
      (text: string) => `\ufeff${text}`,
      (text: string) => Buffer.from(text, 'utf16le'),
      (text: string) => Buffer.concat([Buffer.from([0xff, 0xc0, 0x00]), Buffer.from(text)]),
      (text: string) => text.replace(/^\{/, '{"id":1,"id":2,'),
      (text: string) => text.replace(/^\{/, '{"__proto__":{"admin":true},'),
      (text: string) => `${text}${text}`,
      () => '',
      () => '\u0000',
      (text: string) => `${text}${' '.repeat(1_100_000)}`,
    ])
  }
}

function partsOfCursor(cursor: string | undefined): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor ?? 'WyJ4IiwxXQ', 'base64url').toString())
    return Array.isArray(parts) ? parts : [parts]
  } catch {
    return ['x', 1]
  }
}

/** How often each way is taken, where there is something to break that way. */
const weights = ({ body, url, query }: DraftRequest) => ({
  value: body === undefined ? 0 : 8,
  field: body === undefined ? 0 : 2,
  root: body === undefined ? 0 : 1,
  bytes: body === undefined ? 0 : 1,
  path: url.split('/').length > 3 ? 3 : 1,
  query: 2,
  cursor: query.some(([name]) => name === 'cursor') ? 8 : 0.5,
  header: 2,
})

/** The request as text. */
export function toWire({ method, url, query, headers, body }: DraftRequest): WireRequest {
  const search = query
    .map(([name, value]) => `${name}=${value.includes('%') ? value : encoded(value)}`)
    .join('&')
  return {
    method,
    url: search === '' ? url : `${url}?${search}`,
    headers,
    ...(body !== undefined && {
      payload:
        (typeof body === 'string' && !body.startsWith('§')) || Buffer.isBuffer(body)
          ? body
          : JSON.stringify(body),
    }),
  }
}

/** Percent encoding that a lone surrogate does not stop. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString())
