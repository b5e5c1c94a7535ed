import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../../foundation/database/frame.ts'
import {
  Body,
  Count,
  ListOf,
  Nullable,
  named,
  paging,
  Query,
  resourceFields,
  Text,
} from '../../foundation/http/schema.ts'
import { publicId } from '../../foundation/id.ts'
import { PolicyChoiceField, policyChoice, policyChoiceToJson } from '../policy-choice.ts'
import type { CustomerClassRow } from '../table.ts'
import type { ClassSettings } from './customer-class.ts'

const Code = () =>
  Text('The caller’s own word for the class; unique.', { maxLength: 60, example: 'key-accounts' })

const settings = {
  name: Text('What it is called.', { maxLength: 100, example: 'Key accounts' }),
  net_days: Nullable(
    Count('Days from issue to due date; null for the tenant’s.', { maximum: 365, example: 45 }),
  ),
  dunning_policy_id: PolicyChoiceField('the tenant decides'),
}

export const CustomerClass = named(
  'CustomerClass',
  Type.Object(
    { ...resourceFields('customer_class'), code: Code(), ...settings },
    { description: 'Customers that are treated alike, where they have nothing of their own.' },
  ),
)
export const CustomerClassList = ListOf(CustomerClass)

const given = {
  name: settings.name,
  net_days: Type.Optional(settings.net_days),
  dunning_policy_id: Type.Optional(settings.dunning_policy_id),
}

export const CreateCustomerClass = named(
  'CreateCustomerClass',
  Body({ code: Code(), ...given }, { description: 'A class to create.' }),
)

export const UpsertCustomerClass = named(
  'UpsertCustomerClass',
  Body(given, {
    description: 'The whole class as it is to be: what is left out is emptied.',
  }),
)

export const CustomerClassPatch = named(
  'CustomerClassPatch',
  Body(
    { ...given, code: Type.Optional(Code()), name: Type.Optional(settings.name) },
    { description: 'A merge patch (RFC 7396): null empties a field, what is left out stays.' },
  ),
)

export const CodeParams = Type.Object({ code: Code() }, { additionalProperties: false })

export const CustomerClassQuery = Query({
  ...paging,
  code: Type.Optional(Code()),
})

/** What the API was told about a class, as the commands take it. */
export const classSettings = (body: Static<typeof CreateCustomerClass>): ClassSettings => ({
  code: body.code,
  name: body.name,
  net_days: body.net_days ?? null,
  ...policyChoice(body.dunning_policy_id),
})

/** What the API was told to change. */
export const classPatch = ({
  dunning_policy_id: policy,
  ...rest
}: Static<typeof CustomerClassPatch>): Partial<ClassSettings> => ({
  ...rest,
  ...(policy !== undefined && policyChoice(policy)),
})

/** A class as the API shows it. */
export const classToJson = (
  row: CustomerClassRow,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof CustomerClass> => ({
  id: publicId('customer_class', row.id),
  object: 'customer_class',
  version: row.version,
  livemode: tenant.mode === 'live',
  code: row.code,
  name: row.name,
  net_days: row.net_days,
  dunning_policy_id: policyChoiceToJson(row),
  created_at: row.created_at,
  updated_at: row.updated_at,
})
