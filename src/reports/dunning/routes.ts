import { requirePolicy } from '../../dunning/queries.ts'
import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { uuidOf } from '../../foundation/id.ts'
import { periodOf } from '../period.ts'
import { adherenceOf } from './adherence.ts'
import * as adherence from './adherence-schema.ts'
import { contactsOf } from './contacts.ts'
import * as contacts from './contacts-schema.ts'
import { effectivenessOf } from './effectiveness.ts'
import * as effectiveness from './effectiveness-schema.ts'
import { fallBacks, firstNotices } from './reaction.ts'
import * as reaction from './reaction-schema.ts'

/** How well dunning works, and how well it is done. */
export function dunningReportRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/reports/dunning-effectiveness',
    operationId: 'getDunningEffectivenessReport',
    tag: 'Reports',
    summary: 'Report what notices of each level bring',
    description:
      'Over the notices of a period, per level and currency: what they were about, what of it was paid within 7, 14 and 30 days, how long it took, and what escalated further. As JSON, or as CSV with `format=csv`.',
    scope: 'reports:read',
    query: effectiveness.EffectivenessQuery,
    answers: { 200: effectiveness.EffectivenessReport },
    csv: true,
    problems: ['dunning_policy_not_found', 'amount_out_of_range'],
    work: async (reader, { query: asked }) => {
      const policyId = asked.policy_id === undefined ? null : uuidOf(asked.policy_id)
      if (policyId !== null) await requirePolicy(reader, policyId)
      const question = { ...periodOf(asked, reader.today), policyId }
      const rows = await effectivenessOf(reader, question)
      const report = effectiveness.effectivenessToJson(question, reader.today, rows)
      return asked.format === 'csv' ? effectiveness.effectivenessToCsv(report) : report
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/reports/dunning-adherence',
    operationId: 'getDunningAdherenceReport',
    tag: 'Reports',
    summary: 'Report whether the policy was followed in time',
    description:
      'What became eligible in a period and was not blocked, against what was done and when, per level; and what kept items back, by reason. As JSON, or as CSV with `format=csv`.',
    scope: 'reports:read',
    query: adherence.AdherenceQuery,
    answers: { 200: adherence.AdherenceReport },
    csv: true,
    work: async (reader, { query: asked }) => {
      const period = periodOf(asked, reader.today)
      const report = adherence.adherenceToJson(period, await adherenceOf(reader, period))
      return asked.format === 'csv' ? adherence.adherenceToCsv(report) : report
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/reports/dunning-reaction',
    operationId: 'getDunningReactionReport',
    tag: 'Reports',
    summary: 'Report how soon dunning reacts',
    description:
      'The days from overdue to the first notice, and the hours from a bounce to the next channel. As JSON, or as CSV with `format=csv`.',
    scope: 'reports:read',
    query: reaction.ReactionQuery,
    answers: { 200: reaction.ReactionReport },
    csv: true,
    work: async (reader, { query: asked }) => {
      const period = periodOf(asked, reader.today)
      const first = await firstNotices(reader, period)
      const report = reaction.reactionToJson(period, first, await fallBacks(reader, period))
      return asked.format === 'csv' ? reaction.reactionToCsv(report) : report
    },
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/reports/contact-intensity',
    operationId: 'getContactIntensityReport',
    tag: 'Reports',
    summary: 'Report how often customers are contacted',
    description:
      'Contacts per customer and week or month, by notices and by people, and whose contact budget was exceeded. As JSON, or as CSV with `format=csv`.',
    scope: 'reports:read',
    query: contacts.ContactQuery,
    answers: { 200: contacts.ContactReport },
    csv: true,
    work: async (reader, { query: asked }) => {
      const question = { ...periodOf(asked, reader.today), by: asked.by ?? 'week' } as const
      const report = contacts.contactsToJson(question, await contactsOf(reader, question))
      return asked.format === 'csv' ? contacts.contactsToCsv(report) : report
    },
  })
}
