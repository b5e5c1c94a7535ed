import { sql } from 'kysely'
import { announce } from '../../events/announce.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId, publicId } from '../../foundation/id.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerRow } from '../table.ts'
import { type CustomerSettings, type NewCustomer, settingsOf } from './customer.ts'
import { customerCreated } from './events.ts'

type Draft = CustomerSettings & { id: string }

/**
 * Creates customers in one statement. Answers for each input, in order, the customer or the problem that refused it;
 * one that is refused leaves nothing behind and hinders no other. Rows go in by external id, so that two batches with
 * the same ids wait for each other instead of deadlocking.
 */
export async function createCustomers(
  tx: Tx,
  inputs: readonly NewCustomer[],
): Promise<(CustomerRow | Problem)[]> {
  const drafts = inputs.map((input): Draft | Problem => draftOf(input))
  const rows = drafts.filter((draft): draft is Draft => !(draft instanceof Problem))
  const created = await insert(tx, rows)
  const refusals = await whyNot(
    tx,
    rows.filter(({ id }) => !created.has(id)),
  )
  const outcomes = drafts.map((draft) =>
    draft instanceof Problem
      ? draft
      : ((created.get(draft.id) ?? refusals.get(draft.id)) as CustomerRow | Problem),
  )
  for (const one of outcomes)
    if (!(one instanceof Problem)) announce(tx, customerCreated(one, tx.tenant.mode))
  return outcomes
}

/** Creates one customer, or throws the problem that refuses it. */
export async function createCustomer(tx: Tx, input: NewCustomer): Promise<CustomerRow> {
  const [outcome] = await createCustomers(tx, [input])
  if (outcome instanceof Problem) throw outcome
  return outcome as CustomerRow
}

function draftOf(input: NewCustomer): Draft | Problem {
  try {
    return { id: newId(), ...settingsOf(input) }
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

async function insert(tx: Tx, rows: readonly Draft[]): Promise<Map<string, CustomerRow>> {
  if (rows.length === 0) return new Map()
  const { rows: created } = await sql<CustomerRow>`
    insert into customer (
      tenant_id, id, external_id, name, kind, natural_person, country, currency, language, tax_id, address, contacts,
      net_days, customer_class_id, dunning_policy_id, no_dunning, metadata, created_at, updated_at)
    select ${tx.tenant.id}, id, external_id, name, kind, natural_person, country, currency, language, tax_id, address, contacts,
      net_days, customer_class_id, dunning_policy_id, no_dunning, metadata, ${tx.now}, ${tx.now}
    from json_to_recordset(${JSON.stringify(rows)}) as given(
      id uuid, external_id text, name text, kind text, natural_person boolean, country text, currency text, language text,
      tax_id text, address jsonb, contacts jsonb, net_days int, customer_class_id uuid, dunning_policy_id uuid, no_dunning boolean,
      metadata jsonb)
    where (given.dunning_policy_id is null or exists (
        select 1 from dunning_policy
        where dunning_policy.tenant_id = ${tx.tenant.id} and dunning_policy.id = given.dunning_policy_id))
      and (given.customer_class_id is null or exists (
        select 1 from customer_class
        where customer_class.tenant_id = ${tx.tenant.id} and customer_class.id = given.customer_class_id))
    order by external_id
    on conflict (tenant_id, external_id) do nothing
    returning *
  `.execute(tx.db)
  return new Map(created.map((row) => [row.id, row]))
}

/** A row is refused because of its external id (another's, or an earlier row's of the same batch), class or policy. */
async function whyNot(tx: Tx, refused: readonly Draft[]): Promise<Map<string, Problem>> {
  const externalIds = refused.flatMap(({ external_id: id }) => (id === null ? [] : [id]))
  const holders = new Map<string, string>()
  if (externalIds.length > 0) {
    const rows = await tx.db
      .selectFrom('customer')
      .select(['id', 'external_id'])
      .where('tenant_id', '=', tx.tenant.id)
      .where('external_id', '=', sql<string>`any(${externalIds})`)
      .execute()
    for (const { id, external_id } of rows) holders.set(external_id as string, id)
  }
  const classes = await findClasses(tx, refused)
  return new Map(
    refused.map(({ id, external_id, customer_class_id: classId }) => {
      const holder = external_id === null ? undefined : holders.get(external_id)
      if (holder !== undefined)
        return [
          id,
          new Problem('external_id_taken', { conflicting_id: publicId('customer', holder) }),
        ]
      const isClassKnown = classId === null || classes.has(classId)
      return [
        id,
        new Problem(isClassKnown ? 'dunning_policy_not_found' : 'customer_class_not_found'),
      ]
    }),
  )
}

async function findClasses(tx: Tx, drafts: readonly Draft[]): Promise<Set<string>> {
  const ids = drafts.flatMap(({ customer_class_id: id }) => (id === null ? [] : [id]))
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('customer_class')
    .select('id')
    .where('tenant_id', '=', tx.tenant.id)
    .where('id', '=', sql<string>`any(${ids})`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
