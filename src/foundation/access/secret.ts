import { createHash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM_DIGITS = 24
const CHECKSUM_DIGITS = 6

/**
 * A new API key: `ark_<live|test>_`, 24 random digits in base 62 (142 bits) and a checksum of six. Prefix and checksum
 * let scanners recognise a leaked key without asking anybody.
 */
export function newSecret(mode: 'live' | 'test'): string {
  const random = Array.from({ length: RANDOM_DIGITS }, () => DIGITS[randomInt(DIGITS.length)]).join(
    '',
  )
  const body = `ark_${mode}_${random}`
  return body + checksumOf(body)
}

/** What is stored of a secret. It has more than 128 random bits, so a slow hash would protect nothing further. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** What is shown of a secret ever after: its prefix and its last four characters. */
export const hintOf = (secret: string): string =>
  `${/^ark_(live|test)_/.exec(secret)?.[0] ?? ''}…${secret.slice(-4)}`

/** CRC-32 in base 62, as GitHub's tokens have it. */
function checksumOf(body: string): string {
  let rest = crc32(body)
  let digits = ''
  for (let place = 0; place < CHECKSUM_DIGITS; place += 1) {
    digits = DIGITS[rest % DIGITS.length] + digits
    rest = Math.floor(rest / DIGITS.length)
  }
  return digits
}
