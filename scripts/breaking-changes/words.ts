import type { View } from './view.ts'

/** Tells what is different about a value. */
export type Say = (change: string) => void

/** A value as it was described, and as it is. */
export interface Pair {
  old: View
  now: View
}

export const list = (words: unknown[]): string =>
  words.map((word) => `\`${String(word)}\``).join(', ')

export const typesOf = ({ types }: View): string => types.join(' or ') || 'anything'

/** Whether every value of some types is also of others; whole numbers are numbers. */
export const within = (some: View, others: View): boolean =>
  others.types.length === 0 ||
  (some.types.length > 0 &&
    some.types.every(
      (type) =>
        others.types.includes(type) || (type === 'integer' && others.types.includes('number')),
    ))
