import { type Static, Type } from '@sinclair/typebox'
import type { EventData } from '../../events/table.ts'
import { allRoles, type Role, roles, rolesToScopes } from '../../foundation/access/roles.ts'
import {
  AnyId,
  At,
  exampleId,
  Id,
  List,
  ListOf,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  Several,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { ScopeName } from '../api-keys/schema.ts'
import { type AccessChangeRow, accessKinds } from './queries.ts'

const What = <T extends string>(word: T) =>
  Type.Unsafe<T>(Type.String({ description: 'What this is.', const: word, examples: [word] }))

const RoleResource = named(
  'Role',
  Type.Object(
    {
      object: What('role'),
      name: OneOf(allRoles, { description: 'What keys and tokens call it.' }),
      description: Text('Whom it is for.', { example: roles.reader.description }),
      scopes: List(ScopeName, {
        description: 'What it holds in this release.',
        maxItems: 100,
        examples: [['customers:read', 'invoices:read']],
      }),
    },
    { description: 'A bundle of scopes, by what people and programs do.' },
  ),
)

export const Roles = named(
  'Roles',
  Type.Object(
    {
      data: List(ref(RoleResource), {
        description: 'All of them, from the least to the most.',
        maxItems: allRoles.length,
      }),
    },
    { description: 'The roles there are.' },
  ),
)

export const rolesToJson = (): Static<typeof Roles> => ({ data: allRoles.map(roleToJson) })

const roleToJson = (name: Role): Static<typeof RoleResource> => ({
  object: 'role',
  name,
  description: roles[name].description,
  scopes: rolesToScopes([name]),
})

const Snapshot = (description: string, example: Record<string, unknown>) =>
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    description,
    additionalProperties: true,
    examples: [example],
  })

const AccessChange = named(
  'AccessChange',
  Type.Object(
    {
      id: Id('event', 'The id of the event that tells of it.'),
      object: What('access_change'),
      type: Text('The type of that event.', { maxLength: 60, example: 'api_key.updated' }),
      occurred_at: At('When, by the tenant’s clock.'),
      actor: Nullable(
        Text(
          'Who: an API key, or a token’s issuer, client and subject, led by the tenant it comes from if that is another; null for the service itself.',
          { maxLength: 1000, example: exampleId('api_key') },
        ),
      ),
      request_id: Nullable(
        Text('The request it was done with.', { maxLength: 40, example: exampleId('request') }),
      ),
      address: Nullable(
        Text('The address that request came from.', { maxLength: 45, example: '203.0.113.7' }),
      ),
      subject_id: AnyId('What was changed.', 'api_key'),
      after: Snapshot('It as it stood right after.', { object: 'api_key', roles: ['clerk'] }),
      before: Nullable(
        Snapshot('What of it was different before; null where it is new.', { roles: ['reader'] }),
      ),
    },
    { description: 'A change of who may do what.' },
  ),
)

export const AccessChangeList = ListOf(AccessChange)

export const AccessChangeQuery = Query({
  ...paging,
  subject_kind: Several(accessKinds, 'Only changes of these.'),
  actor: Type.Optional(
    Text('Only what this principal has done.', { maxLength: 1000, example: exampleId('api_key') }),
  ),
})

export const accessChangeToJson = (row: AccessChangeRow): Static<typeof AccessChange> => {
  const { object, previous_attributes: before = null } = row.data as EventData
  return {
    id: publicId('event', row.id),
    object: 'access_change',
    type: row.type,
    occurred_at: row.occurred_at,
    actor: row.actor,
    request_id: row.request_id,
    address: row.address,
    subject_id: publicId(row.entity_kind, row.entity_id),
    after: object,
    before,
  }
}
