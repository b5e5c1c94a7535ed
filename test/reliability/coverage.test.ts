import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../src/foundation/places.ts'
import { report, rung } from '../support/certify.ts'

/** Where money and interest are decided: pure modules, of which no branch goes untried. */
const CORE = [
  ...[
    'allocation',
    'clear-shortage',
    'designation',
    'imputation',
    'settings',
    'spread',
    'subset',
  ].map((name) => `src/cash/${name}.ts`),
  ...[
    'evaluate',
    'fee',
    'follow',
    'gates',
    'judge',
    'minimums',
    'policy',
    'project',
    'when',
    'charges/charge-row',
    'charges/charges-of-notice',
    'charges/earlier-fees',
    'charges/end-accrual',
    'charges/explain-interest',
    'charges/fee-of-notice',
    'charges/statutory-term',
    'law/assess-claim',
    'law/charge-refusal',
    'law/claim-of-item',
    'law/day-count',
    'law/default-date',
    'law/deferral',
    'law/fraction',
    'law/late-interest',
    'law/limitation',
    'law/lump-sum',
    'law/payment-term',
    'law/rate',
    'law/rule',
    'law/scale',
    'law/stretches',
  ].map((name) => `src/dunning/${name}.ts`),
  ...['calendar', 'group', 'money'].map((name) => `src/foundation/${name}.ts`),
]

/** The tests of the core that need neither a database nor a service. */
const PURE_TESTS = [
  'cash/allocation',
  'cash/differences',
  'cash/references',
  'cash/subset',
  'dunning/charges-of-notice',
  'dunning/evaluate',
  'dunning/law/assess-claim',
  'dunning/law/charges',
  'dunning/law/default-date',
  'dunning/law/deferral',
  'dunning/law/late-interest',
  'dunning/law/limitation',
  'dunning/statutory-term',
  'foundation/calendar',
  'foundation/money',
].map((name) => `test/${name}.test.ts`)

/** What c8 says of one file, of all its branches or lines. */
interface Covered {
  total: number
  covered: number
}
type Summary = Record<string, { branches: Covered; lines: Covered } | undefined>

t.test(
  'every branch of the money core is taken by its pure tests',
  { skip: rung === 'slice' && 'tried by npm run certify' },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'receivables-coverage-'))
    t.teardown(() => rm(folder, { recursive: true }))
    t.same(await failing(PURE_TESTS, folder), [], 'the pure tests pass')
    const summary = await summaryOf(folder)
    const untried = CORE.filter((file) => {
      const found = summary[join(packageRoot(), file)]
      return found === undefined || !isWhole(found.branches) || !isWhole(found.lines)
    })
    t.same(untried, [], 'no file has a branch or a line that no test takes')
    const all = CORE.flatMap((file) => summary[join(packageRoot(), file)] ?? [])
    const counted = (what: 'branches' | 'lines', which: keyof Covered) =>
      all.reduce((total, one) => total + one[what][which], 0)
    const share = (what: 'branches' | 'lines') =>
      `${counted(what, 'covered')} of ${counted(what, 'total')} ${what}`
    await report({
      suite: 'T-mut',
      goal: 'every branch of the money core is taken by its pure tests',
      seen: `${share('branches')}, ${share('lines')}, ${CORE.length - untried.length} of ${CORE.length} files whole`,
      met: untried.length === 0,
    })
  },
)

const isWhole = ({ total, covered }: Covered): boolean => covered === total

/** Runs test files from the sources, each at its smallest, and collects what they cover; answers those that fail. */
async function failing(files: readonly string[], folder: string): Promise<string[]> {
  const own = { CERTIFY: 'slice', CERTIFY_REPORT: '', NODE_V8_COVERAGE: join(folder, 'v8') }
  const env = { ...process.env, ...own }
  const waiting = [...files]
  const failed: string[] = []
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
      if ((await exitOf(['--import', 'tsx', file], env)) !== 0) failed.push(file)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return failed
}

/** What was covered of each file of the core, by its absolute path. */
async function summaryOf(folder: string): Promise<Summary> {
  const c8 = join(dirname(createRequire(import.meta.url).resolve('c8/package.json')), 'bin/c8.js')
  const code = await exitOf([
    c8,
    'report',
    ...['--temp-directory', join(folder, 'v8')],
    ...['--reporter', 'json-summary', '--reports-dir', folder],
    ...CORE.flatMap((file) => ['--include', file]),
  ])
  if (code !== 0) throw new Error(`c8 ended with ${code}`)
  return JSON.parse(await readFile(join(folder, 'coverage-summary.json'), 'utf8'))
}

/** Runs Node.js at the package's root; answers its exit code. */
async function exitOf(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number | null> {
  const stdio = ['ignore', 'ignore', 'inherit'] as const
  const child = spawn(process.execPath, args, { cwd: packageRoot(), env, stdio: [...stdio] })
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}
