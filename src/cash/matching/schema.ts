import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Amount,
  At,
  Count,
  Figures,
  Id,
  List,
  Nullable,
  named,
  OneOf,
  ref,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull } from '../../foundation/id.ts'
import { BankLine, lineToJson } from '../bank/schema.ts'
import { type Proposal, proposalKinds, type Reason, type ReasonCode, reasonCodes } from './match.ts'
import {
  type BankLineMatchRow,
  deciders,
  type MatchedLine,
  type MatchingSettingsRow,
  matchKinds,
} from './table.ts'

const REASONS_MAX = 20
const SHARES_MAX = 10_000
const MATCHES_MAX = 1_000

const Score = (description: string) => Count(description, { maximum: 100, example: 92 })

const Reasons = List(
  Type.Object(
    {
      code: OneOf(Object.keys(reasonCodes) as ReasonCode[], {
        description: 'Why, for programs.',
        examples: ['invoice_number'],
      }),
      weight: Count(
        'How much of the doubt it takes away, in percent; below zero, how much of the trust.',
        { minimum: -100, maximum: 100, example: 80 },
      ),
      sentence: Text('Why, for people.', { example: reasonCodes.invoice_number }),
      inputs: Figures<string | number>('The values that decided.', {
        types: ['string', 'integer'],
        maxProperties: 10,
        example: { number: 'R-2026-0815' },
      }),
    },
    { description: 'One reason.' },
  ),
  { description: 'What makes the score.', maxItems: REASONS_MAX },
)

const reasonToJson = (reason: Reason) => ({ ...reason, sentence: reasonCodes[reason.code] })

export const MatchProposal = named(
  'MatchProposal',
  Type.Object(
    {
      kind: OneOf(proposalKinds, {
        description:
          'A payment to record, the confirmation of one that was announced, or the return of one.',
      }),
      customer_id: Id('customer', 'Whose money it may be.'),
      payment_id: Nullable(Id('payment', 'The payment that is confirmed or returned.')),
      score: Score('How sure it is, of 100.'),
      shares: List(
        Type.Object(
          {
            item_id: Id('open_item', 'The open item.'),
            invoice_id: Nullable(Id('invoice', 'Its invoice; null for a charge.')),
            amount: Amount('How much of the money goes there.', { minimum: 1 }),
            discount_amount: Amount('The early-payment discount that is cleared with it.', {
              example: 0,
            }),
          },
          { description: 'An open item the money would settle.' },
        ),
        { description: 'What it would settle; the rest stays unallocated.', maxItems: SHARES_MAX },
      ),
      reasons: Reasons,
    },
    { description: 'One place where the money of a bank line may belong.' },
  ),
)

/** A proposal as the API shows it. */
export const proposalToJson = (proposal: Proposal): Static<typeof MatchProposal> => ({
  kind: proposal.kind,
  customer_id: publicId('customer', proposal.customerId),
  payment_id: publicIdOrNull('payment', proposal.paymentId),
  score: proposal.score,
  shares: proposal.shares.map(({ itemId, invoiceId, amount, discountAmount }) => ({
    item_id: publicId('open_item', itemId),
    invoice_id: publicIdOrNull('invoice', invoiceId),
    amount,
    discount_amount: discountAmount,
  })),
  reasons: proposal.reasons.map(reasonToJson),
})

export const MatchProposals = named(
  'MatchProposals',
  Type.Object(
    {
      data: List(ref(MatchProposal), { description: 'The likeliest first.', maxItems: 200 }),
      auto_post_score: Count('From which score on proposals are posted by themselves.', {
        example: 85,
      }),
    },
    { description: 'What may be done with a bank line, as things stand.' },
  ),
)

const Match = Type.Object(
  {
    kind: OneOf(matchKinds, {
      description:
        'It became a payment, confirmed one, took one back, or was found to be none of ours to match.',
    }),
    customer_id: Nullable(Id('customer', 'Whose money it is; null when ignored.')),
    payment_id: Nullable(Id('payment', 'The payment; null when ignored.')),
    amount: Amount('How much of the line.', { minimum: 1 }),
    score: Nullable(Score('The score of the proposal that was followed, if one was.')),
    reasons: Reasons,
    decided_by: OneOf(deciders, { description: 'Whether it was posted by itself.' }),
    note: Nullable(Text('What was said about it.', { maxLength: 500, example: 'Called them.' })),
    created_at: At('When it was decided.'),
  },
  { description: 'What became of a bank line, or of a part of it.' },
)

const matchToJson = (match: BankLineMatchRow): Static<typeof Match> => ({
  kind: match.kind,
  customer_id: publicIdOrNull('customer', match.customer_id),
  payment_id: publicIdOrNull('payment', match.payment_id),
  amount: match.amount,
  score: match.score,
  reasons: match.reasons.map(reasonToJson),
  decided_by: match.decided_by,
  note: match.note,
  created_at: match.created_at,
})

export const MatchedBankLine = named(
  'MatchedBankLine',
  Type.Object(
    {
      ...BankLine.properties,
      matches: List(Match, {
        description: 'What became of it and stands; in the event of an undo, what was taken back.',
        maxItems: MATCHES_MAX,
      }),
    },
    { description: 'A bank line with what became of it.' },
  ),
)

/** A line with what became of it, as the API shows it. */
export const matchedLineToJson = (
  { line, matches }: MatchedLine,
  reader: Pick<Reader, 'tenant'>,
): Static<typeof MatchedBankLine> => ({
  ...lineToJson(line, reader),
  matches: matches.map(matchToJson),
})

export const MatchingStarted = named(
  'MatchingStarted',
  Type.Object(
    { started: YesNo('Always true.') },
    { description: 'The unmatched lines are being matched.' },
  ),
)

export const MatchingSettings = named(
  'MatchingSettings',
  Type.Object(
    {
      auto_post_score: Count(
        'Proposals with at least this score are posted by themselves; 101 for none.',
        { minimum: 1, maximum: 101, example: 85 },
      ),
      bank_fee_max_amount: Amount('What banks on the way may have kept of a payment, at most.', {
        example: 2_500,
      }),
      version: Count('Grows by one with every change; 0 while nothing was set.'),
      updated_at: At('When it last changed.'),
    },
    { description: 'What matching does by itself.' },
  ),
)

/** Settings as the API shows them. */
export const settingsToJson = (row: MatchingSettingsRow): Static<typeof MatchingSettings> => ({
  auto_post_score: row.auto_post_score,
  bank_fee_max_amount: row.bank_fee_max_amount,
  version: row.version,
  updated_at: row.updated_at,
})
