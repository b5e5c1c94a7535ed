/** Every type of event there is, with what it tells. Append-only: a changed meaning is a new type. */
export const eventTypes = {
  'tenant.created': 'A tenant was created.',
  'tenant.updated': 'A tenant’s settings changed.',
  'api_key.created': 'An API key was created.',
  'api_key.rotated': 'An API key got a new secret; the old one ends after its grace.',
  'api_key.revoked': 'An API key was revoked.',
  'customer.created': 'A customer was created.',
  'customer.updated': 'A customer’s data changed.',
  'invoice.created': 'An invoice was drafted.',
  'invoice.updated': 'A draft, or the metadata of an invoice, changed.',
  'invoice.deleted': 'A draft was deleted.',
  'invoice.issued': 'An invoice became a claim on its customer.',
  'invoice.overdue': 'An amount of the invoice was still open on the day after its due date.',
  'invoice.partly_paid': 'Part of an invoice was settled; the rest is still open.',
  'invoice.paid': 'Nothing of the invoice is open any more.',
  'invoice.reopened':
    'An amount of the invoice is open again, on its old due date, because what had settled it was undone.',
  'invoice.partly_written_off':
    'Part of what is open of an invoice was given up; the rest is still open.',
  'invoice.written_off':
    'Nothing of the invoice is open any more, and not all of it was settled: the rest was given up.',
  'invoice.voided': 'An invoice was taken back by a cancellation document.',
  'invoice.deposit_deducted': 'Part of a paid deposit was deducted on a final invoice.',
  'invoice.deposit_released':
    'A deduction was taken back with its final invoice; the deposit can be deducted again.',
  'credit_note.issued': 'A document took a claim back.',
  'credit_note.updated': 'A credit note’s metadata changed.',
  'credit_note.allocated': 'A credit note settled open items.',
  'credit_note.allocation_undone': 'What a credit note had settled is open again.',
  'payment.pending': 'Money is about to come in; nothing of it can be used yet.',
  'credit_note.refunded': 'Unallocated money of a credit note is to go back to the customer.',
  'credit_note.refund_cancelled':
    'A refund of a credit note was cancelled; it is to be used again.',
  'payment.received': 'Money came in from a customer. This is the receipt.',
  'payment.updated': 'A payment’s metadata changed.',
  'payment.cleared': 'The bank confirmed money that was on its way.',
  'payment.allocated': 'Money settled open items.',
  'payment.allocation_undone': 'What money had settled is open again; the money is unallocated.',
  'payment.transferred': 'Unallocated money was moved to another customer.',
  'payment.reversed': 'A payment was taken back; what it had settled is open again.',
  'direct_debit_settings.updated':
    'What the bank knows the creditor by, or the rules for returns, changed.',
  'mandate.created': 'A debtor’s permission to collect was recorded.',
  'mandate.amended': 'A mandate changed; the next file tells the bank.',
  'mandate.used': 'A debit under the mandate went into a file.',
  'mandate.restored':
    'A file was rejected or a debit cancelled, so the mandate stands as before it.',
  'mandate.blocked': 'A debit came back for a reason that forbids to use its mandate.',
  'mandate.lapsed': 'A mandate ended because it was not used for 36 months.',
  'mandate.revoked': 'A mandate ended on request.',
  'direct_debit.pre_notified':
    'A debit is coming: tell the debtor amount, day, mandate and creditor identifier.',
  'direct_debit.batched':
    'A debit that was announced before became part of a batch; it is collected on the batch’s day.',
  'direct_debit.submitted': 'A debit is part of a file for the bank.',
  'direct_debit.collected': 'The collection date came; a Core debit stays provisional for 8 weeks.',
  'direct_debit.cancelled': 'A debit was taken back before its file was made.',
  'direct_debit.rejected': 'The bank refused a debit before it was settled.',
  'direct_debit.returned':
    'A collected debit came back; what it had settled is open again. `will_retry` says what follows.',
  'debit_batch.created': 'Debits of one day were gathered.',
  'debit_batch.updated': 'Debits of an open batch were cancelled.',
  'debit_batch.closed': 'The file of a batch is fixed and can be sent.',
  'debit_batch.reported': 'The bank said what became of a file.',
  'allocation_settings.updated':
    'How money is allocated was changed, for the tenant or a customer.',
  'allocation_settings.deleted': 'A customer’s money is allocated as the tenant says again.',
  'charge.claimed':
    'A fee, interest, a lump sum, or money that was returned after it had been used otherwise became an open item.',
  'charge.waived': 'A charge, or part of it, was given up.',
  'payment.refunded': 'Unallocated money of a payment is to go back to the customer.',
  'payment.refund_cancelled': 'A refund of a payment was cancelled; it is to be used again.',
  'payment.recovered': 'Unallocated money of a payment was taken for a claim written off before.',
  'payment.recovery_undone': 'A recovery was undone; the money is to be used again.',
  'refund.approved': 'Money is to be paid out to a customer.',
  'refund.paid': 'A refund left our account.',
  'refund.cancelled': 'A refund will not be paid, or came back.',
  'write_off.recorded': 'A claim, or part of it, was given up.',
  'write_off.relieved': 'The tax in a write-off was claimed back.',
  'write_off.recovered': 'Money came in after all for what had been written off.',
  'write_off.recovery_undone': 'A recovery was undone.',
  'write_off.undone': 'A write-off was taken back; the claim is open again on its old due date.',
  'ledger_settings.updated': 'Account codes were mapped, or a period was closed or opened.',
  'bank_account.created': 'A bank account was named by a statement for the first time.',
  'bank_account.updated': 'The movements of a bank account are known up to a later time.',
  'bank_statement.imported': 'A bank statement, report or advice was imported.',
  'bank_statement.updated': 'What was missing before a bank statement has come in.',
  'bank_statement.gap_found':
    'A statement before this one is missing: its opening balance is not where another ended.',
  'bank_line.matched':
    'A bank line became a payment, or several; or it confirmed or took one back.',
  'bank_line.ignored': 'A bank line was found to be none of ours to match.',
  'bank_line.undone': 'What had become of a bank line was taken back; it is unmatched again.',
  'bank_line.updated': 'A later statement told more about a movement.',
  'csv_mapping.created': 'A CSV mapping was created.',
  'csv_mapping.updated': 'A CSV mapping changed.',
  'csv_mapping.deleted': 'A CSV mapping was deleted.',
  'dunning_policy.created': 'A dunning policy was created.',
  'dunning_policy.updated': 'A dunning policy got its next version.',
  'dunning_hold.created': 'Dunning was told to wait.',
  'dunning_hold.updated': 'A hold’s end or note changed.',
  'dunning_hold.lifted': 'A hold ended before its time.',
  'dunning_run.started': 'A dunning run has begun, by the timetable or on request.',
  'dunning_run.completed': 'Everything that was due for a look has been decided.',
  'dunning.notice_issued':
    'A customer is to be told; the event carries all that is needed to tell it.',
  'dunning.level_changed':
    'An open item reached a dunning level. Once per open item and level; payment never causes it.',
  'dunning_simulation.created': 'A back-test of dunning policies was accepted.',
  'dunning_simulation.completed': 'A back-test of dunning policies has its results.',
  'dunning_simulation.cancelled': 'A back-test of dunning policies was cancelled.',
  'webhook_endpoint.created': 'A webhook endpoint was created.',
  'webhook_endpoint.updated': 'A webhook endpoint changed.',
  'webhook_endpoint.deleted': 'A webhook endpoint was deleted.',
  'webhook_endpoint.disabled':
    'A webhook endpoint was disabled, by hand or because nothing but failures came back.',
  'webhook_endpoint.test': 'A test event, sent to one endpoint on request.',
  'import.created': 'An import was accepted; its rows are still to be done.',
  'import.cancelled': 'An import was cancelled; what it had done stays.',
  'import.completed': 'An import has an outcome for each of its rows.',
  'ledger.difference_found': 'The ledger verification found a difference. Nothing is more urgent.',
} as const

export type EventType = keyof typeof eventTypes

/** All types, for enumerations. */
export const allEventTypes = Object.keys(eventTypes) as EventType[]
