import type { Static } from '@sinclair/typebox'
import type { NewInvoice } from '../billing/create-invoices.ts'
import type { NewPayment } from '../cash/record-payments.ts'
import type { CalendarDate } from '../foundation/calendar.ts'
import { uuidOf } from '../foundation/id.ts'
import type { ImportOpeningBalance } from './row-schema.ts'

/** A row of opening balances. */
export type OpeningRow = Static<typeof ImportOpeningBalance>

export const isItem = ({ type = 'item' }: OpeningRow): boolean => type === 'item'

/** What is owed of an open item, without its tax: that was claimed when it was issued. */
export const openingInvoice = (row: OpeningRow, date: CalendarDate): NewInvoice => ({
  customerId: uuidOf(row.customer_id),
  externalId: row.external_id,
  number: row.number,
  currency: row.currency,
  issueDate: row.issue_date as CalendarDate,
  dueDate: row.due_date as CalendarDate,
  netDays: null,
  instalments: null,
  dueDateBasis: 'agreed',
  receivedDate: null,
  consumerNoticeGiven: false,
  totalAmount: row.open_amount,
  taxAmount: null,
  creditorReference: null,
  orderReference: null,
  earlyPaymentDiscounts: [],
  lines: [],
  kind: 'opening',
  depositDeductions: [],
  takenOver: { date, originalAmount: row.original_amount ?? null },
  policyChoice: null,
  metadata: row.metadata ?? {},
  issue: true,
})

/** What a customer still holds, as money that came on the day of the move. */
export const openingPayment = (row: OpeningRow, date: CalendarDate): NewPayment => ({
  customerId: uuidOf(row.customer_id),
  externalId: row.external_id,
  status: 'received',
  account: 'opening_balance',
  currency: row.currency,
  amount: row.open_amount,
  receivedDate: date,
  provisionalUntilDate: null,
  method: 'other',
  reference: row.number,
  endToEndId: null,
  bankLineId: null,
  payer: null,
  allocations: null,
  allocate: 'none',
  metadata: row.metadata ?? {},
})
