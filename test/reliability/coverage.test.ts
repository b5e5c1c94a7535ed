import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { CoverageReport } from 'monocart-coverage-reports'
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

/** How much of something there is, and how much of it was taken. */
interface Share {
  total: number
  covered: number
}

/** What was covered of one file, or of all. */
interface Covered {
  branches: Share
  lines: Share
}

/** What of the whole service the whole suite has to take. */
const SHARE_MIN = 0.9

const onCertify = { skip: rung === 'slice' && 'tried by npm run certify' }

t.test('every branch of the money core is taken by its pure tests', onCertify, async (t) => {
  const folder = await folderOf(t)
  t.same(await failing(PURE_TESTS, folder), [], 'the pure tests pass')
  const { files } = await coverageIn(folder)
  const untried = CORE.filter((file) => {
    const found = files.get(file)
    return found === undefined || !isWhole(found.branches) || !isWhole(found.lines)
  })
  t.same(untried, [], 'no file has a branch or a line that no test takes')
  const all = CORE.flatMap((file) => files.get(file) ?? [])
  const sumOf = (what: keyof Covered, which: keyof Share) =>
    all.reduce((total, one) => total + one[what][which], 0)
  const said = (what: keyof Covered) =>
    `${sumOf(what, 'covered')} of ${sumOf(what, 'total')} ${what}`
  await report({
    suite: 'T-mut',
    goal: 'every branch of the money core is taken by its pure tests',
    seen: `${said('branches')}, ${said('lines')}, ${CORE.length - untried.length} of ${CORE.length} files whole`,
    met: untried.length === 0,
  })
})

t.test('nine of ten branches of the service are taken by the whole suite', onCertify, async (t) => {
  const folder = await folderOf(t)
  t.equal(await exitOf(['--import', 'tsx', 'scripts/run-tests.ts'], collecting(folder)), 0)
  const { total } = await coverageIn(folder)
  const [branches, lines] = [shareOf(total.branches), shareOf(total.lines)]
  const seen = `${percent(branches)} of branches, ${percent(lines)} of lines`
  const met = Math.min(branches, lines) >= SHARE_MIN
  t.ok(met, seen)
  await report({
    suite: 'T-mut',
    goal: 'nine of ten branches and lines of the service are taken by the whole suite',
    seen,
    met,
  })
})

const isWhole = ({ total, covered }: Share): boolean => covered === total
const shareOf = ({ total, covered }: Share): number => covered / total
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** A folder for what processes note of what they cover. */
async function folderOf(t: { teardown(handler: () => Promise<void>): void }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'receivables-coverage-'))
  t.teardown(() => rm(folder, { recursive: true }))
  return folder
}

/** The environment of tests at their smallest that note in a folder what they cover. */
const collecting = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  CERTIFY: 'slice',
  CERTIFY_REPORT: '',
  NODE_V8_COVERAGE: join(folder, 'v8'),
})

/** Runs test files from the sources, each at its smallest, and collects what they cover; answers those that fail. */
async function failing(files: readonly string[], folder: string): Promise<string[]> {
  const env = collecting(folder)
  const waiting = [...files]
  const failed: string[] = []
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
      if ((await exitOf(['--import', 'tsx', file], env)) !== 0) failed.push(file)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return failed
}

/** What was covered of the service, by the path of each of its source files and in all. */
async function coverageIn(
  folder: string,
): Promise<{ files: Map<string, Covered>; total: Covered }> {
  const root = packageRoot()
  const noted = new CoverageReport({
    baseDir: root,
    outputDir: join(folder, 'report'),
    reports: 'none',
    logging: 'error',
    entryFilter: ({ url }: { url: string }) => url.includes(root) && !url.includes('node_modules'),
    sourceFilter: (path: string) => path.startsWith('src/'),
  })
  await noted.addFromDir(join(folder, 'v8'))
  const found = await noted.generate()
  if (found === undefined) throw new Error('no process has noted anything')
  const files = found.files.map(({ sourcePath, summary }): [string, Covered] => [
    sourcePath,
    summary,
  ])
  return { files: new Map(files), total: found.summary }
}

/** Runs Node.js at the package's root; answers its exit code. */
async function exitOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const stdio = ['ignore', 'ignore', 'inherit'] as const
  const child = spawn(process.execPath, args, { cwd: packageRoot(), env, stdio: [...stdio] })
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}
