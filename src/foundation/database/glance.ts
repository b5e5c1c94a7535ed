import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  type Expression,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import type { QueryResult } from 'pg'
import type { CalendarDate } from '../calendar.ts'
import { traced } from '../traces/traces.ts'
import type { Bound } from './bound.ts'
import { readSpan } from './commit.ts'
import { type Moment, openTenantFrame, READ_ONLY, together, withConnection } from './frame.ts'
import type { Database } from './pool.ts'
import { problemOf } from './violations.ts'

/**
 * What questions are put with before anything is known of the tenant but its id: they are made here and sent later, so
 * this runs none, and the day is an expression for the database.
 */
export interface Asking {
  readonly db: Bound
  readonly tenant: { readonly id: string }
  readonly today: Expression<CalendarDate>
}

/** Statements none of which needs the answer to another. */
export type Questions = readonly Compilable<unknown>[]

/** The rows that answer each question. */
export type Answers<Q extends Questions> = {
  readonly [K in keyof Q]: Q[K] extends Compilable<infer Row> ? Row[] : never
}

class UnboundDriver extends DummyDriver {
  override async acquireConnection(): Promise<never> {
    throw new Error('a question is sent by a glance, and run by nobody else')
  }
}

/** Makes statements and runs none. */
const unbound: Bound = new Kysely({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new UnboundDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** What the questions about a tenant are put with. */
export const askingOf = (tenantId: string): Asking => ({
  db: unbound,
  tenant: { id: tenantId },
  today: sql<CalendarDate>`(
    select (coalesce(clock_at, now()) at time zone time_zone)::date from tenant where tenant_id = ${tenantId})`,
})

/**
 * Answers questions from one consistent snapshot of a tenant's data in a single round trip: they go out together with
 * the statements that open the frame around them and with its end. Fails as `read` does.
 */
export const glance = <Q extends Questions>(
  database: Database,
  tenantId: string,
  questions: Q,
): Promise<{ moment: Moment; answers: Answers<Q> }> =>
  traced(database.traces, readSpan, () => glanceOnce(database, tenantId, questions))

async function glanceOnce<Q extends Questions>(
  database: Database,
  tenantId: string,
  questions: Q,
): Promise<{ moment: Moment; answers: Answers<Q> }> {
  const compiled = questions.map((question) => question.compile())
  try {
    return await withConnection(database, async (client) => {
      const ask = ({ sql, parameters }: CompiledQuery): Promise<QueryResult> =>
        client.query(sql, [...parameters])
      const [moment, ...rest] = await together<[Moment, ...QueryResult[]]>([
        openTenantFrame(client, database, tenantId, { begin: READ_ONLY }),
        ...compiled.map(ask),
        client.query('commit'),
      ])
      const answers = rest.slice(0, -1).map(({ rows }) => rows)
      return { moment, answers: answers as unknown as Answers<Q> }
    })
  } catch (error) {
    throw problemOf(error) ?? error
  }
}

/** The same questions, sent together in a transaction that goes on. */
export async function answered<Q extends Questions>(db: Bound, questions: Q): Promise<Answers<Q>> {
  const results = await together(questions.map((question) => db.executeQuery(question.compile())))
  return results.map(({ rows }) => rows) as unknown as Answers<Q>
}
