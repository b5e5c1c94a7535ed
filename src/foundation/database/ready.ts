import { sql } from 'kysely'
import { queue } from './commit.ts'
import { APP_ROLE } from './frame.ts'
import type { Database } from './pool.ts'

/**
 * Refuses to work on a database that would not keep tenants apart: the application role must be bound by row-level
 * security and own nothing, and every table of a tenant that is not a queue must force it. Throws with what is wrong.
 */
export async function requireIsolation(database: Database): Promise<void> {
  const wrong = await queue(database, async (db) => {
    const { rows } = await sql<{ problem: string }>`
      select 'role ' || rolname || ' escapes row-level security' as problem
      from pg_roles where rolname = ${APP_ROLE} and (rolsuper or rolbypassrls)
      union all
      select 'role ' || ${APP_ROLE} || ' owns table ' || relname
      from pg_class where relowner = (select oid from pg_roles where rolname = ${APP_ROLE}) and relkind = 'r'
      union all
      select 'table ' || relname || ' does not force row-level security'
      from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and (relrowsecurity and not relforcerowsecurity)
    `.execute(db)
    return rows
  })
  if (wrong.length > 0)
    throw new Error(
      `This database is not safe to work on: ${wrong.map(({ problem }) => problem).join('; ')}`,
    )
}
