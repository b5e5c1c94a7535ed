import { invalidFields } from '../foundation/problem.ts'
import type { SignatureVersion } from './table.ts'

/**
 * The signatures an endpoint asked for, each once and in order. `v1` is always among them, since the libraries of the
 * standard know no other.
 */
export function signatureVersionsOf(asked: readonly SignatureVersion[]): SignatureVersion[] {
  if (!asked.includes('v1')) {
    throw invalidFields({
      pointer: '#/signature_versions',
      code: 'contains',
      detail: 'must contain v1',
    })
  }
  return asked.includes('v1a') ? ['v1', 'v1a'] : ['v1']
}
