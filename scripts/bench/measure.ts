import { appendFileSync, readFileSync } from 'node:fs'
import { startTestServer } from '../test-server.ts'

/**
 * One thing measured beside its limit in the same run. Machines differ and are noisy; the ratio of two things done
 * one after the other, over and over, tells how far we are from what is possible here.
 */
export interface Figure {
  /** What was done, in words; the key by which runs are compared. */
  work: string
  /** What it was held against. */
  limit: string
  /** Medians of the rounds. */
  ours: number
  limitIs: number
  unit: 'a second' | 'ms' | 'exponent'
  /** Ours by the limit: a share of it for what is counted a second, a multiple of it for what takes time or grows. */
  ratio: number
  /** The ratio that is wanted: at least for what is counted a second, at most otherwise. */
  target: number
  met: boolean
  /** How often ours was measured. */
  rounds: number
  /** The resident memory of the service at its peak, MiB. */
  residentMiB: number
}

export interface Rounds {
  work: string
  limit: string
  unit: Figure['unit']
  target: number
  rounds?: number
  /** Each answers how many there were a second, or how many milliseconds it took. */
  ours(): Promise<number>
  limitIs(): Promise<number>
  /** The service's resident memory, bytes; by default of this process. */
  resident?(): number
}

/** Measures ours and its limit in turn, so that what else the machine does hits both, and prints and keeps the medians. */
export async function measure(asked: Rounds): Promise<Figure> {
  const { work, limit, unit, target, rounds = 3 } = asked
  const resident = asked.resident ?? process.memoryUsage.rss
  const ours: number[] = []
  const limits: number[] = []
  let peak = resident()
  const sampler = setInterval(() => {
    peak = Math.max(peak, resident())
  }, 50)
  for (let round = 0; round < rounds; round += 1) {
    limits.push(await asked.limitIs())
    ours.push(await asked.ours())
  }
  clearInterval(sampler)
  return keepRatio({
    work,
    limit,
    unit,
    target,
    rounds,
    ours: median(ours),
    limitIs: median(limits),
    residentMiB: peak / 2 ** 20,
  })
}

/** Reckons the ratio of what was measured, prints the figure, and hands it to `npm run bench` where that asks for it. */
export function keepRatio(measured: Omit<Figure, 'ratio' | 'met'>): Figure {
  const { work, limit, unit, target } = measured
  const ratio = measured.ours / measured.limitIs
  const met = unit === 'a second' ? ratio >= target : ratio <= target
  const figure: Figure = {
    ...measured,
    ours: rounded(measured.ours),
    limitIs: rounded(measured.limitIs),
    ratio: rounded(ratio),
    met,
    residentMiB: Math.round(measured.residentMiB),
  }
  const bound = unit === 'a second' ? 'at least' : 'at most'
  console.log(
    `${work}: ${figure.ours} ${unit}; ${limit}: ${figure.limitIs}; ratio ${figure.ratio}, ${bound} ${target} wanted${met ? '' : ': MISSED'}; ${figure.residentMiB} MiB`,
  )
  if (process.env.BENCH_FIGURES)
    appendFileSync(process.env.BENCH_FIGURES, `${JSON.stringify(figure)}\n`)
  return figure
}

/** How long some work takes, milliseconds. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Does the same thing on so many lanes at once for some seconds, and answers how often a second. */
export async function perSecond(
  lanes: number,
  seconds: number,
  once: (lane: number) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now()
  const until = startedAt + seconds * 1_000
  let done = 0
  const lane = async (_: unknown, number: number) => {
    for (; performance.now() < until; done += 1) await once(number)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return (done * 1_000) / (performance.now() - startedAt)
}

/** The resident memory of a process, bytes; 0 where the system does not tell. */
export function residentOf(pid: number | undefined): number {
  try {
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kibibytes ?? 0) * 1_024
  } catch {
    return 0
  }
}

/** A throw-away PostgreSQL for a bench, and what is to be undone after it, newest first. */
export async function onBenchServer(
  bench: (t: { teardown(handler: () => Promise<void>): void }) => Promise<void>,
): Promise<void> {
  const server = await startTestServer()
  process.env.TEST_DATABASE_URL = server.url
  const teardowns: (() => Promise<void>)[] = [server.stop]
  try {
    await bench({ teardown: (handler) => teardowns.unshift(handler) })
  } finally {
    for (const teardown of teardowns) await teardown()
  }
}

/** The one in the middle; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] as number
}

const rounded = (value: number): number => Number(value.toPrecision(3))
