import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  open,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './embedded-account.ts'
import { accountFor } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import { findBinaries } from './embedded-binaries.ts'

/** The superuser that initdb makes; migrations run as it, requests do not. */
export const OWNER = 'receivables'

const PASSWORD_FILE = 'receivables.password'

/** PostgreSQL's own folder below the data folder, and all that is needed to start a server on it. */
export interface Cluster {
  path: string
  logFile: string
  password: string
  account: Account | undefined
  binaries: Binaries
}

/**
 * Opens the cluster of a data folder, making it first when there is none.
 *
 *     DATA_DIR/postgres                        the cluster, owned by the account the server runs as
 *     DATA_DIR/postgres/receivables.password   its superuser's password, readable by that account and root
 *     DATA_DIR/postgres.log                    what the server says, without the errors that its clients are told
 */
export async function openCluster(
  dataDir: string,
  { binDir, lasting }: { binDir: string | undefined; lasting: boolean },
): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const path = join(dataDir, 'postgres')
  const account = accountFor(path)
  const major = await majorOf(path)
  const binaries = await findBinaries({ dataDir, account, major, binDir })
  if (!major) await createCluster({ dataDir, path, account, binaries, lasting })
  const password = await readFile(join(path, PASSWORD_FILE), 'utf8')
  return { path, logFile: join(dataDir, 'postgres.log'), password, account, binaries }
}

async function majorOf(path: string): Promise<number | undefined> {
  try {
    return Number(await readFile(join(path, 'PG_VERSION'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * How a program of PostgreSQL is told where the cluster is. A root service hands the server to an account that may not
 * be allowed to walk down to the data folder; a checkout in /root is the usual case. So the programs are started inside
 * the cluster and told to look at `/proc/self/cwd`: for that the kernel asks for permission on the folder itself, not
 * on the way to it. The data stays where DATA_DIR says, and no folder is opened to anyone. Before version 16 they leave
 * the folder they were started in, so those need a DATA_DIR that the account can reach.
 */
export function whereabouts(
  path: string,
  { account, binaries }: { account: Account | undefined; binaries: Binaries },
) {
  const inPlace = account !== undefined && process.platform === 'linux' && binaries.major >= 16
  return {
    dataFolder: inPlace ? '/proc/self/cwd' : path,
    options: {
      ...account,
      cwd: inPlace ? path : '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    },
  }
}

/**
 * Runs initdb in a folder of its own and moves the result into place in one step, so that a cluster which is there is
 * complete, whatever was killed when. Of two processes that do this at the same time the first to move wins, and the
 * other throws its own away.
 */
async function createCluster({
  dataDir,
  path,
  account,
  binaries,
  lasting,
}: {
  dataDir: string
  path: string
  account: Account | undefined
  binaries: Binaries
  lasting: boolean
}): Promise<void> {
  const workshop = await mkdtemp(join(dataDir, '.initdb-'))
  try {
    await chmod(workshop, 0o711)
    const fresh = join(workshop, 'postgres')
    const passwordFile = join(workshop, PASSWORD_FILE)
    await mkdir(fresh, { mode: 0o700 })
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (account) {
      await chown(fresh, account.uid, account.gid)
      await chown(passwordFile, account.uid, account.gid)
    }
    await initdb({ fresh, passwordFile, account, binaries, lasting })
    await rename(passwordFile, join(fresh, PASSWORD_FILE))
    await rename(fresh, path).catch(async (error) => {
      if (!(await majorOf(path))) throw error
    })
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

async function initdb({
  fresh,
  passwordFile,
  account,
  binaries,
  lasting,
}: {
  fresh: string
  passwordFile: string
  account: Account | undefined
  binaries: Binaries
  lasting: boolean
}): Promise<void> {
  const { dataFolder, options } = whereabouts(fresh, { account, binaries })
  // Text compares by code point and knows the case of every letter, on every host alike: version 17 brings the rules
  // for that itself, older ones borrow the C library's.
  const locale =
    binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C', '--lc-ctype=C.UTF-8']
  const arguments_ = [
    `--pgdata=${dataFolder}`,
    `--username=${OWNER}`,
    '--pwfile=/dev/stdin',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-instructions',
    ...locale,
    ...(lasting ? [] : ['--no-sync']),
  ]

  const password = await open(passwordFile)
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(binaries.initdb, arguments_, {
        ...options,
        stdio: [password.fd, 'ignore', 'pipe'],
      })
      let complaint = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        complaint += text
      })
      child.once('error', reject)
      child.once('close', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`initdb could not make a database in ${fresh}: ${complaint.trim()}`))
      })
    })
  } finally {
    await password.close()
  }
}
