import { Client } from 'pg'

/** The migrated database that `npm test` prepares once; nobody ever connects to it. */
export const TEMPLATE = 'template_receivables'

export interface TestDatabase {
  /** Its owner's address, in the form of DATABASE_URL. */
  url: string
  drop(): Promise<void>
}

let made = 0

/**
 * A freshly migrated database of this test's own, so that files run side by side and never see each other; empty from
 * `template0`. It is dropped after the test, together with whatever is still connected to it.
 */
export async function testDatabase(
  t: { teardown(handler: () => Promise<void>): void },
  template: typeof TEMPLATE | 'template0' = TEMPLATE,
): Promise<TestDatabase> {
  const serverUrl = process.env.TEST_DATABASE_URL
  if (!serverUrl) {
    throw new Error(
      `No database server to test on. Run the tests with \`npm test\`, which starts one, or point TEST_DATABASE_URL at a server that has a migrated database ${TEMPLATE}.`,
    )
  }

  made += 1
  const name = `test_${process.pid}_${made}`
  await runOn(serverUrl, `create database ${name} template ${template} strategy file_copy`)
  const drop = () => runOn(serverUrl, `drop database if exists ${name} with (force)`)
  t.teardown(drop)

  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return { url: url.href, drop }
}

async function runOn(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
