/** Words, however they are divided, as one name: `invoice.issued` is `InvoiceIssued`. */
export const pascalCase = (words: string): string =>
  words.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
