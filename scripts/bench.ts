/**
 * Runs the benches and holds what they find against their targets and against the committed baseline. Everything is a
 * ratio to a limit that was measured in the same run, so that a slow machine does not look like a slow service; what
 * differs by less than the noise between runs is no regression.
 *
 *     npm run bench                              all of them, at full size: half an hour
 *     npm run bench -- commands reads            some
 *     npm run bench -- --json > scripts/bench/baseline.json
 *                                                the figures alone, as the next baseline
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packageRoot } from '../src/foundation/places.ts'
import type { Figure } from './bench/measure.ts'
import { build } from './build.js'

const BENCHES = [
  'commands',
  'reads',
  'import',
  'dunning-run',
  'credit-check',
  'webhook-deliveries',
  'growth',
]

/** Ratios of two runs on the same machine have been seen to differ by as much. */
const NOISE = 0.25

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const asked = positionals.length > 0 ? positionals : BENCHES
const unknown = asked.filter((name) => !BENCHES.includes(name))
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}? There are ${BENCHES.join(', ')}`)

await build({ ifStale: true })
const figures: Figure[] = []
for (const name of asked) figures.push(...(await run(name)))
if (values.json) console.log(JSON.stringify(figures, null, 2))
else report(figures, readBaseline())

/** Runs one bench in a process of its own; what it prints goes to the terminal as it comes. */
async function run(name: string): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const file = join(folder, 'figures.ndjson')
  try {
    const program = join(packageRoot(), 'build/scripts/bench', `${name}.js`)
    const child = spawn(process.execPath, ['--expose-gc', program], {
      env: { ...process.env, BENCH_FIGURES: file },
      stdio: ['ignore', values.json ? process.stderr : 'inherit', 'inherit'],
    })
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`${name} ended with ${code}`)
    const lines = existsSync(file) ? (await readFile(file, 'utf8')).trim().split('\n') : []
    return lines.map((line) => JSON.parse(line) as Figure)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function readBaseline(): Map<string, Figure> {
  const file = join(packageRoot(), 'scripts/bench/baseline.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Figure[]) : []
  return new Map(kept.map((figure) => [keyOf(figure), figure]))
}

function keyOf({ work, limit }: Figure): string {
  return `${work} / ${limit}`
}

/** Prints all figures, and fails when one is worse than the baseline by more than noise. */
function report(figures: readonly Figure[], baseline: ReadonlyMap<string, Figure>): void {
  console.log()
  const regressions = figures.filter((figure) => {
    const before = baseline.get(keyOf(figure))
    const verdict = before === undefined ? 'new' : comparison(figure, before)
    const { work, ratio, target, met, residentMiB } = figure
    console.log(
      `${met ? 'met   ' : 'missed'}  ${String(ratio).padStart(7)} of ${target}  ${verdict.padEnd(20)} ${String(residentMiB).padStart(5)} MiB  ${work}`,
    )
    return verdict.startsWith('worse')
  })
  const met = figures.filter((figure) => figure.met).length
  console.log(
    `\n${met} of ${figures.length} targets met, ${regressions.length} worse than the baseline`,
  )
  if (regressions.length > 0) process.exitCode = 1
}

/** How a figure stands to the one of before; more a second is better, more milliseconds are worse. */
function comparison({ unit, ratio }: Figure, before: Figure): string {
  const change = unit === 'a second' ? ratio / before.ratio : before.ratio / Math.max(ratio, 0.001)
  if (change < 1 - NOISE) return `worse, was ${before.ratio}`
  if (change > 1 / (1 - NOISE)) return `better, was ${before.ratio}`
  return `as before, ${before.ratio}`
}
