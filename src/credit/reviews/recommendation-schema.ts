import { Type } from '@sinclair/typebox'
import {
  Amount,
  Count,
  Currency,
  Figures,
  List,
  Nullable,
  named,
  OneOf,
  YesNo,
} from '../../foundation/http/schema.ts'
import { limitActions, reasonCodes, termsActions } from './recommend.ts'

export const NetDays = (description: string) => Count(description, { maximum: 365, example: 30 })

const Reasons = List(
  Type.Object(
    {
      code: OneOf(reasonCodes, { description: 'What spoke for it.' }),
      inputs: Figures('The figures it was judged by; amounts in minor units.', {
        types: ['string', 'number', 'null'],
        example: { limit_amount: 1_000_000, formula_amount: 1_500_000 },
      }),
    },
    { description: 'Why it is recommended.' },
  ),
  { description: 'Why it is recommended.', maxItems: 10 },
)

export const CreditRecommendation = named(
  'CreditRecommendation',
  Type.Object(
    {
      limit: Type.Object(
        {
          action: OneOf(limitActions, { description: 'What to do with the limit.' }),
          amount: Nullable(
            Amount('The limit that is recommended; null where it is kept.', { example: 1_500_000 }),
          ),
          currency: Nullable(Currency('Its currency, ISO 4217; null where it is kept.')),
          reasons: Reasons,
        },
        { description: 'About the limit.' },
      ),
      terms: Type.Object(
        {
          action: OneOf(termsActions, { description: 'What to do with the terms.' }),
          net_days: Nullable(
            NetDays('The net days that are recommended, 0 for prepayment; null where kept.'),
          ),
          reasons: Reasons,
        },
        { description: 'About the terms.' },
      ),
      human_review_required: YesNo(
        'True for natural persons: a person has to look at the case itself (GDPR art. 22).',
        { example: false },
      ),
    },
    { description: 'What a review recommends; only a person applies it.' },
  ),
)
