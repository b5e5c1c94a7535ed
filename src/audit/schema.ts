import { type Static, Type } from '@sinclair/typebox'
import {
  At,
  Count,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  YesNo,
} from '../foundation/http/schema.ts'
import { publicId } from '../foundation/id.ts'
import { MAX_AMOUNT } from '../foundation/money.ts'
import { type BlockRow, eventHashesOf } from './queries.ts'
import type { RedactionRow } from './redactions.ts'
import { BLOCK_EVENTS_MAX } from './seal-events.ts'
import { type Examined, type Fault, faultKinds } from './verify-chain.ts'

/** Blocks that one verification looks at. */
export const BLOCKS_PER_VERIFICATION = 20

const What = <T extends string>(word: T) =>
  Type.Unsafe<T>(Type.String({ description: 'What this is.', const: word, examples: [word] }))

const Hash = (description: string) =>
  Type.String({
    description: `${description} SHA-256 in lower-case hex.`,
    pattern: '^[0-9a-f]{64}$',
    minLength: 64,
    maxLength: 64,
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  })

const Whole = (description: string, { minimum = 1, example = 48213 } = {}) =>
  Type.Integer({
    description,
    format: 'int64',
    minimum,
    maximum: MAX_AMOUNT,
    examples: [example],
  })

const blockFields = {
  object: What('audit_block'),
  number: Whole('Counts the blocks of the tenant without gaps.', { example: 97 }),
  first_sequence: Whole('Position in the feed of its first event.', { example: 47714 }),
  last_sequence: Whole('Position in the feed of its last event.'),
  event_count: Count('How many events it has.', { minimum: 1, example: 500 }),
  previous_hash: Hash('The hash of the block before it; 64 zeros for the first.'),
  hash: Hash('Its hash, over its events and `previous_hash`, so over everything before it.'),
  sealed_at: At('When it was sealed, in real time.'),
}

/** A stretch of the feed and its hash. */
export const AuditBlock = named(
  'AuditBlock',
  Type.Object(blockFields, { description: 'A sealed stretch of the feed.' }),
)

/** A block with the hash of each of its events. */
export const AuditBlockInFull = named(
  'AuditBlockInFull',
  Type.Object(
    {
      ...blockFields,
      event_hashes: List(Hash('The hash of an event.'), {
        description: 'The hashes of its events as they were sealed, in the order of the feed.',
        maxItems: BLOCK_EVENTS_MAX,
      }),
    },
    { description: 'A sealed stretch of the feed, event by event.' },
  ),
)

export const AuditBlockList = ListOf(AuditBlock)

export const AuditBlockQuery = Query(paging)

export const AuditBlockParams = Type.Object(
  { number: Whole('The number of the block.', { example: 97 }) },
  { additionalProperties: false },
)

const AuditRedaction = named(
  'AuditRedaction',
  Type.Object(
    {
      object: What('audit_redaction'),
      sequence: Whole('Position in the feed of the event in which a person was pseudonymised.'),
      event_hash: Hash('What the event hashes to since; its block keeps the hash that was sealed.'),
      redacted_by: Id(
        'event',
        'The event that says so, `customer.pseudonymized`; it carries a hash over all its redactions.',
      ),
    },
    { description: 'A sealed event in which a person was pseudonymised.' },
  ),
)

export const AuditRedactionList = ListOf(AuditRedaction)

export const redactionToJson = (row: RedactionRow): Static<typeof AuditRedaction> => ({
  object: 'audit_redaction',
  sequence: row.position,
  event_hash: row.event_hash,
  redacted_by: publicId('event', row.redacted_by),
})

/** What to keep outside of the service. */
export const AuditHeads = named(
  'AuditHeads',
  Type.Object(
    {
      object: What('audit_heads'),
      sealed: Nullable(ref(AuditBlock)),
      epoch: Count(
        'Grows when the database was restored to an earlier moment or another server took over: what you heard since may not have happened. Look whether a hash you kept is still in the chain.',
        { minimum: 1 },
      ),
      last_sequence: Whole(
        'Where the feed ends; what lies behind the newest block is sealed within seconds.',
        {
          minimum: 0,
        },
      ),
    },
    { description: 'The end of the chain, and the end of the feed.' },
  ),
)

const AuditFault = Type.Object(
  {
    kind: OneOf(faultKinds, {
      description:
        '`event_missing`, `event_altered`: the feed no longer has what was sealed. `block_altered`: the block’s own row is not what its hash says. `chain_broken`, `block_missing`: it does not follow the block before.',
      examples: ['event_altered'],
    }),
    block: Whole('The number of the block.', { example: 97 }),
    sequence: Nullable(Whole('The position of the event; null where it is about the block.')),
  },
  {
    description: 'Something that is not as it was sealed.',
    examples: [{ kind: 'event_altered', block: 97, sequence: 48213 }],
  },
)

export const AuditVerification = named(
  'AuditVerification',
  Type.Object(
    {
      object: What('audit_verification'),
      ok: YesNo('True when everything that was looked at is as it was sealed.'),
      last_block: Nullable(
        Whole(
          'The last block that was looked at: `after_block` of the next request. Null when none follows.',
          {
            example: 97,
          },
        ),
      ),
      event_count: Count('How many sealed events were looked at.', { minimum: 0, example: 9_714 }),
      has_more: YesNo('Whether blocks follow.', { example: false }),
      faults: List(AuditFault, {
        description: 'What is wrong, in the order of the feed.',
        maxItems: BLOCKS_PER_VERIFICATION * (BLOCK_EVENTS_MAX + 3),
        examples: [[]],
      }),
      checked_at: At('When it was looked at, by the tenant’s clock.'),
    },
    { description: 'Whether a stretch of the chain and its events are as they were sealed.' },
  ),
)

export const AuditVerificationQuery = Query({
  after_block: Type.Optional(
    Type.Integer({
      description: 'Begin after this block; 0 is the beginning.',
      format: 'int64',
      minimum: 0,
      maximum: MAX_AMOUNT,
      default: 0,
      examples: [0],
    }),
  ),
})

export const blockToJson = (row: BlockRow): Static<typeof AuditBlock> => ({
  object: 'audit_block',
  number: row.number,
  first_sequence: row.first_position,
  last_sequence: row.last_position,
  event_count: row.last_position - row.first_position + 1,
  previous_hash: row.previous_hash,
  hash: row.hash,
  sealed_at: row.sealed_at,
})

export const blockInFullToJson = (row: BlockRow): Static<typeof AuditBlockInFull> => ({
  ...blockToJson(row),
  event_hashes: eventHashesOf(row),
})

export const headsToJson = (
  newest: BlockRow | undefined,
  lastSequence: number,
  epoch: number,
): Static<typeof AuditHeads> => ({
  object: 'audit_heads',
  sealed: newest === undefined ? null : blockToJson(newest),
  epoch,
  last_sequence: lastSequence,
})

export const examinedToJson = (
  { faults, lastBlock, eventCount, more }: Examined,
  now: string,
): Static<typeof AuditVerification> => ({
  object: 'audit_verification',
  ok: faults.length === 0,
  last_block: lastBlock,
  event_count: eventCount,
  has_more: more,
  faults: faults.map(faultToJson),
  checked_at: now,
})

const faultToJson = ({ kind, block, position }: Fault): Static<typeof AuditFault> => ({
  kind,
  block,
  sequence: position,
})
