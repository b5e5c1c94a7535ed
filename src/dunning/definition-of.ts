import type { Static } from '@sinclair/typebox'
import type { DunningCourtesy } from './level-schema.ts'
import type { Channel, PolicyDefinition } from './policy.ts'
import type { CreateDunningPolicy } from './policy-schema.ts'

/** What a version says: what was given, and the default for what was not. */
export const definitionOf = (body: Static<typeof CreateDunningPolicy>): PolicyDefinition => ({
  scope: body.scope,
  catch_up: body.catch_up ?? 'one_level',
  min_notice_interval_days: body.min_notice_interval_days ?? 0,
  item_grace_days: body.item_grace_days ?? 0,
  account_minimum_days: body.account_minimum_days ?? 0,
  release: body.release ?? 'automatic',
  payment_data_max_age_days: body.payment_data_max_age_days ?? null,
  contact_budget: body.contact_budget ?? null,
  business_days: body.business_days
    ? { country: body.business_days.country, region: body.business_days.region ?? null }
    : null,
  quiet_hours: body.quiet_hours ?? null,
  on_principal_paid: body.on_principal_paid ?? 'waive',
  courtesies: (body.courtesies ?? []).map((courtesy) => ({ ...courtesy, ...message(courtesy) })),
  levels: body.levels.map((level) => ({
    ...level,
    ...message(level),
    anchor: level.anchor ?? 'due_date',
    minimum_amounts: level.minimum_amounts ?? [],
    minimum_percent: level.minimum_percent ?? null,
    fees: level.fees ?? [],
    interest: level.interest ?? { kind: 'none' },
    lump_sum: level.lump_sum ?? false,
    payment_days: level.payment_days ?? null,
    statutory_notice: level.statutory_notice ?? null,
    consequences: {
      credit_hold: level.consequences?.credit_hold ?? false,
      tasks: level.consequences?.tasks ?? [],
      proposal: level.consequences?.proposal ?? null,
    },
  })),
})

const message = (
  given: Pick<Static<typeof DunningCourtesy>, 'tone' | 'template' | 'channels'>,
) => ({
  tone: given.tone ?? 'neutral',
  template: given.template ?? null,
  channels: given.channels ?? (['email', 'letter'] satisfies Channel[]),
})
