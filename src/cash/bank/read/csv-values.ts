import type { CalendarDate } from '../../../foundation/calendar.ts'
import type { Direction } from '../bank-line.ts'
import type { CsvMappingSettings } from '../csv-mapping.ts'
import { FileFault, type Place } from './fault.ts'
import { dateOf, minorUnits, shown } from './values.ts'

/** What moved, and which way. */
export interface Money {
  amount: number
  direction: Direction
}

/** `-1.234,56`, `1 234,56-` or `+1'234.56`: groups of three may be set apart by what is not the decimal sign. */
export function signedAmount(
  text: string,
  decimal: '.' | ',',
  currency: string,
  place: Place,
): Money {
  const compact = text.replace(/[\s\u00a0'’]/g, '')
  const [, before = '', digits = '', after = ''] = /^([+-]?)([\d.,]+)([+-]?)$/.exec(compact) ?? []
  const [whole = '', ...fraction] = digits.split(decimal)
  const group = decimal === '.' ? ',' : '.'
  const isGrouped = new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole)
  const isPlain = /^\d+$/.test(whole)
  const isAmount = (isGrouped || isPlain) && fraction.length <= 1 && /^\d*$/.test(fraction.join(''))
  if (!isAmount || (before !== '' && after !== ''))
    throw new FileFault('value_invalid', `"${shown(text)}" is not an amount`, place)
  const number = `${whole.replaceAll(group, '')}.${fraction.join('')}`
  return {
    amount: minorUnits(number, currency, place),
    direction: before === '-' || after === '-' ? 'debit' : 'credit',
  }
}

/** A date in the format of the mapping. A year of two digits is one of this century. */
export function csvDate(
  text: string,
  format: CsvMappingSettings['date_format'],
  place: Place,
): CalendarDate {
  const names = [...format.matchAll(/Y+|M+|D+/g)].map(([name]) => name)
  const pattern = format
    .replace(/[./]/g, '\\$&')
    .replace(/Y+|M+|D+/g, (name) => (name === 'YYYY' ? '(\\d{4})' : '(\\d{1,2})'))
  const match = new RegExp(`^${pattern}$`).exec(text)
  if (match === null)
    throw new FileFault('value_invalid', `"${shown(text)}" is not a date like ${format}`, place)
  const part = (letter: string) => {
    const index = names.findIndex((name) => name.startsWith(letter))
    return (match[index + 1] ?? '').padStart(2, '0')
  }
  const year = part('Y')
  return dateOf(`${year.length === 2 ? `20${year}` : year}-${part('M')}-${part('D')}`, place)
}
