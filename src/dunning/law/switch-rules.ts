import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { requireVersion } from '../../foundation/http/etag.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields, Problem } from '../../foundation/problem.ts'
import { lookAtCountries } from '../../ledger/watch-items.ts'
import { countriesOf, type Jurisdiction, type RuleSwitches } from './jurisdiction.ts'
import { jurisdictionToJson } from './jurisdiction-schema.ts'
import type { JurisdictionSettingsRow } from './table.ts'

export interface SwitchRules {
  jurisdiction: Jurisdiction
  /** By code; rules left out are as they come. */
  switches: RuleSwitches
  ifMatch: number | undefined
}

/** Says which rules of a jurisdiction count for the tenant, whatever was verified. */
export async function switchRules(
  tx: Tx,
  { jurisdiction, switches, ifMatch }: SwitchRules,
): Promise<JurisdictionSettingsRow> {
  const codes = jurisdiction.rules.map(({ code }) => code)
  const strangers = Object.keys(switches).filter((code) => !codes.includes(code))
  if (strangers.length > 0) {
    throw invalidFields(
      ...strangers.map((code) => ({
        pointer: `#/enabled/${code}`,
        code: 'unknown_rule',
        detail: 'is no rule of this jurisdiction',
        params: { jurisdiction: jurisdiction.code },
      })),
    )
  }
  const before = await tx.db
    .selectFrom('jurisdiction_settings')
    .select('version')
    .where('tenant_id', '=', tx.tenant.id)
    .where('jurisdiction', '=', jurisdiction.code)
    .forUpdate()
    .executeTakeFirst()
  requireVersion(before?.version ?? 0, ifMatch)
  const settings = await tx.db
    .insertInto('jurisdiction_settings')
    .values({
      tenant_id: tx.tenant.id,
      jurisdiction: jurisdiction.code,
      id: newId(),
      switches: JSON.stringify(switches),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'jurisdiction'])
        .doUpdateSet({
          switches: JSON.stringify(switches),
          version: sql<number>`jurisdiction_settings.version + 1`,
          updated_at: tx.now,
        })
        .where('jurisdiction_settings.version', '=', before?.version ?? 0),
    )
    .returningAll()
    .executeTakeFirst()
  if (settings === undefined) throw new Problem('version_mismatch')
  await lookAtCountries(tx, countriesOf(jurisdiction.code))
  announce(tx, {
    type: 'jurisdiction.rules_switched',
    entity: { kind: 'jurisdiction', id: settings.id, sequence: settings.version },
    customerId: null,
    object: jurisdictionToJson(jurisdiction, settings, tx),
  })
  return settings
}
