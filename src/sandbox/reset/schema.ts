import { type Static, Type } from '@sinclair/typebox'
import { At, Body, List, Nullable, named, OneOf } from '../../foundation/http/schema.ts'
import { keepable, type Reset } from './begin-reset.ts'

const Kept = List(OneOf(keepable, { description: 'What stays.' }), {
  description: 'What stays besides the tenant, its settings and its API keys.',
  maxItems: keepable.length,
  examples: [['webhook_endpoints']],
})

export const ResetTestTenant = named(
  'ResetTestTenant',
  Body(
    {
      now: Type.Optional(
        At(
          'Where the test clock stands afterwards; it follows real time unless given.',
          '2026-03-01T08:00:00Z',
        ),
      ),
      keep: Type.Optional({ ...Kept, default: ['webhook_endpoints'] }),
    },
    { description: 'How a test tenant is to begin anew.' },
  ),
)

export const TestTenantReset = named(
  'TestTenantReset',
  Type.Object(
    {
      object: Type.Unsafe<'test_tenant_reset'>(
        Type.String({
          description: 'What this is.',
          const: 'test_tenant_reset',
          examples: ['test_tenant_reset'],
        }),
      ),
      status: OneOf(['resetting'], {
        description:
          'It goes on. Until it is over every request of the tenant is answered with 409 `tenant_resetting`.',
      }),
      started_at: At('When it began, in real time.'),
      now: Nullable(At('Where the test clock stands afterwards; null for real time.')),
      keep: Kept,
    },
    { description: 'A test tenant that is being emptied.' },
  ),
)

/** A reset as the API shows it. */
export const resetToJson = ({ startedAt, to, keep }: Reset): Static<typeof TestTenantReset> => ({
  object: 'test_tenant_reset',
  status: 'resetting',
  started_at: startedAt,
  now: to === null ? null : new Date(to).toISOString(),
  keep: [...keep],
})
