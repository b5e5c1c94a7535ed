import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'
import { packageRoot } from '../src/foundation/places.ts'

const PACKAGE = 'openapi/client'

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  declaration: true,
  rewriteRelativeImportExtensions: true,
  newLine: ts.NewLineKind.LineFeed,
}

/**
 * The client as plain JavaScript with its declarations, by path: what the package ships, so that using it needs no
 * compiler. File by file and without looking at types, which `npm run check` does.
 */
export async function compileClient(): Promise<Record<string, string>> {
  const names = (await readdir(join(packageRoot(), PACKAGE, 'src'))).sort()
  const compiled = names.map(async (name): Promise<[string, string][]> => {
    const source = await readFile(join(packageRoot(), PACKAGE, 'src', name), 'utf8')
    const { outputText: code } = ts.transpileModule(source, {
      compilerOptions: options,
      fileName: name,
    })
    const { outputText: types } = ts.transpileDeclaration(source, {
      compilerOptions: options,
      fileName: name,
    })
    const base = join(PACKAGE, 'dist', name.replace(/\.ts$/, ''))
    return [
      [`${base}.js`, code],
      [`${base}.d.ts`, types],
    ]
  })
  return Object.fromEntries((await Promise.all(compiled)).flat())
}
