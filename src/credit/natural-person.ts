import type { CustomerRow } from '../parties/table.ts'

/**
 * Whether a customer is a human being: what is concluded about it must not decide alone, a person looks at it (GDPR
 * article 22, CJEU C-634/21).
 */
export const isNaturalPerson = ({ kind }: Pick<CustomerRow, 'kind'>): boolean => kind === 'consumer'
