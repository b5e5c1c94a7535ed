import type { Context } from '../../foundation/http/context.ts'
import { type Http, query, route } from '../../foundation/http/operation.ts'
import { listToJson } from '../../foundation/http/paging.ts'
import { listAccessChanges } from './queries.ts'
import * as wire from './schema.ts'

/** Who may do what, and who has changed that. */
export function accessRoutes(http: Http, context: Context): void {
  route(http, {
    method: 'GET',
    url: '/v1/roles',
    operationId: 'listRoles',
    tag: 'Access',
    summary: 'List roles',
    description:
      'Bundles of scopes for API keys and access tokens. Whoever has a role has, at each request, what the role holds in the release that answers.',
    scope: null,
    answers: { 200: wire.Roles },
    work: async () => wire.rolesToJson(),
  })

  query(http, context, {
    method: 'GET',
    url: '/v1/access-changes',
    operationId: 'listAccessChanges',
    tag: 'Access',
    summary: 'List changes of access',
    description:
      'Who has changed what, when, and from where: API keys and what they hold, the tenant, its webhook endpoints, and what was approved. The latest first; nothing is ever taken out.',
    scope: 'access:read',
    query: wire.AccessChangeQuery,
    answers: { 200: wire.AccessChangeList },
    problems: ['invalid_cursor'],
    work: async (reader, { query: filters }) =>
      listToJson(await listAccessChanges(reader, filters), wire.accessChangeToJson),
  })
}
