import {
  type Static,
  type TOptional,
  type TProperties,
  type TSchema,
  type TUnsafe,
  Type,
} from '@sinclair/typebox'
import {
  At,
  Body,
  Count,
  Country,
  Currency,
  ExternalId,
  Id,
  List,
  ListOf,
  Metadata,
  MetadataPatch,
  Nullable,
  named,
  OneOf,
  paging,
  Query,
  ref,
  resourceFields,
  Several,
  Text,
  YesNo,
} from '../../foundation/http/schema.ts'
import { publicId, publicIdOrNull, uuidOf } from '../../foundation/id.ts'
import { PolicyChoiceField, policyChoice, policyChoiceToJson } from '../policy-choice.ts'
import type { CustomerRow, Address as StoredAddress } from '../table.ts'
import type { CustomerPatch as Patch } from './change-customer.ts'
import type { NewCustomer } from './customer.ts'

const kinds = ['business', 'consumer'] as const
const roles = ['billing', 'collections', 'sales', 'management', 'other'] as const

const Kind = () =>
  OneOf(kinds, { description: 'Whether late-payment law for business or for consumers applies.' })
const NaturalPerson = () =>
  YesNo(
    'Whether a business is a person, a sole trader: no automatic decision alone denies a person credit (GDPR art. 22). A consumer counts as one whatever this says.',
    { example: false },
  )
const Name = () => Text('The legal name.', { example: 'Muster GmbH' })
const Language = (
  description = 'The language notices are written in, BCP 47; by default the tenant’s locale.',
) =>
  Type.String({
    description,
    minLength: 2,
    maxLength: 35,
    pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$',
    examples: ['de'],
  })
const TaxId = () =>
  Text('VAT or tax number, kept as given.', { maxLength: 40, example: 'DE811569869' })
const NetDays = () =>
  Count('Days from issue to due date; null for those of the class, else the tenant.', {
    maximum: 365,
    example: 30,
  })
const ClassId = () => Id('customer_class', 'The class it is treated as; null for none.')
const Policy = () => PolicyChoiceField('the class decides, else the tenant')

const addressFields = {
  line1: Text('Street and number.', { example: 'Musterweg 1' }),
  line2: Text('Further delivery details.', { example: 'Building C' }),
  postal_code: Text('Postal code.', { maxLength: 20, example: '10115' }),
  city: Text('City.', { maxLength: 100, example: 'Berlin' }),
  region: Text('State, province or county.', { maxLength: 100, example: 'Berlin' }),
}

/** Each of these fields may be given, or be null for none. */
const given = <P extends TProperties>(fields: P) =>
  mapped(fields, (field) => Type.Optional(Nullable(field))) as {
    [K in keyof P]: TOptional<TUnsafe<Static<P[K]> | null>>
  }

/** Each of these fields is shown, null when there is nothing to show. */
const shown = <P extends TProperties>(fields: P) =>
  mapped(fields, Nullable) as { [K in keyof P]: TUnsafe<Static<P[K]> | null> }

const mapped = (fields: TProperties, map: (field: TSchema) => TSchema): TProperties =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, map(field)]))

const Address = named(
  'Address',
  Type.Object(shown(addressFields), {
    description: 'A postal address; its country is the customer’s.',
  }),
)
const AddressInput = named(
  'AddressInput',
  Body(given(addressFields), { description: 'A postal address; its country is the customer’s.' }),
)

const contactFields = {
  role: OneOf(roles, { description: 'What the person is to be asked about.' }),
  name: Text('Name of the person or the desk.', { example: 'Erika Mustermann' }),
}
const reachable = {
  email: Type.String({
    description: 'Mail address.',
    format: 'email',
    maxLength: 254,
    examples: ['erika@example.com'],
  }),
  phone: Text('Phone number, kept as given.', { maxLength: 40, example: '+49 30 123456' }),
  language: Language('The person’s language, BCP 47; by default the customer’s.'),
}
const ContactId = (description: string) => Id('contact', description)

const Contact = named(
  'Contact',
  Type.Object(
    { id: ContactId('The contact.'), ...contactFields, ...shown(reachable) },
    { description: 'Whom to talk to at a customer.' },
  ),
)
export const ContactInput = named(
  'ContactInput',
  Body(
    {
      id: Type.Optional(
        ContactId('The contact to keep; without it, one of the same role and name is kept.'),
      ),
      ...contactFields,
      ...given(reachable),
    },
    { description: 'Whom to talk to at a customer.' },
  ),
)

const Contacts = <T extends typeof Contact | typeof ContactInput>(
  contact: T,
  description: string,
) => List(ref(contact), { description, maxItems: 20 })

/** A debtor of the tenant. */
export const Customer = named(
  'Customer',
  Type.Object(
    {
      ...resourceFields('customer'),
      external_id: Nullable(ExternalId()),
      name: Name(),
      kind: Kind(),
      natural_person: NaturalPerson(),
      country: Country(),
      currency: Currency('The currency the customer is billed in, ISO 4217.'),
      language: Nullable(Language()),
      tax_id: Nullable(TaxId()),
      address: Nullable(ref(Address)),
      contacts: Contacts(Contact, 'Whom to talk to.'),
      net_days: Nullable(NetDays()),
      customer_class_id: Nullable(ClassId()),
      credit_group_id: Nullable(
        Id('credit_group', 'The group whose credit limit it shares; null for none.'),
      ),
      dunning_policy_id: Policy(),
      metadata: Metadata,
    },
    { description: 'A debtor of the tenant.' },
  ),
)

export const CustomerList = ListOf(Customer)

const optionalFields = {
  natural_person: Type.Optional(NaturalPerson()),
  language: Type.Optional(Nullable(Language())),
  tax_id: Type.Optional(Nullable(TaxId())),
  address: Type.Optional(Nullable(ref(AddressInput))),
  contacts: Type.Optional(Contacts(ContactInput, 'Whom to talk to.')),
  net_days: Type.Optional(Nullable(NetDays())),
  customer_class_id: Type.Optional(Nullable(ClassId())),
  dunning_policy_id: Type.Optional(Policy()),
}

const requiredFields = {
  name: Name(),
  kind: Kind(),
  country: Country(),
  currency: Currency('The currency the customer is billed in, ISO 4217.'),
}

export const CreateCustomer = named(
  'CreateCustomer',
  Body(
    {
      external_id: Type.Optional(Nullable(ExternalId())),
      ...requiredFields,
      ...optionalFields,
      metadata: Type.Optional(Metadata),
    },
    { description: 'A customer to create.' },
  ),
)

export const UpsertCustomer = named(
  'UpsertCustomer',
  Body(
    { ...requiredFields, ...optionalFields, metadata: Type.Optional(Metadata) },
    { description: 'The whole customer as it is to be: what is left out is emptied.' },
  ),
)

export const CustomerPatch = named(
  'CustomerPatch',
  Body(
    {
      external_id: Type.Optional(Nullable(ExternalId())),
      name: Type.Optional(Name()),
      kind: Type.Optional(Kind()),
      country: Type.Optional(Country()),
      currency: Type.Optional(
        Currency('Only while the customer has no documents and no payments.'),
      ),
      ...optionalFields,
      contacts: Type.Optional(
        Contacts(ContactInput, 'All contacts; they replace those there are.'),
      ),
      metadata: Type.Optional(MetadataPatch),
    },
    {
      description:
        'A merge patch (RFC 7396) of a customer: null empties a field, what is left out stays.',
    },
  ),
)

export const ExternalIdParams = Type.Object(
  { external_id: ExternalId() },
  { additionalProperties: false },
)

export const CustomerQuery = Query({
  ...paging,
  external_id: Type.Optional(ExternalId('Only the customer with this id of yours.')),
  name: Type.Optional(Text('Only customers with exactly this name.')),
  kind: Several(kinds, 'Only these kinds.'),
  country: Type.Optional(Country('Only customers in this country.')),
  customer_class_id: Type.Optional(Id('customer_class', 'Only customers of this class.')),
  updated_at_gte: Type.Optional(At('Only what changed at or after this instant.')),
  sort: Type.Optional(
    OneOf(['created_at', '-created_at', 'updated_at', '-updated_at'], {
      description: 'The order; `-` is descending.',
      default: '-created_at',
      examples: ['-created_at'],
    }),
  ),
})

/** What the API was told about a customer, as the commands take it. */
export const newCustomer = (body: Static<typeof CreateCustomer>): NewCustomer => withUuids(body)

/** What the API was told to change. */
export const customerPatch = (body: Static<typeof CustomerPatch>): Patch => withUuids(body)

function withUuids<
  B extends Pick<
    Static<typeof CustomerPatch>,
    'contacts' | 'customer_class_id' | 'dunning_policy_id'
  >,
>(body: B): B {
  const { contacts, customer_class_id: classId, dunning_policy_id: policy } = body
  return {
    ...body,
    ...(classId && { customer_class_id: uuidOf(classId) }),
    ...(policy !== undefined && policyChoice(policy)),
    ...(contacts && {
      contacts: contacts.map((one) =>
        one.id === undefined ? one : { ...one, id: uuidOf(one.id) },
      ),
    }),
  }
}

/** A customer as the API shows it. */
export const customerToJson = (
  row: CustomerRow,
  mode: 'live' | 'test',
): Static<typeof Customer> => ({
  id: publicId('customer', row.id),
  object: 'customer',
  version: row.version,
  livemode: mode === 'live',
  external_id: row.external_id,
  name: row.name,
  kind: row.kind,
  natural_person: row.natural_person,
  country: row.country,
  currency: row.currency,
  language: row.language,
  tax_id: row.tax_id,
  address: addressToJson(row.address),
  contacts: row.contacts.map(({ id, role, name, email = null, phone = null, language = null }) => ({
    id: publicId('contact', id),
    role,
    name,
    email,
    phone,
    language,
  })),
  net_days: row.net_days,
  customer_class_id: publicIdOrNull('customer_class', row.customer_class_id),
  credit_group_id: publicIdOrNull('credit_group', row.credit_group_id),
  dunning_policy_id: policyChoiceToJson(row),
  metadata: row.metadata,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const addressToJson = (address: StoredAddress | null): Static<typeof Address> | null =>
  address === null
    ? null
    : {
        line1: address.line1 ?? null,
        line2: address.line2 ?? null,
        postal_code: address.postal_code ?? null,
        city: address.city ?? null,
        region: address.region ?? null,
      }
