import { list, type Pair, type Say, typesOf, within } from './words.ts'

/** Formats by which generated clients choose a type of their own. */
const TYPING: unknown[] = ['date', 'date-time', 'byte', 'binary', 'uuid', 'int32', 'int64']

/** What an answer must not do to a client that could read it before. */
export function comparedAnswer({ old, now }: Pair, say: Say): void {
  if (!within(now, old)) say(`is ${typesOf(now)} instead of ${typesOf(old)}`)
  for (const name of old.required) {
    if (name in now.properties && !now.required.includes(name)) say(`may come without \`${name}\``)
  }
  const { format: was } = old.rest
  const { format: is } = now.rest
  if (
    was !== is &&
    (TYPING.includes(was) || TYPING.includes(is)) &&
    !(was === undefined && old.types.includes('integer'))
  )
    say(`has the format ${String(is)} instead of ${String(was)}`)
  compareWords({ old, now }, say)
}

function compareWords({ old, now }: Pair, say: Say): void {
  if (Array.isArray(old.extensible)) {
    const told = Array.isArray(now.extensible) ? now.extensible : []
    const gone = old.extensible.filter((word) => !told.includes(word))
    if (gone.length > 0) say(`never says ${list(gone)} any more`)
  }
  if (old.words === undefined || now.extensible !== false) return
  if (now.words === undefined) say('may be any word now')
  const added = now.words?.filter((word) => !old.words?.includes(word)) ?? []
  if (added.length > 0) say(`may be ${list(added)} now, which it does not say it could become`)
}
