/** How a column of amounts says which way the money went. */
export const signRules = ['signed', 'direction_column', 'two_columns'] as const

export const csvEncodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15'] as const
export const csvSeparators = [';', ',', '\t', '|'] as const
export const csvDateFormats = [
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD.MM.YY',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'MM/DD/YYYY',
  'YYYYMMDD',
  'YYYY/MM/DD',
] as const

/** Where each thing stands: the names of the columns, as in the header. */
export interface CsvColumns {
  booking_date: string
  value_date?: string
  amount?: string
  /** With `two_columns`: what came in, and what went out. */
  credit_amount?: string
  debit_amount?: string
  /** With `direction_column`: the column that says which way. */
  direction?: string
  currency?: string
  account?: string
  counterparty_name?: string
  counterparty_iban?: string
  counterparty_bic?: string
  /** Several columns are joined by a space. */
  remittance?: string[]
  end_to_end_id?: string
  mandate_id?: string
  bank_reference?: string
  transaction_code?: string
}

/** How a bank's CSV export is to be read. */
export interface CsvMappingSettings {
  separator: (typeof csvSeparators)[number]
  encoding: (typeof csvEncodings)[number]
  /** Lines before the header, or before the first row. */
  skip_line_count: number
  /** Without a header, columns are named by their place: `#1` is the first. */
  has_header: boolean
  date_format: (typeof csvDateFormats)[number]
  decimal_sign: '.' | ','
  sign: (typeof signRules)[number]
  /** With `direction_column`: the words that stand for money that went out; everything else came in. */
  debit_words: string[]
  columns: CsvColumns
  /** Whose statement it is, where no column says so. */
  account: string | null
  currency: string | null
}
