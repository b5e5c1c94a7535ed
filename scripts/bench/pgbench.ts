import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

/** A statement as it was sent to PostgreSQL. */
export interface Statement {
  name?: string | undefined
  text: string
  values: unknown[]
}

/** What some work sends to PostgreSQL from this process, in order. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const { prototype } = pg.Client
  const { query } = prototype
  const heard: Statement[] = []
  prototype.query = function (this: pg.Client, ...given: never[]) {
    const [first, values] = given as unknown as [string | Statement, unknown[] | undefined]
    heard.push(
      typeof first === 'string'
        ? { text: first, values: values ?? [] }
        : { name: first.name, text: first.text, values: first.values ?? [] },
    )
    return Reflect.apply(query, this, given)
  } as typeof query
  try {
    await work()
    return heard
  } finally {
    prototype.query = query
  }
}

/** Where pgbench usually lies; it is part of PostgreSQL's client packages, not of the embedded server. */
const PLACES = [
  process.env.PGBENCH,
  ...['18', '17', '16', '15'].map((major) => `/usr/lib/postgresql/${major}/bin/pgbench`),
  '/usr/bin/pgbench',
]

export interface Load {
  url: string
  statements: readonly Statement[]
  /**
   * What differs from transaction to transaction: texts within the values, with the SQL that takes their place. It may
   * use `:chance`, a number below 2^48 that is new in each transaction.
   */
  variable: ReadonlyMap<string, string>
  clients: number
  seconds: number
}

/**
 * How many transactions of these statements pgbench commits a second, prepared and sent in one pipeline as we send them.
 * That is what this server can do with them, nobody deciding anything in between.
 *
 * @throws when pgbench is not there, or a statement fails
 */
export async function pgbench({ url, ...load }: Load): Promise<number> {
  const program = PLACES.find((place) => place !== undefined && existsSync(place))
  if (program === undefined)
    throw new Error('pgbench is needed: install postgresql-client, or name it in PGBENCH')
  const script = await writeScript(url, load)
  const folder = await mkdtemp(join(tmpdir(), 'pgbench-'))
  try {
    const file = join(folder, 'script.sql')
    await writeFile(file, script.text)
    const { stdout, stderr } = await promisify(execFile)(
      program,
      [
        ...['--no-vacuum', '--protocol=prepared', `--file=${file}`, `--time=${load.seconds}`],
        ...[
          `--client=${load.clients}`,
          ...script.variables.map((value) => `--define=${value}`),
          url,
        ],
      ],
      { maxBuffer: 2 ** 24 },
    )
    const rate = /tps = ([\d.]+)/.exec(stdout)?.[1]
    if (rate === undefined || stderr.includes('ERROR')) throw new Error(`${stdout}\n${stderr}`)
    return Number(rate)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The statements in pgbench's words: each value a variable of the type that the statement has for it. */
async function writeScript(
  url: string,
  { statements, variable }: Pick<Load, 'statements' | 'variable'>,
): Promise<{ text: string; variables: string[] }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const variables: string[] = []
  const lines = ['\\set chance random(0, 281474976710655)', '\\startpipeline']
  try {
    for (const [at, { text, values }] of statements.entries()) {
      const types = values.length > 0 ? await typesOf(client, at, text) : []
      const worded = text.replace(/\$(\d+)/g, (_, digits: string) => {
        const n = Number(digits) - 1
        const written = textOf(values[n])
        if (written === null) return `null::${types[n]}`
        if (written === '') return `''::${types[n]}`
        const name = `v${at}_${n}`
        variables.push(`${name}=${written}`)
        return `(${varied(`:${name}::text`, written, variable)})::${types[n]}`
      })
      lines.push(`${worded.replace(/\s+/g, ' ')};`)
    }
  } finally {
    await client.end()
  }
  return {
    text: [...lines, '\\endpipeline', ''].join('\n'),
    variables: [...new Set(variables)],
  }
}

async function typesOf(client: pg.Client, at: number, text: string): Promise<string[]> {
  await client.query(`prepare seen_${at} as ${text}`)
  const { rows } = await client.query<{ types: string[] }>(
    'select parameter_types::text[] as types from pg_prepared_statements where name = $1',
    [`seen_${at}`],
  )
  return rows[0]?.types ?? []
}

/** The value as PostgreSQL reads it. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`
  if (Array.isArray(value)) return `{${value.map((each) => JSON.stringify(each)).join(',')}}`
  return value instanceof Date ? value.toISOString() : String(value)
}

const varied = (sql: string, written: string, variable: Load['variable']): string =>
  [...variable]
    .filter(([text]) => written.includes(text))
    .reduce((inner, [text, by]) => `replace(${inner}, '${text}', ${by})`, sql)
