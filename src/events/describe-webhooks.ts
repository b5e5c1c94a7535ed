import type { DescribeWebhooks } from '../foundation/http/openapi/document.ts'
import { refTo } from '../foundation/http/openapi/references.ts'
import type { Parameter, PathItem, Response, Schema } from '../foundation/http/openapi/types.ts'
import { exampleId } from '../foundation/http/schema.ts'
import { allEventTypes, type EventType, eventTypes } from './catalogue.ts'
import { Event } from './schema.ts'

const EVENT = Event.$id as string

type Prefix<T extends string> = T extends `${infer P}.${string}` ? P : never

/** The resource each event shows as it stood right after: by the whole type, else by what stands before the dot. */
const objectOf: Partial<Record<EventType | Prefix<EventType>, string>> = {
  tenant: 'Tenant',
  api_key: 'ApiKey',
  customer: 'Customer',
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
  import: 'Import',
  import_mapping: 'ImportMapping',
  'ledger.difference_found': 'LedgerVerification',
}

/**
 * What webhook endpoints receive, one entry per event type. The payload is the event of the feed, narrowed to its
 * type and to the resource it shows; a resource the document does not know by name stays an open object.
 */
export const describeWebhooks: DescribeWebhooks = (known) => {
  const schemas: Record<string, Schema> = {}
  const entries = allEventTypes.map((type): [string, PathItem] => {
    const object = objectOf[type] ?? objectOf[type.slice(0, type.indexOf('.')) as Prefix<EventType>]
    if (object === undefined || !known.has(object)) return [type, entry(type, EVENT)]
    schemas[`${object}Event`] = eventAbout(object)
    return [type, entry(type, `${object}Event`)]
  })
  return { webhooks: Object.fromEntries(entries), components: { schemas, parameters, responses } }
}

const firstSentence = (text: string): string => text.slice(0, text.search(/[.;]( |$)/))

const eventAbout = (object: string): Schema => ({
  description: `An event that shows a resource of type ${object}.`,
  allOf: [
    refTo('schemas', EVENT),
    {
      type: 'object',
      required: ['data'],
      properties: {
        data: {
          type: 'object',
          description: 'What it happened to.',
          required: ['object'],
          properties: { object: refTo('schemas', object) },
        },
      },
    },
  ],
})

const entry = (type: EventType, schema: string): PathItem => ({
  post: {
    operationId: `on${type.replace(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: firstSentence(eventTypes[type]),
    description: `${eventTypes[type]} Sent to the endpoints that asked for \`${type}\`, at least once, in order per entity; answer within 15 seconds.`,
    tags: ['Webhooks'],
    security: [],
    parameters: Object.keys(parameters).map((name) => refTo('parameters', name)),
    requestBody: {
      required: true,
      description: 'Verify the signature over these bytes before parsing them.',
      content: {
        'application/json': {
          schema: {
            allOf: [
              refTo('schemas', schema),
              {
                type: 'object',
                required: ['type'],
                properties: {
                  type: {
                    type: 'string',
                    const: type,
                    description: 'What happened.',
                    examples: [type],
                  },
                },
              },
            ],
          },
        },
      },
    },
    responses: {
      '2XX': refTo('responses', 'WebhookReceived'),
      '410': refTo('responses', 'WebhookEndpointGone'),
      '4XX': refTo('responses', 'WebhookNotReceived'),
    },
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
    schema: { type: 'string', maxLength: 40 },
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
      'Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.',
    schema: { type: 'string', maxLength: 1000 },
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
}
