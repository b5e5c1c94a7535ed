import { contentOfReference } from '../../billing/reference-key.ts'

/** The structured references that stand in a text, written together or in groups; only those whose check digits hold. */
export function referencesIn(text: string): string[] {
  const words = text.toUpperCase().split(/[^A-Z0-9]+/)
  const found: string[] = []
  for (const [from, word] of words.entries()) {
    if (!/^(RF\d{2}|\d{2,27}$)/.test(word)) continue
    for (let to = from + 1; to <= Math.min(words.length, from + 8); to += 1) {
      const content = contentOfReference(words.slice(from, to).join(''))
      if (content !== null) found.push(content)
    }
  }
  return found
}
