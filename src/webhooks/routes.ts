import type { Context } from '../foundation/http/context.ts'
import type { Http } from '../foundation/http/operation.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { endpointRoutes } from './endpoint-routes.ts'
import { recoveryRoutes } from './recovery-routes.ts'
import { secretRoutes } from './secret-routes.ts'

/** Telling others: endpoints, their secrets, what became of each delivery, and catching up. */
export function webhookRoutes(http: Http, context: Context): void {
  endpointRoutes(http, context)
  secretRoutes(http, context)
  deliveryRoutes(http, context)
  recoveryRoutes(http, context)
}
