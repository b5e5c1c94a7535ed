import type { Context } from '../foundation/http/context.ts'
import type { Http } from '../foundation/http/operation.ts'
import { creditCheckRoutes } from './checks/routes.ts'
import { exposureRoutes } from './exposure/routes.ts'
import { foresightRoutes } from './foresight/routes.ts'
import { creditGroupRoutes } from './groups/routes.ts'
import { creditHoldRoutes } from './holds/routes.ts'
import { creditLimitRoutes } from './limits/routes.ts'
import { creditAlertRoutes } from './monitoring/routes.ts'
import { onboardingRoutes } from './onboarding/routes.ts'
import { orderRoutes } from './orders/routes.ts'
import { creditPolicyRoutes } from './policies/routes.ts'
import { creditReportRoutes } from './reports/routes.ts'
import { reservationRoutes } from './reservations/routes.ts'
import { creditReviewRoutes } from './reviews/routes.ts'
import { creditScoreRoutes } from './scores/routes.ts'
import { tradeReferenceRoutes } from './trade-references/routes.ts'

/** What may be sold on account, how much, and why. */
export function creditRoutes(http: Http, context: Context): void {
  creditPolicyRoutes(http, context)
  exposureRoutes(http, context)
  creditCheckRoutes(http, context)
  creditHoldRoutes(http, context)
  orderRoutes(http, context)
  reservationRoutes(http, context)
  creditLimitRoutes(http, context)
  creditGroupRoutes(http, context)
  onboardingRoutes(http, context)
  creditAlertRoutes(http, context)
  creditReviewRoutes(http, context)
  creditReportRoutes(http, context)
  tradeReferenceRoutes(http, context)
  creditScoreRoutes(http, context)
  foresightRoutes(http, context)
}
