import { type Static, Type } from '@sinclair/typebox'
import { Expandable } from '../foundation/http/expand.ts'
import {
  Amount,
  At,
  Body,
  Count,
  Currency,
  Day,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  Text,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId, publicIdOrNull, uuidOf } from '../foundation/id.ts'
import { deductionKinds } from './deduction.ts'
import type { Designation } from './designation.ts'
import { reasonCodes, sentenceOf } from './reason.ts'
import { allocationRules } from './settings.ts'
import type { AllocationWithDeductions } from './table.ts'

/** The most designations of one payment, and the most allocations one answer shows. */
const DESIGNATIONS_MAX = 1_000
const ALLOCATIONS_MAX = 10_000
const DEDUCTIONS_MAX = 20

const DeductionKind = OneOf(deductionKinds, {
  description:
    'An early-payment discount (its tax share is booked apart), a difference nobody asks for, what banks kept, or tax the payer has withheld.',
})

export const DesignatedDeduction = named(
  'DesignatedDeduction',
  Body(
    { kind: DeductionKind, amount: Amount('How much is cleared.', { minimum: 1, example: 2976 }) },
    { description: 'What is to be cleared of an item besides the money.' },
  ),
)

export const DesignatedAllocation = named(
  'DesignatedAllocation',
  Body(
    {
      invoice_id: Type.Optional(
        Id('invoice', 'The invoice to settle; its items by due date. Alternative to `item_id`.'),
      ),
      item_id: Type.Optional(Id('open_item', 'The open item to settle.')),
      amount: Amount('How much of the money goes there.', { minimum: 1 }),
      deductions: Type.Optional(
        List(ref(DesignatedDeduction), {
          description: 'What is cleared with it; not for credit notes.',
          maxItems: DEDUCTIONS_MAX,
        }),
      ),
    },
    { description: 'What the payer or the ERP has decided about a part of the money.' },
  ),
)

/** Designations of a body. */
export const designations = (description: string) =>
  List(ref(DesignatedAllocation), { description, maxItems: DESIGNATIONS_MAX })

/** What the API was told about a designation, as the commands take it. */
export const designationOf = ({
  invoice_id,
  item_id,
  amount,
  deductions = [],
}: Static<typeof DesignatedAllocation>): Designation => ({
  ...(invoice_id !== undefined && { invoiceId: uuidOf(invoice_id) }),
  ...(item_id !== undefined && { itemId: uuidOf(item_id) }),
  amount,
  deductions,
})

const UndoneDate = Day(
  'The day the former allocations are undone on; today unless given, not before they counted.',
  '2026-03-20',
)

export const AllocateMoney = named(
  'AllocateMoney',
  Body(
    {
      allocations: Type.Optional(
        designations(
          'Designations, all met in full; without them the rules of the allocation settings apply.',
        ),
      ),
    },
    { description: 'How unallocated money or credit is to be used.' },
  ),
)

export const ReallocatePayment = named(
  'ReallocatePayment',
  Body(
    {
      allocations: Type.Optional(
        designations(
          'Designations that replace all allocations, met in full; an empty list leaves all unallocated, without it the rules apply.',
        ),
      ),
      undone_date: Type.Optional(UndoneDate),
    },
    { description: 'How a payment is to be used instead.' },
  ),
)

export const UndoAllocation = named(
  'UndoAllocation',
  Body({ undone_date: Type.Optional(UndoneDate) }, { description: 'When an allocation ends.' }),
)

export const TransferPayment = named(
  'TransferPayment',
  Body(
    {
      customer_id: Id('customer', 'Whose the money is from now on.'),
      amount: Amount('How much of what is unallocated.', { minimum: 1 }),
    },
    { description: 'Unallocated money that belongs to another customer.' },
  ),
)

const Reason = Type.Object(
  {
    code: OneOf(reasonCodes, { description: 'Why, for programs.' }),
    found: Nullable(
      Text('What was found in the reference.', { maxLength: 500, example: 'R-2026-0815' }),
    ),
    amount: Nullable(Amount('The sum that fitted.')),
    count: Nullable(Count('How many items it fitted together.', { example: 3 })),
    basis: Nullable(Text('The law that says so.', { example: '§ 366 (2), § 367 (1) BGB' })),
    sentence: Text('Why, for people.', {
      maxLength: 700,
      example: 'The reference names the invoice: R-2026-0815.',
    }),
  },
  { description: 'Why the rule took this item, with what decided.' },
)

const Deduction = Type.Object(
  {
    kind: DeductionKind,
    item_id: Id('open_item', 'The open item it was cleared of.'),
    amount: Amount('What was cleared.', { minimum: 1, example: 2976 }),
    tax_amount: Amount('What of it is tax; only a discount has a tax share.', { example: 475 }),
  },
  { description: 'What was cleared of an item together with the money.' },
)

export const Allocation = named(
  'Allocation',
  Type.Object(
    {
      id: Id('allocation', 'The id.'),
      object: Type.Unsafe<'allocation'>(
        Type.String({
          description: 'What this is.',
          const: 'allocation',
          examples: ['allocation'],
        }),
      ),
      payment_id: Nullable(Id('payment', 'The payment it is part of.')),
      payment: Expandable('payment'),
      credit_note_id: Nullable(Id('credit_note', 'The credit note it is part of.')),
      customer_id: Id('customer', 'Whose money and whose item it is.'),
      customer: Expandable('customer'),
      invoice_id: Nullable(Id('invoice', 'The invoice of the item; null for a charge.')),
      invoice: Expandable('invoice'),
      item_id: Id('open_item', 'The open item settled.'),
      currency: Currency(),
      amount: Amount('What was settled by the money.', { minimum: 1 }),
      rule: OneOf(allocationRules, { description: 'The rule that made it.' }),
      reason: Reason,
      deductions: List(Deduction, {
        description: 'What was cleared with it.',
        maxItems: DEDUCTIONS_MAX + 2,
      }),
      effective_date: Day(
        'When it counts: the later of the money’s and the claim’s day.',
        '2026-03-14',
      ),
      undone_date: Nullable(Day('When it was undone; null while it stands.', '2026-03-20')),
      created_at: At('When it was made, by the tenant’s clock.'),
    },
    { description: 'Which money settles which open item, and why.' },
  ),
)

export const AllocationList = ListOf(Allocation)

/** An allocation as the API shows it. */
export const allocationToJson = (
  allocation: AllocationWithDeductions,
): Static<typeof Allocation> => ({
  id: publicId('allocation', allocation.id),
  object: 'allocation',
  payment_id: publicIdOrNull('payment', allocation.payment_id),
  credit_note_id: publicIdOrNull('credit_note', allocation.credit_note_id),
  customer_id: publicId('customer', allocation.customer_id),
  invoice_id: publicIdOrNull('invoice', allocation.invoice_id),
  item_id: publicId('open_item', allocation.item_id),
  currency: allocation.currency,
  amount: allocation.amount,
  rule: allocation.rule,
  reason: {
    code: allocation.reason.code,
    found: allocation.reason.found ?? null,
    amount: allocation.reason.amount ?? null,
    count: allocation.reason.count ?? null,
    basis: allocation.reason.basis ?? null,
    sentence: sentenceOf(allocation.reason, allocation.currency),
  },
  deductions: allocation.deductions.map(({ kind, item_id, amount, tax_amount }) => ({
    kind,
    item_id: publicId('open_item', item_id),
    amount,
    tax_amount,
  })),
  effective_date: allocation.effective_date,
  undone_date: allocation.undone_date,
  created_at: allocation.created_at,
})

/** The allocations that stand, as part of what they are made of. */
export const Allocations = List(ref(Allocation), {
  description: 'The allocations that stand.',
  maxItems: ALLOCATIONS_MAX,
})

export const AllocationQuery = Query({
  ...paging,
  payment_id: Type.Optional(Id('payment', 'Only those of this payment.')),
  credit_note_id: Type.Optional(Id('credit_note', 'Only those of this credit note.')),
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  invoice_id: Type.Optional(Id('invoice', 'Only those that settle this invoice.')),
  item_id: Type.Optional(Id('open_item', 'Only those that settle this open item.')),
  undone: Type.Optional(
    YesNo('Only those that were undone, or only those that stand.', { example: false }),
  ),
})
