/**
 * Compiles the sources into `build/`. Plain JavaScript, because it also runs before `npm start` on an installation
 * that has no development packages: there it has nothing to compile with, and nothing to do.
 *
 *     node scripts/build.js              compiles
 *     node scripts/build.js --if-stale   compiles unless `build/` was made from exactly these sources
 */
import { spawnSync } from 'node:child_process'
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
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const output = join(root, 'build')
const stamp = join(output, '.sources')

const sources = ['src', 'test', 'scripts', 'openapi/client']
/** What the compiler does not carry over by itself: the guides and the look of the documentation. */
const DOCS = 'src/docs'
const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json']

/**
 * Compiles into a fresh folder that replaces `build/` whole, so that nothing deleted from the sources lives on there
 * and a failed build leaves the last good one in place. With `despiteTypeErrors` the code is replaced even then, which
 * lets the tests of what does work speak; the answer is still false.
 *
 * @param {{ ifStale?: boolean, despiteTypeErrors?: boolean }} [options]
 * @returns {boolean} whether `build/` is now free of type errors and up to date
 */
export function build({ ifStale = false, despiteTypeErrors = false } = {}) {
  const wanted = hashOfSources()
  if (ifStale && wanted === builtFrom()) return true

  const compiler = findCompiler()
  if (!compiler) {
    if (ifStale && existsSync(output)) return true
    throw new Error(
      'There is no build/ and no TypeScript to make it: install the development packages too',
    )
  }

  const fresh = join(root, `.build-${process.pid}`)
  try {
    const arguments_ = [compiler, '--project', 'tsconfig.build.json', '--outDir', fresh]
    const { status } = spawnSync(process.execPath, arguments_, { cwd: root, stdio: 'inherit' })
    const clean = status === 0
    if (existsSync(fresh)) copyDocs(fresh)
    if (clean) writeFileSync(join(fresh, '.sources'), wanted)
    if (clean || (despiteTypeErrors && existsSync(fresh))) replaceOutput(fresh)
    return clean
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
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

/** @param {string} fresh */
function copyDocs(fresh) {
  const filter = (/** @type {string} */ path) => !path.endsWith('.ts')
  cpSync(join(root, DOCS), join(fresh, DOCS), { recursive: true, filter })
}

function builtFrom() {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
}

function findCompiler() {
  try {
    return createRequire(import.meta.url).resolve('typescript/bin/tsc')
  } catch {
    return undefined
  }
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
  process.exitCode = build({ ifStale: process.argv.includes('--if-stale') }) ? 0 : 1
}
