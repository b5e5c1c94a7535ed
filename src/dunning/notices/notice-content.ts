import { type CalendarDate, daysOverdue } from '../../foundation/calendar.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { sum } from '../../foundation/money.ts'
import type { Contact, CustomerRow } from '../../parties/table.ts'
import type { ChargeRow } from '../charges/table.ts'
import type { DunnedItem } from '../dunned-items.ts'
import type { Channel, StatutoryNotice, Tone } from '../policy.ts'
import type { NoticeCredit, NoticeFacts } from './notice-facts.ts'
import { type PaymentInstructions, paymentInstructions } from './payment-instructions.ts'
import { type Recipient, recipientsOf } from './recipients.ts'

/** An item as a notice lists it. */
export interface NoticeItem {
  item_id: string
  invoice_id: string | null
  invoice_number: string | null
  creditor_reference: string | null
  kind: 'invoice' | 'charge'
  due_date: CalendarDate
  days_overdue: number
  total_amount: number
  open_amount: number
  level: number
  /** Whether it is this notice that lifted it to its level. */
  escalated: boolean
  decision_id: string | null
}

/** A charge that a notice claims. */
export interface NoticeCharge {
  item_id: string
  kind: string
  amount: number
}

/** What a notice says: all that is needed to tell the customer, without asking back. It never changes. */
export interface NoticeContent {
  /** Null in notices of before this was kept. */
  language: string | null
  tone: Tone
  template: string | null
  statutory_notice: StatutoryNotice | null
  customer: {
    id: string
    external_id: string | null
    name: string
    kind: string
    country: string
    language: string | null
    contacts: Contact[]
  }
  recipients: Recipient[]
  items: NoticeItem[]
  credits: NoticeCredit[]
  charges: NoticeCharge[]
  fee_amount: number
  overdue_amount: number
  unallocated_amount: number
  total_due_amount: number
  payment: PaymentInstructions | null
  next_level: number | null
  next_date: CalendarDate | null
  decision_ids: string[]
}

/** A decision to tell a customer of an item, ready to be carried out. */
export interface Told {
  decisionId: string
  item: DunnedItem
  /** The level it reaches by being told; 0 for a courtesy. */
  level: number
}

/** What a level or a courtesy says about how its notice is worded and sent. */
export interface Wording {
  tone: Tone
  template: string | null
  channels: readonly Channel[]
  statutoryNotice: StatutoryNotice | null
}

/** What goes into a notice. */
export interface Draft {
  customerId: string
  currency: string
  wording: Wording
  told: readonly Told[]
  /** All that it lists, what it tells of for the first time among it. */
  listed: readonly DunnedItem[]
  charges: readonly ChargeRow[]
  unallocatedAmount: number
  next: { level: number; date: CalendarDate } | null
}

/** Writes a notice out in full, as it is kept and sent. */
export function contentOf(draft: Draft, facts: NoticeFacts, today: CalendarDate): NoticeContent {
  const { currency, wording, told, listed, unallocatedAmount, next } = draft
  const charges = draft.charges.filter(({ status }) => status === 'claimed').map(toNoticeCharge)
  const customer = facts.customers.get(draft.customerId) as CustomerRow
  const language = customer.language ?? facts.locale
  const overdue = sum(listed.map(({ open_amount }) => open_amount))
  const claimed = sum(charges.map(({ amount }) => amount))
  const due = Math.max(0, overdue + claimed - unallocatedAmount)
  const decisions = new Map(told.map((one) => [one.item.id, one]))
  return {
    language,
    tone: wording.tone,
    template: wording.template,
    statutory_notice: wording.statutoryNotice,
    customer: {
      id: publicId('customer', customer.id),
      external_id: customer.external_id,
      name: customer.name,
      kind: customer.kind,
      country: customer.country,
      language: customer.language,
      contacts: customer.contacts,
    },
    recipients: recipientsOf(customer, wording.channels, language),
    items: listed.map((item) => toNoticeItem(item, decisions.get(item.id), today)),
    credits: facts.credits.get(`${draft.customerId} ${currency}`) ?? [],
    charges,
    fee_amount: sum(charges.filter(({ kind }) => kind === 'fee').map(({ amount }) => amount)),
    overdue_amount: overdue,
    unallocated_amount: unallocatedAmount,
    total_due_amount: due,
    payment: paymentInstructions(facts.accounts.get(currency), {
      currency,
      amount: due,
      invoices: listed.filter(({ kind }) => kind === 'invoice'),
    }),
    next_level: next?.level ?? null,
    next_date: next?.date ?? null,
    decision_ids: told.map(({ decisionId }) => publicId('dunning_decision', decisionId)),
  }
}

const toNoticeCharge = ({ claim_item_id, kind, amount }: ChargeRow): NoticeCharge => ({
  item_id: publicId('open_item', claim_item_id as string),
  kind,
  amount,
})

const toNoticeItem = (
  item: DunnedItem,
  told: Told | undefined,
  today: CalendarDate,
): NoticeItem => ({
  item_id: publicId('open_item', item.id),
  invoice_id: publicIdOrNull('invoice', item.invoice_id),
  invoice_number: item.number,
  creditor_reference: item.creditor_reference,
  kind: item.kind,
  due_date: item.due_date,
  days_overdue: daysOverdue(item.due_date, today),
  total_amount: item.total_amount,
  open_amount: item.open_amount,
  level: told?.level ?? item.level,
  escalated: told !== undefined && told.level > 0,
  decision_id: publicIdOrNull('dunning_decision', told?.decisionId ?? null),
})
