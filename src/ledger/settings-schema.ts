import { type Static, Type } from '@sinclair/typebox'
import type { Reader } from '../foundation/database/frame.ts'
import { Body, Count, Day, Nullable, named, Text, YesNo } from '../foundation/http/schema.ts'
import { type Account, accounts } from './accounts.ts'
import type { AccountCodes, LedgerSettingsRow } from './table.ts'

const Code = (account: Account) =>
  Text(`The tenant’s code for ${account}.`, { maxLength: 40, example: '1200' })

const eachAccount = <T>(of: (account: Account) => T) =>
  Object.fromEntries(accounts.map((account) => [account, of(account)])) as Record<Account, T>

export const ReplaceAccountCodes = named(
  'ReplaceAccountCodes',
  Body(
    {
      account_codes: Type.Object(
        eachAccount((account) => Type.Optional(Code(account))),
        {
          additionalProperties: false,
          description: 'A code for each account; those left out have none.',
          examples: [{ receivable: '1400', cash: '1200', sales: '8400' }],
        },
      ),
    },
    { description: 'The tenant’s own codes for the accounts of the subledger.' },
  ),
)

export const ClosePeriod = named(
  'ClosePeriod',
  Body(
    {
      closed_until_date: Type.Optional(
        Day('The last day that is closed; left out or null, nothing is.', '2026-02-28'),
      ),
    },
    { description: 'Until when the books are closed.' },
  ),
)

export const LedgerSettings = named(
  'LedgerSettings',
  Type.Object(
    {
      object: Type.Unsafe<'ledger_settings'>(
        Type.String({
          description: 'What this is.',
          const: 'ledger_settings',
          examples: ['ledger_settings'],
        }),
      ),
      version: Count('Grows by one with every change; the ETag. 0 before the first.'),
      account_codes: Type.Object(
        eachAccount((account) => Nullable(Code(account))),
        {
          description: 'The tenant’s code for each account of the subledger; null for none.',
          examples: [eachAccount((account) => (account === 'cash' ? '1200' : null))],
        },
      ),
      closed_until_date: Nullable(
        Day('The last day that is closed; null when nothing is.', '2026-02-28'),
      ),
      livemode: YesNo('False in a test tenant.'),
    },
    { description: 'How the tenant’s general ledger is told what happens here.' },
  ),
)

/** The settings as the API shows them; those of a tenant that has not said anything are empty. */
export const settingsToJson = (
  settings: LedgerSettingsRow | undefined,
  { tenant }: Pick<Reader, 'tenant'>,
): Static<typeof LedgerSettings> => ({
  object: 'ledger_settings',
  version: settings?.version ?? 0,
  account_codes: eachAccount(
    (account) => (settings?.account_codes as AccountCodes | undefined)?.[account] ?? null,
  ),
  closed_until_date: settings?.closed_until_date ?? null,
  livemode: tenant.mode === 'live',
})
