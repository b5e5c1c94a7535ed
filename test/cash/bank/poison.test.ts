import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import t from 'tap'
import { report, rung, seed, sizeOf } from '../../support/certify.ts'
import { testDatabase } from '../../support/database.ts'
import { type Chance, chanceOf } from '../../support/random.ts'
import { startService } from '../../support/service.ts'
import { camt, samples } from './support.ts'
import { zipOf } from './zip.ts'

/** Each of these is refused, by a service that answers others meanwhile and never holds much. */

/** How much of what is large, and how much of what is many, is done. */
const LARGE_COUNT = sizeOf({ slice: 2, certify: 99, certification: 99 })
const UPLOAD_BYTES = sizeOf({ slice: 256, certify: 1_024, certification: 1_024 }) * 1_048_576
const MUTATION_COUNT = sizeOf({ slice: 60, certify: 10_000, certification: 1_000_000 })
const OVERLAP_COUNT = sizeOf({ slice: 8, certify: 1_000, certification: 10_000 })
const CRASH_LINES = sizeOf({ slice: 6_000, certify: 15_000, certification: 15_000 })

const MEMORY_BYTES_MAX = 512 * 1_048_576

const { url: databaseUrl } = await testDatabase(t)
const service = await startService(t, { databaseUrl })
const database = new pg.Client({ connectionString: databaseUrl })
await database.connect()
t.teardown(() => database.end())
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

/** What is refused by its form, by the reason that is given. */
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
  'an entity nobody declared': [inStatement('<X>&x;</X>'), 'xml_malformed'],
  'a hundred thousand levels': [inStatement('<a>'.repeat(100_000)), 'limit_exceeded'],
  'a hundred thousand attributes': [
    inStatement(`<a ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
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

/** What is refused by its size; made only where it is wanted. */
const heavyPoison: Record<string, () => [Buffer | string, reason: string]> = {
  'a document type without end': () => [`<!DOCTYPE x [${'<!-- -->'.repeat(500_000)}`, 'truncated'],
  'a flood of numeric entities': () => [
    inStatement(`<X>${'&#65;'.repeat(1_000_000)}</X>`),
    'limit_exceeded',
  ],
  'a text of many megabytes': () => [
    inStatement(`<X>${'x'.repeat(20_000_000)}</X>`),
    'limit_exceeded',
  ],
  'millions of elements': () => [inStatement('<a/>'.repeat(3_000_000)), 'limit_exceeded'],
  'more lines than a file may have': () => [
    inStatement('<Ntry><Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Ntry>'.repeat(50_001)),
    'limit_exceeded',
  ],
  'a zip bomb': () => [
    zipOf([{ name: 'a.xml', bytes: Buffer.alloc(150 * 1_048_576) }]),
    'limit_exceeded',
  ],
  'a zip of a file that is too large': () => [
    zipOf([
      {
        name: 'a.xml',
        bytes: Buffer.concat([randomBytes(1_048_576), Buffer.alloc(60 * 1_048_576)]),
      },
    ]),
    'limit_exceeded',
  ],
  'a zip bomb that lies about its size': () => [
    zipOf([{ name: 'a.xml', bytes: Buffer.alloc(20 * 1_048_576) }], 1_000),
    'zip_invalid',
  ],
}

t.test(
  'poison is refused, in little memory, while others are served',
  { timeout: 180_000 },
  async (t) => {
    const large = Object.entries(heavyPoison).slice(0, LARGE_COUNT)
    const all = [...Object.entries(poison), ...large.map(([name, make]) => [name, make()] as const)]
    for (const [name, [bytes, reason]] of all) {
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

/** What is no bank file, or nearly one. */
const malformed: Record<string, Buffer | string> = {
  'white space': ' \n\t ',
  'a byte order mark and nothing else': '\ufeff',
  'a page of HTML': '<!doctype html><html><body>Login</body></html>',
  'a PDF': '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj<</Type/Catalog>>endobj',
  JSON: '{"Document":{"BkToCstmrStmt":{}}}',
  gzip: gzipSync(good),
  'bytes of chance': randomBytes(4_096),
  'another XML': '<?xml version="1.0"?><Invoice><ID>1</ID></Invoice>',
  'an XML of no element': '<?xml version="1.0"?>',
  'an element that is not closed': '<Document><BkToCstmrStmt>',
  'elements that cross': inStatement('<a><b></a></b>'),
  'two roots': `${good}<Document/>`,
  'text before the declaration': `x${good}`,
  'text after the root': `${good}x`,
  'an attribute without quotes': inStatement('<a b=1/>'),
  'an attribute given twice': inStatement('<a b="1" b="2"/>'),
  'an attribute with a tag in it': inStatement('<a b="<c>"/>'),
  'the character of nothing': inStatement('<a>&#0;</a>'),
  'half a character by number': inStatement('<a>&#xD800;</a>'),
  'a character beyond all': inStatement('<a>&#x110000;</a>'),
  'a reference that never ends': inStatement('<a>&#65</a>'),
  'a control character': inStatement('<a>\u0008</a>'),
  'CDATA that never ends': inStatement('<a><![CDATA[x</a>'),
  'a comment that never ends': inStatement('<!-- x'),
  'an instruction that never ends': inStatement('<?x '),
  'a name that is none': inStatement('<1a/>'),
  'a document type after all': good.replace(
    '<Document>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><Document>',
  ),
  'an entity by parameter': good.replace(
    '<Document>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><Document>',
  ),
  'UTF-32': Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]),
  'an overlong character': Buffer.concat([
    Buffer.from('<a>'),
    Buffer.from([0xc0, 0xaf]),
    Buffer.from('</a>'),
  ]),
  'MT940 without an account': ':20:A\n:28C:1\n:60F:C260302EUR1,\n:62F:C260302EUR1,\n-\n',
  'MT940 of a day that never was': mt940(':61:2602300230C1,NTRF'),
  'MT940 of an amount in letters': mt940(':61:2603020302CABC,NTRF'),
  'MT940 of a sign nobody knows': mt940(':61:2603020302X1,NTRF'),
  'MT940 of an amount without end': mt940(`:61:2603020302C${'9'.repeat(400)},NTRF`),
  'an empty zip': zipOf([]),
  'a zip of a path out of it': zipOf([{ name: '../../etc/x.xml', bytes: Buffer.from('x') }]),
}

function mt940(line: string): string {
  return `:20:A\n:25:DE89370400440532013000\n:28C:1\n:60F:C260302EUR1,\n${line}\n:62F:C260302EUR2,\n-\n`
}

t.test('whatever is wrong with a file, it is refused', async (t) => {
  for (const [name, bytes] of Object.entries(malformed))
    t.match(
      await post(Buffer.from(bytes as string)),
      { status: 422, body: { code: 'bank_file_unreadable' } },
      name,
    )
  const count = Object.keys({ ...poison, ...heavyPoison, ...malformed }).length
  t.ok(count >= 60, `${count} kinds of poison`)
})

t.test(
  `a file that was damaged is read or refused (seed ${seed})`,
  { timeout: 3_600_000 },
  async (t) => {
    const chance = chanceOf(seed)
    const sources = [
      camt({
        number: '7',
        opening: ['5', '2026-03-01'],
        closing: ['6', '2026-03-02'],
        entries: [
          {
            amount: '1',
            date: '2026-03-02',
            reference: 'R',
            name: 'Müller',
            iban: 'DE02120300000000202051',
            text: 'RE 1',
          },
        ],
      }),
      mt940(':61:2603020302C1,NTRFNONREF//B1\n:86:166?00GUTSCHRIFT?20RE 1?32MUELLER'),
      'Buchungstag;Betrag;Verwendungszweck\n02.03.2026;1,00;RE 1\n',
    ].map((text) => Buffer.from(text))
    const outcomes = new Map<number, number>()
    const { bytes } = await watched(
      (async () => {
        for (let n = 0; n < MUTATION_COUNT; n += 1) {
          const { status } = await post(damaged(chance.pick(sources), chance))
          outcomes.set(status, (outcomes.get(status) ?? 0) + 1)
        }
      })(),
    )
    const strange = [...outcomes.keys()].filter((status) => ![200, 201, 422].includes(status))
    t.same(strange, [], `only ${JSON.stringify([...outcomes])}`)
    t.ok(outcomes.get(422), 'some were refused')
    t.ok(bytes < MEMORY_BYTES_MAX, `${Math.round(bytes / 1_048_576)} MB`)
    const metrics = await (await fetch(`${service.url}/metrics`)).text()
    const lagMs = Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1]) * 1_000
    if (rung !== 'slice') t.ok(lagMs < 100, `the loop lagged ${lagMs} ms`)
    await report({
      suite: 'T-file',
      goal: '10,000 damaged files: 0 crashes, memory < 512 MB, loop lag p99 < 100 ms',
      seen: `${MUTATION_COUNT} files, ${JSON.stringify([...outcomes])}, ${Math.round(bytes / 1_048_576)} MB, ${Math.round(lagMs)} ms`,
      met: t.passing(),
    })
  },
)

/** The file with some bytes lost, doubled, turned or moved. */
function damaged(source: Buffer, chance: Chance): Buffer {
  let bytes = Buffer.from(source)
  for (let n = chance.between(1, 4); n > 0; n -= 1) {
    const from = chance.between(0, bytes.length - 1)
    const to = Math.min(bytes.length, from + chance.between(1, 40))
    const piece = bytes.subarray(from, to)
    const [before, after] = [bytes.subarray(0, from), bytes.subarray(to)]
    bytes = chance.pick([
      () => Buffer.concat([before, after]),
      () => Buffer.concat([before, piece, piece, after]),
      () => Buffer.concat([before, randomBytes(piece.length), after]),
      () => Buffer.concat([after, before]),
      () =>
        Buffer.concat([
          before,
          Buffer.from(chance.pick(['999999999999', '-', ',', '\n', '<', '&', ':61:', ';'])),
          after,
        ]),
    ])()
  }
  return bytes.length === 0 ? Buffer.from('x') : bytes
}

t.test(
  `however statements are cut, overlap and come, each movement is there once (seed ${seed})`,
  { timeout: 3_600_000 },
  async (t) => {
    const chance = chanceOf(seed)
    let wrong = 0
    for (let n = 0; n < OVERLAP_COUNT; n += 1) {
      const account = ibanOf(n)
      // Some have a reference of the bank, some are alike but for their number among those of their day.
      const days = Array.from({ length: 6 }, (_, day) =>
        Array.from({ length: chance.between(0, 3) }, (_, place) => ({
          amount: String(chance.between(1, 2)),
          date: `2026-03-0${day + 1}`,
          text: chance.pick(['RE 1', 'RE 2']),
          ...(chance.happens(0.5) && { reference: `${n}-${day}-${place}` }),
        })),
      )
      const ranges: (readonly [from: number, to: number])[] = [
        [0, 6],
        ...Array.from({ length: chance.between(1, 4) }, () => {
          const from = chance.between(0, 5)
          return [from, chance.between(from + 1, 6)] as const
        }),
      ]
      if (chance.happens(0.5)) ranges.splice(0, 1, [0, 3], [3, 6])
      const files = ranges
        .map(([from, to]) => days.slice(from, to).flat())
        .filter((entries) => entries.length > 0)
        .map((entries) => camt({ account, entries }))
      for (const file of files.sort(() => chance.next() - 0.5)) {
        const { status, body } = await post(file)
        if (status >= 300) t.fail(`${status}`, { body })
      }
      const { rows } = await database.query(
        `select booking_date::text as date, amount::text, remittance from bank_line
       join bank_account on bank_account.id = bank_line.bank_account_id where identification = $1`,
        [account],
      )
      const told = (date: string, amount: string, text: string) => `${date} ${amount} ${text}`
      const found = rows
        .map(({ date, amount, remittance }) => told(date, amount, remittance))
        .sort()
      const wanted = days
        .flat()
        .map(({ date, amount, text }) => told(date, `${amount}00`, text))
        .sort()
      if (!t.same(found, wanted, `case ${n}`)) wrong += 1
    }
    await report({
      suite: 'T-file',
      goal: '1,000 statement sets cut, overlapping and in any order: the exact union',
      seen: `${OVERLAP_COUNT} sets, ${wrong} wrong`,
      met: wrong === 0,
    })
  },
)

/** A German account nobody else has, with its check digits. */
function ibanOf(n: number): string {
  const rest = `37040044${String(5_000_000_000 + n)}`
  const check = 98n - (BigInt(`${rest}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${rest}`
}

/** A body without end, for all practical purposes, and how much of it was asked for. */
function endless() {
  const piece = Buffer.alloc(1_048_576, 'x')
  const asked = { bytes: 0 }
  const body = new ReadableStream({
    pull(controller) {
      asked.bytes += piece.length
      controller.enqueue(piece)
      if (asked.bytes >= UPLOAD_BYTES) controller.close()
    },
  })
  return { asked, body }
}

t.test('a body without end is refused while it streams in', { timeout: 120_000 }, async (t) => {
  const begun = 'multipart/form-data; boundary=x'
  for (const type of ['application/xml', begun]) {
    const { asked, body } = endless()
    let taken = UPLOAD_BYTES
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
    t.ok(taken < UPLOAD_BYTES / 2, `${taken / 1_048_576} MB were taken`)
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
  const entries = Array.from({ length: CRASH_LINES }, (_, n) => ({
    amount: `${n + 1}`,
    date: '2026-03-05',
    reference: `CRASH-${n}`,
  }))
  const file = camt({ account: 'DE02120300000000202051', entries })
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
  t.match(await post(file), { status: 201, body: { new_line_count: CRASH_LINES } })
  t.same((await database.query(left)).rows, [{ count: CRASH_LINES }])
})
