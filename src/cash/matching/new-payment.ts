import type { NewPayment } from '../record-payments.ts'
import type { PartOfLine } from './post-matches.ts'

const REFERENCE_MAX = 500

/** The payment that a line, or a part of it, is recorded as. */
export const newPayment = ({ line, part, date }: PartOfLine): NewPayment => ({
  customerId: part.customerId,
  externalId: null,
  status: 'received',
  account: 'cash',
  currency: line.currency,
  amount: part.amount,
  receivedDate: date,
  provisionalUntilDate: null,
  method: 'bank_transfer',
  reference: (line.remittance ?? line.structured_reference)?.slice(0, REFERENCE_MAX) ?? null,
  endToEndId: line.end_to_end_id,
  bankLineId: line.id,
  payer: { name: line.counterparty_name, iban: line.counterparty_iban },
  allocations: part.allocations,
  allocate: 'auto',
  metadata: {},
})
