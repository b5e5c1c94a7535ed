import { SaxesParser } from 'saxes'
import { FileFault, type Place } from './fault.ts'

/** What no bank's file needs more of. */
const DEPTH_MAX = 64
const ATTRIBUTES_MAX = 64
const TEXT_MAX = 65_536
const CHILDREN_MAX = 100_000

/** An element without its namespace: banks leave it out, misspell it and invent prefixes. */
export interface Node {
  name: string
  /** The `Ccy` attribute, the only one that says anything. */
  currency: string | null
  text: string
  children: Node[]
  place: Place
}

/** Called when an element is complete. True when it has been dealt with and can be forgotten. */
export type OnClose = (node: Node, path: readonly Node[]) => boolean

/**
 * Reads XML in pieces and hands over each element as it closes, so that only what is still of use is held. A document
 * type is refused at once: it is where entities come from, and bank files have none.
 */
export function readXml(pieces: Iterable<string>, onClose: OnClose): void {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const path: Node[] = []
  let attributes = 0
  const place = (): Place => ({ line: parser.line, column: parser.columnIndex + 1 })
  const refuse = (reason: 'doctype_forbidden' | 'limit_exceeded', message: string) => {
    throw new FileFault(reason, message, place())
  }

  parser.on('error', (error) => {
    const truncated = /unclosed|unexpected end|document must contain a root/i.test(error.message)
    const message = error.message.replace(/^\d+:\d+: /, '').slice(0, 200)
    throw new FileFault(truncated ? 'truncated' : 'xml_malformed', message, place())
  })
  parser.on('doctype', () => refuse('doctype_forbidden', 'a document type is not allowed'))
  parser.on('opentagstart', () => {
    attributes = 0
    if (path.length >= DEPTH_MAX) refuse('limit_exceeded', `more than ${DEPTH_MAX} levels deep`)
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > ATTRIBUTES_MAX)
      refuse('limit_exceeded', `more than ${ATTRIBUTES_MAX} attributes`)
  })
  parser.on('opentag', ({ name, attributes: { Ccy } }) => {
    const local = name.slice(name.indexOf(':') + 1)
    path.push({ name: local, currency: Ccy ?? null, text: '', children: [], place: place() })
  })
  const addText = (text: string) => {
    const node = path.at(-1)
    if (node === undefined) return
    if (node.text.length + text.length > TEXT_MAX)
      refuse('limit_exceeded', `more than ${TEXT_MAX} characters in one element`)
    node.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const node = path.pop() as Node
    const parent = path.at(-1)
    if (onClose(node, path) || parent === undefined) return
    if (parent.children.length >= CHILDREN_MAX)
      refuse('limit_exceeded', `more than ${CHILDREN_MAX} elements in one`)
    parent.children.push(node)
  })

  for (const piece of pieces) parser.write(piece)
  parser.close()
}

/** The first element at a path of names below a node. */
export function find(node: Node | undefined, path: string): Node | undefined {
  let found = node
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name)
  return found
}

/** The text at the first of some paths that has any. */
export function read(node: Node | undefined, ...paths: string[]): string | null {
  for (const path of paths) {
    const text = find(node, path)?.text.trim()
    if (text !== undefined && text !== '') return text
  }
  return null
}

/** All elements of a name right below a node. */
export const all = (node: Node | undefined, name: string): Node[] =>
  node?.children.filter((child) => child.name === name) ?? []
