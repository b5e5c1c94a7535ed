/**
 * The accounts of the subledger. Every movement debits one and credits another; the table of happenings in the
 * ledger's README says which. A tenant's own account codes are mapped on export.
 */
export const accounts = [
  'receivable',
  'unallocated',
  'unidentified',
  'cash',
  'clearing',
  'sales',
  'sales_deductions',
  'deposits',
  'opening_balance',
  'fee_income',
  'interest_income',
  'recovery_income',
  'charges_waived',
  'discount_allowed',
  'payment_difference',
  'bank_charges',
  'tax_withheld',
  'remission',
  'bad_debt',
  'bad_debt_recovery',
  'output_tax',
  'refunds_payable',
  'deferral',
] as const

export type Account = (typeof accounts)[number]
