import type { CustomerRow } from '../parties/table.ts'

/**
 * Whether a customer is a human being, as a consumer or as a sole trader: what is concluded about it must not decide
 * alone, a person looks at it (GDPR article 22, CJEU C-634/21).
 */
export const isNaturalPerson = ({
  kind,
  natural_person,
}: Pick<CustomerRow, 'kind' | 'natural_person'>): boolean => kind === 'consumer' || natural_person
