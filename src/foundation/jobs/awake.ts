import { sql } from 'kysely'

/**
 * True for the rows of tenants that are not suspended. Those of others wait where they are; work in progress ends with
 * its next heartbeat and goes on when the tenant is resumed.
 */
export const isAwake = (table: 'schedule' | 'task_queue') => sql<boolean>`
  not exists (
    select from tenant_directory as directory
    where directory.tenant_id = ${sql.ref(`${table}.tenant_id`)} and directory.suspended
  )`
