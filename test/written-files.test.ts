import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { configTable } from '../src/foundation/config.ts'
import { describeSchema } from '../src/foundation/database/describe-schema.ts'
import { packageRoot } from '../src/foundation/places.ts'
import { testDatabase } from './support/database.ts'

const read = (...path: string[]) => readFile(join(packageRoot(), ...path), 'utf8')

t.test('README shows every environment variable as the configuration describes it', async (t) => {
  t.ok((await read('README.md')).includes(configTable()), 'run `npm run readme`')
})

t.test('migrations/schema.sql shows the database that the migrations make', async (t) => {
  const { url } = await testDatabase(t)
  t.equal(await describeSchema(url), await read('migrations', 'schema.sql'), 'run `npm run schema`')
})
