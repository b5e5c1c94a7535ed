import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { testDatabase } from '../../support/database.ts'
import { startService } from '../../support/service.ts'
import { camt, samples } from './support.ts'
import { zipOf } from './zip.ts'

/** Each of these is refused, by a service that answers others meanwhile and never holds much. */

const MEMORY_BYTES_MAX = 512 * 1_048_576
const GB = 1_073_741_824

const { url: databaseUrl } = await testDatabase(t)
const service = await startService(t, { databaseUrl })
const headers = { authorization: `Bearer ${service.apiKey}` }

const post = async (body: Buffer | string | ReadableStream, more: RequestInit = {}) => {
  const reply = await fetch(`${service.url}/v1/bank-statements`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: body as RequestInit['body'],
    ...more,
  } as RequestInit)
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  return { status: reply.status, body: (await reply.json()) as any }
}

/** What the process holds in memory, from the kernel itself. */
const residentBytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid()}/status`, 'utf8'))?.[1]) * 1024

/** Watches the service while something is done to it: how much it holds, and how long a GET waits. */
async function watched<T>(work: Promise<T>): Promise<{ done: T; bytes: number; waitedMs: number }> {
  let running = true
  let [bytes, waitedMs] = [0, 0]
  const watch = (async () => {
    while (running) {
      const begun = performance.now()
      const reply = await fetch(`${service.url}/v1/bank-accounts`, { headers })
      await reply.body?.cancel()
      waitedMs = Math.max(waitedMs, performance.now() - begun)
      bytes = Math.max(bytes, residentBytes())
      await sleep(20)
    }
  })()
  try {
    return { done: await work, bytes: Math.max(bytes, residentBytes()), waitedMs }
  } finally {
    running = false
    await watch
  }
}

const good = camt({ entries: [{ amount: '1', date: '2026-03-02' }] })
const inStatement = (content: string) => good.replace('<Ntry>', `${content}<Ntry>`)
const withDoctype = (subset: string, text: string) =>
  good
    .replace('<Document>', `<!DOCTYPE Document [${subset}]><Document>`)
    .replace('<Id>S</Id>', `<Id>${text}</Id>`)
const utf16 = (text: string, mark: boolean) =>
  Buffer.concat([mark ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0), Buffer.from(text, 'utf16le')])

const laughs = Array.from(
  { length: 10 },
  (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
).join('')

const poison: Record<string, [Buffer | string, reason: string]> = {
  'an external entity': [
    withDoctype('<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;'),
    'doctype_forbidden',
  ],
  'an external entity in UTF-16': [
    utf16(withDoctype('<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;'), true),
    'doctype_forbidden',
  ],
  'a billion laughs': [withDoctype(`<!ENTITY l0 "ha">${laughs}`, '&l10;'), 'doctype_forbidden'],
  'a quadratic blow-up': [
    withDoctype(`<!ENTITY a "${'a'.repeat(100_000)}">`, '&a;'.repeat(10_000)),
    'doctype_forbidden',
  ],
  'a document type without end': [`<!DOCTYPE x [${'<!-- -->'.repeat(500_000)}`, 'truncated'],
  'an entity nobody declared': [inStatement('<X>&x;</X>'), 'xml_malformed'],
  'a flood of numeric entities': [
    inStatement(`<X>${'&#65;'.repeat(1_000_000)}</X>`),
    'limit_exceeded',
  ],
  'a hundred thousand levels': [inStatement('<a>'.repeat(100_000)), 'limit_exceeded'],
  'a hundred thousand attributes': [
    inStatement(`<a ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    'limit_exceeded',
  ],
  'a text of many megabytes': [inStatement(`<X>${'x'.repeat(20_000_000)}</X>`), 'limit_exceeded'],
  'millions of elements': [inStatement('<a/>'.repeat(3_000_000)), 'limit_exceeded'],
  'more lines than a file may have': [
    inStatement('<Ntry><Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>'.repeat(50_001)),
    'limit_exceeded',
  ],
  'a byte that is no UTF-8': [
    Buffer.concat([
      Buffer.from(good.slice(0, 100)),
      Buffer.from([0xe4]),
      Buffer.from(good.slice(100)),
    ]),
    'encoding_invalid',
  ],
  'windows-1252 that says it is UTF-8': [
    Buffer.from(inStatement('<X>Müller</X>'), 'latin1'),
    'encoding_invalid',
  ],
  'UTF-8 that says it is UTF-16': [good.replace('UTF-8', 'UTF-16'), 'encoding_invalid'],
  'an encoding nobody knows': [good.replace('UTF-8', 'EBCDIC-CP-DE'), 'encoding_invalid'],
  'half a character of UTF-16': [utf16(good, true).subarray(0, -1), 'encoding_invalid'],
  'null characters': [':20:A\n:25:B\0\n', 'encoding_invalid'],
  'a zip that is cut off': [
    zipOf([{ name: 'a.xml', bytes: Buffer.from(good) }]).subarray(0, 90),
    'zip_invalid',
  ],
  'a zip in a zip': [
    zipOf([{ name: 'b.zip', bytes: zipOf([{ name: 'a.xml', bytes: Buffer.from(good) }]) }]),
    'zip_invalid',
  ],
  'a zip bomb': [
    zipOf([{ name: 'a.xml', bytes: Buffer.alloc(150 * 1_048_576) }]),
    'limit_exceeded',
  ],
  'a zip of a file that is too large': [
    zipOf([
      {
        name: 'a.xml',
        bytes: Buffer.concat([randomBytes(1_048_576), Buffer.alloc(60 * 1_048_576)]),
      },
    ]),
    'limit_exceeded',
  ],
  'a zip bomb that lies about its size': [
    zipOf([{ name: 'a.xml', bytes: Buffer.alloc(20 * 1_048_576) }], 1_000),
    'zip_invalid',
  ],
  'a zip of thousands of files': [
    zipOf(
      Array.from({ length: 1_001 }, (_, n) => ({ name: `${n}.xml`, bytes: Buffer.from(good) })),
    ),
    'limit_exceeded',
  ],
  'an MT940 statement without its end': [
    ':20:A\n:25:DE89370400440532013000\n:28C:1\n:60F:C260302EUR1,\n:61:2603020302C1,NTRF\n',
    'truncated',
  ],
}

t.test(
  'poison is refused, in little memory, while others are served',
  { timeout: 180_000 },
  async (t) => {
    for (const [name, [bytes, reason]] of Object.entries(poison)) {
      const { done, bytes: held, waitedMs } = await watched(post(Buffer.from(bytes as string)))
      t.match(done, { status: 422, body: { code: 'bank_file_unreadable', reason } }, name)
      t.ok(held < MEMORY_BYTES_MAX, `${name}: ${Math.round(held / 1_048_576)} MB`)
      t.ok(waitedMs < 10_000, `${name}: a GET waited ${Math.round(waitedMs)} ms`)
    }
    const accounts = await fetch(`${service.url}/v1/bank-accounts`, { headers })
    t.match(await accounts.json(), { data: [] }, 'and nothing of any of it was imported')
  },
)

t.test('a fault is shown where it lies', async (t) => {
  const place = async (text: string | Buffer) => (await post(Buffer.from(text as string))).body
  const lines = 'first\nsecond\n'
  t.match(await place(inStatement(`${lines}<X></Y>`)), { line: 4, column: Number })
  const wrong = Buffer.from(inStatement(`${lines}\u00ff`), 'latin1')
  t.match(await place(wrong), { line: 4, column: 1, byte: wrong.indexOf(0xff) })
  const zip = zipOf([
    { name: 'good.xml', bytes: Buffer.from(good) },
    { name: 'bad.xml', bytes: Buffer.from(inStatement(`${lines}<X></Y>`)) },
  ])
  t.match(await place(zip), { entry: 'bad.xml', line: 4 })
})

/** A body without end, for all practical purposes, and how much of it was asked for. */
function endless() {
  const piece = Buffer.alloc(1_048_576, 'x')
  const asked = { bytes: 0 }
  const body = new ReadableStream({
    pull(controller) {
      asked.bytes += piece.length
      controller.enqueue(piece)
      if (asked.bytes >= GB) controller.close()
    },
  })
  return { asked, body }
}

t.test('a gigabyte is refused while it streams in', { timeout: 120_000 }, async (t) => {
  const begun = 'multipart/form-data; boundary=x'
  for (const type of ['application/xml', begun]) {
    const { asked, body } = endless()
    let taken = GB
    const { done, bytes } = await watched(
      post(body, {
        headers: { ...headers, 'content-type': type },
        duplex: 'half',
      } as RequestInit)
        .catch(() => 'cut off')
        .finally(() => {
          taken = asked.bytes
        }),
    )
    if (type === begun) t.equal(done, 'cut off')
    else t.match(done, { status: 413, body: { code: 'payload_too_large' } })
    t.ok(taken < GB / 4, `${taken / 1_048_576} MB were taken`)
    t.ok(bytes < MEMORY_BYTES_MAX, `${Math.round(bytes / 1_048_576)} MB`)
  }
  const accounts = await fetch(`${service.url}/v1/bank-accounts`, { headers })
  t.equal(accounts.status, 200)
})

t.test('UTF-16 is read where its mark says so', async (t) => {
  t.match(await post(utf16(good.replace(' encoding="UTF-8"', ''), true)), { status: 201 })
})

t.test('a file cut off anywhere is refused', async (t) => {
  const whole =
    samples === undefined
      ? Buffer.from(good)
      : readFileSync(join(samples, 'camt', 'iso20022js-abn_amro.xml'))
  for (let tenth = 1; tenth < 10; tenth += 1) {
    const { status, body } = await post(whole.subarray(0, Math.floor((whole.length * tenth) / 10)))
    t.match({ status, body }, { status: 422, body: { line: Number } }, `${tenth * 10} %`)
  }
})

t.test('an import that dies in the middle leaves nothing', { timeout: 120_000 }, async (t) => {
  const entries = Array.from({ length: 15_000 }, (_, n) => ({
    amount: `${n + 1}`,
    date: '2026-03-05',
    reference: `CRASH-${n}`,
  }))
  const file = camt({ account: 'DE02120300000000202051', entries })
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  t.teardown(() => database.end())
  const isWriting = async () => {
    const { rowCount } = await database.query(
      `select 1 from pg_stat_activity where datname = current_database() and query ~ 'insert into bank_(line|sighting)' and pid <> pg_backend_pid()`,
    )
    return rowCount !== 0
  }
  const sent = post(file).catch(() => 'cut off')
  while (!(await isWriting())) await sleep(5)
  await service.kill()
  t.equal(await sent, 'cut off')
  const left = `select count(*)::int as count from bank_line where bank_reference like 'CRASH-%'`
  t.same((await database.query(left)).rows, [{ count: 0 }])
  await service.start()
  t.match(await post(file), { status: 201, body: { new_line_count: 15_000 } })
  t.same((await database.query(left)).rows, [{ count: 15_000 }])
})
