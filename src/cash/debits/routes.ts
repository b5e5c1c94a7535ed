import type { Context } from '../../foundation/http/context.ts'
import type { Http } from '../../foundation/http/operation.ts'
import { batchRoutes } from './batch-routes.ts'
import { debitRoutes } from './debit-routes.ts'
import { mandateRoutes } from './mandate-routes.ts'

/** Money that is fetched: mandates, debits, and their files. */
export function directDebitRoutes(http: Http, context: Context): void {
  mandateRoutes(http, context)
  debitRoutes(http, context)
  batchRoutes(http, context)
}
