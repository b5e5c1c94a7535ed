/** The most debits of one batch: they are made in one commit and sent as one file. */
export const DEBITS_PER_BATCH = 10_000
