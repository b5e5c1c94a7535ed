import { type Static, Type } from '@sinclair/typebox'
import { allRoles, type Role } from '../../foundation/access/roles.ts'
import { allScopes } from '../../foundation/access/scopes.ts'
import {
  At,
  Body,
  Count,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  resourceFields,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { ApiKeyRow } from '../table.ts'
import type { ApiKeyUse } from './queries.ts'

/** One thing a credential may do. */
export const ScopeName = OneOf(allScopes, { description: 'A scope.', examples: ['invoices:read'] })

const GRACE_SECONDS_MAX = 604_800

const Scopes = (description: string, minItems = 0) =>
  List(ScopeName, {
    description,
    minItems,
    maxItems: 100,
    examples: [['customers:read', 'invoices:write']],
  })

const RoleName = OneOf(allRoles, { description: 'A role.', examples: ['collector'] })

const Roles = (description: string) =>
  List(RoleName, { description, maxItems: allRoles.length, examples: [['collector']] })

const AllowedCidrs = () =>
  List(
    Type.String({
      description: 'A network in CIDR form.',
      pattern: '^[0-9A-Fa-f.:]{2,45}/[0-9]{1,3}$',
      maxLength: 50,
      examples: ['203.0.113.0/24'],
    }),
    {
      description: 'The networks it may be used from; none for any.',
      maxItems: 20,
      examples: [['203.0.113.0/24', '2001:db8::/48']],
    },
  )

const apiKeyFields = {
  ...resourceFields('api_key'),
  name: Text('What the key is for.', { example: 'SAP connector' }),
  hint: Type.String({
    description: 'Prefix and last four characters of the secret.',
    maxLength: 20,
    format: 'text',
    examples: ['ark_test_…aB3x'],
  }),
  scopes: Scopes('What the key may do by itself.'),
  roles: Roles('What it may do besides: whatever these roles hold today.'),
  allowed_cidrs: AllowedCidrs(),
  expires_at: Nullable(At('When it ends by itself, in real time; null for never.')),
  revoked_at: Nullable(At('When it was revoked, in real time; null while it was not.')),
  last_used_at: Type.Optional(
    Nullable(
      At(
        'When it was last used, in real time and to the minute; null if never. Told where keys are read, not where they are changed and not in events: use makes no version.',
      ),
    ),
  ),
}

/** A secret that stands for a program; the secret itself is not kept. */
export const ApiKey = named(
  'ApiKey',
  Type.Object(apiKeyFields, {
    description: 'A secret that stands for a program. Only its hash is kept.',
  }),
)

export const ApiKeyWithSecret = named(
  'ApiKeyWithSecret',
  Type.Object(
    {
      ...apiKeyFields,
      secret: Type.String({
        description: 'Send it as `Authorization: Bearer`. It is not shown again.',
        maxLength: 4096,
        format: 'password',
        examples: ['ark_test_Jc0VqTz2mXw8LrYb5nKd7PfH1a9Zk3'],
      }),
    },
    { description: 'An API key as it is answered when its secret was made.' },
  ),
)

export const ApiKeyList = ListOf(ApiKey)

export const apiKeyStatuses = ['active', 'expired', 'revoked'] as const

export const ApiKeyQuery = Query({
  ...paging,
  status: Several(apiKeyStatuses, 'Only keys that are this now, in real time.'),
})

export const CreateApiKey = named(
  'CreateApiKey',
  Body(
    {
      name: Text('What the key is for.', { example: 'SAP connector' }),
      scopes: Type.Optional(Scopes('What the key may do; only what the caller may do too.', 1)),
      roles: Type.Optional(
        Roles('Bundles of scopes; only what the caller may do too. One scope or role is needed.'),
      ),
      allowed_cidrs: Type.Optional(AllowedCidrs()),
      expires_at: Type.Optional(
        Nullable(At('When it ends by itself, in real time.', '2027-03-31T00:00:00Z')),
      ),
    },
    { description: 'An API key to create.' },
  ),
)

export const ApiKeyPatch = named(
  'ApiKeyPatch',
  Body(
    {
      name: Type.Optional(Text('What the key is for.', { example: 'SAP connector' })),
      scopes: Type.Optional(Scopes('What the key may do by itself from now on.')),
      roles: Type.Optional(Roles('Its roles from now on.')),
      allowed_cidrs: Type.Optional(AllowedCidrs()),
      expires_at: Type.Optional(
        Nullable(
          At('When it ends by itself, in real time; null for never.', '2027-03-31T00:00:00Z'),
        ),
      ),
    },
    { description: 'A merge patch (RFC 7396) of an API key; lists are replaced as a whole.' },
  ),
)

export const RotateApiKey = named(
  'RotateApiKey',
  Body(
    {
      grace_seconds: Type.Optional(
        Count(
          'How long the old secret stays valid beside the new one, seconds; by default a day.',
          { maximum: GRACE_SECONDS_MAX, example: 86_400 },
        ),
      ),
    },
    { description: 'How a rotation is to go.' },
  ),
)

export const apiKeyToJson = (
  row: ApiKeyRow & Partial<ApiKeyUse>,
  mode: 'live' | 'test',
): Static<typeof ApiKey> => ({
  id: publicId('api_key', row.id),
  object: 'api_key',
  version: row.version,
  livemode: mode === 'live',
  name: row.name,
  hint: row.hint,
  scopes: row.scopes as Static<typeof ScopeName>[],
  roles: row.roles as Role[],
  allowed_cidrs: row.allowed_cidrs,
  expires_at: row.expires_at,
  revoked_at: row.revoked_at,
  ...(row.last_used_at !== undefined && { last_used_at: row.last_used_at }),
  created_at: row.created_at,
  updated_at: row.updated_at,
})

/** The key with the secret that was just made, for the one answer that shows it. */
export const apiKeyWithSecretToJson = (
  row: ApiKeyRow,
  mode: 'live' | 'test',
  secret: string,
): Static<typeof ApiKeyWithSecret> => ({ ...apiKeyToJson(row, mode), secret })
