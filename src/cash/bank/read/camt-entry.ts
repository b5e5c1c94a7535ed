import type { Description, Detail, Direction, Entry } from '../bank-line.ts'
import { nothingKnown } from '../bank-line.ts'
import { FileFault, type Place } from './fault.ts'
import {
  accountOf,
  currencyOf,
  dateOf,
  ibanOf,
  minorUnits,
  referenceOf,
  shown,
  textOf,
} from './values.ts'
import { all, find, type Node, read } from './xml-tree.ts'

/** An entry as it stands; where it has no date, its statement has one. */
export type UndatedEntry = Omit<Entry, 'bookingDate'> & {
  bookingDate: string | null
  place: Place
}

/** Reads one `Ntry`. With one detail the entry is what the detail says; with several, each detail stands for itself. */
export function entryOf(node: Node, statement: Node): UndatedEntry {
  const { place } = node
  const amount = find(node, 'Amt')
  if (amount === undefined) throw new FileFault('value_missing', 'no amount', place)
  const currency = currencyOf(amount.currency ?? read(statement, 'Acct/Ccy'), amount.place)
  const units = minorUnits(amount.text.trim(), currency, amount.place)
  const direction = directionOf(node)
  const isReversal = ['true', '1'].includes(read(node, 'RvslInd') ?? 'false')
  const own = accountOf(read(statement, 'Acct/Id/IBAN', 'Acct/Id/Othr/Id'))
  const details = all(node, 'NtryDtls')
    .flatMap((group) => all(group, 'TxDtls'))
    .map((detail) => detailOf(detail, { currency, direction, isReversal, own }))
  const status = read(node, 'Sts/Cd', 'Sts')
  const [first] = details
  const described: Description = details.length === 1 && first ? first : nothingKnown
  return {
    ...withoutAmount(described),
    bankReference: referenceOf(read(node, 'AcctSvcrRef')) ?? described.bankReference,
    instructionId:
      described.instructionId ??
      referenceOf(read(find(node, 'NtryDtls/Btch'), 'PmtInfId', 'MsgId')),
    chargesAmount: chargesOf(node, currency) ?? described.chargesAmount,
    transactionCode: codeOf(node) ?? described.transactionCode,
    bankText: textOf(read(node, 'AddtlNtryInf')) ?? described.bankText,
    bookingDate: dayOf(node, 'BookgDt/Dt', 'BookgDt/DtTm'),
    valueDate: dayOf(node, 'ValDt/Dt', 'ValDt/DtTm'),
    currency,
    amount: units,
    direction,
    isReversal,
    isBooked: (status === null || status === 'BOOK') && units > 0,
    details,
    place,
  }
}

function withoutAmount(described: Description | Detail): Description {
  const { amount, direction, ...description } = described as Detail
  return description
}

interface Surroundings {
  currency: string
  direction: Direction
  isReversal: boolean
  /** Our own account: never the counterparty. */
  own: string | null
}

/** Reads one `TxDtls`. */
function detailOf(node: Node, around: Surroundings): Detail {
  const direction = read(node, 'CdtDbtInd') === null ? around.direction : directionOf(node)
  const returned = find(node, 'RtrInf')
  const remittance = find(node, 'RmtInf')
  const structured = all(remittance, 'Strd')
  const references = structured.flatMap((one) => read(one, 'CdtrRefInf/Ref') ?? [])
  return {
    ...counterpartyOf(node, { ...around, isReturn: returned !== undefined }),
    amount: amountOf(node, around.currency),
    direction,
    remittance: textOf(
      [
        ...all(remittance, 'Ustrd').map(({ text }) => text),
        ...structured.flatMap((one) => [
          ...all(one, 'RfrdDocInf').map((document) => read(document, 'Nb') ?? ''),
          ...all(one, 'AddtlRmtInf').map(({ text }) => text),
        ]),
        ...references.slice(1),
      ].join(' '),
    ),
    structuredReference: referenceOf(references[0]),
    endToEndId: referenceOf(read(node, 'Refs/EndToEndId')),
    mandateId: referenceOf(read(node, 'Refs/MndtId')),
    instructionId: referenceOf(read(node, 'Refs/InstrId')),
    bankReference: referenceOf(read(node, 'Refs/AcctSvcrRef')),
    returnReasonCode: textOf(read(returned, 'Rsn/Cd', 'Rsn/Prtry')),
    returnReasonText: textOf(
      all(returned, 'AddtlInf')
        .map(({ text }) => text)
        .join(' '),
    ),
    chargesAmount: chargesOf(node, around.currency),
    transactionCode: codeOf(node),
    bankText: textOf(read(node, 'AddtlTxInf')),
  }
}

/**
 * The other side. Of money that came in it is the debtor; a reversal or return keeps the sides of what it takes back.
 * Where that side is not named the other one is, unless it is us.
 */
function counterpartyOf(
  node: Node,
  { direction, isReversal, isReturn, own }: Surroundings & { isReturn: boolean },
): Pick<Description, 'counterpartyName' | 'counterpartyIban' | 'counterpartyBic'> {
  const isDebtor = (direction === 'credit') !== (isReversal || isReturn)
  const sides = isDebtor ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr']
  const parties = sides.map((side) => partyOf(node, side))
  const [wanted, other] = parties as [(typeof parties)[number], (typeof parties)[number]]
  const isNamed = wanted.name !== null || wanted.account !== null
  const isOtherKnown = other.account !== null && other.account !== own
  const { name, account, bic } = !isNamed && isReturn && isOtherKnown ? other : wanted
  return { counterpartyName: name, counterpartyIban: account, counterpartyBic: bic }
}

/** Up to version 7 a party's name stands right below it, from version 8 on below `Pty`. */
function partyOf(node: Node, side: string) {
  const parties = find(node, 'RltdPties')
  const agent = find(node, `RltdAgts/${side}Agt/FinInstnId`)
  const account = find(parties, `${side}Acct/Id`)
  return {
    name: textOf(
      read(parties, `${side}/Nm`, `${side}/Pty/Nm`, `Ultmt${side}/Nm`, `Ultmt${side}/Pty/Nm`),
    ),
    account: ibanOf(read(account, 'IBAN')) ?? accountOf(read(account, 'IBAN', 'Othr/Id', 'BBAN')),
    bic: accountOf(read(agent, 'BICFI', 'BIC')),
  }
}

/** What a detail says of its amount in the currency of the account; null when it says nothing of use. */
function amountOf(node: Node, currency: string): number | null {
  for (const path of ['Amt', 'AmtDtls/TxAmt/Amt']) {
    const amount = find(node, path)
    if (amount?.currency !== currency) continue
    const units = minorUnits(amount.text.trim(), currency, amount.place)
    if (units > 0) return units
  }
  return null
}

/** What the bank took, in the currency of the account: its total, else its records. */
function chargesOf(node: Node, currency: string): number | null {
  const inCurrency = (amount: Node | undefined) =>
    amount?.currency === currency ? [minorUnits(amount.text.trim(), currency, amount.place)] : []
  const amounts = all(node, 'Chrgs').flatMap((charges) => {
    const total = inCurrency(find(charges, 'TtlChrgsAndTaxAmt'))
    const records = all(charges, 'Rcrd').flatMap((record) => inCurrency(find(record, 'Amt')))
    return total.length > 0
      ? total
      : records.length > 0
        ? records
        : inCurrency(find(charges, 'Amt'))
  })
  const charged = amounts.reduce((sum, amount) => sum + amount, 0)
  return charged === 0 ? null : charged
}

function codeOf(node: Node): string | null {
  const code = find(node, 'BkTxCd')
  const domain = [
    read(code, 'Domn/Cd'),
    read(code, 'Domn/Fmly/Cd'),
    read(code, 'Domn/Fmly/SubFmlyCd'),
  ]
  return textOf(domain[0] === null ? read(code, 'Prtry/Cd') : domain.filter(Boolean).join('-'))
}

function directionOf(node: Node): Direction {
  const indicator = read(node, 'CdtDbtInd')
  if (indicator === 'CRDT') return 'credit'
  if (indicator === 'DBIT') return 'debit'
  throw new FileFault(
    indicator === null ? 'value_missing' : 'value_invalid',
    `"${shown(indicator ?? '')}" does not say whether money came or went`,
    node.place,
  )
}

function dayOf(node: Node, ...paths: string[]): string | null {
  const text = read(node, ...paths)
  return text === null ? null : dateOf(text.slice(0, 10), node.place)
}
