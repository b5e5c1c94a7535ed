import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'

const KEY = /^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/

/** The Idempotency-Key, quoted (as the IETF draft has it) or bare; only POST takes one. */
export function idempotencyKeyOf(
  request: FastifyRequest,
  rule: 'required' | undefined,
): string | null {
  const header = request.headers['idempotency-key']
  if (request.method !== 'POST') return null
  if (header === undefined || header === '') {
    if (rule === 'required') throw new Problem('idempotency_key_required')
    return null
  }
  const text = String(header)
  const key = text.startsWith('"') ? (/^"(.*)"$/.exec(text)?.[1] ?? '') : text
  if (!KEY.test(key)) {
    throw new Problem('invalid_parameter', {
      errors: [
        {
          in: 'header',
          pointer: 'Idempotency-Key',
          code: 'pattern',
          detail: 'must be 1 to 255 visible ASCII characters',
        },
      ],
    })
  }
  return key
}
