import { readFileSync, statSync } from 'node:fs'

/** A user of the operating system, by number. */
export interface Account {
  uid: number
  gid: number
}

/**
 * The account that PostgreSQL, which refuses to run as root, is given when the service runs as root: the owner of the
 * data that is there already, else `postgres`, else `nobody`. Undefined means our own, which is every other case.
 */
export function accountFor(cluster: string): Account | undefined {
  const ourselves = process.geteuid?.()
  const owner = statSync(cluster, { throwIfNoEntry: false })

  if (ourselves !== 0) {
    if (!owner || owner.uid === ourselves) return undefined
    throw new Error(
      `${cluster} belongs to user ${owner.uid}, not to ${ourselves}: start as its owner or set DATA_DIR`,
    )
  }

  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = knownAccount('postgres') ?? knownAccount('nobody')
  if (account) return account
  throw new Error(
    'PostgreSQL does not run as root, and there is no user postgres or nobody: set DATABASE_URL',
  )
}

/** initdb insists on an account that has a name, so only those that are listed will do. */
function knownAccount(name: string): Account | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [entry, , uid, gid] = line.split(':')
    if (entry === name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}
