import type { ApprovalTables } from '../../approvals/table.ts'
import type { AuditTables } from '../../audit/table.ts'
import type { BillingTables } from '../../billing/table.ts'
import type { BankTables } from '../../cash/bank/table.ts'
import type { DebitTables } from '../../cash/debits/table.ts'
import type { MatchingTables } from '../../cash/matching/table.ts'
import type { RefundTables } from '../../cash/refunds/table.ts'
import type { CashTables } from '../../cash/table.ts'
import type { ActivityTables } from '../../collections/activities/table.ts'
import type { DeferralTables } from '../../collections/deferrals/table.ts'
import type { WriteOffTables } from '../../collections/write-offs/table.ts'
import type { CheckTables } from '../../credit/checks/table.ts'
import type { CreditGroupTables } from '../../credit/groups/table.ts'
import type { CreditHoldTables } from '../../credit/holds/table.ts'
import type { CreditLimitTables } from '../../credit/limits/table.ts'
import type { MonitoringTables } from '../../credit/monitoring/table.ts'
import type { OnboardingTables } from '../../credit/onboarding/table.ts'
import type { OrderTables } from '../../credit/orders/table.ts'
import type { CreditReportTables } from '../../credit/reports/table.ts'
import type { ReservationTables } from '../../credit/reservations/table.ts'
import type { CreditReviewTables } from '../../credit/reviews/table.ts'
import type { ScoreTables } from '../../credit/scores/table.ts'
import type { CreditTables } from '../../credit/table.ts'
import type { TradeReferenceTables } from '../../credit/trade-references/table.ts'
import type { ChargeTables } from '../../dunning/charges/table.ts'
import type { LawTables } from '../../dunning/law/table.ts'
import type { SimulationTables } from '../../dunning/simulation/table.ts'
import type { DunningTables } from '../../dunning/table.ts'
import type { EventTables } from '../../events/table.ts'
import type { ImportTables } from '../../imports/table.ts'
import type { LedgerTables } from '../../ledger/table.ts'
import type { ExchangeRateTables } from '../../parties/exchange-rates/table.ts'
import type { PartyTables } from '../../parties/table.ts'
import type { SandboxTables } from '../../sandbox/table.ts'
import type { TaskTables } from '../../tasks/table.ts'
import type { WebhookTables } from '../../webhooks/table.ts'
import type { IdempotencyTables } from '../http/table.ts'
import type { JobTables } from '../jobs/table.ts'

/** The map of what is stored. Each table's type lives in the wing that writes it. */
export interface Tables
  extends IdempotencyTables,
    JobTables,
    EventTables,
    AuditTables,
    PartyTables,
    ExchangeRateTables,
    TaskTables,
    ApprovalTables,
    LedgerTables,
    CreditTables,
    CheckTables,
    CreditHoldTables,
    MonitoringTables,
    CreditReviewTables,
    CreditReportTables,
    TradeReferenceTables,
    ScoreTables,
    CreditLimitTables,
    CreditGroupTables,
    OnboardingTables,
    OrderTables,
    ReservationTables,
    BillingTables,
    CashTables,
    BankTables,
    MatchingTables,
    DebitTables,
    RefundTables,
    DeferralTables,
    WriteOffTables,
    ActivityTables,
    DunningTables,
    SimulationTables,
    ChargeTables,
    LawTables,
    SandboxTables,
    WebhookTables,
    ImportTables {}
