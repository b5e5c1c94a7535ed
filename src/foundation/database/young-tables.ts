import { sql } from 'kysely'
import { queue } from './commit.ts'
import type { Database } from './pool.ts'

/** What much else refers to, as `analyze_young_tables()` has it. */
const TABLES = ['customer', 'invoice', 'open_item', 'credit_note', 'payment', 'ledger_entry']

/** Smaller tables are read whole in no time, and say too little about larger ones. */
const BYTES_MIN = 65_536

/** How many times as large as autovacuum or we have last seen it a table has to be. */
const GROWTH_MIN = 10

/**
 * Gives statistics to tables that have grown before autovacuum looked at them. Whoever writes many rows calls it on the
 * way; where nothing is to be done it costs a look into the catalogue.
 */
export const analyzeYoungTables = (database: Database): Promise<void> =>
  queue(database, async (db) => {
    await sql`
      select analyze_young_tables()
      where exists (
        select from pg_class
        where relnamespace = 'public'::regnamespace and relname = any(${TABLES}) and pg_relation_size(oid)
          > greatest(${BYTES_MIN}, ${GROWTH_MIN} * relpages * current_setting('block_size')::int8)
      )
    `.execute(db)
  })
