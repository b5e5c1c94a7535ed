const RF = /^RF\d{2}[A-Z0-9]{1,21}$/
const QR = /^\d{27}$/

/**
 * What a structured creditor reference says without its check digits and leading zeros: ISO 11649 (`RF18…`) or a Swiss
 * QR reference of 27 digits. Null for anything else, and where the check digits do not hold.
 */
export function contentOfReference(reference: string): string | null {
  const compact = reference.replace(/\s/g, '').toUpperCase()
  const content =
    RF.test(compact) && modulo97(compact.slice(4) + compact.slice(0, 4)) === 1
      ? compact.slice(4)
      : QR.test(compact) && checkDigitOf(compact.slice(0, -1)) === Number(compact.at(-1))
        ? compact.slice(0, -1)
        : null
  return content === null ? null : content.replace(/^0+(?=.)/, '')
}

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

/** The remainder by 97 of a text whose letters count from 10 (ISO 7064). */
function modulo97(text: string): number {
  let remainder = 0
  for (const digit of [...text].map((character) => Number.parseInt(character, 36)).join(''))
    remainder = (remainder * 10 + Number(digit)) % 97
  return remainder
}

const CARRY = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const

/** The check digit of a Swiss reference: modulo 10, recursive. */
function checkDigitOf(digits: string): number {
  let carry = 0
  for (const digit of digits) carry = CARRY[(carry + Number(digit)) % 10] as number
  return (10 - carry) % 10
}
