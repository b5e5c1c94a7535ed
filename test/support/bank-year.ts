import { addDays } from '../../src/foundation/calendar.ts'
import type { StatementEntry } from './camt.ts'
import { type Chance, chanceOf } from './random.ts'

/**
 * A year of a company: customers, their invoices, and how they pay, with the defects that real payments have. What is
 * true about a payment is known here alone; the service sees invoices and bank statements.
 */

/** What is wrong, or not, with a payment. */
export const defects = [
  'exact',
  'rewritten',
  'structured',
  'several_invoices',
  'other_payer',
  'short_by_fee',
  'duplicate',
  'partial',
  'some_of_several',
  'truncated',
  'swapped_digits',
  'no_reference',
  'not_provided',
] as const
export type Defect = (typeof defects)[number]

/** Classes in which the reference is right to the last digit. */
export const exactReference: ReadonlySet<Defect> = new Set([
  'exact',
  'rewritten',
  'structured',
  'several_invoices',
  'other_payer',
  'short_by_fee',
  'duplicate',
  'partial',
])

export interface YearCustomer {
  externalId: string
  name: string
  kind: 'business' | 'consumer'
}

export interface YearInvoice {
  number: string
  customer: YearCustomer
  issueDate: string
  dueDate: string
  amount: number
}

export interface YearPayment {
  defect: Defect
  customer: YearCustomer
  /** The invoices it is meant for. */
  invoices: YearInvoice[]
  /** What the bank shows; `bankReference` tells the payment, and says nothing to matching. */
  entry: StatementEntry & { bankReference: string }
}

/** The invoices of some days, and the payments on the statement about them. */
export interface Period {
  invoices: YearInvoice[]
  payments: YearPayment[]
}

export interface BankYear {
  customers: YearCustomer[]
  periods: Period[]
}

const FIRST_DAY = '2026-01-01'
const DAYS = 406
const INVOICED_DAYS = 364
const INVOICES_PER_CUSTOMER = 12

/** How often each defect happens, in percent of transfers. */
const frequencies: Record<Exclude<Defect, 'duplicate'>, number> = {
  exact: 46,
  rewritten: 13,
  structured: 4,
  several_invoices: 9,
  other_payer: 5,
  short_by_fee: 4,
  partial: 1,
  some_of_several: 2,
  truncated: 5,
  swapped_digits: 4,
  no_reference: 4,
  not_provided: 3,
}
const PAID_TWICE = 0.015
const NEVER_PAID = 0.03
/** Of those who pay for others, so many are customers themselves. */
const OTHER_PAYER_IS_CUSTOMER = 0.15

type Payer = YearCustomer & { iban: string }

/** What a year is made of: the same numbers make the same year. */
export interface YearOptions {
  invoices: number
  seed: number
  /** How many days a bank statement covers. */
  statementDays: number
}

export function generateYear({ invoices: count, seed, statementDays }: YearOptions): BankYear {
  const chance = chanceOf(seed)
  const customers = makeCustomers(chance, Math.max(10, Math.round(count / INVOICES_PER_CUSTOMER)))
  const offices = Array.from({ length: 12 }, (_, index) => ({
    name: `${chance.pick(['Steuerkanzlei', 'Hausverwaltung', 'Factoring', 'Treuhand'])} ${chance.pick(SURNAMES)}`,
    iban: ibanOf(900_000 + index),
  }))
  const periods: Period[] = Array.from({ length: Math.ceil(DAYS / statementDays) }, () => ({
    invoices: [],
    payments: [],
  }))
  const periodOf = (date: string): Period =>
    periods[Math.min(periods.length - 1, Math.floor(daysAfter(date) / statementDays))] as Period
  const invoices = makeInvoices(chance, customers, count)
  for (const invoice of invoices) periodOf(invoice.issueDate).invoices.push(invoice)

  let line = 0
  for (const { payer, invoices: paid, date } of makeTransfers(chance, customers, invoices)) {
    const period = periodOf(date)
    line += 1
    const payment = pay(chance, { payer, invoices: paid, date, customers, offices, line })
    period.payments.push(payment)
    if (payment.defect === 'exact' && chance.happens(PAID_TWICE)) {
      const again = addDays(date, chance.between(1, 20))
      line += 1
      periodOf(again).payments.push({
        ...payment,
        defect: 'duplicate',
        entry: { ...payment.entry, bookingDate: again, bankReference: referenceOf(line) },
      })
    }
  }
  for (const { payments } of periods)
    payments.sort((a, b) => (a.entry.bookingDate < b.entry.bookingDate ? -1 : 1))
  return { customers, periods }
}

const daysAfter = (date: string): number =>
  Math.round((Date.parse(date) - Date.parse(FIRST_DAY)) / 86_400_000)

const referenceOf = (line: number): string => `BK${String(line).padStart(10, '0')}`

const SURNAMES =
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Lehmann Köhler Özdemir Yılmaz Großkreutz Nguyễn Kowalski'.split(
    ' ',
  )
const FIRST_NAMES = 'Anna Ben Clara David Emma Felix Greta Hannes Ida Jonas Käthe Leon'.split(' ')
const TRADES =
  'Bau Optik Metallbau Logistik Gastro Elektro Maschinenbau Gartenbau Software Möbel Druck Chemie Bäckerei Sanitär Immobilien'.split(
    ' ',
  )
const FORMS = ['GmbH', 'AG', 'GmbH & Co. KG', 'e.K.', 'OHG', 'UG (haftungsbeschränkt)']

function makeCustomers(chance: Chance, count: number): Payer[] {
  return Array.from({ length: count }, (_, index) => {
    const isConsumer = chance.happens(0.2)
    return {
      externalId: `C-${index + 1}`,
      name: isConsumer
        ? `${chance.pick(FIRST_NAMES)} ${chance.pick(SURNAMES)}`
        : `${chance.pick(SURNAMES)} ${chance.pick(TRADES)} ${chance.pick(FORMS)}`,
      kind: isConsumer ? 'consumer' : 'business',
      iban: ibanOf(index + 1),
    }
  })
}

function makeInvoices(chance: Chance, customers: readonly Payer[], count: number): YearInvoice[] {
  const dates = Array.from({ length: count }, () => chance.between(0, INVOICED_DAYS - 1)).sort(
    (a, b) => a - b,
  )
  return dates.map((day, index) => {
    const issueDate = addDays(FIRST_DAY, day)
    return {
      number: `R-2026-${String(index + 1).padStart(5, '0')}`,
      customer: chance.pick(customers),
      issueDate,
      dueDate: addDays(issueDate, chance.pick([14, 30])),
      // Some pay the same every month, and so do others.
      amount: chance.happens(0.2)
        ? chance.pick([4_990, 9_900, 11_900, 29_900])
        : Math.round(2_000 * 1_000 ** chance.next()) + chance.between(0, 99),
    }
  })
}

interface Transfer {
  payer: Payer
  invoices: YearInvoice[]
  date: string
}

/** Who pays what when: mostly one invoice around its due date, sometimes what has gathered. */
function makeTransfers(
  chance: Chance,
  customers: readonly Payer[],
  invoices: readonly YearInvoice[],
): Transfer[] {
  const transfers: Transfer[] = []
  for (const payer of customers) {
    const own = invoices.filter(({ customer }) => customer === payer)
    while (own.length > 0) {
      const together = own.splice(0, chance.happens(0.08) ? chance.between(2, 4) : 1)
      if (chance.happens(NEVER_PAID)) continue
      const latest = together.at(-1) as YearInvoice
      const due = addDays(
        latest.dueDate,
        chance.happens(0.8) ? chance.between(-8, 6) : chance.between(7, 35),
      )
      const date = due < latest.issueDate ? addDays(latest.issueDate, 1) : due
      if (daysAfter(date) < DAYS) transfers.push({ payer, invoices: together, date })
    }
  }
  return transfers.sort((a, b) => (a.date < b.date ? -1 : 1))
}

interface Circumstances extends Transfer {
  customers: readonly Payer[]
  offices: readonly { name: string; iban: string }[]
  line: number
}

function pay(
  chance: Chance,
  { payer, invoices, date, customers, offices, line }: Circumstances,
): YearPayment {
  const several = invoices.length > 1
  const drawn = chance.weighted(frequencies)
  const defect: Defect = several
    ? drawn === 'some_of_several'
      ? drawn
      : 'several_invoices'
    : drawn === 'several_invoices' || drawn === 'some_of_several'
      ? 'exact'
      : drawn
  const total = invoices.reduce((sum, { amount }) => sum + amount, 0)
  const other = chance.happens(OTHER_PAYER_IS_CUSTOMER)
    ? chance.pick(customers)
    : chance.pick(offices)
  const from = defect === 'other_payer' ? other : payer
  const [first] = invoices as [YearInvoice]
  return {
    defect,
    customer: payer,
    invoices,
    entry: {
      bookingDate: date,
      bankReference: referenceOf(line),
      name: asBanksWrite(chance, from.name),
      iban: from.iban,
      endToEndId: chance.happens(0.7) ? 'NOTPROVIDED' : `E2E${line}`,
      amount:
        defect === 'short_by_fee'
          ? total - Math.min(chance.between(150, 1_500), Math.floor(total / 25))
          : defect === 'partial'
            ? Math.ceil(total / 2)
            : total,
      ...(defect === 'structured'
        ? { structuredReference: rfOf(first.number) }
        : { text: textOf(chance, defect, invoices) }),
    },
  }
}

function textOf(chance: Chance, defect: Defect, invoices: readonly YearInvoice[]): string {
  const [{ number }] = invoices as [YearInvoice]
  const numbers = invoices.map((invoice) => invoice.number)
  switch (defect) {
    case 'rewritten':
      return chance.pick([
        `RE ${number.replaceAll('-', ' ')}`,
        `Rechnungsnr.${number.replaceAll('-', '')}`,
        `RG ${number.replace(/-0+/, '-')} vielen Dank`,
        `SVWZ+${number.slice(0, 9)} ${number.slice(9)} KD 4711`,
        `Rechnung ${number.slice(2)} vom ${invoices[0]?.issueDate.split('-').reverse().join('.')}`,
        number.toLowerCase(),
      ])
    case 'several_invoices':
      return numbers.join(chance.pick([', ', ' ', '/', ' + ']))
    case 'some_of_several':
      return `${numbers.slice(1).join(', ')} u.a.`
    case 'truncated':
      return chance.pick([
        `Rechnung ${number.slice(0, -chance.between(1, 2))}`,
        `Rg. ${number.slice(-4)}`,
        `Rechnung Nr ${number.slice(-5)}`,
      ])
    case 'swapped_digits':
      return `Rechnung ${withSwappedDigits(chance, number)}`
    case 'no_reference':
      return chance.pick([
        'Rechnung',
        'Danke',
        'Ueberweisung',
        'Zahlung laut Vereinbarung',
        'Miete',
      ])
    case 'not_provided':
      return 'NOTPROVIDED'
    default:
      return chance.pick([
        number,
        `Rechnung ${number}`,
        `Rg. ${number} Kd.Nr. 10${chance.between(10, 99)}`,
      ])
  }
}

/** Swaps two neighbouring digits of the running number that differ; often that is the number of another invoice. */
function withSwappedDigits(chance: Chance, number: string): string {
  const places = [7, 8, 9, 10].filter((at) => number[at] !== number[at + 1])
  if (places.length === 0) return number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)
  const at = chance.pick(places)
  return number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2)
}

/** Upper case, umlauts spelt out, cut at 27 signs, with or without the legal form: every bank has its own way. */
function asBanksWrite(chance: Chance, name: string): string {
  const spelt = name.replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss')
  return chance.pick([
    name,
    spelt.toUpperCase(),
    spelt.slice(0, 27),
    name.replace(/ (GmbH|AG|OHG|e\.K\.).*$/, ''),
    name.split(' ').reverse().join(' '),
  ])
}

const checkDigits = (text: string): string => {
  let remainder = 0
  for (const digit of [...text].map((sign) => Number.parseInt(sign, 36)).join(''))
    remainder = (remainder * 10 + Number(digit)) % 97
  return String(98 - remainder).padStart(2, '0')
}

const ibanOf = (account: number): string => {
  const basic = `12030000${String(account).padStart(10, '0')}`
  return `DE${checkDigits(`${basic}DE00`)}${basic}`
}

const rfOf = (number: string): string => {
  const content = number.replaceAll('-', '')
  return `RF${checkDigits(`${content}RF00`)}${content}`
}
