import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  Body,
  Count,
  Currency,
  Day,
  ExternalId,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  paging,
  Query,
  ref,
  resourceFields,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import type { OrderRow } from './table.ts'
import type { ReportedOrder } from './upsert-orders.ts'

/** The most orders one request may report. */
export const ORDERS_MAX = 1_000

const Reference = (description: string) => ExternalId(description, 'PO-4500012345')
const Expected = Day('When the rest is expected to be invoiced.', '2026-04-15')

const fields = {
  customer_id: Id('customer', 'Who ordered.'),
  external_id: Reference(
    'The order’s reference, unique per customer: the `order_reference` of its invoices and the `external_id` of its reservation.',
  ),
  currency: Currency(),
  open_amount: Amount(
    'What is ordered and not invoiced yet, tax included; 0 when nothing is left to invoice. Invoices that are issued after the report, with its reference, reduce it.',
  ),
}

export const ReportOrder = named(
  'ReportOrder',
  Body(
    { ...fields, expected_date: Type.Optional(Nullable(Expected)) },
    { description: 'How much of an order is not invoiced yet.' },
  ),
)

export const ReportOrders = named(
  'ReportOrders',
  Body(
    {
      orders: List(ref(ReportOrder), {
        description: 'The orders, each once.',
        minItems: 1,
        maxItems: ORDERS_MAX,
      }),
    },
    { description: 'Many orders at once; all are taken, or none.' },
  ),
)

export const OrderOnHand = named(
  'OrderOnHand',
  Type.Object(
    { ...resourceFields('order_on_hand'), ...fields, expected_date: Nullable(Expected) },
    { description: 'What a customer has ordered and is not invoiced yet.' },
  ),
)
export const OrderOnHandList = ListOf(OrderOnHand)

export const OrdersReported = named(
  'OrdersReported',
  Type.Object(
    {
      object: Type.Unsafe<'orders_reported'>(
        Type.String({
          description: 'What this is.',
          const: 'orders_reported',
          examples: ['orders_reported'],
        }),
      ),
      created_count: Count('Orders that were not known before.', { example: 120 }),
      updated_count: Count('Orders that have changed.', { example: 35 }),
      unchanged_count: Count('Orders that stand as they stood.', { example: 845 }),
    },
    { description: 'What became of the orders that were reported.' },
  ),
)

export const OrderQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only this customer’s.')),
  external_id: Type.Optional(Reference('Only those with this reference.')),
  open: Type.Optional(YesNo('Only those not wholly invoiced, or only those that are.')),
})

/** What the API was told about an order, as the command takes it. */
export const reportedOrder = (body: Static<typeof ReportOrder>): ReportedOrder => ({
  customerId: uuidOf(body.customer_id),
  externalId: body.external_id,
  currency: body.currency,
  openAmount: body.open_amount,
  expectedDate: body.expected_date ?? null,
})

/** An order on hand as the API shows it. */
export const orderToJson = (
  order: OrderRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof OrderOnHand> => ({
  id: publicId('order_on_hand', order.id),
  object: 'order_on_hand',
  version: order.version,
  livemode: tenant.mode === 'live',
  customer_id: publicId('customer', order.customer_id),
  external_id: order.external_id,
  currency: order.currency,
  open_amount: order.open_amount,
  expected_date: order.expected_date,
  created_at: order.created_at,
  updated_at: order.updated_at,
})
