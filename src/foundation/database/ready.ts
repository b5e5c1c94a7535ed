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

/**
 * What about this database could lose or open up what it has been given, though it works: settings under which a crash
 * takes commits that were confirmed, and a login that need not stay within the application's role.
 */
export async function findRisks(database: Database): Promise<string[]> {
  return queue(database, async (db) => {
    const { rows } = await sql<{ risk: string }>`
      select name || ' is ' || setting || ': a crash may lose commits that were confirmed' as risk
      from pg_settings
      where (name in ('fsync', 'full_page_writes') and setting = 'off')
        or (name = 'synchronous_commit' and setting = 'off')
      union all
      select 'login ' || rolname || ' is a superuser or bypasses row-level security: use DATABASE_URL for a plain login'
      from pg_roles where rolname = session_user and (rolsuper or rolbypassrls)
    `.execute(db)
    return rows.map(({ risk }) => risk)
  })
}
