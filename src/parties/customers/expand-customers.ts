import type { LoadExpanded } from '../../foundation/http/expand.ts'
import { publicId, uuidOf } from '../../foundation/id.ts'
import { findCustomers } from '../queries.ts'
import { customerToJson } from './schema.ts'

/** Customers by their public ids, for `expand=customer`. */
export const loadCustomersById: LoadExpanded = async (reader, ids) => {
  const customers = await findCustomers(reader, ids.map(uuidOf))
  return new Map(
    [...customers.values()].map((row) => [
      publicId('customer', row.id),
      customerToJson(row, reader.tenant.mode),
    ]),
  )
}
