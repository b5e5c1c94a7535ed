import { readConfig } from '../src/foundation/config.ts'
import { startEmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { migrate } from '../src/foundation/database/migrate.ts'
import { createLog } from '../src/foundation/log.ts'

/** Brings the schema up to date and ends: of DATABASE_URL, or of the embedded database in DATA_DIR. */
const config = readConfig(process.env)
const log = createLog(config.LOG_LEVEL)
const embedded =
  config.DATABASE_URL === undefined
    ? await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log })
    : undefined
try {
  const url = config.DATABASE_URL ?? (embedded?.url as string)
  await migrate({ ownerUrl: config.DATABASE_OWNER_URL ?? url, appUrl: url, log })
} finally {
  await embedded?.stop()
}
