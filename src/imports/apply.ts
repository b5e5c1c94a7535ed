import type { Tx } from '../foundation/database/commit.ts'
import { part } from '../foundation/database/part.ts'
import { Problem } from '../foundation/problem.ts'
import type { ImportMode, Outcome, ResultKind } from './import.ts'
import type { ImportRecord } from './table.ts'

/** What a row did, and to what; or the problem that refused it. */
export type Applied = Done | Problem

/** What a row did; to what kind of thing is said only where a resource has several. */
export interface Done {
  outcome: Exclude<Outcome, 'failed'>
  id: string
  kind?: ResultKind
}

/** What of an import decides how its rows are done. */
export type Settings = Pick<ImportRecord, 'resource' | 'mode' | 'cut_over_date'>

/** Does rows of one resource whose bodies are valid and whose external ids differ; answers each, in order. */
export type Importer = (
  tx: Tx,
  settings: Settings,
  bodies: readonly unknown[],
) => Promise<Applied[]>

/** How the rows of one resource are done. */
export interface Ways<Input> {
  /** Creates rows together; answers the id or the problem of each. */
  create: (inputs: readonly Input[]) => Promise<(string | Problem)[]>
  /** Whether a row's external id is in use already. */
  isKnown: (input: Input) => boolean
  /** Does to a row whose external id is in use what its PUT does. */
  upsert: (input: Input) => Promise<Applied>
}

/**
 * Creates what is new, all of it together, and brings the rest up to date, one by one. A row that somebody else
 * created in the meantime is brought up to date as well.
 */
export async function createOrUpsert<Input>(
  mode: ImportMode,
  inputs: readonly Input[],
  { create, isKnown, upsert }: Ways<Input>,
): Promise<Applied[]> {
  const fresh = inputs.filter((input) => mode === 'create' || !isKnown(input))
  const made = new Map<Input, string | Problem>()
  for (const [index, id] of (fresh.length === 0 ? [] : await create(fresh)).entries())
    made.set(fresh[index] as Input, id)
  const applied: Applied[] = []
  for (const input of inputs) {
    const id = made.get(input)
    const isTaken = id instanceof Problem && id.code === 'external_id_taken'
    if (id === undefined || (isTaken && mode === 'upsert'))
      applied.push(await upsert(input).catch(asProblem))
    else applied.push(id instanceof Problem ? id : { outcome: 'created', id })
  }
  return applied
}

/** Does rows one after the other, each as a part that succeeds or fails by itself. */
export async function oneByOne<Body>(
  tx: Tx,
  bodies: readonly Body[],
  work: (tx: Tx, body: Body) => Promise<Done>,
): Promise<Applied[]> {
  const applied: Applied[] = []
  for (const body of bodies)
    applied.push(await part<Applied>(tx, (inner) => work(inner, body)).catch(asProblem))
  return applied
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem && error.code !== 'unavailable') return error
  throw error
}
