import { lastSequence } from '../events/queries.ts'
import type { Context } from '../foundation/http/context.ts'
import { type Http, query } from '../foundation/http/operation.ts'
import { listToJson } from '../foundation/http/paging.ts'
import { Problem } from '../foundation/problem.ts'
import { epochOf, findBlock, listBlocks, newestBlock } from './queries.ts'
import { listRedactions } from './redactions.ts'
import * as wire from './schema.ts'
import { examineChain } from './verify-chain.ts'

/** The sealed chain over the feed. */
export function auditRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/audit/heads',
    operationId: 'getAuditHeads',
    tag: 'Audit',
    summary: 'Read the end of the chain',
    description:
      'The newest block. Keep its `hash` where nobody who operates this service can reach it: whoever has it can prove later, with `npm run verify-audit -- --head …`, that nothing up to it was changed. The service logs it too.',
    scope: 'audit:read',
    answers: { 200: wire.AuditHeads },
    work: async (reader) =>
      wire.headsToJson(
        await newestBlock(reader),
        await lastSequence(reader),
        await epochOf(reader),
      ),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/audit/blocks',
    operationId: 'listAuditBlocks',
    tag: 'Audit',
    summary: 'List the blocks of the chain',
    description: BLOCKS,
    scope: 'audit:read',
    query: wire.AuditBlockQuery,
    answers: { 200: wire.AuditBlockList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: page }) =>
      listToJson(await listBlocks(reader, page), wire.blockToJson),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/audit/blocks/:number',
    operationId: 'getAuditBlock',
    tag: 'Audit',
    summary: 'Read one block of the chain',
    description:
      'With the hash of each of its events, to see which event differs where a block does.',
    scope: 'audit:read',
    params: wire.AuditBlockParams,
    answers: { 200: wire.AuditBlockInFull },
    problems: ['audit_block_not_found'],
    work: async (reader, { params }) => {
      const block = await findBlock(reader, params.number)
      if (block === undefined) throw new Problem('audit_block_not_found')
      return wire.blockInFullToJson(block)
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/audit/redactions',
    operationId: 'listAuditRedactions',
    tag: 'Audit',
    summary: 'List events that were redacted with leave',
    description: REDACTIONS,
    scope: 'audit:read',
    query: wire.AuditBlockQuery,
    answers: { 200: wire.AuditRedactionList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: page }) =>
      listToJson(await listRedactions(reader, page), wire.redactionToJson),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/audit/verification',
    operationId: 'verifyAudit',
    tag: 'Audit',
    summary: 'Prove that nothing sealed was changed',
    description: `Hashes the events of up to ${wire.BLOCKS_PER_VERIFICATION} blocks again and compares them with what was sealed; take \`last_block\` as \`after_block\` to go on. The service does the same every night. Whoever could change events could change blocks too: the proof that does not rest on the service is a hash kept elsewhere.`,
    scope: 'audit:read',
    query: wire.AuditVerificationQuery,
    answers: { 200: wire.AuditVerification },
    work: async (reader, { query: { after_block = 0 } }) =>
      wire.examinedToJson(
        await examineChain(reader, after_block, wire.BLOCKS_PER_VERIFICATION),
        reader.now,
      ),
  })
}

const BLOCKS = `From the beginning. Each event has its place in one block, sealed some seconds after it happened.

The hash of an event is the SHA-256 of its canonical JSON (RFC 8785) with the members \`id\`, \`type\`, \`timestamp\`, \`sequence\`, \`entity_sequence\`, \`cause\` and \`data\` as \`GET /v1/events\` serves them, and \`related_id\`, the \`id\` of its \`related\`.

The hash of a block is the SHA-256 of these lines, each ended by one line feed: \`receivables audit block 1\`, the tenant's id, \`number\`, \`first_sequence\`, \`last_sequence\`, \`previous_hash\`, \`sealed_at\`, then the hash of each of its events in order.`

const REDACTIONS = `Sealed events in which a person was pseudonymised, in the order of the feed; of an event that was redacted more than once the last counts. Such an event no longer has the hash its block was sealed with, and must have this one instead.

So that nobody can redact in silence, the event \`redacted_by\` is sealed in its turn and carries \`redactions_hash\`: the SHA-256 of a line for each of its redactions in the order of the feed, \`sequence\`, a space and \`event_hash\`, each ended by one line feed.`
