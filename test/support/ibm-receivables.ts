import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CalendarDate } from '../../src/foundation/calendar.ts'

/** A row of the table: an invoice, and when all of it was paid. */
export interface PaidInvoice {
  customer: string
  number: string
  issued: CalendarDate
  due: CalendarDate
  settled: CalendarDate
  amount: number
  daysLate: number
}

/** Reads `ar/ibm-receivables.csv`. Numbers keep their leading zeros; dates are M/D/YYYY; amounts are dollars with at most two decimals. */
export async function readPaidInvoices(dataFolder: string): Promise<PaidInvoice[]> {
  const text = await readFile(join(dataFolder, 'ar/ibm-receivables.csv'), 'utf8')
  const [header = '', ...lines] = text.trim().split(/\r?\n/)
  const columns = header.split(',')
  return lines.map((line) => {
    const values = line.split(',')
    const value = (name: string) => values[columns.indexOf(name)] as string
    return {
      customer: value('customerID'),
      number: value('invoiceNumber'),
      issued: isoDate(value('InvoiceDate')),
      due: isoDate(value('DueDate')),
      settled: isoDate(value('SettledDate')),
      amount: cents(value('InvoiceAmount')),
      daysLate: Number(value('DaysLate')),
    }
  })
}

function isoDate(american: string): CalendarDate {
  const [month = '', day = '', year = ''] = american.split('/')
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function cents(dollars: string): number {
  const [whole = '', decimals = ''] = dollars.split('.')
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0'))
}
