import { fromString, fromUUID, toUUIDBytes } from 'typeid-js'
import { uuidv7 } from 'uuidv7'

/** Sorts before every id: where a walk from one to the next begins. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * TypeIDs at the edge, `uuid` in the database. A TypeID is a prefix that names the resource and the UUID in
 * lower-case Crockford base 32 (TypeID specification 0.3.0): `cus_01kjm7f7shez7837xta3mfn3a4`.
 */
export const prefixes = {
  tenant: 'ten',
  api_key: 'key',
  customer: 'cus',
  customer_class: 'ccl',
  contact: 'con',
  exchange_rate: 'xrt',
  task: 'tsk',
  activity: 'act',
  approval: 'apv',
  invoice: 'inv',
  open_item: 'itm',
  ledger_entry: 'ent',
  credit_hold: 'chd',
  credit_alert: 'cal',
  credit_review: 'crv',
  credit_policy: 'cpo',
  credit_standing: 'cst',
  credit_score: 'csc',
  credit_report: 'crp',
  trade_reference: 'trf',
  credit_check: 'chk',
  credit_limit: 'clm',
  credit_group: 'cgr',
  onboarding_check: 'obc',
  order_on_hand: 'ooh',
  reservation: 'rsv',
  credit_note: 'crn',
  payment: 'pay',
  allocation: 'all',
  mandate: 'mdt',
  direct_debit: 'ddb',
  debit_batch: 'dbt',
  direct_debit_settings: 'dds',
  bank_account: 'bac',
  bank_file: 'bfi',
  bank_statement: 'bst',
  bank_line: 'bln',
  csv_mapping: 'cmp',
  allocation_settings: 'als',
  refund: 'rfd',
  deferral: 'dfr',
  write_off: 'wof',
  recovery: 'rcv',
  dunning_policy: 'dpo',
  dunning_hold: 'hld',
  dunning_limit: 'dlm',
  dunning_migration: 'dmg',
  charge: 'chg',
  dunning_run: 'run',
  dunning_notice: 'ntc',
  dunning_decision: 'dec',
  dunning_simulation: 'sim',
  dunning_delivery: 'dlv',
  reference_rate: 'rrt',
  jurisdiction: 'jur',
  simulator_run: 'smr',
  fixture_load: 'fxl',
  webhook_endpoint: 'whe',
  webhook_delivery: 'whd',
  webhook_recovery: 'whr',
  event: 'evt',
  import: 'imp',
  import_mapping: 'imm',
  ledger_settings: 'lse',
  ledger_verification: 'ver',
  request: 'req',
} as const

/** The kinds of thing that have an id of their own. */
export type Kind = keyof typeof prefixes

/** A new UUID v7: its first 48 bits are the current millisecond, so that keys grow with time. */
export const newId = (): string => uuidv7()

/**
 * The least UUID v7 of an instant: rows whose ids are made when they are written are found by the time of that without
 * another index. It is nobody's own id.
 */
export function leastIdAt(instant: string): string {
  const milliseconds = Date.parse(instant).toString(16).padStart(12, '0')
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-0000-0000-000000000000`
}

/** The public id of a row. */
export const publicId = (kind: Kind, uuid: string): string => fromUUID(uuid, prefixes[kind])

/** The public id of a row that may be missing. */
export const publicIdOrNull = (kind: Kind, uuid: string | null): string | null =>
  uuid === null ? null : publicId(kind, uuid)

/**
 * The UUID inside a public id that the request's schema has already found well formed. Whether it is of a version that
 * exists does not matter: what nobody has is not found.
 */
export const uuidOf = (id: string): string =>
  Buffer.from(toUUIDBytes(fromString(id)))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** What a public id is the id of; undefined when no kind of thing has such ids. */
export const kindOf = (id: string): Kind | undefined => kinds.get(id.slice(0, id.indexOf('_')))

const kinds = new Map(
  Object.entries(prefixes).map(([kind, prefix]) => [prefix as string, kind as Kind]),
)

/** The UUID inside a public id that may be missing. */
export const uuidOrNull = (id: string | undefined): string | null =>
  id === undefined ? null : uuidOf(id)

/** The regular expression a public id of this kind matches; part of the published contract. */
export const idPattern = (kind: Kind): string => `^${prefixes[kind]}_[0-7][0-9a-hjkmnp-tv-z]{25}$`

/** The regular expression a public id of any of these kinds matches. */
export const anyIdPattern = (allowed: readonly Kind[]): string =>
  `^(${[...new Set(allowed.map((kind) => prefixes[kind]))].join('|')})_[0-7][0-9a-hjkmnp-tv-z]{25}$`

/** The regular expression every public id matches, whatever it names. */
export const ANY_ID_PATTERN = '^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$'
