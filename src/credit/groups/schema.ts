import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import { Expandable } from '../../foundation/http/expand.ts'
import {
  Body,
  Day,
  Id,
  ListOf,
  named,
  paging,
  Query,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import type { CreditGroupMemberRow, CreditGroupRow } from './table.ts'

const Name = Text('The name.', { example: 'Muster Holding' })

export const CreateCreditGroup = named(
  'CreateCreditGroup',
  Body({ name: Name }, { description: 'A group of customers that share a credit limit.' }),
)

export const CreditGroupPatch = named(
  'CreditGroupPatch',
  Body({ name: Type.Optional(Name) }, { description: 'A merge patch (RFC 7396) of a group.' }),
)

export const CreditGroup = named(
  'CreditGroup',
  Type.Object(
    { ...resourceFields('credit_group'), name: Name },
    { description: 'Customers that share a credit limit, besides those of their own.' },
  ),
)
export const CreditGroupList = ListOf(CreditGroup)

export const CreditGroupQuery = Query({
  ...paging,
  customer_id: Type.Optional(Id('customer', 'Only the group that this customer is in.')),
})

export const CreditGroupMember = named(
  'CreditGroupMember',
  Type.Object(
    {
      customer_id: Id('customer', 'Who is in the group.'),
      customer: Expandable('customer'),
      joined_date: Day('Since when.', '2026-01-15'),
    },
    { description: 'A customer in a group.' },
  ),
)
export const CreditGroupMemberList = ListOf(CreditGroupMember)
export const CreditGroupMemberQuery = Query(paging)

export const CreditGroupMemberParams = Type.Object(
  {
    id: Id('credit_group', 'The group.'),
    customer_id: Id('customer', 'The customer.'),
  },
  { additionalProperties: false },
)

/** A group as the API shows it. */
export const creditGroupToJson = (
  group: CreditGroupRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CreditGroup> => ({
  id: publicId('credit_group', group.id),
  object: 'credit_group',
  version: group.version,
  livemode: tenant.mode === 'live',
  name: group.name,
  created_at: group.created_at,
  updated_at: group.updated_at,
})

/** A member as the API shows it. */
export const memberToJson = ({
  customer_id,
  joined_date,
}: CreditGroupMemberRow): Static<typeof CreditGroupMember> => ({
  customer_id: publicId('customer', customer_id),
  joined_date,
})
