/** What a test file has said in TAP, the Test Anything Protocol, version 14. */
export interface TapResult {
  passed: number
  failed: number
  skipped: number
  /** The assertions that failed, each with what was said about it. */
  failures: string[]
}

const POINT = /^(\s*)(not )?ok \d+( - (?<name>.*))?$/

/**
 * Counts assertions. The point that sums up a subtest carries its time and is none itself, unless the subtest held none:
 * then it speaks for what the subtest did. One that was skipped or is still to be done is neither passed nor failed.
 */
export function readTap(output: string): TapResult {
  const result: TapResult = { passed: 0, failed: 0, skipped: 0, failures: [] }
  const lines = output.split('\n')
  for (const [index, line] of lines.entries()) {
    const point = POINT.exec(line)
    if (point === null) continue
    if (/ # (SKIP|TODO)\b/i.test(line)) result.skipped += 1
    else if (/ # time=[\d.]+/.test(line) && !/^\s*1\.\.0$/.test(lines[index - 1] ?? '')) continue
    else if (point[2] === undefined) result.passed += 1
    else {
      result.failed += 1
      result.failures.push([line.trim(), ...diagnosis(lines.slice(index + 1))].join('\n'))
    }
  }
  return result
}

/** The YAML block that follows a point. */
function diagnosis(following: readonly string[]): string[] {
  if (!/^\s*---$/.test(following[0] ?? '')) return []
  const end = following.findIndex((line) => /^\s*\.\.\.$/.test(line))
  return following.slice(1, Math.min(end, 60))
}
