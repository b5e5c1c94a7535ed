import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Problem } from '../foundation/problem.ts'
import type { FileEncoding } from './csv/reading.ts'

/**
 * The text of a file, in pieces. A byte order mark says better than anybody how a file is written; a byte that is no
 * character is refused, never replaced.
 */
export async function* textOfFile(
  path: string,
  encoding: FileEncoding = 'utf-8',
): AsyncGenerator<string> {
  const decoder = new TextDecoder((await markOf(path)) ?? encoding, { fatal: true })
  try {
    for await (const piece of createReadStream(path)) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Problem('malformed_request', { detail: `The file is not valid ${decoder.encoding}.` })
  }
}

async function markOf(path: string): Promise<FileEncoding | undefined> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(3), 0, 3, 0)
    if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8'
    if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
    if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be'
    return undefined
  } finally {
    await file.close()
  }
}
