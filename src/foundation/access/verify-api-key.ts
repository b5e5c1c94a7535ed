import { BlockList, isIPv4 } from 'node:net'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { queue, read } from '../database/commit.ts'
import type { Database } from '../database/pool.ts'
import { problemOf } from '../database/violations.ts'
import type { Caller } from '../http/caller.ts'
import { publicId } from '../id.ts'
import { Problem } from '../problem.ts'
import type { Verify } from './authenticate.ts'
import { createKeyUses } from './key-uses.ts'
import { createMemory, type Found } from './memory.ts'
import { grantedBy } from './roles.ts'
import { hashOf } from './secret.ts'

interface Key {
  id: string
  holder: Caller
  /** The networks it may be used from; null for any. */
  networks: BlockList | null
}

/**
 * Verifies API keys by their hash. Expiry and revocation are judged in real time by the database's clock, never by a
 * test clock; a change in this process counts at once, one of another within five seconds.
 */
export function createKeyVerifier(database: Database, log: Logger): Verify {
  const memory = createMemory<Key>(database.wake)
  const noteUse = createKeyUses(database, log)

  return async (bearer, address) => {
    const hash = hashOf(bearer)
    const key = await memory(hash.toString('base64'), () => lookUp(database, hash)).catch(
      (error: unknown) => {
        throw problemOf(error) ?? error
      },
    )
    if (key.networks !== null && !isWithin(key.networks, address)) {
      log.warn({ principal: key.holder.principal, address }, 'an API key was used from elsewhere')
      throw new Problem('unauthenticated')
    }
    noteUse(key.holder.tenantId, key.id)
    return key.holder
  }
}

/** Finds whom a hash stands for: first its tenant, in a table without tenants' data, then the key under that tenant. */
async function lookUp(database: Database, hash: Buffer): Promise<Found<Key>> {
  const lead = await queue(database, (db) =>
    db
      .selectFrom('credential')
      .select(['tenant_id', 'api_key_id'])
      .where('key_hash', '=', hash)
      .where((valid) =>
        valid.or([valid('valid_until', 'is', null), valid('valid_until', '>', sql<string>`now()`)]),
      )
      .executeTakeFirst(),
  )
  if (lead === undefined) throw new Problem('unauthenticated')

  const key = await read(database, lead.tenant_id, ({ db, tenant }) =>
    db
      .selectFrom('api_key')
      .innerJoin('credential', (join) =>
        join
          .onRef('credential.tenant_id', '=', 'api_key.tenant_id')
          .onRef('credential.api_key_id', '=', 'api_key.id')
          .on('credential.key_hash', '=', hash),
      )
      .select(['api_key.id', 'api_key.scopes', 'api_key.roles', 'api_key.allowed_cidrs'])
      .select(
        sql<number | null>`
          (extract(epoch from least(api_key.expires_at, credential.valid_until) - now()) * 1000)::float8
        `.as('valid_ms'),
      )
      .where('api_key.tenant_id', '=', tenant.id)
      .where('api_key.id', '=', lead.api_key_id)
      .where('api_key.revoked_at', 'is', null)
      .executeTakeFirst(),
  )
  if (key === undefined || (key.valid_ms !== null && key.valid_ms <= 0))
    throw new Problem('unauthenticated')
  return {
    value: {
      id: key.id,
      holder: {
        tenantId: lead.tenant_id,
        principal: publicId('api_key', key.id),
        scopes: grantedBy(key.scopes, key.roles),
      },
      networks: key.allowed_cidrs.length === 0 ? null : blockListOf(key.allowed_cidrs),
    },
    validMs: key.valid_ms,
  }
}

function blockListOf(cidrs: readonly string[]): BlockList {
  const networks = new BlockList()
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/')
    networks.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6')
  }
  return networks
}

/** An IPv4 address counts as such in its IPv6 form, too. */
function isWithin(networks: BlockList, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return networks.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
}
