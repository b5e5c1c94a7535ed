import { type Description, nothingKnown } from '../bank-line.ts'
import { accountOf, ibanOf, referenceOf, textOf } from './values.ts'

/** Reads field 86 in whichever of its three dialects it is written: German, Dutch, or free text. */
export function describe(text: string): Description {
  const lines = text.split('\n')
  const joined = lines.join('')
  const [, code, separator] = /^(\d{3})([?>@])(?=\d\d)/.exec(joined) ?? []
  if (code !== undefined && separator !== undefined) return german(code, joined.slice(4), separator)
  if (/^\/[A-Z]{4}\//.test(joined)) return dutch(joined)
  return { ...nothingKnown, remittance: textOf(lines.join(' ')) }
}

/** Business transaction codes (GVC) of money that comes back. */
const RETURN_CODES = new Set(['108', '109', '159', '184'])

/**
 * `166?00…?20…?32…`: subfields of 27 characters, broken anywhere. What was paid for stands in 20 to 29 and 60 to 63,
 * where SEPA keys mark its parts.
 */
function german(code: string, text: string, separator: string): Description {
  const subfields = new Map<string, string>()
  for (const part of text.split(separator).slice(text.startsWith(separator) ? 1 : 0)) {
    const key = part.slice(0, 2)
    subfields.set(key, (subfields.get(key) ?? '') + part.slice(2))
  }
  const of = (...keys: string[]) => keys.map((key) => subfields.get(key) ?? '').join('')
  const party = partyInPurpose(of('20'), of('21'))
  const purpose = of(...(party === null ? PURPOSE : PURPOSE.slice(2)))
  const keyed = sepaParts(purpose)
  return {
    ...nothingKnown,
    counterpartyName: textOf(of('32', '33')) ?? textOf(keyed.get('ABWA')),
    counterpartyIban: party?.iban ?? accountOf(of('31')) ?? ibanOf(keyed.get('IBAN')),
    counterpartyBic: party?.bic ?? accountOf(of('30')) ?? accountOf(keyed.get('BIC')),
    remittance: textOf(keyed.get('SVWZ') ?? keyed.get('')),
    endToEndId: referenceOf(keyed.get('EREF')),
    mandateId: referenceOf(keyed.get('MREF')),
    instructionId: referenceOf(keyed.get('KREF')),
    returnReasonCode: textOf(returnCodeOf(code, of('34'), purpose)),
    returnReasonText: RETURN_CODES.has(code) ? textOf(keyed.get('MTLG') ?? of('00')) : null,
    transactionCode: code,
    bankText: textOf(of('00')),
  }
}

/** Triodos gives bank and account where others begin the purpose, and our own account where theirs is. */
function partyInPurpose(first: string, second: string): { bic: string; iban: string } | null {
  const [bic, iban] = [accountOf(first), ibanOf(second)]
  const isBic = bic !== null && /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)
  return isBic && iban !== null ? { bic, iban } : null
}

const PURPOSE = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '60', '61', '62', '63']

/** The German reason numbers of ?34 that returns have, as ISO codes. */
const REASON_NUMBERS: Readonly<Record<string, string>> = {
  '901': 'AC01',
  '902': 'AC04',
  '903': 'AC06',
  '904': 'AG01',
  '905': 'AG02',
  '906': 'AM04',
  '907': 'AM05',
  '908': 'BE01',
  '909': 'MD01',
  '910': 'MD02',
  '911': 'MD06',
  '912': 'MD07',
  '913': 'MS02',
  '914': 'MS03',
  '915': 'RC01',
  '916': 'RR01',
  '917': 'RR02',
  '918': 'RR03',
  '919': 'RR04',
  '920': 'SL01',
}

function returnCodeOf(code: string, number: string, purpose: string): string | undefined {
  if (!RETURN_CODES.has(code)) return undefined
  const written = /\b(A[CGM]\d\d|BE\d\d|CNOR|DNOR|FF\d\d|M[DS]\d\d|R[CR]\d\d|SL01)\b/.exec(purpose)
  return written?.[1] ?? REASON_NUMBERS[number.trim()]
}

const SEPA_KEY = /(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|MTLG|IBAN|BIC)([+:]) ?/g

/**
 * The parts that SEPA keys mark; what stands before the first of them is under ''. A key with a plus sign begins a
 * part; the same with a colon repeats what is already said for people, and ends it.
 */
function sepaParts(text: string): Map<string, string> {
  const parts = new Map<string, string>()
  const keys = [...text.matchAll(SEPA_KEY)]
  parts.set('', text.slice(0, keys[0]?.index ?? text.length))
  for (const [index, found] of keys.entries()) {
    const [whole, key = ''] = found
    const value = text.slice(found.index + whole.length, keys[index + 1]?.index ?? text.length)
    if (!parts.has(key)) parts.set(key, value)
  }
  return parts
}

const DUTCH_KEY =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|CNTP|RTRN|ISDT|PREF|KREF|SVCL|ADDR|ID|PURP|ULTD|ULTC|TRCD|USTD|STRD|CREF)\//g

/** `/TRTP/…/IBAN/…/NAME/…/REMI/…/EREF/…`, broken anywhere. `/CNTP/` holds account, bank and name in one. */
function dutch(text: string): Description {
  const parts = new Map<string, string>()
  const keys = [...text.matchAll(DUTCH_KEY)]
  for (const [index, found] of keys.entries()) {
    const [whole, key = ''] = found
    const value = text.slice(found.index + whole.length, keys[index + 1]?.index ?? text.length)
    // A key right behind another shares its slash: `/REMI//EREF/` or `/REMI/USTD//…`.
    if ((parts.get(key) ?? '') === '') parts.set(key, value.replace(/^\/+|\/+$/g, ''))
  }
  const [account, bic, name] = (parts.get('CNTP') ?? '').split('/')
  return {
    ...nothingKnown,
    counterpartyName: textOf(parts.get('NAME')) ?? textOf(name),
    counterpartyIban: accountOf(parts.get('IBAN')) ?? accountOf(account),
    counterpartyBic: accountOf(parts.get('BIC')) ?? accountOf(bic),
    remittance: textOf(remittanceOf(parts)),
    structuredReference: referenceOf(parts.get('CREF')),
    endToEndId: referenceOf(parts.get('EREF')),
    mandateId: referenceOf(parts.get('MARF')),
    instructionId: referenceOf(parts.get('PREF') ?? parts.get('KREF')),
    returnReasonCode: textOf(parts.get('RTRN')),
    bankText: textOf(parts.get('TRTP')),
  }
}

/** ING writes `/REMI/USTD//text/`: the text is what follows. */
function remittanceOf(parts: Map<string, string>): string | undefined {
  const remittance = parts.get('REMI')
  if (remittance === undefined || remittance === '' || remittance === 'USTD')
    return parts.get('USTD') ?? parts.get('STRD')
  return remittance.replace(/^(USTD|STRD)\/+/, '')
}
