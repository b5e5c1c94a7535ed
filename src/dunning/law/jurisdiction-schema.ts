import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Body, Count, List, ListOf, named, ref, Text, YesNo } from '../../foundation/http/schema.ts'
import type { Jurisdiction as Known, RuleSwitches } from './jurisdiction.ts'
import { LegalRule, RULE_PATTERN, ruleToJson } from './rule-schema.ts'

export const Jurisdiction = named(
  'Jurisdiction',
  Type.Object(
    {
      object: Type.Unsafe<'jurisdiction'>(
        Type.String({
          description: 'What this is.',
          const: 'jurisdiction',
          examples: ['jurisdiction'],
        }),
      ),
      code: Text('The country, or `EU` for the directive’s minimum.', { example: 'DE' }),
      name: Text('Its name.', { example: 'Germany' }),
      version: Count('Grows by one whenever you switch its rules; the ETag. 0 before.', {
        example: 0,
      }),
      livemode: YesNo('False in a test tenant.'),
      rules: List(ref(LegalRule), { description: 'Its rules, past ones too.', maxItems: 100 }),
    },
    { description: 'What the law of late payment says in one place.' },
  ),
)
export const JurisdictionList = ListOf(Jurisdiction)

export const SwitchRules = named(
  'SwitchRules',
  Body(
    {
      enabled: Type.Unsafe<Record<string, boolean>>({
        type: 'object',
        description:
          'By the code of a rule: true to have it count although it was not verified, false to do without it. Rules left out are as they come.',
        maxProperties: 100,
        propertyNames: { type: 'string', pattern: RULE_PATTERN, maxLength: 63 },
        additionalProperties: { type: 'boolean' },
        examples: [{ AT_business_limitation: true }],
      }),
    },
    { description: 'Which rules of a jurisdiction count for you.' },
  ),
)

export const CodeParams = Type.Object(
  {
    code: Type.String({
      description: 'The country, or `EU`.',
      pattern: '^[A-Za-z]{2,20}$',
      maxLength: 20,
      examples: ['DE'],
    }),
  },
  { additionalProperties: false },
)

/** A jurisdiction as the API shows it to a tenant. */
export const jurisdictionToJson = (
  { code, name, rules }: Known,
  { version, switches }: { version: number; switches: RuleSwitches },
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof Jurisdiction> => ({
  object: 'jurisdiction',
  code,
  name,
  version,
  livemode: tenant.mode === 'live',
  rules: rules.map((rule) => ruleToJson(rule, switches)),
})
