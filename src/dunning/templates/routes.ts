import type { Context } from '../../foundation/http/context.ts'
import { type Http, query } from '../../foundation/http/operation.ts'
import { Problem } from '../../foundation/problem.ts'
import * as wire from './schema.ts'
import { policyTemplates } from './templates.ts'

/** Policies to begin with. */
export function templateRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policy-templates',
    operationId: 'listDunningPolicyTemplates',
    tag: 'Dunning',
    summary: 'List the policies we ship',
    description:
      'Each is complete and lawful as it stands, with the sources of the law behind it. Post its `policy` to `/v1/dunning-policies`, as it is or changed.',
    scope: 'dunning:read',
    answers: { 200: wire.DunningPolicyTemplateList },
    work: async () => ({
      data: policyTemplates.map(wire.templateToJson),
      has_more: false,
      next_cursor: null,
    }),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/dunning-policy-templates/:code',
    operationId: 'getDunningPolicyTemplate',
    tag: 'Dunning',
    summary: 'Read a policy we ship',
    description: 'To begin with.',
    scope: 'dunning:read',
    params: wire.TemplateParams,
    answers: { 200: wire.DunningPolicyTemplate },
    problems: ['dunning_policy_template_not_found'],
    work: async (_reader, { params: { code } }) => {
      const template = policyTemplates.find((one) => one.code === code)
      if (template === undefined) throw new Problem('dunning_policy_template_not_found')
      return wire.templateToJson(template)
    },
  })
}
