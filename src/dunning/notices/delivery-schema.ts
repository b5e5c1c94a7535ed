import { type Static, Type } from '@sinclair/typebox'
import {
  At,
  Body,
  Id,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { channels } from '../policy.ts'
import type { DeliveryRow } from '../table.ts'
import { deliveryStatuses, evidences } from './delivery.ts'

const RECIPIENT_MAX = 254
const DETAIL_MAX = 1_000

const deliveryFields = {
  status: OneOf(deliveryStatuses, {
    description:
      'What was heard. `bounced` and `failed` send the notice to its next recipient when they are about the one it is to reach now.',
    examples: ['delivered'],
  }),
  channel: OneOf(channels, { description: 'By which way.' }),
  occurred_at: At('When it happened, as the sender of the notice knows it.'),
}
const Recipient = () =>
  Text('The mail address or phone number, when it is known.', {
    maxLength: RECIPIENT_MAX,
    example: 'billing@muster.example',
  })
const EvidenceField = OneOf(evidences, {
  description:
    'What the report is worth: nothing, a pixel that was loaded, a link that was followed, a reader who signed in; for a letter that it was posted, registered, or its receipt signed for.',
  default: 'none',
  examples: ['link'],
})
const Detail = () =>
  Text('What the sender said about it.', {
    maxLength: DETAIL_MAX,
    example: '550 5.1.1 mailbox does not exist',
  })

export const RecordDunningDelivery = named(
  'RecordDunningDelivery',
  Body(
    {
      ...deliveryFields,
      recipient: Type.Optional(Nullable(Recipient())),
      evidence: Type.Optional(EvidenceField),
      detail: Type.Optional(Nullable(Detail())),
    },
    {
      description:
        'What was heard of a notice on its way. The same status by the same channel to the same recipient at the same instant counts once.',
    },
  ),
)

export const DunningDelivery = named(
  'DunningDelivery',
  Type.Object(
    {
      id: Id('dunning_delivery', 'The id.'),
      object: Type.Unsafe<'dunning_delivery'>(
        Type.String({
          description: 'What this is.',
          const: 'dunning_delivery',
          examples: ['dunning_delivery'],
        }),
      ),
      notice_id: Id('dunning_notice', 'The notice it is about.'),
      ...deliveryFields,
      recipient: Nullable(Recipient()),
      evidence: EvidenceField,
      detail: Nullable(Detail()),
      created_at: At('When it was recorded, by the tenant’s clock.'),
    },
    { description: 'What was heard of a notice on its way.' },
  ),
)
export const DunningDeliveryList = ListOf(DunningDelivery)
export const DeliveryQuery = Query({ ...paging })

/** A report as the API shows it. */
export const deliveryToJson = (delivery: DeliveryRow): Static<typeof DunningDelivery> => ({
  id: publicId('dunning_delivery', delivery.id),
  object: 'dunning_delivery',
  notice_id: publicId('dunning_notice', delivery.notice_id),
  status: delivery.status,
  channel: delivery.channel,
  recipient: delivery.recipient,
  occurred_at: delivery.occurred_at,
  evidence: delivery.evidence,
  detail: delivery.detail,
  created_at: delivery.created_at,
})
