import { sql } from 'kysely'
import type { Reader } from '../foundation/database/frame.ts'
import { Problem } from '../foundation/problem.ts'
import { tablesAbout } from './where-persons-are.ts'

/** What is stored about a customer in one place. */
export interface Section {
  name: string
  records: Record<string, unknown>[]
}

/** Everything that is stored about a customer, table by table as it is stored, and what was told about it. */
export async function exportPersonalData(reader: Reader, customerId: string): Promise<Section[]> {
  const { db, tenant } = reader
  const customer = await db
    .selectFrom('customer')
    .select('id')
    .where('tenant_id', '=', tenant.id)
    .where('id', '=', customerId)
    .executeTakeFirst()
  if (customer === undefined) throw new Problem('customer_not_found')
  const events = {
    name: 'event',
    rows: sql<boolean>`event.tenant_id = ${tenant.id} and event.customer_id = ${customerId}`,
  }
  const sections: Section[] = []
  for (const { name, rows } of [...(await tablesAbout(reader, customerId)), events]) {
    const { rows: found } = await sql<{ record: Record<string, unknown> }>`
      select to_jsonb(${sql.ref(name)}) - 'tenant_id' as record from ${sql.table(name)} where ${rows}
    `.execute(db)
    if (found.length > 0) sections.push({ name, records: found.map(({ record }) => record) })
  }
  return sections
}
