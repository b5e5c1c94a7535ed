import type { Pool, PoolClient } from 'pg'
import type { Chance } from './random.ts'

/** How long after it was handed out a connection is lost at the latest, milliseconds: within a transaction, mostly. */
const WITHIN_MS = 12

/** Loses so large a share of the connections that a pool hands out, each somewhere in the work it was handed out for. */
export function losingConnections(pool: Pool, share: number, chance: Chance) {
  let lost = 0
  const lose = (client: PoolClient) => {
    if (!chance.happens(share)) return
    setTimeout(
      () => {
        lost += 1
        streamOf(client).destroy()
      },
      chance.between(0, WITHIN_MS),
    )
  }
  pool.on('acquire', lose)
  return {
    /** How many were lost so far. */
    count: () => lost,
    stop: () => {
      pool.off('acquire', lose)
    },
  }
}

/** The socket of a connection, which the types of pg keep to themselves. */
const streamOf = (client: PoolClient): { destroy(): void } =>
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream
