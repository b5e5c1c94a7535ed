import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { queue } from './database/commit.ts'
import type { Context } from './http/context.ts'

/** Where a sealed value is kept. It is sealed for this place only: copied elsewhere, it does not open. */
export interface Place {
  tenantId: string
  table: string
  column: string
  rowId: string
}

/** Encrypts what has to be read again (webhook secrets, answers that show a secret once) before it is stored. */
export interface Secrets {
  seal(text: string, place: Place): string
  /** Throws a `SecretUnreadable` when the key is missing or the value was changed or moved. */
  open(sealed: string, place: Place): string
}

/** A sealed value that this process cannot open. The message names the key, never the value. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable'
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM with random nonces (NIST SP 800-38D; far below 2^32 values per key). A sealed value reads
 * `v1.<key id>.<nonce>.<ciphertext and tag>` and is bound to its place as additional data. The first key seals; all
 * of them open, so that keys are changed by putting the new one in front.
 */
export function createSecrets(keys: ReadonlyMap<string, Buffer>): Secrets {
  const [first] = keys
  if (first === undefined) throw new Error('at least one key is needed to seal secrets')
  const [keyId, key] = first
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(additionalData(place))
      const sealed = Buffer.concat([
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return `v1.${keyId}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`
    },
    open(sealed, place) {
      const [version, id = '', nonce = '', rest = ''] = sealed.split('.')
      const known = keys.get(id)
      if (version !== 'v1' || known === undefined) {
        throw new SecretUnreadable(`no key ${JSON.stringify(id)} to open a sealed value`)
      }
      const bytes = Buffer.from(rest, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', known, Buffer.from(nonce, 'base64url'), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(additionalData(place)).setAuthTag(bytes.subarray(-TAG_BYTES))
        const text = decipher.update(bytes.subarray(0, -TAG_BYTES))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch (error) {
        throw new SecretUnreadable(`key ${id} does not open a sealed value`, { cause: error })
      }
    },
  }
}

const additionalData = ({ tenantId, table, column, rowId }: Place): Buffer =>
  Buffer.from([tenantId, table, column, rowId].join('|'))

type Surroundings = Pick<Context, 'config' | 'workers' | 'log'>

const known = new WeakMap<Surroundings['config'], Promise<Secrets>>()

/**
 * The secrets of this process, made once. The key comes from `SECRETS_KEYS`. Without it, the embedded database has
 * its key in a file beside it (`DATA_DIR/secrets.key`, readable by its owner only), so that a copy of the database
 * alone gives nothing away; an external database keeps the key in a table of its own, so that every replica finds
 * it. The latter protects against a leaked table, not against a leaked database: set `SECRETS_KEYS` in production.
 * A key that was in use before `SECRETS_KEYS` was set still opens what it sealed.
 */
export function secretsOf(context: Surroundings): Promise<Secrets> {
  const made = known.get(context.config)
  if (made !== undefined) return made
  const making = findKeys(context).then(createSecrets)
  known.set(context.config, making)
  making.catch(() => known.delete(context.config))
  return making
}

async function findKeys(context: Surroundings): Promise<Map<string, Buffer>> {
  const { config } = context
  const configured = configuredKeys(config.SECRETS_KEYS)
  const isEmbedded = config.DATABASE_URL === undefined
  if (configured.size === 0) return isEmbedded ? keyInFile(config.DATA_DIR) : keyInDatabase(context)
  const former = isEmbedded ? await readKeyFile(config.DATA_DIR) : await readKeyRow(context)
  return new Map([...configured, ...former])
}

/** The keys of `SECRETS_KEYS` (`id:base64,…`), in order. Configuration has already found them well formed. */
export function configuredKeys(text: string | undefined): Map<string, Buffer> {
  const entries = (text ?? '').split(',').filter((entry) => entry.trim() !== '')
  return new Map(
    entries.map((entry) => {
      const [id = '', key = ''] = entry.trim().split(':')
      return [id, Buffer.from(key, 'base64')]
    }),
  )
}

const FILE_KEY = 'file'
const fileIn = (folder: string): string => join(folder, 'secrets.key')

/** Reads the key file, making it first when there is none. Two processes that make it at once agree on one. */
async function keyInFile(folder: string): Promise<Map<string, Buffer>> {
  const found = await readKeyFile(folder)
  if (found.size > 0) return found
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const draft = `${fileIn(folder)}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  await link(draft, fileIn(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
  return readKeyFile(folder)
}

async function readKeyFile(folder: string): Promise<Map<string, Buffer>> {
  const text = await readFile(fileIn(folder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  if (text === null) return new Map()
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES)
    throw new Error(`${fileIn(folder)} does not hold a key of ${KEY_BYTES} bytes`)
  return new Map([[FILE_KEY, key]])
}

const ROW_KEY = 'database'

/** Reads the key kept in the database, making it first when there is none; the primary key lets one maker win. */
async function keyInDatabase(context: Surroundings): Promise<Map<string, Buffer>> {
  context.log.warn(
    'SECRETS_KEYS is not set: the key that seals webhook secrets is kept in the database itself',
  )
  await queue(context.workers, (db) =>
    sql`
      insert into sealing_key (id, key) values (${ROW_KEY}, ${randomBytes(KEY_BYTES)})
      on conflict (id) do nothing
    `.execute(db),
  )
  return readKeyRow(context)
}

async function readKeyRow({ workers }: Surroundings): Promise<Map<string, Buffer>> {
  const { rows } = await queue(workers, (db) =>
    sql<{ id: string; key: Buffer }>`select id, key from sealing_key where id = ${ROW_KEY}`.execute(
      db,
    ),
  )
  return new Map(rows.map(({ id, key }) => [id, key]))
}
