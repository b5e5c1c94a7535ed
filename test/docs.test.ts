import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { ConfigSchema } from '../src/foundation/config.ts'
import { packageRoot } from '../src/foundation/places.ts'
import { newSigningSecret, signedHeaders } from '../src/webhooks/signature.ts'
import { appOn } from './support/app.ts'
import { camt053 } from './support/camt.ts'
import { testDatabase } from './support/database.ts'
import { guideTexts, readmeText, type Sample } from './support/guides.ts'
import { freePort, startService } from './support/service.ts'

const BASE = 'http://127.0.0.1:8080'
const KEY = 'change-me-change-me-change-me-change-me'
const guides = guideTexts()
const STATEMENT = camt053(
  [{ bookingDate: '2026-02-10', amount: 100_00, name: 'Muster GmbH', text: 'R-1' }],
  {
    id: 'statement-1',
    iban: 'DE89370400440532013000',
  },
)
const { url: databaseUrl } = await testDatabase(t)
const app = await appOn(t, databaseUrl)
const service = await startService(t, { databaseUrl })
const folder = await mkdtemp(join(tmpdir(), 'receivables-guides-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))

const isInstalled = (program: string, ...version: string[]): boolean =>
  spawnSync(program, version, { stdio: 'ignore' }).status === 0

t.test('every page is there, in the house’s look, and loads nothing from elsewhere', async (t) => {
  const pages = [
    '/docs',
    '/docs/errors',
    ...guides.map(({ name }) => `/docs/guides/${slugOf(name)}`),
  ]
  for (const url of pages) {
    const { statusCode, headers, body } = await app.http.inject(url)
    t.equal(statusCode, 200, url)
    t.match(headers['content-security-policy'], /^default-src 'none'; style-src 'self';/)
    t.match(body, '<meta name="viewport"')
    t.notMatch(body, /<script|<img|style="|src="|@import/)
    for (const [, tag] of body.matchAll(/<link [^>]*href="([^"]+)"/g)) t.match(tag, /^\/docs\//)
  }
  t.equal((await app.http.inject('/docs/style.css')).statusCode, 200)
  t.equal((await app.http.inject('/docs/guides/none')).statusCode, 404)
  t.match((await app.http.inject('/docs/reference')).body, '<meta name="viewport"')
})

t.test('every link leads somewhere', async (t) => {
  const pages = new Map<string, string>()
  const read = async (url: string): Promise<string> => {
    const known = pages.get(url)
    if (known !== undefined) return known
    const { statusCode, body } = await app.http.inject(url)
    t.equal(statusCode, 200, url)
    pages.set(url, body)
    return body
  }
  for (const url of [
    '/docs',
    '/docs/errors',
    ...guides.map(({ name }) => `/docs/guides/${slugOf(name)}`),
  ]) {
    for (const [, link] of (await read(url)).matchAll(/<a [^>]*href="([^"]+)"/g)) {
      if (link?.startsWith('https://')) continue
      const [path, anchor] = String(link).split('#')
      const target = await read(path || url)
      if (anchor !== undefined && !path?.startsWith('/docs/reference'))
        t.match(target, `id="${anchor}"`, `${url}: ${link}`)
    }
  }
})

t.test('every operation the guides name exists', async (t) => {
  const { paths } = app.http.swagger() as { paths: Record<string, object> }
  const known = new Set(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  )
  for (const { name, markdown } of [...guides, readmeText()]) {
    for (const [, method, path] of markdown.matchAll(
      /`(GET|POST|PUT|PATCH|DELETE)\s+(\/v1\/[^`?\s]*)/g,
    )) {
      t.ok(known.has(`${method} ${path}`), `${name}: ${method} ${path}`)
    }
  }
})

t.test(
  'every command line works',
  { skip: !isInstalled('curl', '--version') && 'no curl' },
  async (t) => {
    for (const { name, samples } of [...guides, readmeText()]) {
      const commands = samples.filter(
        ({ language, text, name }) => language === 'sh' && name === '' && /curl/.test(text),
      )
      if (commands.length === 0) continue
      const tenant = await app.tenant()
      const { body } = await tenant.api('POST', '/v1/customers', {
        name: 'Muster GmbH',
        kind: 'business',
        country: 'DE',
        currency: 'EUR',
      })
      await writeFile(join(folder, 'statement.xml'), STATEMENT)
      const script = commands.map(({ text }) => onService(text, tenant.secret)).join('\n')
      const { status, stdout, stderr } = await bash(script, {
        KEY: tenant.secret,
        CUSTOMER: body.id,
      })
      t.equal(status, 0, `${name}:\n${stdout}\n${stderr}`)
      t.notMatch(stdout, /^HTTP\/1.1 [45]/m, name)
    }
  },
)

t.test(
  'the newcomer’s path ends with verified webhooks',
  { skip: !isInstalled('curl', '--version') && 'no curl' },
  async (t) => {
    const terminal = (name: string) =>
      String(guides[0]?.samples.find((sample) => sample.name === name)?.text)
    for (const [, variable] of terminal('terminal-1').matchAll(/([A-Z][A-Z_]+)=/g)) {
      t.ok(String(variable) in ConfigSchema.properties, `${variable} is configured`)
    }
    const { secret } = await app.tenant()
    const port = await freePort()
    const receiver = spawn(
      'bash',
      ['-c', onService(terminal('terminal-2'), secret).replaceAll('4000', String(port))],
      {
        cwd: packageRoot(),
        env: { ...process.env, PORT: String(port) },
        detached: true,
      },
    )
    t.teardown(() => process.kill(-Number(receiver.pid)))
    const said = outputOf(receiver)
    await until(() => said().includes('Listening'), said)
    const { status, stderr } = await bash(onService(terminal('terminal-3'), secret), {})
    t.equal(status, 0, stderr)
    const promised = String(
      guides[0]?.samples.find(({ language }) => language === 'text')?.text,
    ).split('\n')
    await until(() => promised.every((line) => said().includes(line)), said)
    t.notMatch(said(), 'refused')
  },
)

t.test('the package and every program of the guides', async (t) => {
  const programs = guides.flatMap(({ samples }) =>
    samples.filter(({ language }) => language === 'ts'),
  )
  await installClient(programs)
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const compiler = spawn(process.execPath, [tsc, '-p', 'tsconfig.json'], { cwd: folder })
  const found = outputOf(compiler)
  const [verdict] = await once(compiler, 'close')
  t.equal(verdict, 0, found())
  for (const { name, text } of programs)
    t.notMatch(text, /\bas (any|unknown|never|[A-Z]\w*)|<any>|@ts-/, `${name} needs no cast`)

  const run = async (name: string) => {
    const tenant = await app.tenant()
    // Its first event has its place in the feed before anybody asks.
    await tenant.events()
    const env = { ...process.env, RECEIVABLES_URL: service.url, RECEIVABLES_KEY: tenant.secret }
    const child = spawn(process.execPath, [join('built', name.replace('.ts', '.js'))], {
      cwd: folder,
      env,
    })
    return { child, said: outputOf(child), tenant }
  }
  const runOn = ['receiver.ts', 'copy.ts']
  for (const { name } of programs.filter(({ name }) => !runOn.includes(name))) {
    const { child, said } = await run(name)
    const [status] = await once(child, 'close')
    t.equal(status, 0, `${name}: ${said()}`)
    for (const line of promised[name] ?? []) t.match(said(), line, name)
  }

  const { child, said, tenant } = await run('copy.ts')
  await until(() => /resources at/.test(said()), said)
  await tenant.api('PATCH', '/v1/tenant', { name: 'Neu AG' })
  await until(() => said().includes('tenant.updated'), said)
  child.kill('SIGTERM')
  t.same(await once(child, 'close'), [0, null], 'it ends quietly')
  t.match(said(), /\n\d+ tenant\.updated\nstopped\n$/)
})

/** What some of the programs must have said. */
const promised: Record<string, string[]> = {
  'main-job.ts': [
    'unallocated 0',
    'imported 2 of 2',
    'open R-2026-0815 48810',
    'allocated 100000',
    'secret whsec_',
    'refused invalid_state',
  ],
  'errors.ts': ['#/country'],
  'exports.ts': ['1 tenant.created', 'id'],
  'sandbox.ts': ['2 days overdue'],
  'tokens.ts': ['Muster Maschinenbau AG'],
}

t.test('every receiver verifies, drops repeats and drops what is stale', async (t) => {
  const commands: Record<string, string[]> = {
    'receiver.ts': [process.execPath, 'built/receiver.js'],
    'receiver.py': ['python3', 'receiver.py'],
    'Receiver.java': ['java', 'Receiver.java'],
    'receiver.php': ['php', '-S', '127.0.0.1:PORT', 'receiver.php'],
    'Program.cs': ['dotnet', 'run'],
  }
  const samples = guides.flatMap(({ samples }) => samples.filter(({ name }) => name in commands))
  t.equal(samples.length, Object.keys(commands).length)
  await Promise.all(
    samples.map(({ name, text }) => {
      const [program = '', ...given] = commands[name] ?? []
      const skip = (program === 'dotnet' || !isInstalled(program, '--version')) && `no ${program}`
      return t.test(name, { skip }, async (t) => {
        await writeFile(join(folder, name), text)
        const port = await freePort()
        const secret = newSigningSecret()
        const args = given.map((one) => one.replace('PORT', String(port)))
        const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) }
        const child = spawn(program, args, { cwd: folder, env })
        t.teardown(() => child.kill())
        const said = outputOf(child)
        await deliverTo(t, `http://127.0.0.1:${port}/webhooks`, secret)
        await until(() => said().includes('customer.archived'), said)
        const types = said().match(/customer\.[a-z]+/g)
        t.same(types, ['customer.created', 'customer.updated', 'customer.archived'])
      })
    }),
  )
})

/** A customer’s life as an unruly network tells it. */
async function deliverTo(t: Test, url: string, secret: string): Promise<void> {
  const deliver = async (
    id: string,
    type: string,
    version: number,
    change: Partial<Record<'age' | 'tail', string>> = {},
  ) => {
    const object = { id: 'cus_1', object: 'customer', version, name: 'Müller & Söhne' }
    const body = JSON.stringify({ id, type, data: { object } })
    const at = new Date(Date.now() - Number(change.age ?? 0) * 1000)
    const headers = signedHeaders([newSigningSecret(), secret], { id, at, body })
    const init = { method: 'POST', headers, body: body + (change.tail ?? '') }
    return (await fetch(url, init)).status
  }
  const end = Date.now() + 30_000
  while (
    !(await fetch(url).then(
      () => true,
      () => Date.now() > end,
    ))
  )
    await sleep(50)
  t.equal(await deliver('evt_0', 'customer.forged', 1, { tail: ' ' }), 401, 'tampered')
  t.equal(await deliver('evt_0', 'customer.forged', 1, { age: '600' }), 401, 'too old')
  t.equal(await deliver('evt_0', 'customer.forged', 1, { age: '-600' }), 401, 'too far ahead')
  t.equal(await deliver('evt_1', 'customer.created', 1), 204)
  t.equal(await deliver('evt_1', 'customer.created', 1), 204, 'a repeat is fine')
  t.equal(await deliver('evt_3', 'customer.updated', 3), 204)
  t.equal(await deliver('evt_2', 'customer.stale', 2), 204, 'late, and dropped')
  t.equal(await deliver('evt_4', 'customer.archived', 4), 204)
}

/** The package as `npm pack` makes it, installed without a network into a project with these programs. */
async function installClient(programs: readonly Sample[]): Promise<void> {
  const home = join(folder, 'home')
  await mkdir(home)
  const env = {
    ...process.env,
    HOME: home,
    npm_config_cache: join(home, 'cache'),
    npm_config_offline: 'true',
  }
  const npm = (...args: string[]) =>
    execFileSync('npm', args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const packed = npm('pack', join(packageRoot(), 'openapi/client'), '--silent').trim()
  await writeFile(
    join(folder, 'package.json'),
    '{"name":"integrator","private":true,"type":"module"}',
  )
  npm('install', `./${packed}`, '--no-audit', '--no-fund')
  for (const { name, text } of programs) await writeFile(join(folder, name), text)
  const compilerOptions = {
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    typeRoots: [join(packageRoot(), 'node_modules/@types')],
    types: ['node'],
    skipLibCheck: true,
    module: 'node16',
    outDir: 'built',
  }
  const files = programs.map(({ name }) => name)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
}

function slugOf(name: string): string {
  return name.replace(/^\d+-|\.md$/g, '')
}

/** A sample as it has to be typed in here. */
function onService(text: string, key: string): string {
  return text.replaceAll(BASE, service.url).replaceAll(KEY, key)
}

/** Runs a script in which a refused request is an error. */
async function bash(script: string, env: Record<string, string>) {
  const strict = `set -euo pipefail\ncurl() { command curl --fail-with-body -sS "$@"; }\n${script}`
  const child = spawn('bash', ['-c', strict], { cwd: folder, env: { ...process.env, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const [status] = await once(child, 'close')
  return { status: status as number, stdout, stderr }
}

function outputOf(child: ChildProcess): () => string {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += String(chunk)
    })
  }
  return () => said
}

async function until(isSo: () => boolean, said: () => string): Promise<void> {
  const end = Date.now() + 60_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`it said:\n${said()}`)
    await sleep(50)
  }
}
