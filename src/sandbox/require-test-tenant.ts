import type { Reader } from '../foundation/database/frame.ts'
import { Problem } from '../foundation/problem.ts'

/** Refuses a live tenant: nothing of the sandbox is for it. */
export function requireTestTenant({ tenant }: Pick<Reader, 'tenant'>): void {
  if (tenant.mode !== 'test') throw new Problem('test_tenant_only')
}
