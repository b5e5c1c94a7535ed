/**
 * The key an invoice is found by when payers write its number in their own way: its digits without any zeros, since
 * letters, punctuation, spaces and leading zeros are what gets lost. Several numbers may share a key, so whoever finds
 * an invoice by it still compares the numbers. Empty for a number without digits.
 */
export const numberKey = (number: string): string => number.replace(/[^1-9]/g, '')
