import { existsSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of package.json: above src/ when run from the sources, above build/ when built. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'migrations'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('cannot find the folder of migrations/')
    folder = parent
  }
  return folder
}

/** Whether the code that runs was built. Where in build/ a module came to lie, it cannot know: the builder packs them. */
const built = extname(import.meta.filename) === '.js'

/** A file that lies beside the code, by its path from the package's root: its copy in build/ when that runs. */
export const besideCode = (path: string): string => join(packageRoot(), built ? 'build' : '', path)

/** A program, by its path from the package's root without an ending. What ends in `.ts` needs tsx to run. */
export const programAt = (path: string): string =>
  besideCode(`${path}${extname(import.meta.filename)}`)
