import type { Company } from './company.ts'
import type { Progress } from './play.ts'

const BAR = 24
const REDRAW_MS = 100

/**
 * Shows how far the story is. On a terminal one line moves on, and each month that ends leaves a line behind; elsewhere
 * only the months are told.
 */
export function createProgress(
  { from, days }: Company,
  figures: () => { notices: number; webhooks: number },
  out: NodeJS.WriteStream,
) {
  const all = days.size
  let played = 0
  let month = from.slice(0, 7)
  let latest: Progress | undefined
  let drawnAt = 0

  const tell = (label: string, { invoices, payments }: Progress): string => {
    const { notices, webhooks } = figures()
    const done = Math.round((BAR * played) / all)
    const bar = '█'.repeat(done) + '░'.repeat(BAR - done)
    const cells = [
      `${number(invoices)} invoices`.padStart(15),
      `${number(payments)} payments`.padStart(17),
      `${number(notices)} notices`.padStart(15),
      `${number(webhooks)} webhooks`.padStart(17),
    ]
    return `  ${label.padEnd(10)}  ${bar} ${cells.join('')}`
  }
  const clear = () => void (out.isTTY && out.write('\r\x1b[2K'))
  const leave = () => {
    if (latest === undefined) return
    clear()
    out.write(`${tell(month, latest)}\n`)
  }
  return {
    day(progress: Progress) {
      const now = progress.date.slice(0, 7)
      if (now !== month) leave()
      month = now
      latest = { ...progress }
      played += 1
      if (!out.isTTY || Date.now() - drawnAt < REDRAW_MS) return
      drawnAt = Date.now()
      out.write(`\r\x1b[2K${tell(progress.date, latest)}`)
    },
    /** Leaves the last month's line, or only a clean line when it went wrong. */
    end: (well: boolean) => (well ? leave() : clear()),
  }
}

const number = (value: number): string => value.toLocaleString('en-US')
