/** Every type of event there is, with what it tells. Append-only: a changed meaning is a new type. */
export const eventTypes = {
  'tenant.created': 'A tenant was created.',
  'tenant.updated': 'A tenant’s settings changed.',
  'api_key.created': 'An API key was created.',
  'api_key.rotated': 'An API key got a new secret; the old one ends after its grace.',
  'api_key.revoked': 'An API key was revoked.',
  'customer.created': 'A customer was created.',
  'customer.updated': 'A customer’s data changed.',
  'customer_class.created': 'A customer class was created.',
  'customer_class.updated':
    'A customer class changed; its customers may follow another dunning policy.',
  'task.opened': 'Somebody is to do something, at a person’s wish or the service’s.',
  'task.updated': 'What is to be done, by whom or by when has changed.',
  'task.completed': 'A task was done.',
  'task.cancelled': 'A task is not to be done any more.',
  'task.reopened': 'A task that had ended is to be done after all.',
  'credit_hold.placed': 'Nothing is to be sold to a customer on account.',
  'credit_hold.updated':
    'A credit hold stands for another notice, since the one before was taken back.',
  'credit_hold.lifted': 'A reason not to sell to a customer on account is gone.',
  'credit_limit.exceeded': 'Facts have taken a customer’s exposure above a limit that holds for it.',
  'credit_limit.back_within': 'A customer’s exposure is within the limits that hold for it again.',
  'credit_utilisation.reached':
    'A customer’s exposure has reached a percentage of its limit that the credit policy names.',
  'credit_score.dropped': 'A customer’s score has lost points between two nights.',
  'customer.first_overdue': 'A customer has something overdue for the first time ever.',
  'customer.pays_later_than_habit':
    'An open item is overdue by more days than its customer usually is.',
  'credit_policy.review_due': 'The credit policy itself is to be looked at again.',
  'credit_review.opened': 'Somebody wants a customer’s limit and terms looked at.',
  'credit_review.due': 'A customer’s limit and terms are to be looked at again, by the calendar.',
  'credit_review.completed': 'A person has decided about a customer’s limit and terms.',
  'credit_review.dismissed': 'A review ended without a change; the calendar goes on.',
  'invoice.created': 'An invoice was drafted.',
  'invoice.updated': 'A draft, or the dunning policy or metadata of an invoice, changed.',
  'invoice.deleted': 'A draft was deleted.',
  'invoice.issued': 'An invoice became a claim on its customer.',
  'invoice.overdue': 'An amount of the invoice was still open on the day after its due date.',
  'invoice.partly_paid': 'Part of an invoice was settled; the rest is still open.',
  'invoice.paid': 'Nothing of the invoice is open any more.',
  'invoice.reopened':
    'An amount of the invoice is open again, on its old due date, because what had settled it was undone.',
  'invoice.deferred':
    'An open item of the invoice is due on another day: later by agreement, or as before because that ended.',
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
  'charge.accrual_waived':
    'Interest that ran on a principal and was never claimed was given up with its payment.',
  'payment.refunded': 'Unallocated money of a payment is to go back to the customer.',
  'payment.refund_cancelled': 'A refund of a payment was cancelled; it is to be used again.',
  'payment.recovered': 'Unallocated money of a payment was taken for a claim written off before.',
  'payment.recovery_undone': 'A recovery was undone; the money is to be used again.',
  'refund.approved': 'Money is to be paid out to a customer.',
  'refund.paid': 'A refund left our account.',
  'refund.cancelled': 'A refund will not be paid, or came back.',
  'deferral.agreed': 'An open item may be paid later; its dunning begins anew after that day.',
  'deferral.revoked': 'A deferral ended before its time; the item is due on the day before it.',
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
  'dunning_policy.migrated': 'Items under way were moved to another version of their policy.',
  'dunning_hold.created': 'Dunning was told to wait.',
  'dunning_hold.updated': 'A hold’s end or note changed.',
  'dunning_hold.lifted': 'A hold ended before its time.',
  'dunning_limit.updated': 'How far dunning may go with an open item was set or changed.',
  'reference_rate.added': 'A rate by which late interest is measured was added.',
  'jurisdiction.rules_switched': 'Rules of a jurisdiction were switched on or off.',
  'dunning_run.started': 'A dunning run has begun, by the timetable or on request.',
  'dunning_run.proposed':
    'Everything that was due for a look has been decided; some of it waits for a person to release it.',
  'dunning_run.updated': 'A run is being released, discarded or reversed; its status says which.',
  'dunning_run.completed': 'Everything that was due for a look has been decided and carried out.',
  'dunning_run.discarded': 'A proposal was thrown away; nothing of it happens.',
  'dunning_run.reversed': 'Everything that a run had brought about was taken back.',
  'dunning_decision.updated':
    'A person left an item out of a proposal, took it in again, or chose another level or deadline.',
  'dunning_decision.lapsed':
    'A proposed step was not released, because by then it was not due any more; `lapse_reason` says why.',
  'dunning.notice_issued':
    'A customer is to be told; the event carries all that is needed to tell it.',
  'dunning.notice_updated': 'A notice has come further on its way: sent, delivered or viewed.',
  'dunning.notice_rerouted':
    'A notice did not arrive and is to go to the next recipient, with the deadline it has now.',
  'dunning.notice_undeliverable': 'A notice did not arrive, and nobody is left to send it to.',
  'dunning.notice_cancelled':
    'Nothing of what a notice asks for is open and due any more, and it has not arrived yet: it need not be sent.',
  'dunning.notice_reversed': 'A notice was taken back; tell whoever was told of it.',
  'dunning.level_changed':
    'An open item reached a dunning level, once per item, cycle and level; or it fell back because a notice was reversed or another due date was agreed. Payment never causes it.',
  'activity.logged': 'Somebody did something about a customer, or the customer got in touch.',
  'activity.cancelled': 'An activity was logged by mistake; it counts no more.',
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
