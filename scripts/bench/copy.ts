import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

/**
 * How many seconds COPY takes for what so many rows of an import became: every tenant's table that has at least as many
 * rows, into an empty one with the same columns, checks and indexes. Nobody looks at the rows, nothing points at anything:
 * the fastest way PostgreSQL has to keep them.
 */
export async function copySeconds(databaseUrl: string, rows: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  const folder = await mkdtemp(join(tmpdir(), 'copy-'))
  // PostgreSQL writes there, as another user.
  await chmod(folder, 0o777)
  await client.connect()
  try {
    await client.query('analyze')
    await client.query('create schema if not exists copied')
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples >= $1 * 0.9`,
      [rows],
    )
    let seconds = 0
    for (const { name } of tables) {
      const file = `'${join(folder, name)}'`
      await client.query(`copy public.${name} to ${file}`)
      await client.query(`create table copied.${name} (like public.${name} including all)`)
      const startedAt = performance.now()
      await client.query(`copy copied.${name} from '${join(folder, name)}'`)
      seconds += (performance.now() - startedAt) / 1_000
    }
    console.log(`copied: ${tables.map(({ name }) => name).join(', ')}`)
    return seconds
  } finally {
    await client.end()
    await rm(folder, { recursive: true, force: true })
  }
}
