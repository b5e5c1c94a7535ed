import type { Reader } from '../../foundation/database/frame.ts'
import { newestFirst, type Page, type Paged, pageOf } from '../../foundation/http/paging.ts'
import { Problem } from '../../foundation/problem.ts'
import type { CustomerClassRow } from '../table.ts'

const classes = ({ db, tenant }: Reader) =>
  db.selectFrom('customer_class').selectAll().where('tenant_id', '=', tenant.id)

/** The class with this code, if there is one. */
export const findClassByCode = (
  reader: Reader,
  code: string,
): Promise<CustomerClassRow | undefined> =>
  classes(reader).where('code', '=', code).executeTakeFirst()

/** The class, or `customer_class_not_found`. */
export async function requireClass(reader: Reader, id: string): Promise<CustomerClassRow> {
  const found = await classes(reader).where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw new Problem('customer_class_not_found')
  return found
}

/** What the list of classes can be narrowed to. */
export interface ClassFilters extends Page {
  code?: string
}

/** One page of classes, the newest first. */
export function listClasses(
  reader: Reader,
  filters: ClassFilters,
): Promise<Paged<CustomerClassRow>> {
  const { code } = filters
  const select = classes(reader)
  return pageOf<CustomerClassRow>(
    code === undefined ? select : select.where('code', '=', code),
    filters,
    newestFirst,
  )
}
