import type { Context } from '../foundation/http/context.ts'
import type { Http } from '../foundation/http/operation.ts'
import { accessRoutes } from './access/routes.ts'
import { apiKeyRoutes } from './api-keys/routes.ts'
import { customerClassRoutes } from './customer-classes/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { exchangeRateRoutes } from './exchange-rates/routes.ts'
import { platformRoutes } from './tenants/platform-routes.ts'
import { tenantRoutes } from './tenants/routes.ts'

/** Who: the creditors, the programs that act for them, their debtors, and what money costs in other money. */
export function partyRoutes(http: Http, context: Context): void {
  tenantRoutes(http, context)
  platformRoutes(http, context)
  apiKeyRoutes(http, context)
  accessRoutes(http, context)
  customerClassRoutes(http, context)
  customerRoutes(http, context)
  exchangeRateRoutes(http, context)
}
