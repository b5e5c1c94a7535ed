/** One field of a SWIFT message: its tag, and its lines joined by line feeds. */
export interface Field {
  tag: string
  text: string
  line: number
}

const TAG = /^:(\d{2}[A-Z]?):/

/** `-` or `-}` alone on its line ends a message; a line of field 86 may well begin with a hyphen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: SWIFT ends its messages with one
const END = /^-(\}.*|XXX)?[\s\u0003]*$/

/**
 * The fields of a file in their order. What stands before the first tag, and between the end of a message and the
 * next tag (SWIFT block headers, the bank's own lines, prose), belongs to none.
 */
export function* fieldsOf(text: string): Generator<Field> {
  let field: Field | null = null
  let number = 0
  for (const line of linesOf(text)) {
    number += 1
    const tag = TAG.exec(line)?.[1]
    if (tag !== undefined) {
      if (field !== null) yield field
      field = { tag, text: line.slice(tag.length + 2), line: number }
    } else if (END.test(line)) {
      if (field !== null) yield field
      field = null
    } else if (field !== null) field.text += `\n${line}`
  }
  if (field !== null) yield field
}

/** Lines ended by CR LF, LF or CR, without making a list of all of them. */
function* linesOf(text: string): Generator<string> {
  const end = /\r\n|\n|\r/g
  let start = 0
  for (let found = end.exec(text); found !== null; found = end.exec(text)) {
    yield text.slice(start, found.index)
    start = end.lastIndex
  }
  yield text.slice(start)
}
