import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configTable } from '../src/foundation/config.ts'
import { packageRoot } from '../src/foundation/places.ts'

/** Writes the README's table of environment variables from the one object that describes them. */
const path = join(packageRoot(), 'README.md')
const readme = await readFile(path, 'utf8')
await writeFile(
  path,
  readme.replace(/(<!-- config -->\n)[\s\S]*?(<!-- \/config -->)/, `$1${configTable()}$2`),
)
