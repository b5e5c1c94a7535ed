import { Problem } from '../problem.ts'

/**
 * A tenant's share of work that goes round all tenants. One that is being reset has none, so that nobody behind it has
 * to wait.
 */
export async function unlessResetting<T>(share: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await share
  } catch (error) {
    if (error instanceof Problem && error.code === 'tenant_resetting') return otherwise
    throw error
  }
}
