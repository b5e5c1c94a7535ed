import type { Static } from '@sinclair/typebox'
import { requireCreditGroup } from '../credit/groups/queries.ts'
import { columnOf, type LimitSubject } from '../credit/limits/limit.ts'
import { limitTerms } from '../credit/limits/schema.ts'
import { setCreditLimit } from '../credit/limits/set-credit-limit.ts'
import type { Tx } from '../foundation/database/commit.ts'
import { uuidOf } from '../foundation/id.ts'
import { invalidFields } from '../foundation/problem.ts'
import { requireCustomer } from '../parties/queries.ts'
import { type Importer, oneByOne } from './apply.ts'
import type { ImportCreditLimit } from './row-schema.ts'

type Row = Static<typeof ImportCreditLimit>

/** Sets limits as PUT does: each a record of its own, and nothing where the last says the same. */
export const importCreditLimits: Importer = (tx, _, bodies) =>
  oneByOne(tx, bodies as Row[], async (inner, body) => {
    const subject = await subjectOf(inner, body)
    const known = await limitsOf(inner, subject)
    const { id } = await setCreditLimit(inner, {
      subject,
      terms: limitTerms(body, inner.today),
      asked: body.request ?? false,
    })
    return { outcome: known.has(id) ? 'unchanged' : 'created', id }
  })

async function subjectOf(tx: Tx, { customer_id, group_id }: Row): Promise<LimitSubject> {
  if (customer_id !== undefined && group_id === undefined) {
    const customer = await requireCustomer(tx, uuidOf(customer_id))
    return { customer_id: customer.id, group_id: null }
  }
  if (group_id !== undefined && customer_id === undefined) {
    const group = await requireCreditGroup(tx, uuidOf(group_id))
    return { customer_id: null, group_id: group.id }
  }
  throw invalidFields({
    pointer: '#/customer_id',
    code: 'alternative',
    detail: 'is needed, or group_id; not both',
  })
}

async function limitsOf({ db, tenant }: Tx, subject: LimitSubject): Promise<Set<string>> {
  const { column, id } = columnOf(subject)
  const rows = await db
    .selectFrom('credit_limit')
    .select('id')
    .where('tenant_id', '=', tenant.id)
    .where(column, '=', id)
    .execute()
  return new Set(rows.map((row) => row.id))
}
