import type { PoolClient } from 'pg'
import type { Context } from '../../src/foundation/http/context.ts'

/** What opens a frame: it says whose rows the database lets be seen, and that stays true. */
const FRAME = /set_config\('app\.tenant_id'|clock_at/

/**
 * Lets the application's own filter fail in the worst way: wherever a statement of it names one tenant, it names
 * another from now on, as a wrong `tenant_id = …` would. What the database believes, whose transaction it is, stays as
 * it was, so that row-level security alone stands between the two. Answers how often a name was exchanged.
 */
export function blindFilter(
  { api, exports }: Context,
  named: string,
  instead: string,
): () => number {
  let count = 0
  const exchanged = (value: unknown): unknown => {
    if (value !== named) return value
    count += 1
    return instead
  }
  const blinded = new WeakSet<PoolClient>()
  const blind = (client: PoolClient): void => {
    if (blinded.has(client)) return
    blinded.add(client)
    const query = client.query.bind(client) as (text: unknown, values?: unknown[]) => unknown
    client.query = ((text: unknown, values?: unknown[]) =>
      query(
        text,
        typeof text === 'string' && FRAME.test(text) ? values : values?.map(exchanged),
      )) as typeof client.query
  }
  for (const { pool } of [api, exports]) {
    const connect = pool.connect.bind(pool) as () => Promise<PoolClient>
    pool.connect = (async () => {
      const client = await connect()
      blind(client)
      return client
    }) as typeof pool.connect
  }
  return () => count
}
