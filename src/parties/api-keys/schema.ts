import { type Static, Type } from '@sinclair/typebox'
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
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { ApiKeyRow } from '../table.ts'

/** One thing a credential may do. */
export const ScopeName = OneOf(allScopes, { description: 'A scope.', examples: ['invoices:read'] })

const GRACE_SECONDS_MAX = 604_800

const Scopes = (description: string) =>
  List(ScopeName, {
    description,
    minItems: 1,
    maxItems: 50,
    examples: [['customers:read', 'invoices:write']],
  })

const apiKeyFields = {
  ...resourceFields('api_key'),
  name: Text('What the key is for.', { example: 'SAP connector' }),
  hint: Type.String({
    description: 'Prefix and last four characters of the secret.',
    maxLength: 20,
    format: 'text',
    examples: ['ark_test_…aB3x'],
  }),
  scopes: Scopes('What the key may do.'),
  expires_at: Nullable(At('When it ends by itself, in real time; null for never.')),
  revoked_at: Nullable(At('When it was revoked, in real time; null while it was not.')),
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

export const ApiKeyQuery = Query(paging)

export const CreateApiKey = named(
  'CreateApiKey',
  Body(
    {
      name: Text('What the key is for.', { example: 'SAP connector' }),
      scopes: Scopes('What the key may do; only what the caller may do too.'),
      expires_at: Type.Optional(
        Nullable(At('When it ends by itself, in real time.', '2027-03-31T00:00:00Z')),
      ),
    },
    { description: 'An API key to create.' },
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

export const apiKeyToJson = (row: ApiKeyRow, mode: 'live' | 'test'): Static<typeof ApiKey> => ({
  id: publicId('api_key', row.id),
  object: 'api_key',
  version: row.version,
  livemode: mode === 'live',
  name: row.name,
  hint: row.hint,
  scopes: row.scopes as Static<typeof ScopeName>[],
  expires_at: row.expires_at,
  revoked_at: row.revoked_at,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

/** The key with the secret that was just made, for the one answer that shows it. */
export const apiKeyWithSecretToJson = (
  row: ApiKeyRow,
  mode: 'live' | 'test',
  secret: string,
): Static<typeof ApiKeyWithSecret> => ({ ...apiKeyToJson(row, mode), secret })
