/** What follows from one reason for which a debit came back. */
export interface ReasonTreatment {
  meaning: string
  /** Whether collecting again can succeed at all; how often and when is the tenant's to set. */
  retry: boolean
  /** Whether the mandate may go on: `account` until it names another account, `mandate` for good. */
  blocks: 'nothing' | 'account' | 'mandate'
  /** Whether the debtor has caused it, so that a fee may be charged. */
  debtorFault: boolean
}

const treat = (
  meaning: string,
  { retry = false, blocks = 'nothing', debtorFault = false }: Partial<ReasonTreatment> = {},
): ReasonTreatment => ({ meaning, retry, blocks, debtorFault })

/**
 * The reasons that SEPA direct debits come back for (ISO 20022 external code set `ExternalStatusReason1Code` and
 * `ExternalReturnReason1Code`, as EPC173-14 "Guidance on reason codes for SEPA direct debit R-transactions" uses them)
 * and what we do about each. MS03 is what banks say that must not tell, mostly for want of funds.
 */
export const reasonCodes = {
  AC01: treat('The account number is incorrect', { blocks: 'account', debtorFault: true }),
  AC04: treat('The account is closed', { blocks: 'account', debtorFault: true }),
  AC06: treat('The account is blocked for direct debits', { blocks: 'account', debtorFault: true }),
  AC13: treat('The account is a consumer’s, which B2B does not allow', { blocks: 'mandate' }),
  AG01: treat('Direct debits are forbidden on this account', {
    blocks: 'account',
    debtorFault: true,
  }),
  AG02: treat('The sequence or operation code is not valid'),
  AM04: treat('The funds are insufficient', { retry: true, debtorFault: true }),
  AM05: treat('The debit is a duplicate'),
  BE05: treat('The creditor’s identifier is not recognised'),
  CNOR: treat('The creditor’s bank is not registered for the scheme'),
  DNOR: treat('The debtor’s bank is not registered for the scheme', { blocks: 'account' }),
  DT01: treat('The collection date is not valid'),
  DUPL: treat('The payment is a duplicate'),
  ED05: treat('The settlement failed', { retry: true }),
  FF01: treat('The file format is not valid'),
  FF05: treat('The local instrument is not valid'),
  FRAD: treat('The debit is suspected to be fraudulent', { blocks: 'mandate' }),
  MD01: treat('There is no valid mandate', { blocks: 'mandate' }),
  MD02: treat('Data of the mandate are missing or incorrect', { blocks: 'mandate' }),
  MD06: treat('The debtor asks for a refund of an authorised debit'),
  MD07: treat('The debtor has died', { blocks: 'mandate' }),
  MS02: treat('The debtor refuses, without giving a reason'),
  MS03: treat('The bank gives no reason', { retry: true, debtorFault: true }),
  RC01: treat('The BIC is incorrect', { blocks: 'account' }),
  RR01: treat('The debtor’s account or identification is missing'),
  RR02: treat('The debtor’s name or address is missing'),
  RR03: treat('The creditor’s name or address is missing'),
  RR04: treat('There is a regulatory reason'),
  SL01: treat('The debtor has told the bank not to allow it', { blocks: 'mandate' }),
} as const satisfies Record<string, ReasonTreatment>

/** What is known to be worth another attempt. */
export const retryableCodes = Object.entries<ReasonTreatment>(reasonCodes).flatMap(
  ([code, { retry }]) => (retry ? [code] : []),
)

/** What follows from a code; from one that is not listed nothing but that the money went back. */
export const treatmentOf = (code: string): ReasonTreatment =>
  (reasonCodes as Record<string, ReasonTreatment>)[code] ?? treat('The reason is not known')
