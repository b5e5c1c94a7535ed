import { isUtf8 } from 'node:buffer'
import { FileFault } from './fault.ts'

const CHUNK_BYTES = 65_536

/** The encodings a file may name, by the names the decoder knows. */
const KNOWN = new Set([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
  'windows-1250',
  'windows-1252',
])

/** The encoding a byte order mark tells of, and how long the mark is. */
function markOf(bytes: Uint8Array): { encoding: string; length: number } | null {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}

/** The encoding of an XML document: its byte order mark, else its declaration, else UTF-8. */
export function xmlEncodingOf(bytes: Uint8Array): { encoding: string; skip: number } {
  const mark = markOf(bytes)
  if (mark !== null) return { encoding: mark.encoding, skip: mark.length }
  if (bytes[0] === 0x3c && bytes[1] === 0) return { encoding: 'utf-16le', skip: 0 }
  if (bytes[0] === 0 && bytes[1] === 0x3c) return { encoding: 'utf-16be', skip: 0 }
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/i.exec(head)?.[1]
  if (declared === undefined) return { encoding: 'utf-8', skip: 0 }
  const encoding = declared.toLowerCase()
  if (!KNOWN.has(encoding) || encoding.startsWith('utf-16'))
    throw new FileFault('encoding_invalid', `the file is not in ${declared.slice(0, 40)}`, {
      line: 1,
      byte: 0,
    })
  return { encoding, skip: 0 }
}

/** Text in pieces, so that a large file is never held as text. A byte that is none is refused, never replaced. */
export function* decodeInPieces(
  bytes: Uint8Array,
  { encoding, skip }: { encoding: string; skip: number },
): Generator<string> {
  requireValid(bytes, encoding)
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  try {
    for (let at = skip; at < bytes.length; at += CHUNK_BYTES)
      yield decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new FileFault('encoding_invalid', `the file is not valid ${encoding}`, {
      byte: bytes.length,
    })
  }
}

/** The whole text of a file in a given encoding; without one, UTF-8 and else windows-1252, which has no invalid byte. */
export function decode(bytes: Uint8Array, encoding?: string): string {
  const mark = markOf(bytes)
  const known = mark?.encoding ?? encoding ?? (isUtf8(bytes) ? 'utf-8' : 'windows-1252')
  const text = [...decodeInPieces(bytes, { encoding: known, skip: mark?.length ?? 0 })].join('')
  const nul = text.indexOf('\0')
  if (nul >= 0)
    throw new FileFault('encoding_invalid', 'the file holds null characters', placeIn(text, nul))
  return text
}

/** The line and column of a place in a text. */
function placeIn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index)
  return { line: before.split('\n').length, column: index - before.lastIndexOf('\n') }
}

/** Says which byte is wrong. Only UTF-8 and ASCII can tell; the other encodings of one byte know every byte. */
function requireValid(bytes: Uint8Array, encoding: string): void {
  if (encoding === 'us-ascii') {
    const byte = bytes.findIndex((one) => one > 0x7f)
    if (byte >= 0) throw invalidByte(bytes, encoding, byte)
  }
  if (encoding !== 'utf-8' || isUtf8(bytes)) return
  let [low, high] = [0, bytes.length]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isValidUpTo(bytes, middle)) low = middle
    else high = middle - 1
  }
  throw invalidByte(bytes, encoding, low)
}

/** Whether a prefix is valid UTF-8, but for a character cut off at its end. */
function isValidUpTo(bytes: Uint8Array, end: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true })
    return true
  } catch {
    return false
  }
}

function invalidByte(bytes: Uint8Array, encoding: string, byte: number): FileFault {
  const lines = Buffer.from(bytes.subarray(0, byte)).toString('latin1').split('\n')
  return new FileFault('encoding_invalid', `the file is not valid ${encoding}`, {
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    byte,
  })
}
