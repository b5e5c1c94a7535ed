export type { components, operations, paths } from '../schema.d.ts'
export {
  type ClientOptions,
  createClient,
  type FollowOptions,
  type ReceivablesClient,
  type Reply,
} from './client.ts'
export { ReceivablesError } from './error.ts'
export type { Patience } from './retry.ts'
export type { TokenSupplier } from './send.ts'
export type {
  Answer,
  EventOf,
  EventType,
  Item,
  Options,
  ProblemCode,
  ReceivablesEvent,
  RequestOptions,
} from './shapes.ts'
export {
  type HeadersLike,
  type VerifyOptions,
  verifySignature,
  verifyWebhook,
  WebhookVerificationError,
} from './webhook.ts'
