/**
 * Writes what the routes say about themselves to `openapi/`: the documents, and the client as a package that needs no
 * compiler.
 *
 *     npm run openapi               writes them
 *     npm run openapi -- --check    writes nothing; fails when they would change, lints them, and looks for what
 *                                   breaks clients of the last release
 *     npm run openapi -- --release  makes the document of today the one that clients may rely on
 *
 * Needs no database: connections are opened when first used, and describing uses none.
 */
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import openapiTypeScript, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { createApp } from '../src/app.ts'
import { createContext } from '../src/context.ts'
import { readConfig } from '../src/foundation/config.ts'
import type { OpenApiDocument } from '../src/foundation/http/openapi/types.ts'
import { createLog } from '../src/foundation/log.ts'
import { problems } from '../src/foundation/problem.ts'
import { release, undecidedBreaks } from './breaking-changes/released.ts'
import { compileClient } from './compile-client.ts'

const root = resolve(import.meta.dirname, '..')
const NO_DATABASE = 'postgres://nobody@localhost:1/none'
const documents = ['openapi/openapi.json', 'openapi/openapi-3.0.json']

const made = await describe()
const document = JSON.parse(String(made[documents[0] as string])) as OpenApiDocument
if (process.argv.includes('--check')) {
  const right = [await isCurrent(made), await breaksNobody(document)].every(Boolean)
  process.exitCode = right && (await lint()) ? 0 : 1
} else {
  await write(made)
  if (process.argv.includes('--release')) await release(root, document)
}

/** Every generated file by its path. */
async function describe(): Promise<Record<string, string>> {
  const http = await createApp(createContext(readConfig({}), NO_DATABASE, createLog('silent')))
  try {
    await http.ready()
    const [document, threeZero] = [http.swagger(), http.swagger30()]
    const types = await openapiTypeScript(forClient(document), {
      silent: true,
      defaultNonNullable: false,
    })
    return {
      'openapi/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
      'openapi/openapi-3.0.json': `${JSON.stringify(threeZero, null, 2)}\n`,
      'openapi/client/schema.d.ts': `// Generated from openapi.json by \`npm run openapi\`.\n${astToString(types)}`,
      ...(await compileClient()),
    }
  } finally {
    await http.close()
  }
}

/**
 * What the types of the client are made from. It sends an Idempotency-Key by itself, so its callers need not; it knows
 * every code of today; what it receives at a webhook is typed by the schemas, `WebhookEvent` first; and whole examples
 * would only be comments that every compiler has to read.
 */
function forClient(document: object): OpenAPI3 {
  const { webhooks: _, ...copy } = structuredClone(document) as {
    webhooks: object
    components: {
      parameters: Record<string, { required: boolean }>
      schemas: Record<string, Record<string, unknown>>
    }
  }
  const { IdempotencyKeyRequired: key } = copy.components.parameters
  if (key !== undefined) key.required = false
  for (const schema of Object.values(copy.components.schemas)) {
    if (schema.type === 'object') delete schema.examples
    // Each event names its own type already, which is what TypeScript narrows by.
    delete schema.discriminator
  }
  copy.components.schemas.ProblemCode = {
    description: 'Why something was refused; explained at /docs/errors.',
    type: 'string',
    enum: Object.keys(problems),
  }
  return copy as never
}

async function write(files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(file)), { recursive: true })
    await writeFile(join(root, file), text)
    console.log(`wrote ${file}`)
  }
}

async function isCurrent(files: Record<string, string>): Promise<boolean> {
  let current = true
  for (const [file, text] of Object.entries(files)) {
    if ((await readFile(join(root, file), 'utf8').catch(() => '')) === text) continue
    console.error(`${file} is not what the code says: run \`npm run openapi\``)
    current = false
  }
  return current
}

/** Names what would break clients of the last release. */
async function breaksNobody(document: OpenApiDocument): Promise<boolean> {
  const breaks = await undecidedBreaks(root, document)
  for (const line of breaks) console.error(`breaks clients: ${line}`)
  return breaks.length === 0
}

/**
 * Two linters; in these sets of rules every finding counts as an error. Neither may phone home. The slow one reads the
 * document that the other is made from.
 */
async function lint(): Promise<boolean> {
  const runs = await Promise.all([
    run('@redocly/cli', 'redocly', [
      'lint',
      ...documents,
      '--config',
      '.redocly.yaml',
      '--format',
      'stylish',
    ]),
    run('@stoplight/spectral-cli', 'spectral', [
      'lint',
      documents[0] as string,
      '--ruleset',
      '.spectral.yaml',
      '--fail-severity',
      'hint',
    ]),
  ])
  for (const { ok, output } of runs) if (!ok) console.error(output)
  const clean = runs.every(({ ok }) => ok)
  if (clean) console.log('The documents are what the code says, and neither linter finds anything.')
  return clean
}

function run(
  packageName: string,
  program: string,
  args: string[],
): Promise<{ ok: boolean; output: string }> {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve(`${packageName}/package.json`)
  const { bin } = require(manifest) as { bin: Record<string, string> }
  const file = join(dirname(manifest), String(bin[program]))
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_COLOR: '1',
  }
  return new Promise((done) => {
    execFile(
      process.execPath,
      [file, ...args],
      { cwd: root, env, maxBuffer: 64 * 2 ** 20 },
      (error, stdout, stderr) => done({ ok: error === null, output: stdout.trim() || stderr }),
    )
  })
}
