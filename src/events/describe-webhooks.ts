import type { DescribeWebhooks } from '../foundation/http/openapi/document.ts'
import { refTo } from '../foundation/http/openapi/references.ts'
import type { Parameter, PathItem, Response, Schema } from '../foundation/http/openapi/types.ts'
import { exampleId } from '../foundation/http/schema.ts'
import { idPattern } from '../foundation/id.ts'
import { pascalCase } from '../foundation/pascal-case.ts'
import { allEventTypes, type EventType, eventTypes } from './catalogue.ts'
import { Event } from './schema.ts'

const EVENT = Event.$id as string
const ENVELOPE = 'EventEnvelope'
const UNION = 'WebhookEvent'

type DataSchema = Schema & { properties: Record<string, Schema> }
type EventSchema = { properties: Record<string, Schema> & { data: DataSchema } }

type Prefix<T extends string> = T extends `${infer P}.${string}` ? P : never

/** The resource each event shows as it stood right after: by the whole type, else by what stands before the dot. */
const schemaNames: Partial<Record<EventType | Prefix<EventType>, string>> = {
  tenant: 'Tenant',
  api_key: 'ApiKey',
  customer: 'Customer',
  customer_class: 'CustomerClass',
  exchange_rate: 'ExchangeRate',
  task: 'Task',
  activity: 'Activity',
  approval: 'Approval',
  credit_policy: 'CreditPolicy',
  credit_check: 'CreditCheck',
  credit_standing: 'CreditStanding',
  credit_report: 'CreditReport',
  trade_reference: 'TradeReference',
  credit_hold: 'CreditHold',
  'credit_limit.exceeded': 'CreditAlert',
  'credit_limit.back_within': 'CreditAlert',
  credit_utilisation: 'CreditAlert',
  'credit_score.dropped': 'CreditAlert',
  'customer.first_overdue': 'CreditAlert',
  'customer.pays_later_than_habit': 'CreditAlert',
  'credit_policy.review_due': 'CreditAlert',
  credit_review: 'CreditReview',
  order_on_hand: 'OrderOnHand',
  reservation: 'Reservation',
  credit_limit: 'CreditLimit',
  credit_group: 'CreditGroup',
  onboarding_check: 'OnboardingCheck',
  invoice: 'Invoice',
  credit_note: 'CreditNote',
  payment: 'Payment',
  charge: 'OpenItem',
  'charge.accrual_waived': 'Charge',
  allocation_settings: 'AllocationSettings',
  refund: 'Refund',
  deferral: 'Deferral',
  write_off: 'WriteOff',
  ledger_settings: 'LedgerSettings',
  mandate: 'Mandate',
  direct_debit: 'DirectDebit',
  debit_batch: 'DebitBatch',
  direct_debit_settings: 'DirectDebitSettings',
  bank_account: 'BankAccount',
  bank_statement: 'BankStatement',
  bank_line: 'BankLine',
  csv_mapping: 'CsvMapping',
  'bank_line.matched': 'MatchedBankLine',
  'bank_line.ignored': 'MatchedBankLine',
  'bank_line.undone': 'MatchedBankLine',
  dunning_policy: 'DunningPolicy',
  dunning_hold: 'DunningHold',
  dunning_run: 'DunningRun',
  dunning_decision: 'DunningDecision',
  dunning_limit: 'DunningLimit',
  dunning_simulation: 'DunningSimulation',
  'dunning_policy.migrated': 'DunningMigration',
  reference_rate: 'ReferenceRate',
  jurisdiction: 'Jurisdiction',
  'dunning.notice_issued': 'DunningNotice',
  'dunning.notice_updated': 'DunningNotice',
  'dunning.notice_rerouted': 'DunningNotice',
  'dunning.notice_undeliverable': 'DunningNotice',
  'dunning.notice_cancelled': 'DunningNotice',
  'dunning.notice_reversed': 'DunningNotice',
  'dunning.level_changed': 'DunnedOpenItem',
  webhook_endpoint: 'WebhookEndpoint',
  webhook_delivery: 'WebhookDelivery',
  webhook_recovery: 'WebhookRecovery',
  import: 'Import',
  import_mapping: 'ImportMapping',
  'ledger.difference_found': 'LedgerVerification',
}

/** The name of the schema of the resource that an event of this type shows. */
export const schemaNameOf = (type: EventType): string =>
  (schemaNames[type] ??
    schemaNames[type.slice(0, type.indexOf('.')) as Prefix<EventType>]) as string

/**
 * What webhook endpoints receive: one entry per event type, each with a schema of its own, in which `type` is one word
 * and `data.object` the resource as it is read elsewhere; and all of them as one union that a generated client narrows
 * by `type`. Where webhooks have no place in a document, that is what a new endpoint is called back with.
 */
export const describeWebhooks: DescribeWebhooks = (known) => {
  const { type: _, data, ...envelope } = (known[EVENT] as EventSchema).properties
  const schemas: Record<string, Schema> = {
    [ENVELOPE]: {
      type: 'object',
      description: 'What every event says about itself.',
      required: Object.keys(envelope),
      properties: envelope,
    },
    [UNION]: union(),
  }
  for (const type of allEventTypes) {
    const object = schemaNameOf(type)
    const shown = object in known ? object : undefined
    const dataName = `${shown ?? 'Unnamed'}EventData`
    schemas[dataName] ??= { ...data, ...(shown && narrowed(data, shown)) }
    schemas[schemaOf(type)] = eventOf(type, dataName)
  }
  return {
    webhooks: {
      ...Object.fromEntries(allEventTypes.map((type) => [type, entry(type)])),
      '*': anyEvent,
    },
    callbacks: { createWebhookEndpoint: { event: { '{$request.body#/url}': anyEvent } } },
    components: { schemas, parameters, responses },
  }
}

/** `InvoiceIssuedEvent` for `invoice.issued`. */
const schemaOf = (type: EventType): string => `${pascalCase(type)}Event`

const firstSentence = (text: string): string => text.slice(0, text.search(/[.;]( |$)/))

const narrowed = (data: DataSchema, object: string): Schema => ({
  properties: { ...data.properties, object: refTo('schemas', object) },
})

const eventOf = (type: EventType, data: string): Schema => ({
  description: eventTypes[type],
  allOf: [
    refTo('schemas', ENVELOPE),
    {
      type: 'object',
      required: ['type', 'data'],
      properties: {
        type: { type: 'string', const: type, description: 'What happened.', examples: [type] },
        data: refTo('schemas', data),
      },
    },
  ],
})

const union = (): Schema => ({
  description: 'Any event, told apart by its `type`. New types may be added.',
  oneOf: allEventTypes.map((type) => refTo('schemas', schemaOf(type))),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(
      allEventTypes.map((type) => [type, refTo('schemas', schemaOf(type)).$ref]),
    ),
  },
})

/** What is posted to an endpoint: events of this schema. */
const posted = (schema: string) => ({
  tags: ['Webhooks' as const],
  security: [],
  parameters: Object.keys(parameters).map((name) => refTo('parameters', name)),
  requestBody: {
    required: true,
    description: 'Verify the signature over these bytes before parsing them.',
    content: { 'application/json': { schema: refTo('schemas', schema) } },
  },
  responses: {
    '2XX': refTo('responses', 'WebhookReceived'),
    '410': refTo('responses', 'WebhookEndpointGone'),
    '4XX': refTo('responses', 'WebhookNotReceived'),
  },
})

const entry = (type: EventType): PathItem => ({
  post: {
    operationId: `on${pascalCase(type)}`,
    summary: firstSentence(eventTypes[type]),
    description: `${eventTypes[type]} Sent to the endpoints that asked for \`${type}\`, at least once, in order per entity; answer within 15 seconds.`,
    ...posted(schemaOf(type)),
  },
})

const responses: Record<string, Response> = {
  WebhookReceived: { description: 'Received. Any 2xx will do; the body is not read.' },
  WebhookEndpointGone: { description: 'The endpoint is disabled and nothing more is sent to it.' },
  WebhookNotReceived: {
    description:
      'Not received. It is tried again after 5 s, 5 min, 30 min and so on, for three days.',
  },
}

/** The headers of Standard Webhooks 1.0. */
const parameters: Record<string, Parameter> = {
  WebhookId: {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description: 'The id of the event, the same on every attempt: drop what you have seen.',
    schema: { type: 'string', pattern: idPattern('event'), maxLength: 40 },
    example: exampleId('event'),
  },
  WebhookTimestamp: {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description:
      'When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.',
    schema: { type: 'string', pattern: '^\\d{10,12}$', maxLength: 12 },
    example: '1775376000',
  },
  WebhookSignature: {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    description:
      'Space-separated signatures: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`, where asked for also `v1a,` and its base64 ed25519 signature; one must match.',
    schema: { type: 'string', format: 'text', maxLength: 2000 },
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
}

/** What an endpoint that asked for everything receives. */
const anyEvent: PathItem = {
  post: {
    operationId: 'onEvent',
    summary: 'Receive an event',
    description:
      'Whatever happened, of the types the endpoint asked for, at least once, in order per entity; answer within 15 seconds.',
    ...posted(UNION),
  },
}
