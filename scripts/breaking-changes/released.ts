import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { OpenApiDocument } from '../../src/foundation/http/openapi/types.ts'
import { breakingChanges } from './breaking-changes.ts'
import { lineOf } from './finding.ts'

/** The document clients were last told to rely on. */
const RELEASED = 'openapi/released.json'

/** Breaks of it that were decided on, each with its reason. Empty after a release. */
const ACCEPTED = 'openapi/accepted-breaks.json'

interface AcceptedBreak {
  /** The finding, as it is printed. */
  change: string
  reason: string
}

/** What breaks clients of the last release and nobody has decided on, and decisions that decide nothing any more. */
export async function undecidedBreaks(root: string, document: OpenApiDocument): Promise<string[]> {
  const [released, accepted] = await Promise.all([
    readJson<OpenApiDocument>(root, RELEASED),
    readJson<AcceptedBreak[]>(root, ACCEPTED),
  ])
  return undecided(breakingChanges(released, document).map(lineOf), accepted)
}

/** Holds findings against decisions: what is left of either. */
export function undecided(findings: string[], accepted: AcceptedBreak[]): string[] {
  const decided = new Set(accepted.map(({ change }) => change))
  const found = new Set(findings)
  return [
    ...findings.filter((line) => !decided.has(line)),
    ...accepted
      .filter(({ change, reason }) => !found.has(change) || reason.trim() === '')
      .map(({ change }) => `${ACCEPTED} accepts without need or reason: ${change}`),
  ]
}

/** Makes this the document that clients may rely on from now on, and the code of today the one that is replaced next. */
export async function release(root: string, document: OpenApiDocument): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['-C', root, 'rev-parse', 'HEAD'])
  const released = { ...document, 'x-commit': stdout.trim() }
  await writeFile(join(root, RELEASED), `${JSON.stringify(released, withoutProse)}\n`)
  await writeFile(join(root, ACCEPTED), '[]\n')
}

/** Descriptions and examples promise nothing that a program relies on, and are most of a document. */
const withoutProse = (key: string, value: unknown): unknown =>
  PROSE.has(key) && (typeof value === 'string' || key.startsWith('example')) ? undefined : value

const PROSE = new Set(['description', 'summary', 'example', 'examples'])

const readJson = async <T>(root: string, file: string): Promise<T> =>
  JSON.parse(await readFile(join(root, file), 'utf8')) as T
