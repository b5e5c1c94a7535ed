import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeSchema } from '../src/foundation/database/describe-schema.ts'
import { migrate } from '../src/foundation/database/migrate.ts'
import { packageRoot } from '../src/foundation/places.ts'
import { startTestServer } from './test-server.ts'

/** Writes migrations/schema.sql, the shape of the database at rest, from a database made by the migrations. */
const server = await startTestServer()
try {
  await migrate({ ownerUrl: server.url })
  await writeFile(join(packageRoot(), 'migrations', 'schema.sql'), await describeSchema(server.url))
} finally {
  await server.stop()
}
