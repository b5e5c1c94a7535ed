/**
 * Makes `build/` from the sources: the service, its scripts and its tests as JavaScript. Plain JavaScript itself, because
 * it also runs before `npm start` on an installation that has no development packages: there it has nothing to build
 * with, and nothing to do. Types are checked apart from it, by `npm run check`.
 *
 *     node scripts/build.js              builds
 *     node scripts/build.js --if-stale   builds unless `build/` was made from exactly these sources
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const output = join(root, 'build')
const stamp = join(output, '.sources')

const sources = ['src', 'test', 'scripts', 'openapi/client']
/** What is no code but served by it: the guides and the look of the documentation. */
const DOCS = 'src/docs'
const settings = ['tsconfig.json', 'package-lock.json']

/** What node is told to run. Whatever these share is put into files of its own. */
const programs = [
  'src/main.ts',
  'src/cash/bank/read/reading-thread.ts',
  'scripts/*.ts',
  'scripts/bench/*.ts',
  'test/**/*.test.ts',
  'test/support/hold-data-folder.ts',
]

/** Packages of hundreds of small modules, which load several times as fast as part of ours; others stay where they are. */
const packedIn = ['@sinclair/typebox', 'kysely', 'jose', 'csv-parse', 'fast-check']

/**
 * Builds into a fresh folder that replaces `build/` whole, so that nothing deleted from the sources lives on there and
 * a failed build leaves the last good one in place.
 *
 * @param {{ ifStale?: boolean }} [options]
 * @throws when the sources cannot be read as TypeScript
 */
export async function build({ ifStale = false } = {}) {
  const wanted = hashOfSources()
  if (ifStale && wanted === builtFrom()) return

  const esbuild = await import('esbuild').catch(() => undefined)
  if (!esbuild) {
    if (ifStale && existsSync(output)) return
    throw new Error(
      'There is no build/ and no esbuild to make it: install the development packages',
    )
  }

  const fresh = join(root, `.build-${process.pid}`)
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: programs,
      outbase: '.',
      outdir: fresh,
      chunkNames: 'shared/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'warning',
      plugins: [{ name: 'packages', setup: leaveOutPackages }],
    })
    const noCode = (/** @type {string} */ path) => !path.endsWith('.ts')
    cpSync(join(root, DOCS), join(fresh, DOCS), { recursive: true, filter: noCode })
    writeFileSync(join(fresh, '.sources'), wanted)
    replaceOutput(fresh)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/**
 * Keeps imports of packages as they stand, except of those that are packed in.
 *
 * @param {import('esbuild').PluginBuild} building
 */
function leaveOutPackages(building) {
  const isPackedIn = (/** @type {string} */ path) =>
    packedIn.some((name) => path === name || path.startsWith(`${name}/`))
  building.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || isPackedIn(path) ? undefined : { path, external: true },
  )
}

/**
 * What the output depends on, as one hash. Contents rather than times: a fresh checkout or a copied folder has new
 * times on old files, and a deleted file has none.
 */
function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of [...settings, ...sources.flatMap(filesBelow)].sort()) {
    const file = join(root, path)
    if (existsSync(file)) hash.update(`${path}\n`).update(readFileSync(file)).update('\n')
  }
  return hash.digest('hex')
}

/** @param {string} folder */
function filesBelow(folder) {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|json|css)$|guides.*\.md$/.test(name))
    .map((name) => join(folder, name))
}

function builtFrom() {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
}

/**
 * Moves the old folder away and the fresh one in, two renames apart. A build that runs at the same time may win the
 * place in between, and then its folder is the one moved away next.
 *
 * @param {string} fresh
 */
function replaceOutput(fresh) {
  const old = `${fresh}-old`
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(output)) renameSync(output, old)
      renameSync(fresh, output)
      break
    } catch (error) {
      if (attempt === 5) throw error
    } finally {
      rmSync(old, { recursive: true, force: true })
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await build({ ifStale: process.argv.includes('--if-stale') })
}
