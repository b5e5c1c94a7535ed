import { type Static, Type } from '@sinclair/typebox'
import { At, Count, Id, Nullable, named, OneOf } from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { type EndpointHealth, WAITING_COUNT_MAX } from './endpoint-health.ts'

/** How an endpoint is doing at this moment. */
export const WebhookEndpointHealth = named(
  'WebhookEndpointHealth',
  Type.Object(
    {
      object: Type.Unsafe<'webhook_endpoint_health'>(
        Type.String({
          description: 'What this is.',
          const: 'webhook_endpoint_health',
          examples: ['webhook_endpoint_health'],
        }),
      ),
      webhook_endpoint_id: Id('webhook_endpoint', 'The endpoint.'),
      health: OneOf(['healthy', 'failing', 'disabled'], {
        description:
          '`failing` since an attempt failed and none has succeeded yet. One that does not answer, or fails ten times in a row, is probed by one attempt at a time until one succeeds; nobody else waits for it.',
      }),
      failing_since: Nullable(At('The first failure after the last success; real time.')),
      disables_at: Nullable(
        At(
          'When it will be disabled unless an attempt succeeds; real time. Null before failures have lasted for twelve hours.',
        ),
      ),
      waiting_count: Count(
        `Deliveries on their way to it: due, waiting for a retry, or waiting behind an earlier one. Counted up to ${WAITING_COUNT_MAX}.`,
        { maximum: WAITING_COUNT_MAX, example: 12 },
      ),
    },
    { description: 'How a webhook endpoint is doing at this moment.' },
  ),
)

/** The health of an endpoint as the API shows it. */
export const healthToJson = (
  endpointId: string,
  health: EndpointHealth,
): Static<typeof WebhookEndpointHealth> => ({
  object: 'webhook_endpoint_health',
  webhook_endpoint_id: publicId('webhook_endpoint', endpointId),
  ...health,
})
