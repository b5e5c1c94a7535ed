import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What must never stand in a log, by how it looks wherever a test makes one. */
const SHAPES: Record<string, RegExp> = {
  'an API key': /\bark_(?:live|test)_[0-9A-Za-z]{30}\b|\btest_[0-9a-f]{48}\b/,
  'a webhook secret': /\bwhsec_[A-Za-z0-9+/=]{44}/,
  'a bearer': /\bBearer [^\s"]{16,}/i,
  'an access token': /\beyJ[\w-]{10,}\.[\w-]{10,}\./,
  'a password of a database': /\bpostgres(?:ql)?:\/\/[^:@\s/"]+:[^@\s"]+@/,
  'an IBAN': /\b(?:DE\d{20}|AT\d{18}|NL\d{2}[A-Z]{4}\d{10}|FR\d{12}[0-9A-Z]{11}\d{2})\b/,
  'an e-mail address': /[\w.+-]+@[\w-]+\.(?:example|test|com|de)\b/,
}

/** What the text of a log gives away: what it is, and the line it stands in, cut. */
export function leaksOf(text: string): string[] {
  if (!Object.values(SHAPES).some((shape) => shape.test(text))) return []
  return text.split('\n').flatMap((line) =>
    Object.entries(SHAPES)
      .filter(([, shape]) => shape.test(line))
      .map(([what]) => `${what}: ${line.slice(0, 500)}`),
  )
}

/** What all logs of a folder give away. */
export async function leaksIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const file of await readdir(folder))
    found.push(...leaksOf(await readFile(join(folder, file), 'utf8')))
  return found
}
