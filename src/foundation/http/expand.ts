import { type TSchema, Type } from '@sinclair/typebox'
import type { Scope } from '../access/scopes.ts'
import type { Reader } from '../database/frame.ts'
import { Problem } from '../problem.ts'
import type { Caller } from './caller.ts'
import { namedSchemas, ref, Several } from './schema.ts'

/**
 * What can stand beside the id that names it, when a GET is asked with `expand`: by the name of the member, the field
 * that holds the id and the scope that reading it needs. One level deep; it is never a string in one answer and an
 * object in another.
 */
export const expandables = {
  customer: { idField: 'customer_id', schema: 'Customer', scope: 'customers:read' },
  invoice: { idField: 'invoice_id', schema: 'Invoice', scope: 'invoices:read' },
  payment: { idField: 'payment_id', schema: 'Payment', scope: 'payments:read' },
} as const satisfies Record<string, { idField: string; schema: string; scope: Scope }>

export type ExpandableName = keyof typeof expandables

/** Loads resources by their public ids, as the API shows them; each wing that owns one has its own. */
export type LoadExpanded = (
  reader: Reader,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, unknown>>

export type Expansions = Readonly<Record<ExpandableName, LoadExpanded>>

/** The member of a resource that holds what its id names, only where it was asked for. */
export const Expandable = (name: ExpandableName) =>
  Type.Optional(
    Type.Unsafe<Record<string, unknown>>(ref({ $id: expandables[name].schema } as never)),
  )

/** The query parameter of operations whose answers have something to expand. */
export const expandParameter = (names: readonly string[]) => ({
  expand: Several(
    names as readonly [string, ...string[]],
    'What to show in full, beside its id; needs the scope to read it.',
  ),
})

/** Whether a name in `expand` is a resource beside its id, to be loaded for it. */
export const isExpandable = (name: string): name is ExpandableName =>
  Object.hasOwn(expandables, name)

/** The members that the resource of an answer, or of the rows of a list, has to be asked for. */
export function expandableMembersOf(answers: Readonly<Record<number, TSchema>>): ExpandableName[] {
  const [answer] = Object.values(answers)
  const row = answer?.properties?.data?.items?.$ref as string | undefined
  const resource = row === undefined ? answer : namedSchemas.get(row)
  const properties = (resource?.properties ?? {}) as Record<string, TSchema>
  return Object.keys(properties)
    .filter(isExpandable)
    .filter((name) => properties[name]?.$ref === expandables[name].schema)
}

/** Whether a field of a schema is only there when it was asked for: examples leave it out, or each would be a book. */
export const isExpandableField = (name: string, field: { $ref?: unknown }): boolean =>
  isExpandable(name) && field.$ref !== undefined

/** Refuses who may not read what he asks to see in full. */
export function requireExpandScopes({ scopes }: Caller, wanted: readonly string[]): void {
  const missing = wanted
    .filter(isExpandable)
    .map((name) => expandables[name].scope)
    .filter((scope) => !scopes.has(scope))
  if (missing.length > 0) throw new Problem('insufficient_scope', { required_scopes: missing })
}

type Resource = Record<string, unknown>

/** Puts what was asked for beside its id, in one query per kind for all rows of a page. */
export async function expanded(
  body: unknown,
  wanted: readonly string[],
  reader: Reader,
  expansions: Expansions,
): Promise<unknown> {
  const names = wanted.filter(isExpandable)
  if (names.length === 0) return body
  const { data } = body as { data?: Resource[] }
  const rows = data ?? [body as Resource]
  const loaded = new Map<ExpandableName, ReadonlyMap<string, unknown>>()
  for (const name of names) {
    const ids = new Set(
      rows.map((row) => row[expandables[name].idField]).filter((id) => id !== null),
    )
    loaded.set(
      name,
      ids.size === 0 ? new Map() : await expansions[name](reader, [...ids] as string[]),
    )
  }
  const withMembers = (row: Resource): Resource => ({
    ...row,
    ...Object.fromEntries(
      names.map((name) => [name, loaded.get(name)?.get(row[expandables[name].idField] as string)]),
    ),
  })
  return data === undefined
    ? withMembers(body as Resource)
    : { ...(body as Resource), data: rows.map(withMembers) }
}
