import { type Static, Type } from '@sinclair/typebox'
import { List, ListOf, named, OneOf, ref, Text } from '../../foundation/http/schema.ts'
import { CreateDunningPolicy } from '../policy-schema.ts'
import type { PolicyTemplate } from './template.ts'

const Code = () => Text('What it goes by.', { maxLength: 40, example: 'de_business' })

export const DunningPolicyTemplate = named(
  'DunningPolicyTemplate',
  Type.Object(
    {
      object: Type.Unsafe<'dunning_policy_template'>(
        Type.String({
          description: 'What this is.',
          const: 'dunning_policy_template',
          examples: ['dunning_policy_template'],
        }),
      ),
      code: Code(),
      name: Text('What it is called.', { maxLength: 100, example: 'Germany, business' }),
      description: Text('What it does, and what to look at before it is used.', {
        maxLength: 1000,
        example: 'A friendly reminder, two demands and a final one.',
      }),
      jurisdiction: Text('Whose law it keeps: a country, ISO 3166-1 alpha-2, or `EU`.', {
        maxLength: 2,
        example: 'DE',
      }),
      customer_kind: OneOf(['business', 'consumer'], { description: 'For whom it is made.' }),
      sources: List(Text('A section, article or decision.', { example: '§ 286 BGB' }), {
        description: 'Where the law stands that shaped it.',
        maxItems: 20,
      }),
      policy: ref(CreateDunningPolicy),
    },
    { description: 'A policy to begin with, lawful as it stands: post `policy` as it is.' },
  ),
)
export const DunningPolicyTemplateList = ListOf(DunningPolicyTemplate)

export const TemplateParams = Type.Object({ code: Code() }, { additionalProperties: false })

/** A template as the API shows it. */
export const templateToJson = (template: PolicyTemplate): Static<typeof DunningPolicyTemplate> => ({
  object: 'dunning_policy_template',
  ...template,
  sources: [...template.sources],
})
