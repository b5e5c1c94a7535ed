import { type Static, Type } from '@sinclair/typebox'
import { Count, Day, Decimal, List, named, OneOf, Query } from '../../foundation/http/schema.ts'
import { periodFields } from '../period.ts'
import { csvAnswer, format, ReportName } from '../rows.ts'
import { type ContactQuestion, type ContactRow, contactPeriods } from './contacts.ts'

const By = OneOf(contactPeriods, {
  description: 'By what contacts are counted; a week begins on Monday.',
  default: 'week',
})

export const ContactQuery = Query({ ...format, ...periodFields, by: Type.Optional(By) })

const rowFields = {
  period_from_date: Day('The first day of the week or month.', '2026-03-02'),
  customer_count: Count('Customers that were contacted.', { example: 96 }),
  contact_count: Count('Contacts.', { example: 131 }),
  notice_contact_count: Count('Contacts by notice: one per customer, run and day.', {
    example: 120,
  }),
  activity_contact_count: Count('Contacts by people: collection activities.', { example: 11 }),
  average_contacts: Decimal('Contacts per contacted customer.', '1.36'),
  max_contacts: Count('The most that one customer had.', { example: 4 }),
  customers_1_count: Count('Customers with one contact.', { example: 70 }),
  customers_2_count: Count('Customers with two contacts.', { example: 20 }),
  customers_3_count: Count('Customers with three contacts.', { example: 5 }),
  customers_over_3_count: Count('Customers with more than three contacts.'),
  budget_exceeded_customer_count: Count(
    'Customers that had more contacts than the contact budget of their policy allows; statutory notices are exempt.',
    { example: 0 },
  ),
}

export const ContactReport = named(
  'ContactIntensityReport',
  Type.Object(
    {
      object: ReportName('contact_intensity_report'),
      from_date: Day('The first day it looks at.', '2026-01-01'),
      to_date: Day('The last day it looks at.'),
      by: By,
      rows: List(Type.Object(rowFields, { description: 'The contacts of one week or month.' }), {
        description: 'Weeks or months in which anybody was contacted.',
        maxItems: 10_000,
      }),
    },
    { description: 'How often customers are contacted. Repeats its switches.' },
  ),
)

/** The report as the API shows it. */
export const contactsToJson = (
  { fromDate, toDate, by }: ContactQuestion,
  rows: ContactRow[],
): Static<typeof ContactReport> => ({
  object: 'contact_intensity_report',
  from_date: fromDate,
  to_date: toDate,
  by,
  rows,
})

/** The report as CSV. */
export const contactsToCsv = ({ rows }: Static<typeof ContactReport>) =>
  csvAnswer(Object.keys(rowFields), rows)
