// Generated from openapi.json by `npm run openapi`.
export interface paths {
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the process is alive
         * @description Answers as long as the event loop turns, whatever the state of the database. Restart the process when it does not.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether requests are welcome
         * @description Ready means that the database answers within a second, that its schema is at least what this build needs, and that the process is not about to stop. Send requests elsewhere while it answers 503.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the limits
         * @description What one request, and one credential, may ask for on this installation.
         */
        get: operations["getLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the event feed
         * @description Ascends in commit order without gaps. Remember the `sequence` of the last event you processed and ask for what comes after it with `sequence_gt`: nothing is ever missed.
         *
         *     Needs the scope `events:read`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one event
         * @description The same body that webhooks receive. An event can be read once it has its place in the feed.
         *
         *     Needs the scope `events:read`.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the tenant’s settings
         * @description The tenant the credential belongs to.
         *
         *     Needs the scope `tenants:read`.
         */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the tenant’s settings
         * @description A merge patch (RFC 7396). A new time zone or dunning time counts from the next run on; the currency is fixed by the first invoice or payment.
         *
         *     Needs the scope `tenants:write`.
         */
        patch: operations["updateTenant"];
        trace?: never;
    };
    "/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a tenant
         * @description Creates another tenant of this service and its first API key, whose secret is shown this once. A repeat with the same Idempotency-Key shows it again for seven days.
         *
         *     Needs the scope `tenants:admin`.
         */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Newest first, revoked and expired ones too. Secrets are never shown.
         *
         *     Needs the scope `api_keys:read`.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description The secret is shown in this answer and never again. A key can be given only scopes its creator has.
         *
         *     Needs the scope `api_keys:write`.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an API key
         * @description Everything but the secret.
         *
         *     Needs the scope `api_keys:read`.
         */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key a new secret
         * @description The new secret is valid at once and shown in this answer only; the old one stays valid for `grace_seconds`. The caller must hold every scope of the key.
         *
         *     Needs the scope `api_keys:write`.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke an API key
         * @description Ends the key for good: at once on the replica that answers, within five seconds on all others. Revoking it again changes nothing.
         *
         *     Needs the scope `api_keys:write`.
         */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers
         * @description Newest first unless sorted otherwise. To follow changes, sort by `updated_at` and filter with `updated_at_gte`, or read the event feed.
         *
         *     Needs the scope `customers:read`.
         */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Create a customer
         * @description A customer is a debtor of the tenant. With an `external_id` of yours you can upsert it later and never create it twice.
         *
         *     Needs the scope `customers:write`.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a customer
         * @description What the customer owes stands under `/v1/customers/{id}/balance`.
         *
         *     Needs the scope `customers:read`.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a customer
         * @description A merge patch (RFC 7396). Metadata merges by key, contacts are replaced as a whole; a patch that changes nothing makes no version and announces nothing.
         *
         *     Needs the scope `customers:write`.
         */
        patch: operations["updateCustomer"];
        trace?: never;
    };
    "/v1/customers/by-external-id/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Create or replace a customer by external id
         * @description Makes the customer what the body says, whether it exists (200) or not (201). What is left out is emptied. Sending the same again changes nothing.
         *
         *     Needs the scope `customers:write`.
         */
        put: operations["upsertCustomer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a customer’s balance
         * @description What the customer owes, what of it is overdue today, and what money of it is not allocated yet, per currency.
         *
         *     Needs the scope `customers:read`.
         */
        get: operations["getCustomerBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List ledger entries
         * @description Every movement of the subledger, the latest recorded first. Entries are never changed or deleted.
         *
         *     Needs the scope `ledger:read`.
         */
        get: operations["listLedgerEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ledger/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that the ledger adds up
         * @description Recomputes every stored amount from the ledger’s entries in one snapshot. The same check runs every night.
         *
         *     Needs the scope `ledger:read`.
         */
        get: operations["verifyLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices
         * @description Newest first unless sorted otherwise. Rows are whole invoices without their lines.
         *
         *     Needs the scope `invoices:read`.
         */
        get: operations["listInvoices"];
        put?: never;
        /**
         * Create an invoice
         * @description Keeps a draft, or issues at once with `"issue": true`. The due date comes from the invoice, else from the terms of its customer, else of the tenant. Currency and customer are final.
         *
         *     Needs the scope `invoices:write`.
         */
        post: operations["createInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count and sum invoices
         * @description By status and currency, with the same filters as the list.
         *
         *     Needs the scope `invoices:read`.
         */
        get: operations["summarizeInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an invoice
         * @description The invoice with its open items and lines, as it stands today.
         *
         *     Needs the scope `invoices:read`.
         */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        /**
         * Delete a draft
         * @description Only drafts can be deleted; what was issued is voided.
         *
         *     Needs the scope `invoices:write`.
         */
        delete: operations["deleteInvoice"];
        options?: never;
        head?: never;
        /**
         * Change a draft, or the metadata of an invoice
         * @description An issued invoice is corrected by a credit note or a cancellation, never changed. Replacing lines needs If-Match.
         *
         *     Needs the scope `invoices:write`.
         */
        patch: operations["updateInvoice"];
        trace?: never;
    };
    "/v1/invoices/by-external-id/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Create an invoice, or bring its draft up to date
         * @description Safe to repeat: an issued invoice that says the same is answered as it stands; one that says something else is refused.
         *
         *     Needs the scope `invoices:write`.
         */
        put: operations["upsertInvoice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue a draft
         * @description Turns the draft into a claim on its customer; from here on its amounts and dates never change.
         *
         *     Needs the scope `invoices:write`.
         */
        post: operations["issueInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an invoice back
         * @description By a cancellation document, as long as neither money nor a notice has touched the invoice; after that it takes a credit note.
         *
         *     Needs the scope `invoices:write`.
         */
        post: operations["voidInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credit notes
         * @description Newest first. Rows are whole credit notes without their lines.
         *
         *     Needs the scope `invoices:read`.
         */
        get: operations["listCreditNotes"];
        put?: never;
        /**
         * Issue a credit note
         * @description Settles what is open of the invoice it corrects; the rest stays unallocated.
         *
         *     Needs the scope `invoices:write`.
         */
        post: operations["createCreditNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a credit note
         * @description The credit note with its lines and what is left to use of it.
         *
         *     Needs the scope `invoices:read`.
         */
        get: operations["getCreditNote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a credit note’s metadata
         * @description A credit note is immutable but for its metadata.
         *
         *     Needs the scope `invoices:write`.
         */
        patch: operations["updateCreditNote"];
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payments
         * @description Newest first, each with the allocations that stand.
         *
         *     Needs the scope `payments:read`.
         */
        get: operations["listPayments"];
        put?: never;
        /**
         * Record a payment
         * @description Records money received and allocates it: as designated, else by the rules. What no open item takes stays unallocated.
         *
         *     Needs the scope `payments:write`.
         */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment
         * @description The payment with the allocations that stand.
         *
         *     Needs the scope `payments:read`.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a payment’s metadata
         * @description What was received cannot be changed; take a wrong payment back with a reversal.
         *
         *     Needs the scope `payments:write`.
         */
        patch: operations["updatePayment"];
        trace?: never;
    };
    "/v1/payments/by-external-id/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Record a payment, or find it recorded
         * @description Safe to repeat: a payment that says the same is answered as it stands; one that says something else is refused.
         *
         *     Needs the scope `payments:write`.
         */
        put: operations["upsertPayment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/reversal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a payment back
         * @description Undoes its allocations on the day of the reversal; its items are open again on their old due dates, and dunning resumes where it stood.
         *
         *     Needs the scope `payments:write`.
         */
        post: operations["reversePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/by-external-id/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Issue a credit note, or find it issued
         * @description Safe to repeat: a credit note that says the same is answered as it stands; one that says something else is refused.
         *
         *     Needs the scope `invoices:write`.
         */
        put: operations["upsertCreditNote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dunning policies
         * @description Each in its current version, the newest first.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["listDunningPolicies"];
        put?: never;
        /**
         * Create a dunning policy
         * @description A policy does nothing until the tenant or a customer names it. One that contradicts itself is refused with every place where it does.
         *
         *     Needs the scope `dunning:write`.
         */
        post: operations["createDunningPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dunning policy
         * @description Its current version.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["getDunningPolicy"];
        /**
         * Give a dunning policy its next version
         * @description Versions are immutable. Items under way stay on the version they began with; all others are judged by the new one from the next run on.
         *
         *     Needs the scope `dunning:write`.
         */
        put: operations["replaceDunningPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dunning holds
         * @description The newest first.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["listDunningHolds"];
        put?: never;
        /**
         * Hold dunning
         * @description For a customer, an invoice or an open item, from a day until a day (both included) or until lifted.
         *
         *     Needs the scope `dunning:write`.
         */
        post: operations["createDunningHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-holds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dunning hold
         * @description What it covers, why, and until when.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["getDunningHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Extend or shorten a dunning hold
         * @description What it covers is looked at again at the next run.
         *
         *     Needs the scope `dunning:write`.
         */
        patch: operations["updateDunningHold"];
        trace?: never;
    };
    "/v1/dunning-holds/{id}/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lift a dunning hold
         * @description Ends it today; what it covered is looked at again at the next run.
         *
         *     Needs the scope `dunning:write`.
         */
        post: operations["liftDunningHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dunning runs
         * @description The newest first. A day on which nothing was due for a look has no run.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["listDunningRuns"];
        put?: never;
        /**
         * Start or preview a dunning run
         * @description Looks at everything that is due for a look today, as the daily run does. With `dry_run=true` nothing is kept and the decisions are answered at once.
         *
         *     Needs the scope `dunning:write`.
         */
        post: operations["startDunningRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dunning run
         * @description How far it is and what it came to.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["getDunningRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-runs/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the decisions of a dunning run
         * @description One per open item it looked at, with the reason and the values that decided.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["listDunningDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dunning notices
         * @description What customers were told, the newest first.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["listDunningNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dunning-notices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a dunning notice
         * @description All that is needed to tell the customer.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["getDunningNotice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/dunning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain where an invoice stands in dunning
         * @description Its level, every step taken, what comes next and when, and what stands in the way: the same evaluation a run would make today.
         *
         *     Needs the scope `dunning:read`.
         */
        get: operations["explainInvoiceDunning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/aging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Age what is owed
         * @description As of the end of any day, past days included: summed from the ledger’s entries that count by then. Money that is not allocated is shown beside it, never netted.
         *
         *     Needs the scope `reports:read`.
         */
        get: operations["getAgingReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the test clock
         * @description Where the clock of this test tenant stands, and whether it is on its way.
         *
         *     Needs the scope `tenants:read`.
         */
        get: operations["getTestClock"];
        /**
         * Set the test clock
         * @description Runs no job. The clock goes back only while the tenant has no invoice, payment or ledger entry. Before the first time it follows real time, afterwards it stands still.
         *
         *     Needs the scope `sandbox:write`.
         */
        put: operations["setTestClock"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance the test clock
         * @description Runs every job whose instant is on the way, in order, day by day. Ask again until the status is `ready`: then all that happened is in the feed.
         *
         *     Needs the scope `sandbox:write`.
         */
        post: operations["advanceTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description Newest first. Secrets are never shown.
         *
         *     Needs the scope `webhooks:read`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create a webhook endpoint
         * @description It gets every event that happens from now on, at least once, in order per entity, signed as Standard Webhooks 1.0 has it. The signing secret is shown in this answer only.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook endpoint
         * @description The secret is never shown; rotate it when it is lost.
         *
         *     Needs the scope `webhooks:read`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint
         * @description What waits to be sent is cancelled and its secrets are gone.
         *
         *     Needs the scope `webhooks:write`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint
         * @description A merge patch (RFC 7396). What waits to be sent goes to the new URL. A patch that changes nothing makes no version and announces nothing.
         *
         *     Needs the scope `webhooks:write`.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/by-external-id/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Create or replace a webhook endpoint by external id
         * @description Makes the endpoint what the body says, whether it exists (200) or not (201, with its secret, shown this once). What is left out is emptied.
         *
         *     Needs the scope `webhooks:write`.
         */
        put: operations["upsertWebhookEndpoint"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable a webhook endpoint
         * @description It gets what happens from now on. What was skipped meanwhile can be resent.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["enableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a webhook endpoint
         * @description Nothing more is sent to it. What waits and what happens meanwhile becomes `skipped` and can be resent.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["disableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret of a webhook endpoint
         * @description The new secret is shown in this answer only. During the grace, messages carry a signature by each of the two, so that receivers can change over when it suits them.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description A `webhook_endpoint.test` event goes to this endpoint alone, whatever types it asked for. What became of it stands in the deliveries.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a webhook endpoint
         * @description Newest first, with their latest attempts. Answers that were not 2xx are kept in part, with secrets blotted out.
         *
         *     Needs the scope `webhooks:read`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery
         * @description One endpoint’s copy of an event, with its latest attempts.
         *
         *     Needs the scope `webhooks:read`.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/deliveries/{delivery_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend a delivery
         * @description The same bytes under the same `webhook-id`, with a new timestamp and signature, at once.
         *
         *     Needs the scope `webhooks:write`.
         */
        post: operations["resendWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description The newest first, each with how far it has come.
         *
         *     Needs the scope `imports:read`.
         */
        get: operations["listImports"];
        put?: never;
        /**
         * Import many rows at once
         * @description Takes customers, invoices or payments, as JSON or as newline-delimited JSON with the settings in the query, and answers at once; the rows are done in the background, in their order. The credential also needs the scope to write what it imports. Sending the same rows again in mode `upsert` goes on where an earlier import stopped.
         *
         *     Needs the scope `imports:write`.
         */
        post: operations["createImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an import
         * @description Where it stands and how many rows have which outcome.
         *
         *     Needs the scope `imports:read`.
         */
        get: operations["getImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what became of the rows of an import
         * @description In the order of the rows, as far as they have had their turn. `status=failed` lists what has to be corrected, with pointers into each row.
         *
         *     Needs the scope `imports:read`.
         */
        get: operations["listImportResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an import
         * @description Rows that have an outcome keep it, with what they made; the others never have their turn.
         *
         *     Needs the scope `imports:write`.
         */
        post: operations["cancelImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "tenant.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A tenant was created
         * @description A tenant was created. Sent to the endpoints that asked for `tenant.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onTenantCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "tenant.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A tenant’s settings changed
         * @description A tenant’s settings changed. Sent to the endpoints that asked for `tenant.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onTenantUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api_key.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key was created
         * @description An API key was created. Sent to the endpoints that asked for `api_key.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onApiKeyCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api_key.rotated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key got a new secret
         * @description An API key got a new secret; the old one ends after its grace. Sent to the endpoints that asked for `api_key.rotated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onApiKeyRotated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api_key.revoked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API key was revoked
         * @description An API key was revoked. Sent to the endpoints that asked for `api_key.revoked`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onApiKeyRevoked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A customer was created
         * @description A customer was created. Sent to the endpoints that asked for `customer.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onCustomerCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "customer.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A customer’s data changed
         * @description A customer’s data changed. Sent to the endpoints that asked for `customer.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onCustomerUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An invoice was drafted
         * @description An invoice was drafted. Sent to the endpoints that asked for `invoice.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A draft, or the metadata of an invoice, changed
         * @description A draft, or the metadata of an invoice, changed. Sent to the endpoints that asked for `invoice.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A draft was deleted
         * @description A draft was deleted. Sent to the endpoints that asked for `invoice.deleted`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An invoice became a claim on its customer
         * @description An invoice became a claim on its customer. Sent to the endpoints that asked for `invoice.issued`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceIssued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.overdue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An amount of the invoice was still open on the day after its due date
         * @description An amount of the invoice was still open on the day after its due date. Sent to the endpoints that asked for `invoice.overdue`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceOverdue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.partly_paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Part of an invoice was settled
         * @description Part of an invoice was settled; the rest is still open. Sent to the endpoints that asked for `invoice.partly_paid`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoicePartlyPaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Nothing of the invoice is open any more
         * @description Nothing of the invoice is open any more. Sent to the endpoints that asked for `invoice.paid`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoicePaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.reopened": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An amount of the invoice is open again, on its old due date, because its payment was reversed
         * @description An amount of the invoice is open again, on its old due date, because its payment was reversed. Sent to the endpoints that asked for `invoice.reopened`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceReopened"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invoice.voided": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An invoice was taken back by a cancellation document
         * @description An invoice was taken back by a cancellation document. Sent to the endpoints that asked for `invoice.voided`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onInvoiceVoided"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "credit_note.issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A document took a claim back
         * @description A document took a claim back. Sent to the endpoints that asked for `credit_note.issued`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onCreditNoteIssued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "credit_note.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A credit note’s metadata changed
         * @description A credit note’s metadata changed. Sent to the endpoints that asked for `credit_note.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onCreditNoteUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "credit_note.allocated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A credit note settled open items
         * @description A credit note settled open items. Sent to the endpoints that asked for `credit_note.allocated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onCreditNoteAllocated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Money came in from a customer
         * @description Money came in from a customer. This is the receipt. Sent to the endpoints that asked for `payment.received`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onPaymentReceived"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A payment’s metadata changed
         * @description A payment’s metadata changed. Sent to the endpoints that asked for `payment.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onPaymentUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.allocated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Money settled open items
         * @description Money settled open items. Sent to the endpoints that asked for `payment.allocated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onPaymentAllocated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.reversed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A payment was taken back
         * @description A payment was taken back; what it had settled is open again. Sent to the endpoints that asked for `payment.reversed`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onPaymentReversed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "charge.claimed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A fee, interest or a lump sum became an open item
         * @description A fee, interest or a lump sum became an open item. Sent to the endpoints that asked for `charge.claimed`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onChargeClaimed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_policy.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dunning policy was created
         * @description A dunning policy was created. Sent to the endpoints that asked for `dunning_policy.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningPolicyCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_policy.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dunning policy got its next version
         * @description A dunning policy got its next version. Sent to the endpoints that asked for `dunning_policy.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningPolicyUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_hold.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dunning was told to wait
         * @description Dunning was told to wait. Sent to the endpoints that asked for `dunning_hold.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningHoldCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_hold.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A hold’s end or note changed
         * @description A hold’s end or note changed. Sent to the endpoints that asked for `dunning_hold.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningHoldUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_hold.lifted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A hold ended before its time
         * @description A hold ended before its time. Sent to the endpoints that asked for `dunning_hold.lifted`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningHoldLifted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_run.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A dunning run has begun, by the timetable or on request
         * @description A dunning run has begun, by the timetable or on request. Sent to the endpoints that asked for `dunning_run.started`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningRunStarted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning_run.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Everything that was due for a look has been decided
         * @description Everything that was due for a look has been decided. Sent to the endpoints that asked for `dunning_run.completed`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningRunCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning.notice_issued": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A customer is to be told
         * @description A customer is to be told; the event carries all that is needed to tell it. Sent to the endpoints that asked for `dunning.notice_issued`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningNoticeIssued"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "dunning.level_changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An open item reached a dunning level
         * @description An open item reached a dunning level. Once per open item and level; payment never causes it. Sent to the endpoints that asked for `dunning.level_changed`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onDunningLevelChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A webhook endpoint was created
         * @description A webhook endpoint was created. Sent to the endpoints that asked for `webhook_endpoint.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onWebhookEndpointCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A webhook endpoint changed
         * @description A webhook endpoint changed. Sent to the endpoints that asked for `webhook_endpoint.updated`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onWebhookEndpointUpdated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A webhook endpoint was deleted
         * @description A webhook endpoint was deleted. Sent to the endpoints that asked for `webhook_endpoint.deleted`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onWebhookEndpointDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A webhook endpoint was disabled, by hand or because nothing but failures came back
         * @description A webhook endpoint was disabled, by hand or because nothing but failures came back. Sent to the endpoints that asked for `webhook_endpoint.disabled`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onWebhookEndpointDisabled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook_endpoint.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A test event, sent to one endpoint on request
         * @description A test event, sent to one endpoint on request. Sent to the endpoints that asked for `webhook_endpoint.test`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onWebhookEndpointTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "import.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An import was accepted
         * @description An import was accepted; its rows are still to be done. Sent to the endpoints that asked for `import.created`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onImportCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "import.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An import was cancelled
         * @description An import was cancelled; what it had done stays. Sent to the endpoints that asked for `import.cancelled`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onImportCancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "import.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An import has an outcome for each of its rows
         * @description An import has an outcome for each of its rows. Sent to the endpoints that asked for `import.completed`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onImportCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "ledger.difference_found": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The ledger verification found a difference
         * @description The ledger verification found a difference. Nothing is more urgent. Sent to the endpoints that asked for `ledger.difference_found`, at least once, in order per entity; answer within 15 seconds.
         */
        post: operations["onLedgerDifferenceFound"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description A postal address; its country is the customer’s. */
        Address: {
            /**
             * Format: text
             * @description Street and number.
             * @example Musterweg 1
             */
            line1: string | null;
            /**
             * Format: text
             * @description Further delivery details.
             * @example Building C
             */
            line2: string | null;
            /**
             * Format: text
             * @description Postal code.
             * @example 10115
             */
            postal_code: string | null;
            /**
             * Format: text
             * @description City.
             * @example Berlin
             */
            city: string | null;
            /**
             * Format: text
             * @description State, province or county.
             * @example Berlin
             */
            region: string | null;
        };
        /** @description A postal address; its country is the customer’s. */
        AddressInput: {
            /**
             * Format: text
             * @description Street and number.
             * @example Musterweg 1
             */
            line1?: string | null;
            /**
             * Format: text
             * @description Further delivery details.
             * @example Building C
             */
            line2?: string | null;
            /**
             * Format: text
             * @description Postal code.
             * @example 10115
             */
            postal_code?: string | null;
            /**
             * Format: text
             * @description City.
             * @example Berlin
             */
            city?: string | null;
            /**
             * Format: text
             * @description State, province or county.
             * @example Berlin
             */
            region?: string | null;
        };
        /** @description How far to advance the test clock. */
        AdvanceTestClock: {
            /**
             * Format: date-time
             * @description Where to advance to; not before now.
             * @example 2026-04-01T00:00:00Z
             */
            to: string;
        };
        /** @description What was owed at the end of a day, by how long it had been overdue. Repeats its switches. */
        AgingReport: {
            /**
             * @description What this is.
             * @example aging_report
             * @constant
             */
            object: "aging_report";
            /**
             * Format: date
             * @description The day whose end it shows.
             * @example 2026-03-31
             */
            as_of_date: string;
            /**
             * @description What a row stands for.
             * @example currency
             * @enum {string}
             */
            group_by: "currency" | "customer";
            /** @description The rows; currencies are never mixed. */
            rows: {
                /**
                 * @description The customer; null when rows stand for currencies.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id: string | null;
                /**
                 * Format: currency
                 * @description The currency, ISO 4217.
                 * @example EUR
                 */
                currency: string;
                /**
                 * Format: int64
                 * @description Owed and not overdue. Minor units.
                 * @example 148810
                 */
                not_due_amount: number;
                /**
                 * Format: int64
                 * @description Overdue by 1 to 30 days. Minor units.
                 * @example 0
                 */
                days_1_30_amount: number;
                /**
                 * Format: int64
                 * @description Overdue by 31 to 60 days. Minor units.
                 * @example 0
                 */
                days_31_60_amount: number;
                /**
                 * Format: int64
                 * @description Overdue by 61 to 90 days. Minor units.
                 * @example 0
                 */
                days_61_90_amount: number;
                /**
                 * Format: int64
                 * @description Overdue by more than 90 days. Minor units.
                 * @example 0
                 */
                days_over_90_amount: number;
                /**
                 * Format: int64
                 * @description All that is owed. Minor units.
                 * @example 148810
                 */
                total_amount: number;
                /**
                 * Format: int64
                 * @description Money and credit that is not allocated yet. Minor units.
                 * @example 0
                 */
                unallocated_amount: number;
            }[];
        };
        /** @description Which money settles which open item, and why. */
        Allocation: {
            /**
             * @description The id.
             * @example all_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description The invoice of the item; null for a charge.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string | null;
            /**
             * @description The open item settled.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            item_id: string;
            /**
             * Format: int64
             * @description What was settled. Minor units.
             * @example 148810
             */
            amount: number;
            /**
             * @description The rule that made it.
             * @example designated
             * @enum {string}
             */
            rule: "designated" | "reference" | "exact_amount" | "oldest_first" | "credited_invoice";
            /**
             * Format: date
             * @description When it counts: the later of the money’s and the claim’s day.
             * @example 2026-03-14
             */
            effective_date: string;
        };
        /** @description A secret that stands for a program. Only its hash is kept. */
        ApiKey: {
            /**
             * @description The id.
             * @example key_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example api_key
             * @constant
             */
            object: "api_key";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description What the key is for.
             * @example SAP connector
             */
            name: string;
            /**
             * @description Prefix and last four characters of the secret.
             * @example ark_test_…aB3x
             */
            hint: string;
            /**
             * @description What the key may do.
             * @example [
             *       "customers:read",
             *       "invoices:write"
             *     ]
             */
            scopes: ("tenants:read" | "tenants:write" | "tenants:admin" | "api_keys:read" | "api_keys:write" | "customers:read" | "customers:write" | "invoices:read" | "invoices:write" | "payments:read" | "payments:write" | "ledger:read" | "reports:read" | "dunning:read" | "dunning:write" | "webhooks:read" | "webhooks:write" | "events:read" | "imports:read" | "imports:write" | "sandbox:write")[];
            /**
             * Format: date-time
             * @description When it ends by itself, in real time; null for never.
             * @example 2026-03-31T04:00:04.201Z
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was revoked, in real time; null while it was not.
             * @example 2026-03-31T04:00:04.201Z
             */
            revoked_at: string | null;
        };
        /** @description An event that shows a resource of type ApiKey. */
        ApiKeyEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["ApiKey"];
            };
        };
        /** @description One page of ApiKey resources. */
        ApiKeyList: {
            /** @description The rows of this page. */
            data: components["schemas"]["ApiKey"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description An API key as it is answered when its secret was made. */
        ApiKeyWithSecret: {
            /**
             * @description The id.
             * @example key_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example api_key
             * @constant
             */
            object: "api_key";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description What the key is for.
             * @example SAP connector
             */
            name: string;
            /**
             * @description Prefix and last four characters of the secret.
             * @example ark_test_…aB3x
             */
            hint: string;
            /**
             * @description What the key may do.
             * @example [
             *       "customers:read",
             *       "invoices:write"
             *     ]
             */
            scopes: ("tenants:read" | "tenants:write" | "tenants:admin" | "api_keys:read" | "api_keys:write" | "customers:read" | "customers:write" | "invoices:read" | "invoices:write" | "payments:read" | "payments:write" | "ledger:read" | "reports:read" | "dunning:read" | "dunning:write" | "webhooks:read" | "webhooks:write" | "events:read" | "imports:read" | "imports:write" | "sandbox:write")[];
            /**
             * Format: date-time
             * @description When it ends by itself, in real time; null for never.
             * @example 2026-03-31T04:00:04.201Z
             */
            expires_at: string | null;
            /**
             * Format: date-time
             * @description When it was revoked, in real time; null while it was not.
             * @example 2026-03-31T04:00:04.201Z
             */
            revoked_at: string | null;
            /**
             * @description Send it as `Authorization: Bearer`. It is not shown again.
             * @example ark_test_Jc0VqTz2mXw8LrYb5nKd7PfH1a9Zk3
             */
            secret: string;
        };
        /** @description Whom to talk to at a customer. */
        Contact: {
            /**
             * @description The contact.
             * @example con_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What the person is to be asked about.
             * @example billing
             * @enum {string}
             */
            role: "billing" | "collections" | "sales" | "management" | "other";
            /**
             * Format: text
             * @description Name of the person or the desk.
             * @example Erika Mustermann
             */
            name: string;
            /**
             * Format: email
             * @description Mail address.
             * @example erika@example.com
             */
            email: string | null;
            /**
             * Format: text
             * @description Phone number, kept as given.
             * @example +49 30 123456
             */
            phone: string | null;
            /**
             * @description The person’s language, BCP 47; by default the customer’s.
             * @example de
             */
            language: string | null;
        };
        /** @description Whom to talk to at a customer. */
        ContactInput: {
            /**
             * @description The contact to keep; without it, one of the same role and name is kept.
             * @example con_01kjm7f7shez7837xta3mfn3a4
             */
            id?: string;
            /**
             * @description What the person is to be asked about.
             * @example billing
             * @enum {string}
             */
            role: "billing" | "collections" | "sales" | "management" | "other";
            /**
             * Format: text
             * @description Name of the person or the desk.
             * @example Erika Mustermann
             */
            name: string;
            /**
             * Format: email
             * @description Mail address.
             * @example erika@example.com
             */
            email?: string | null;
            /**
             * Format: text
             * @description Phone number, kept as given.
             * @example +49 30 123456
             */
            phone?: string | null;
            /**
             * @description The person’s language, BCP 47; by default the customer’s.
             * @example de
             */
            language?: string | null;
        };
        /** @description An API key to create. */
        CreateApiKey: {
            /**
             * Format: text
             * @description What the key is for.
             * @example SAP connector
             */
            name: string;
            /**
             * @description What the key may do; only what the caller may do too.
             * @example [
             *       "customers:read",
             *       "invoices:write"
             *     ]
             */
            scopes: ("tenants:read" | "tenants:write" | "tenants:admin" | "api_keys:read" | "api_keys:write" | "customers:read" | "customers:write" | "invoices:read" | "invoices:write" | "payments:read" | "payments:write" | "ledger:read" | "reports:read" | "dunning:read" | "dunning:write" | "webhooks:read" | "webhooks:write" | "events:read" | "imports:read" | "imports:write" | "sandbox:write")[];
            /**
             * Format: date-time
             * @description When it ends by itself, in real time.
             * @example 2027-03-31T00:00:00Z
             */
            expires_at?: string | null;
        };
        /** @description A credit note to issue. What exceeds the open amount of its invoice stays unallocated. */
        CreateCreditNote: {
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id?: string;
            /**
             * @description Whose claim is taken back.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description The invoice it corrects; what is open there is settled first.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id?: string;
            /**
             * Format: text
             * @description The number printed on it; unique.
             * @example CN-2026-0042
             */
            number: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-10
             */
            issue_date: string;
            /**
             * Format: int64
             * @description What is taken back, tax included. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description The tax in it; booked as an entry of its own. Minor units.
             * @example 23760
             */
            tax_amount?: number;
            /**
             * Format: text
             * @description Why.
             * @example Two hours were not delivered.
             */
            reason?: string;
            /** @description The lines of the credit note. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A customer to create. */
        CreateCustomer: {
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id?: string | null;
            /**
             * Format: text
             * @description The legal name.
             * @example Muster GmbH
             */
            name: string;
            /**
             * @description Whether late-payment law for business or for consumers applies.
             * @example business
             * @enum {string}
             */
            kind: "business" | "consumer";
            /**
             * @description The country, ISO 3166-1 alpha-2.
             * @example DE
             */
            country: string;
            /**
             * Format: currency
             * @description The currency the customer is billed in, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * @description The language notices are written in, BCP 47; by default the tenant’s locale.
             * @example de
             */
            language?: string | null;
            /**
             * Format: text
             * @description VAT or tax number, kept as given.
             * @example DE811569869
             */
            tax_id?: string | null;
            address?: components["schemas"]["AddressInput"] | null;
            /** @description Whom to talk to. */
            contacts?: components["schemas"]["ContactInput"][];
            /**
             * Format: int32
             * @description Days from issue to due date; null for the tenant’s.
             * @example 30
             */
            net_days?: number | null;
            /**
             * @description The dunning policy; null for the tenant’s.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id?: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A dated reason not to dun a customer, an invoice or an open item. The narrowest that is named is covered. */
        CreateDunningHold: {
            /**
             * @description Hold everything of this customer.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id?: string;
            /**
             * @description Hold this invoice.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id?: string;
            /**
             * @description Hold this open item.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            item_id?: string;
            /**
             * @description Why dunning waits.
             * @example promise
             * @enum {string}
             */
            reason: "dispute" | "promise" | "deferral" | "payment_expected" | "goodwill" | "legal" | "insolvency" | "other";
            /**
             * Format: text
             * @description A note for people.
             * @example Promised to pay by phone.
             */
            note?: string;
            /**
             * Format: date
             * @description The first day; today unless given.
             * @example 2026-03-31
             */
            from_date?: string;
            /**
             * Format: date
             * @description The last day; until lifted unless given.
             * @example 2026-04-15
             */
            until_date?: string;
        };
        /** @description A dunning policy: its first version. */
        CreateDunningPolicy: {
            /**
             * Format: text
             * @description What it is called.
             * @example Standard, three steps
             */
            name: string;
            /**
             * @description `invoice`: each item escalates by itself. `customer`: all due items of the customer and currency rise to the highest due level.
             * @example invoice
             * @enum {string}
             */
            scope: "invoice" | "customer";
            /**
             * Format: int32
             * @description Days that must lie between two notices to one customer in one currency.
             * @example 7
             */
            min_notice_interval_days?: number;
            /**
             * @description Whether a run lifts an item by one level at most, or to the highest that is due.
             * @default one_level
             * @example one_level
             * @enum {string}
             */
            catch_up?: "one_level" | "highest";
            /** @description The levels, ascending by number and by days. */
            levels: components["schemas"]["DunningLevel"][];
        };
        /** @description Rows to import. A row may be as large as any other request body. */
        CreateImport: {
            /**
             * @description What the rows are: each has the shape of the body of `createCustomer`, `createInvoice` or `createPayment`.
             * @example invoices
             * @enum {string}
             */
            resource: "customers" | "invoices" | "payments";
            /**
             * @description `create` refuses an external id that exists; `upsert` does to each row what PUT by external id does, and nothing to a payment that is there already. `create` unless given.
             * @example upsert
             * @enum {string}
             */
            mode?: "create" | "upsert";
            /**
             * @description True to keep all rows or none. False unless given.
             * @example false
             */
            atomic?: boolean;
            /**
             * @description True to learn what would become of each row, and keep none of them. False unless given.
             * @example false
             */
            dry_run?: boolean;
            /**
             * @description The rows, in their order.
             * @example [
             *       {
             *         "customer_external_id": "C-1042",
             *         "external_id": "SAP-0090004711",
             *         "number": "R-2026-0815",
             *         "currency": "EUR",
             *         "issue_date": "2026-03-01",
             *         "due_date": "2026-03-31",
             *         "total_amount": 148810,
             *         "issue": true
             *       }
             *     ]
             */
            items: unknown[];
        };
        /** @description An invoice to create. Terms resolve from the invoice, else its customer, else the tenant. */
        CreateInvoice: {
            /**
             * @description Who owes it.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id?: string;
            /**
             * Format: text
             * @description The number printed on the invoice; unique.
             * @example R-2026-0815
             */
            number?: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-01
             */
            issue_date: string;
            /**
             * Format: date
             * @description The last day on which it is not overdue. Alternative to `net_days` and `instalments`.
             * @example 2026-03-31
             */
            due_date?: string;
            /**
             * Format: int32
             * @description Days from the issue date to the due date.
             * @example 30
             */
            net_days?: number;
            /** @description Parts of the total, each with a due date; they add up to it. */
            instalments?: components["schemas"]["Instalment"][];
            /**
             * Format: int64
             * @description What is claimed, tax included. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description The tax in it; booked as an entry of its own. Minor units.
             * @example 23760
             */
            tax_amount?: number;
            /** @description The lines of the invoice. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description True to issue at once; otherwise a draft is kept.
             * @default false
             * @example true
             */
            issue?: boolean;
        };
        /** @description Money received from a customer. */
        CreatePayment: {
            /**
             * Format: text
             * @description The caller’s own id; unique per tenant.
             * @example BANK-2026-03-14-17
             */
            external_id?: string;
            /**
             * @description Who paid.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: currency
             * @description The currency received; money is never converted.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int64
             * @description What was received. Minor units.
             * @example 148810
             */
            amount: number;
            /**
             * Format: date
             * @description When it was received; not in the future.
             * @example 2026-03-14
             */
            received_date: string;
            /**
             * @description How the money came.
             * @example bank_transfer
             * @enum {string}
             */
            method: "bank_transfer" | "direct_debit" | "card" | "cheque" | "cash" | "other";
            /**
             * Format: text
             * @description What the payer wrote: invoice numbers in it are recognised.
             * @example R-2026-0815
             */
            reference?: string;
            /** @description Designations. All of them are met in full, or the payment is refused; the rest stays unallocated. */
            allocations?: components["schemas"]["DesignatedAllocation"][];
            /**
             * @description Without `allocations`: `auto` allocates by reference, then one item of exactly this amount, then the oldest due date; `none` leaves all unallocated.
             * @default auto
             * @example auto
             * @enum {string}
             */
            allocate?: "auto" | "none";
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A tenant to create. */
        CreateTenant: {
            /**
             * Format: text
             * @description The creditor’s name.
             * @example Muster Maschinenbau AG
             */
            name: string;
            /**
             * @description Test tenants have a test clock. It cannot be changed later.
             * @example test
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description The IANA time zone whose days are the business days.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description The language and region notices are written in by default, BCP 47.
             * @example de-DE
             */
            locale?: string;
            /**
             * Format: currency
             * @description The currency of reports and default of new customers, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int32
             * @description Days from issue to due date where neither invoice nor customer says otherwise.
             * @example 30
             */
            net_days?: number | null;
            /**
             * @description Local time at which the dunning run of a day happens, `HH:MM`.
             * @example 06:00
             */
            dunning_time?: string;
            /**
             * @description What the first API key may do; by default everything but `tenants:admin`.
             * @example [
             *       "customers:read",
             *       "invoices:read"
             *     ]
             */
            scopes?: ("tenants:read" | "tenants:write" | "tenants:admin" | "api_keys:read" | "api_keys:write" | "customers:read" | "customers:write" | "invoices:read" | "invoices:write" | "payments:read" | "payments:write" | "ledger:read" | "reports:read" | "dunning:read" | "dunning:write" | "webhooks:read" | "webhooks:write" | "events:read" | "imports:read" | "imports:write" | "sandbox:write")[];
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A new webhook endpoint. It gets every event that happens after it was created. */
        CreateWebhookEndpoint: {
            /**
             * Format: text
             * @description Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.
             * @example https://erp.example.com/hooks/receivables
             */
            url: string;
            /**
             * @description What is sent: `*` for everything, `invoice.*` for a kind, or single types.
             * @example [
             *       "invoice.*",
             *       "dunning.level_changed"
             *     ]
             */
            event_types: ("*" | "tenant.*" | "api_key.*" | "customer.*" | "invoice.*" | "credit_note.*" | "payment.*" | "charge.*" | "dunning_policy.*" | "dunning_hold.*" | "dunning_run.*" | "dunning.*" | "webhook_endpoint.*" | "import.*" | "ledger.*" | "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found")[];
            /**
             * Format: text
             * @description What it is for.
             * @example ERP, production
             */
            description?: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: text
             * @description The caller's own id.
             * @example erp-production
             */
            external_id?: string | null;
        };
        /** @description The new tenant and its first API key, whose secret is shown this once. */
        CreatedTenant: {
            /**
             * @description The id.
             * @example ten_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example tenant
             * @constant
             */
            object: "tenant";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description The creditor’s name.
             * @example Muster Maschinenbau AG
             */
            name: string;
            /**
             * @description A test tenant has a test clock and its data is not livemode.
             * @example live
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description The IANA time zone whose days are the business days.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description The language and region notices are written in by default, BCP 47.
             * @example de-DE
             */
            locale: string;
            /**
             * Format: currency
             * @description The currency of reports and default of new customers, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int32
             * @description Days from issue to due date where neither invoice nor customer says otherwise.
             * @example 30
             */
            net_days: number | null;
            /**
             * @description Local time at which the dunning run of a day happens, `HH:MM`.
             * @example 06:00
             */
            dunning_time: string;
            /**
             * @description The dunning policy of customers that have none of their own.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            api_key: components["schemas"]["ApiKeyWithSecret"];
        };
        /** @description A document that takes a claim back. Lists leave `lines` out. */
        CreditNote: {
            /**
             * @description The id.
             * @example crn_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example credit_note
             * @constant
             */
            object: "credit_note";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description Whose claim was taken back.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description The invoice it corrects.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string | null;
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id: string | null;
            /**
             * Format: text
             * @description The number printed on it.
             * @example CN-2026-0042
             */
            number: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-10
             */
            issue_date: string;
            /**
             * Format: int64
             * @description What was taken back, tax included. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description The tax in it. Minor units.
             * @example 23760
             */
            tax_amount: number | null;
            /**
             * Format: int64
             * @description What of it has settled open items. Minor units.
             * @example 148810
             */
            allocated_amount: number;
            /**
             * Format: int64
             * @description What of it is still to be used. Minor units.
             * @example 0
             */
            unallocated_amount: number;
            /**
             * Format: text
             * @description Why.
             * @example Two hours were not delivered.
             */
            reason: string | null;
            /** @description The lines of the credit note. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description An event that shows a resource of type CreditNote. */
        CreditNoteEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["CreditNote"];
            };
        };
        /** @description One page of CreditNote resources. */
        CreditNoteList: {
            /** @description The rows of this page. */
            data: components["schemas"]["CreditNote"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A merge patch (RFC 7396). A credit note is immutable but for its metadata. */
        CreditNotePatch: {
            /**
             * @description Keys to set, or to remove with null; other keys stay.
             * @example {
             *       "cost_center": "C-200",
             *       "obsolete": null
             *     }
             */
            metadata?: {
                [key: string]: string | null;
            };
        };
        /** @description A debtor of the tenant. */
        Customer: {
            /**
             * @description The id.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example customer
             * @constant
             */
            object: "customer";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id: string | null;
            /**
             * Format: text
             * @description The legal name.
             * @example Muster GmbH
             */
            name: string;
            /**
             * @description Whether late-payment law for business or for consumers applies.
             * @example business
             * @enum {string}
             */
            kind: "business" | "consumer";
            /**
             * @description The country, ISO 3166-1 alpha-2.
             * @example DE
             */
            country: string;
            /**
             * Format: currency
             * @description The currency the customer is billed in, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * @description The language notices are written in, BCP 47; by default the tenant’s locale.
             * @example de
             */
            language: string | null;
            /**
             * Format: text
             * @description VAT or tax number, kept as given.
             * @example DE811569869
             */
            tax_id: string | null;
            address: components["schemas"]["Address"] | null;
            /** @description Whom to talk to. */
            contacts: components["schemas"]["Contact"][];
            /**
             * Format: int32
             * @description Days from issue to due date; null for the tenant’s.
             * @example 30
             */
            net_days: number | null;
            /**
             * @description The dunning policy; null for the tenant’s.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description What a customer owes and has with us. */
        CustomerBalance: {
            /**
             * @description What this is.
             * @example customer_balance
             * @constant
             */
            object: "customer_balance";
            /**
             * @description Whose balance it is.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: date
             * @description The day it stands on.
             * @example 2026-03-31
             */
            as_of_date: string;
            /** @description One balance per currency; currencies are never mixed. */
            balances: {
                /**
                 * Format: currency
                 * @description The currency, ISO 4217.
                 * @example EUR
                 */
                currency: string;
                /**
                 * Format: int64
                 * @description What the customer owes. Minor units.
                 * @example 148810
                 */
                open_amount: number;
                /**
                 * Format: int64
                 * @description What of it is past its due date. Minor units.
                 * @example 0
                 */
                overdue_amount: number;
                /**
                 * Format: int64
                 * @description Money and credit not yet allocated. Minor units.
                 * @example 0
                 */
                unallocated_amount: number;
                /**
                 * Format: int64
                 * @description Open less unallocated; negative when we owe the customer. Minor units.
                 * @example 148810
                 */
                net_amount: number;
            }[];
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
        };
        /** @description An event that shows a resource of type Customer. */
        CustomerEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["Customer"];
            };
        };
        /** @description One page of Customer resources. */
        CustomerList: {
            /** @description The rows of this page. */
            data: components["schemas"]["Customer"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A merge patch (RFC 7396) of a customer: null empties a field, what is left out stays. */
        CustomerPatch: {
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id?: string | null;
            /**
             * Format: text
             * @description The legal name.
             * @example Muster GmbH
             */
            name?: string;
            /**
             * @description Whether late-payment law for business or for consumers applies.
             * @example business
             * @enum {string}
             */
            kind?: "business" | "consumer";
            /**
             * @description The country, ISO 3166-1 alpha-2.
             * @example DE
             */
            country?: string;
            /**
             * Format: currency
             * @description Only while the customer has no documents and no payments.
             * @example EUR
             */
            currency?: string;
            /**
             * @description The language notices are written in, BCP 47; by default the tenant’s locale.
             * @example de
             */
            language?: string | null;
            /**
             * Format: text
             * @description VAT or tax number, kept as given.
             * @example DE811569869
             */
            tax_id?: string | null;
            address?: components["schemas"]["AddressInput"] | null;
            /** @description All contacts; they replace those there are. */
            contacts?: components["schemas"]["ContactInput"][];
            /**
             * Format: int32
             * @description Days from issue to due date; null for the tenant’s.
             * @example 30
             */
            net_days?: number | null;
            /**
             * @description The dunning policy; null for the tenant’s.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id?: string | null;
            /**
             * @description Keys to set, or to remove with null; other keys stay.
             * @example {
             *       "cost_center": "C-200",
             *       "obsolete": null
             *     }
             */
            metadata?: {
                [key: string]: string | null;
            };
        };
        /** @description What the payer or the ERP has decided about a part of the money. */
        DesignatedAllocation: {
            /**
             * @description The invoice to settle; its items by due date.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string;
            /**
             * Format: int64
             * @description How much of the payment goes there. Minor units.
             * @example 148810
             */
            amount: number;
        };
        /** @description An open item that has reached a dunning level, and why. */
        DunnedOpenItem: {
            /**
             * @description The id.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example open_item
             * @constant
             */
            object: "open_item";
            /**
             * @description An instalment of an invoice, or a charge.
             * @example invoice
             * @enum {string}
             */
            kind: "invoice" | "charge";
            /**
             * @description Who owes it.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description The invoice it is part of; null for a charge.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string | null;
            /**
             * @description What kind of charge; null for an instalment.
             * @example fee
             * @enum {string|null}
             */
            charge_kind: "fee" | "interest" | "lump_sum" | null;
            /**
             * Format: int32
             * @description Its place among the items of its document.
             * @example 1
             */
            sequence: number;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The last day on which it is not overdue.
             * @example 2026-03-31
             */
            due_date: string;
            /**
             * Format: int64
             * @description What was claimed. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description What is still owed. Minor units.
             * @example 0
             */
            open_amount: number;
            /**
             * Format: int64
             * @description What money has settled. Minor units.
             * @example 148810
             */
            paid_amount: number;
            /**
             * Format: int64
             * @description What credit notes have settled. Minor units.
             * @example 0
             */
            credited_amount: number;
            /**
             * @description Whether something is open after the due date.
             * @example false
             */
            overdue: boolean;
            /**
             * Format: int32
             * @description Days past the due date while something is open.
             * @example 0
             */
            days_overdue: number;
            /**
             * Format: int32
             * @description How far dunning has escalated it. Payment does not lower it.
             * @example 0
             */
            level: number;
            /**
             * Format: text
             * @description The number of its invoice.
             * @example R-2026-0815
             */
            invoice_number: string | null;
            /**
             * Format: text
             * @description What the level is called.
             * @example Friendly reminder
             */
            level_name: string | null;
            /**
             * @description The notice that goes with it.
             * @example ntc_01kjm7f7shez7837xta3mfn3a4
             */
            notice_id: string;
            /**
             * @description The run that decided it.
             * @example run_01kjm7f7shez7837xta3mfn3a4
             */
            run_id: string;
            /**
             * @description The policy it follows.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            policy_id: string;
            /**
             * Format: int32
             * @description The version of the policy.
             * @example 1
             */
            policy_version: number;
            /**
             * @description Why it was escalated.
             * @example level_due
             * @enum {string}
             */
            reason: "level_due" | "lifted_with_customer" | "next_level_not_due" | "notice_interval" | "on_hold" | "no_policy" | "last_level_reached" | "charge_never_escalates";
        };
        /** @description An event that shows a resource of type DunnedOpenItem. */
        DunnedOpenItemEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["DunnedOpenItem"];
            };
        };
        /** @description Why an open item was or was not escalated. */
        DunningDecision: {
            /**
             * @description The id.
             * @example dec_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example dunning_decision
             * @constant
             */
            object: "dunning_decision";
            /**
             * @description The run it belongs to.
             * @example run_01kjm7f7shez7837xta3mfn3a4
             */
            run_id: string;
            /**
             * @description The open item decided about.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            item_id: string;
            /**
             * @description Its invoice; null for a charge.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string | null;
            /**
             * @description Its customer.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description What it comes to.
             * @example escalate
             * @enum {string}
             */
            outcome: "escalate" | "wait" | "blocked" | "finished";
            /**
             * @description Why; a closed catalogue.
             * @example level_due
             * @enum {string}
             */
            reason: "level_due" | "lifted_with_customer" | "next_level_not_due" | "notice_interval" | "on_hold" | "no_policy" | "last_level_reached" | "charge_never_escalates";
            /**
             * @description The values that decided.
             * @example {
             *       "days_overdue": 5,
             *       "level_days_overdue": 5
             *     }
             */
            inputs: {
                [key: string]: unknown;
            };
            /**
             * Format: int32
             * @description The level it was at.
             * @example 0
             */
            from_level: number;
            /**
             * Format: int32
             * @description The level it is at afterwards.
             * @example 1
             */
            to_level: number;
            /**
             * Format: date
             * @description The first day on which the answer may differ by itself; null when only an event can change it.
             * @example 2026-03-31
             */
            next_look_date: string | null;
        };
        /** @description One page of DunningDecision resources. */
        DunningDecisionList: {
            /** @description The rows of this page. */
            data: components["schemas"]["DunningDecision"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description The fee of a level in one currency. */
        DunningFee: {
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int64
             * @description What a notice at this level costs the customer. Minor units.
             * @example 500
             */
            amount: number;
        };
        /** @description A dated reason not to dun. */
        DunningHold: {
            /**
             * @description The id.
             * @example hld_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example dunning_hold
             * @constant
             */
            object: "dunning_hold";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description The customer concerned.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description The invoice covered; null for more or less than one.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string | null;
            /**
             * @description The open item covered; null for more than one.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            item_id: string | null;
            /**
             * @description Why dunning waits.
             * @example promise
             * @enum {string}
             */
            reason: "dispute" | "promise" | "deferral" | "payment_expected" | "goodwill" | "legal" | "insolvency" | "other";
            /**
             * Format: text
             * @description A note for people.
             * @example Promised to pay by phone.
             */
            note: string | null;
            /**
             * Format: date
             * @description The first day.
             * @example 2026-03-31
             */
            from_date: string;
            /**
             * Format: date
             * @description The last day; null for until lifted.
             * @example 2026-04-15
             */
            until_date: string | null;
            /**
             * Format: date
             * @description When it was ended before its time.
             * @example 2026-04-02
             */
            lifted_date: string | null;
        };
        /** @description An event that shows a resource of type DunningHold. */
        DunningHoldEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["DunningHold"];
            };
        };
        /** @description One page of DunningHold resources. */
        DunningHoldList: {
            /** @description The rows of this page. */
            data: components["schemas"]["DunningHold"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A merge patch (RFC 7396): extends or shortens a hold. */
        DunningHoldPatch: {
            /**
             * Format: date
             * @description The last day; null for until lifted.
             * @example 2026-04-30
             */
            until_date?: string | null;
            /**
             * Format: text
             * @description A note for people.
             * @example Promised to pay by phone.
             */
            note?: string | null;
        };
        /** @description One step of escalation. */
        DunningLevel: {
            /**
             * Format: int32
             * @description Its number: 1, 2, 3, … in order.
             * @example 1
             */
            level: number;
            /**
             * Format: int32
             * @description The level applies when an item is overdue by at least this many days.
             * @example 5
             */
            days_overdue: number;
            /**
             * Format: text
             * @description What it is called.
             * @example Friendly reminder
             */
            name: string;
            /** @description What a notice at this level costs, per currency; nothing unless given. */
            fees?: components["schemas"]["DunningFee"][];
        };
        /** @description What one customer is told in one currency at one time, complete enough to be sent without asking back. */
        DunningNotice: {
            /**
             * @description The id.
             * @example ntc_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example dunning_notice
             * @constant
             */
            object: "dunning_notice";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description The run that issued it.
             * @example run_01kjm7f7shez7837xta3mfn3a4
             */
            run_id: string;
            /**
             * @description Who is told.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * @description The policy it follows.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            policy_id: string;
            /**
             * Format: int32
             * @description The version of the policy.
             * @example 1
             */
            policy_version: number;
            /**
             * Format: int32
             * @description The highest level of its items.
             * @example 1
             */
            level: number;
            /**
             * Format: text
             * @description What the level is called.
             * @example Friendly reminder
             */
            level_name: string;
            /**
             * Format: date
             * @description The day it was issued.
             * @example 2026-04-05
             */
            notice_date: string;
            /** @description The customer as it stood on the day of the notice. */
            customer: {
                /**
                 * @description The id.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
                /**
                 * Format: text
                 * @description The caller’s own id.
                 * @example SAP-4711
                 */
                external_id: string | null;
                /**
                 * Format: text
                 * @description The name.
                 * @example Muster GmbH
                 */
                name: string;
                /**
                 * Format: text
                 * @description Business or consumer.
                 * @example business
                 */
                kind: string;
                /**
                 * Format: text
                 * @description The country, ISO 3166-1 alpha-2.
                 * @example DE
                 */
                country: string;
                /**
                 * Format: text
                 * @description The language to write in.
                 * @example de
                 */
                language: string | null;
                /** @description Whom to write to. */
                contacts: {
                    [key: string]: unknown;
                }[];
            };
            /** @description Everything that was overdue in this currency. */
            items: {
                /**
                 * @description The open item.
                 * @example itm_01kjm7f7shez7837xta3mfn3a4
                 */
                item_id: string;
                /**
                 * @description Its invoice; null for a charge.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                invoice_id: string | null;
                /**
                 * Format: text
                 * @description The number of its invoice.
                 * @example R-2026-0815
                 */
                invoice_number: string | null;
                /**
                 * @description An instalment of an invoice, or a charge.
                 * @example invoice
                 * @enum {string}
                 */
                kind: "invoice" | "charge";
                /**
                 * Format: date
                 * @description Its due date.
                 * @example 2026-03-31
                 */
                due_date: string;
                /**
                 * Format: int32
                 * @description Days past it on the day of the notice.
                 * @example 5
                 */
                days_overdue: number;
                /**
                 * Format: int64
                 * @description What was claimed. Minor units.
                 * @example 148810
                 */
                total_amount: number;
                /**
                 * Format: int64
                 * @description What was open on the day of the notice. Minor units.
                 * @example 148810
                 */
                open_amount: number;
                /**
                 * Format: int32
                 * @description The level it has reached.
                 * @example 1
                 */
                level: number;
                /**
                 * @description Whether this notice lifted it to its level.
                 * @example true
                 */
                escalated: boolean;
            }[];
            /**
             * Format: int64
             * @description The fee it claims. Minor units.
             * @example 500
             */
            fee_amount: number;
            /**
             * Format: int64
             * @description What was overdue. Minor units.
             * @example 148810
             */
            overdue_amount: number;
            /**
             * Format: int64
             * @description Money of the customer that is not allocated yet. Minor units.
             * @example 0
             */
            unallocated_amount: number;
            /**
             * Format: int64
             * @description What to pay: overdue and fee, less unallocated. Minor units.
             * @example 148810
             */
            total_due_amount: number;
            /**
             * Format: int32
             * @description The next step, if nothing is paid.
             * @example 2
             */
            next_level: number | null;
            /**
             * Format: date
             * @description When the next step would follow.
             * @example 2026-04-15
             */
            next_date: string | null;
        };
        /** @description An event that shows a resource of type DunningNotice. */
        DunningNoticeEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["DunningNotice"];
            };
        };
        /** @description One page of DunningNotice resources. */
        DunningNoticeList: {
            /** @description The rows of this page. */
            data: components["schemas"]["DunningNotice"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description How a tenant asks for what is overdue. `version` names the immutable version shown; items under way stay on theirs. */
        DunningPolicy: {
            /**
             * @description The id.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example dunning_policy
             * @constant
             */
            object: "dunning_policy";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description What it is called.
             * @example Standard, three steps
             */
            name: string;
            /**
             * @description `invoice`: each item escalates by itself. `customer`: all due items of the customer and currency rise to the highest due level.
             * @example invoice
             * @enum {string}
             */
            scope: "invoice" | "customer";
            /**
             * Format: int32
             * @description Days between two notices to one customer in one currency.
             * @example 7
             */
            min_notice_interval_days: number;
            /**
             * @description How far one run lifts an item.
             * @example one_level
             * @enum {string}
             */
            catch_up: "one_level" | "highest";
            /** @description The levels, ascending by number and by days. */
            levels: components["schemas"]["DunningLevel"][];
        };
        /** @description An event that shows a resource of type DunningPolicy. */
        DunningPolicyEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["DunningPolicy"];
            };
        };
        /** @description One page of DunningPolicy resources. */
        DunningPolicyList: {
            /** @description The rows of this page. */
            data: components["schemas"]["DunningPolicy"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description What a dunning run would do now. Nothing of it is kept. */
        DunningPreview: {
            /**
             * @description What this is.
             * @example dunning_preview
             * @constant
             */
            object: "dunning_preview";
            /**
             * Format: date
             * @description The tenant’s day it decides about.
             * @example 2026-04-05
             */
            run_date: string;
            /**
             * @description The one customer it looks at; null for everybody.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string | null;
            /**
             * Format: int32
             * @description Items it has looked at.
             * @example 120
             */
            item_count: number;
            /**
             * Format: int32
             * @description Items it has lifted to a level.
             * @example 17
             */
            escalated_count: number;
            /**
             * Format: int32
             * @description Notices it has issued.
             * @example 12
             */
            notice_count: number;
            /** @description What it would decide; the first 1,000. */
            decisions: components["schemas"]["DunningDecision"][];
        };
        /** @description One evaluation of everything that was due for a look on one day. */
        DunningRun: {
            /**
             * @description The id.
             * @example run_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example dunning_run
             * @constant
             */
            object: "dunning_run";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description The timetable, or somebody.
             * @example schedule
             * @enum {string}
             */
            trigger: "schedule" | "request";
            /**
             * @description How far it is.
             * @example completed
             * @enum {string}
             */
            status: "running" | "completed";
            /**
             * Format: date
             * @description The tenant’s day it decides about.
             * @example 2026-04-05
             */
            run_date: string;
            /**
             * @description The one customer it looks at; null for everybody.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string | null;
            /**
             * Format: int32
             * @description Items it has looked at.
             * @example 120
             */
            item_count: number;
            /**
             * Format: int32
             * @description Items it has lifted to a level.
             * @example 17
             */
            escalated_count: number;
            /**
             * Format: int32
             * @description Notices it has issued.
             * @example 12
             */
            notice_count: number;
        };
        /** @description An event that shows a resource of type DunningRun. */
        DunningRunEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["DunningRun"];
            };
        };
        /** @description One page of DunningRun resources. */
        DunningRunList: {
            /** @description The rows of this page. */
            data: components["schemas"]["DunningRun"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description Something that happened. */
        Event: {
            /**
             * @description The id; also the `webhook-id`, by which receivers drop repeats.
             * @example evt_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What happened. New types may be added.
             * @example invoice.issued
             * @enum {string}
             */
            type: "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found";
            /**
             * Format: date-time
             * @description When it happened, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            timestamp: string;
            /**
             * @description The version of the API whose shapes `data` has.
             * @example v1
             */
            api_version: string;
            /**
             * @description The tenant it happened in.
             * @example ten_01kjm7f7shez7837xta3mfn3a4
             */
            tenant_id: string;
            /**
             * Format: int64
             * @description Position in the tenant’s feed: gap-free, in commit order.
             * @example 48213
             */
            sequence: number;
            /**
             * Format: int32
             * @description Counts the events of this entity without gaps, so that loss and disorder show.
             * @example 4
             */
            entity_sequence: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /** @description Who or what made it happen. */
            cause: {
                /**
                 * @description A request, the timetable, or an import.
                 * @example api
                 * @enum {string}
                 */
                origin: "api" | "schedule" | "import";
                /**
                 * @description The principal: an API key’s id, or a token’s client and subject.
                 * @example key_01kjm7f7shez7837xta3mfn3a4
                 */
                actor: string | null;
                /**
                 * @description The request that caused it.
                 * @example req_01kjm7f7shez7837xta3mfn3a4
                 */
                request_id: string | null;
            };
            /** @description What it happened to. */
            data: {
                /**
                 * @description The entity as it stood right after.
                 * @example {
                 *       "id": "inv_01kjm7f7shez7837xta3mfn3a4",
                 *       "object": "invoice",
                 *       "version": 1
                 *     }
                 */
                object: {
                    [key: string]: unknown;
                };
                /**
                 * @description What of it was different before, for updates.
                 * @example {
                 *       "name": "Muster GmbH"
                 *     }
                 */
                previous_attributes?: {
                    [key: string]: unknown;
                };
            };
        };
        /** @description One page of Event resources. */
        EventList: {
            /** @description The rows of this page. */
            data: components["schemas"]["Event"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description One field that is wrong, and why. */
        FieldError: {
            /**
             * @description Where the field stands.
             * @example body
             * @enum {string}
             */
            in: "body" | "query" | "path" | "header";
            /**
             * @description JSON Pointer as a fragment, or the name of a parameter.
             * @example #/lines/0/quantity
             */
            pointer: string;
            /**
             * @description The rule it breaks.
             * @example pattern
             */
            code: string;
            /**
             * @description The rule in words.
             * @example must be a decimal string
             */
            detail: string;
            /**
             * @description The values that decided.
             * @example {
             *       "limit": 200
             *     }
             */
            params?: {
                [key: string]: unknown;
            };
        };
        /** @description Thousands of rows sent at once, done in the background, with an outcome for each. Its counts grow without a new version. */
        Import: {
            /**
             * @description The id.
             * @example imp_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example import
             * @constant
             */
            object: "import";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description What the rows are: each has the shape of the body of `createCustomer`, `createInvoice` or `createPayment`.
             * @example invoices
             * @enum {string}
             */
            resource: "customers" | "invoices" | "payments";
            /**
             * @description `create` refuses an external id that exists; `upsert` does to each row what PUT by external id does, and nothing to a payment that is there already. `create` unless given.
             * @example upsert
             * @enum {string}
             */
            mode: "create" | "upsert";
            /**
             * @description Whether all rows are kept or none.
             * @example false
             */
            atomic: boolean;
            /**
             * @description Whether nothing of it is kept.
             * @example false
             */
            dry_run: boolean;
            /**
             * @description Where it stands. `succeeded` means that every row has an outcome; `failed` that nothing was kept, because all rows failed or one of an atomic import.
             * @example succeeded
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled";
            /**
             * Format: int32
             * @description The rows it has.
             * @example 10000
             */
            total_count: number;
            /**
             * Format: int32
             * @description The rows that did not fail so far.
             * @example 9998
             */
            succeeded_count: number;
            /**
             * Format: int32
             * @description The rows that failed so far.
             * @example 2
             */
            failed_count: number;
            /**
             * Format: int32
             * @description The rows that created something so far.
             * @example 9000
             */
            created_count: number;
            /**
             * Format: int32
             * @description The rows that changed something so far.
             * @example 98
             */
            updated_count: number;
            /**
             * Format: int32
             * @description The rows that said what was known already.
             * @example 900
             */
            unchanged_count: number;
            /**
             * Format: date-time
             * @description When it ended; null as long as it has not.
             * @example 2026-03-31T04:00:04.201Z
             */
            finished_at: string | null;
        };
        /** @description An event that shows a resource of type Import. */
        ImportEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["Import"];
            };
        };
        /** @description One page of Import resources. */
        ImportList: {
            /** @description The rows of this page. */
            data: components["schemas"]["Import"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description What became of one row of an import. */
        ImportResult: {
            /**
             * Format: int32
             * @description Its place in the import, from 1; empty lines do not count.
             * @example 1
             */
            row: number;
            /**
             * Format: text
             * @description The external id the row gave.
             * @example SAP-0090004711
             */
            external_id: string | null;
            /**
             * @description What became of it.
             * @example created
             * @enum {string}
             */
            outcome: "created" | "updated" | "unchanged" | "failed";
            /**
             * @description What it created, changed or found; null when it failed, and for what a dry run would have created.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            resource_id: string | null;
            problem: components["schemas"]["ImportRowProblem"] | null;
        };
        /** @description One page of ImportResult resources. */
        ImportResultList: {
            /** @description The rows of this page. */
            data: components["schemas"]["ImportResult"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description Why a row failed. Some codes carry further members, such as `conflicting_id`. */
        ImportRowProblem: {
            /**
             * @description Stable and machine-readable; branch on it. New codes may be added.
             * @example validation_failed
             */
            code: string;
            /**
             * Format: int32
             * @description The HTTP status a request of its own would have been answered with.
             * @example 422
             */
            status: number;
            /**
             * @description The code in words.
             * @example Validation failed
             */
            title: string;
            /**
             * @description What is wrong with this row.
             * @example 1 field is invalid.
             */
            detail: string;
            /** @description The fields that are wrong, by their place in the row. */
            errors?: components["schemas"]["FieldError"][];
        } & {
            [key: string]: unknown;
        };
        /** @description A part of the total with a due date of its own. */
        Instalment: {
            /**
             * Format: date
             * @description The last day on which it is not overdue.
             * @example 2026-03-31
             */
            due_date: string;
            /**
             * Format: int64
             * @description What falls due then. Minor units.
             * @example 148810
             */
            amount: number;
        };
        /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
        Invoice: {
            /**
             * @description The id.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example invoice
             * @constant
             */
            object: "invoice";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description Who owes it.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: text
             * @description The caller's own id; unique per tenant and type.
             * @example SAP-0090004711
             */
            external_id: string | null;
            /**
             * Format: text
             * @description The number printed on the invoice; unique.
             * @example R-2026-0815
             */
            number: string | null;
            /**
             * @description Where it stands. `paid` means that nothing is open and it is neither void nor written off.
             * @example issued
             * @enum {string}
             */
            status: "draft" | "issued" | "paid" | "void" | "written_off";
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-01
             */
            issue_date: string;
            /**
             * Format: date
             * @description Its due date; with instalments, the first of them.
             * @example 2026-03-31
             */
            due_date: string;
            /**
             * @description Whether something is open after its due date, today.
             * @example false
             */
            overdue: boolean;
            /**
             * Format: int32
             * @description Days past the earliest due date that still has something open.
             * @example 0
             */
            days_overdue: number;
            /**
             * Format: int32
             * @description The highest level its items have reached. Payment does not lower it.
             * @example 0
             */
            dunning_level: number;
            /**
             * Format: int64
             * @description What was claimed, tax included. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description The tax in it. Minor units.
             * @example 23760
             */
            tax_amount: number | null;
            /**
             * Format: int64
             * @description What is still owed; charges are items of their own. Minor units.
             * @example 148810
             */
            open_amount: number;
            /**
             * Format: int64
             * @description What money has settled. Minor units.
             * @example 0
             */
            paid_amount: number;
            /**
             * Format: int64
             * @description What credit notes have settled. Minor units.
             * @example 0
             */
            credited_amount: number;
            /** @description Its open items by due date; none while it is a draft. */
            open_items: components["schemas"]["OpenItem"][];
            /** @description Parts of the total, each with a due date; they add up to it. */
            instalments: components["schemas"]["Instalment"][];
            /** @description The lines of the invoice. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description Whether the ERP pushed it or the service made it.
             * @example pushed
             * @enum {string}
             */
            origin: "pushed" | "own";
            /**
             * Format: text
             * @description The number of the cancellation document.
             * @example S-2026-0007
             */
            void_number: string | null;
            /**
             * Format: date
             * @description The date of the cancellation document.
             * @example 2026-03-31
             */
            void_date: string | null;
            /**
             * Format: text
             * @description Why it was taken back.
             * @example Invoiced to the wrong company.
             */
            void_reason: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description Why an invoice is where it is in dunning, what comes next, and what stands in the way. */
        InvoiceDunning: {
            /**
             * @description What this is.
             * @example invoice_dunning
             * @constant
             */
            object: "invoice_dunning";
            /**
             * @description The invoice.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string;
            /**
             * Format: date
             * @description The day of the explanation.
             * @example 2026-03-31
             */
            as_of_date: string;
            /**
             * Format: int32
             * @description The highest level its items have reached.
             * @example 1
             */
            level: number;
            /** @description The items that are still open. */
            items: {
                /**
                 * @description The open item decided about.
                 * @example itm_01kjm7f7shez7837xta3mfn3a4
                 */
                item_id: string;
                /**
                 * Format: date
                 * @description Its due date.
                 * @example 2026-03-31
                 */
                due_date: string;
                /**
                 * Format: int64
                 * @description What is open. Minor units.
                 * @example 148810
                 */
                open_amount: number;
                /**
                 * Format: int32
                 * @description The level it has reached.
                 * @example 1
                 */
                level: number;
                /**
                 * @description The policy that decides; null when none does.
                 * @example dpo_01kjm7f7shez7837xta3mfn3a4
                 */
                policy_id: string | null;
                /**
                 * Format: int32
                 * @description Its version.
                 * @example 1
                 */
                policy_version: number | null;
                /**
                 * @description What a run would do today.
                 * @example escalate
                 * @enum {string}
                 */
                outcome: "escalate" | "wait" | "blocked" | "finished";
                /**
                 * @description Why; a closed catalogue.
                 * @example level_due
                 * @enum {string}
                 */
                reason: "level_due" | "lifted_with_customer" | "next_level_not_due" | "notice_interval" | "on_hold" | "no_policy" | "last_level_reached" | "charge_never_escalates";
                /**
                 * Format: text
                 * @description The reason in words.
                 * @example The next level is not due yet.
                 */
                reason_text: string;
                /**
                 * @description The values that decided.
                 * @example {
                 *       "days_overdue": 5,
                 *       "level_days_overdue": 5
                 *     }
                 */
                inputs: {
                    [key: string]: unknown;
                };
                /**
                 * Format: int32
                 * @description The next step.
                 * @example 2
                 */
                next_level: number | null;
                /**
                 * Format: date
                 * @description When the next step may follow; null when only an event can bring it.
                 * @example 2026-04-15
                 */
                next_date: string | null;
            }[];
            /** @description Every step, in order. */
            history: {
                /**
                 * @description The open item decided about.
                 * @example itm_01kjm7f7shez7837xta3mfn3a4
                 */
                item_id: string;
                /**
                 * Format: int32
                 * @description The level reached.
                 * @example 1
                 */
                level: number;
                /**
                 * Format: date
                 * @description When.
                 * @example 2026-04-05
                 */
                date: string;
                /**
                 * Format: int32
                 * @description Days past the due date then.
                 * @example 5
                 */
                days_overdue: number;
                /**
                 * @description The notice that went with it.
                 * @example ntc_01kjm7f7shez7837xta3mfn3a4
                 */
                notice_id: string;
            }[];
        };
        /** @description An event that shows a resource of type Invoice. */
        InvoiceEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["Invoice"];
            };
        };
        /** @description A line of a document, kept as given; the service computes no taxes. */
        InvoiceLine: {
            /**
             * Format: text
             * @description The caller’s own id of the line.
             * @example 10
             */
            external_id?: string;
            /**
             * Format: text
             * @description What was delivered.
             * @example Consulting
             */
            description: string;
            /**
             * @description How much, kept as given.
             * @example 2
             */
            quantity?: string;
            /**
             * @description Price of one in the currency’s major unit, kept as given.
             * @example 625.25
             */
            unit_price?: string;
            /**
             * Format: int64
             * @description The line without tax. Minor units.
             * @example 125050
             */
            net_amount: number;
            /**
             * Format: int64
             * @description The line’s tax. Minor units.
             * @example 125050
             */
            tax_amount?: number;
        };
        /** @description One page of Invoice resources. */
        InvoiceList: {
            /** @description The rows of this page. */
            data: components["schemas"]["Invoice"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A merge patch (RFC 7396). Once issued, only metadata may change. */
        InvoicePatch: {
            /**
             * Format: text
             * @description The number printed on the invoice; unique.
             * @example R-2026-0815
             */
            number?: string | null;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-01
             */
            issue_date?: string;
            /**
             * Format: date
             * @description The last day on which it is not overdue.
             * @example 2026-03-31
             */
            due_date?: string;
            /**
             * Format: int32
             * @description Days from the issue date to the due date.
             * @example 30
             */
            net_days?: number;
            /** @description Parts of the total, each with a due date; they add up to it. */
            instalments?: components["schemas"]["Instalment"][];
            /**
             * Format: int64
             * @description What is claimed, tax included. Minor units.
             * @example 148810
             */
            total_amount?: number;
            /**
             * Format: int64
             * @description The tax in it. Minor units.
             * @example 23760
             */
            tax_amount?: number | null;
            /** @description The lines of the invoice. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description Keys to set, or to remove with null; other keys stay.
             * @example {
             *       "cost_center": "C-200",
             *       "obsolete": null
             *     }
             */
            metadata?: {
                [key: string]: string | null;
            };
        };
        /** @description Counts and sums of invoices by status and currency. */
        InvoiceSummary: {
            /**
             * @description What this is.
             * @example invoice_summary
             * @constant
             */
            object: "invoice_summary";
            /**
             * Format: date
             * @description The day it stands on.
             * @example 2026-03-31
             */
            as_of_date: string;
            /** @description One row per status and currency that occurs. */
            rows: {
                /**
                 * @description The status.
                 * @example issued
                 * @enum {string}
                 */
                status: "draft" | "issued" | "paid" | "void" | "written_off";
                /**
                 * Format: currency
                 * @description The currency, ISO 4217.
                 * @example EUR
                 */
                currency: string;
                /**
                 * Format: int32
                 * @description How many invoices.
                 * @example 120
                 */
                count: number;
                /**
                 * Format: int64
                 * @description What they claimed. Minor units.
                 * @example 148810
                 */
                total_amount: number;
                /**
                 * Format: int64
                 * @description What of it is open. Minor units.
                 * @example 148810
                 */
                open_amount: number;
                /**
                 * Format: int64
                 * @description What is open of those that are overdue. Minor units.
                 * @example 0
                 */
                overdue_amount: number;
            }[];
        };
        /** @description How to issue a draft. */
        IssueInvoice: {
            /**
             * Format: text
             * @description The number printed on the invoice; unique.
             * @example R-2026-0815
             */
            number?: string;
        };
        /** @description One immutable movement between two accounts of the subledger. */
        LedgerEntry: {
            /**
             * @description The id.
             * @example ent_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example ledger_entry
             * @constant
             */
            object: "ledger_entry";
            /**
             * @description What happened.
             * @example invoice_issued
             */
            happening: string;
            /**
             * Format: date
             * @description When it counts.
             * @example 2026-03-31
             */
            effective_date: string;
            /**
             * Format: date-time
             * @description When the service knew.
             * @example 2026-03-31T04:00:04.201Z
             */
            recorded_at: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int64
             * @description What moves from the credit to the debit side; always positive. Minor units.
             * @example 148810
             */
            amount: number;
            /**
             * @description The account debited.
             * @example receivable
             * @enum {string}
             */
            debit_account: "receivable" | "unallocated" | "unidentified" | "cash" | "clearing" | "sales" | "sales_deductions" | "deposits" | "opening_balance" | "fee_income" | "interest_income" | "recovery_income" | "charges_waived" | "discount_allowed" | "payment_difference" | "bank_charges" | "tax_withheld" | "remission" | "bad_debt" | "bad_debt_recovery" | "output_tax" | "refunds_payable";
            /**
             * @description The customer on the debit side.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            debit_customer_id: string | null;
            /**
             * @description The account credited.
             * @example sales
             * @enum {string}
             */
            credit_account: "receivable" | "unallocated" | "unidentified" | "cash" | "clearing" | "sales" | "sales_deductions" | "deposits" | "opening_balance" | "fee_income" | "interest_income" | "recovery_income" | "charges_waived" | "discount_allowed" | "payment_difference" | "bank_charges" | "tax_withheld" | "remission" | "bad_debt" | "bad_debt_recovery" | "output_tax" | "refunds_payable";
            /**
             * @description The customer on the credit side.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            credit_customer_id: string | null;
            /**
             * @description The open item on the receivable side.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            item_id: string | null;
            /**
             * @description The kind of document behind it.
             * @example invoice
             * @enum {string}
             */
            source_kind: "invoice" | "credit_note" | "payment" | "charge";
            /**
             * @description The document behind it.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            source_id: string;
            /**
             * @description Whether the ERP reported it or the service made it happen.
             * @example pushed
             * @enum {string}
             */
            origin: "pushed" | "own";
            /**
             * @description The entry this one takes back, with its sides swapped.
             * @example ent_01kjm7f7shez7837xta3mfn3a4
             */
            undoes_id: string | null;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
        };
        /** @description One page of LedgerEntry resources. */
        LedgerEntryList: {
            /** @description The rows of this page. */
            data: components["schemas"]["LedgerEntry"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A proof, recomputed on request, that every amount equals the sum of its ledger entries. */
        LedgerVerification: {
            /**
             * @description What this is.
             * @example ledger_verification
             * @constant
             */
            object: "ledger_verification";
            /**
             * @description True when every amount equals what the ledger says.
             * @example true
             */
            ok: boolean;
            /**
             * Format: date-time
             * @description When it was checked, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            checked_at: string;
            /** @description Every difference found, 1,000 at most; empty when all is well. */
            differences: {
                /**
                 * @description The rule that does not hold.
                 * @example open_item_equals_entries
                 */
                check: string;
                /**
                 * @description What it is about.
                 * @example open_item
                 * @enum {string}
                 */
                kind: "open_item" | "invoice" | "payment" | "credit_note" | "customer";
                /**
                 * @description Which one.
                 * @example itm_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
                /**
                 * @description The currency, ISO 4217.
                 * @example EUR
                 */
                currency: string;
                /**
                 * Format: int64
                 * @description What the ledger says. Minor units.
                 * @example 148810
                 */
                expected_amount: number;
                /**
                 * Format: int64
                 * @description What is stored. Minor units.
                 * @example 148810
                 */
                actual_amount: number;
            }[];
        };
        /** @description An event that shows a resource of type LedgerVerification. */
        LedgerVerificationEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["LedgerVerification"];
            };
        };
        /** @description What one request, and one credential, may ask for. */
        Limits: {
            /**
             * @description What this is.
             * @example limits
             * @constant
             */
            object: "limits";
            /**
             * Format: int32
             * @description Requests one credential may send per minute to this replica; null is without limit.
             * @example 6000
             */
            requests_per_minute: number | null;
            /**
             * Format: int32
             * @description Bytes of a request body, except imports.
             * @example 1048576
             */
            body_bytes_max: number;
            /**
             * Format: int32
             * @description Rows of one page of a list.
             * @example 200
             */
            page_rows_max: number;
            /**
             * Format: int32
             * @description Rows of one import.
             * @example 10000
             */
            import_rows_max: number;
            /**
             * Format: int32
             * @description Bytes of one import.
             * @example 20971520
             */
            import_bytes_max: number;
            /**
             * Format: int32
             * @description Days for which an Idempotency-Key is remembered.
             * @example 7
             */
            idempotency_retention_days: number;
            /**
             * Format: int32
             * @description Keys of the metadata of one resource.
             * @example 50
             */
            metadata_keys_max: number;
        };
        /** @description Whether the process is alive. */
        Liveness: {
            /**
             * @description The process answers.
             * @example alive
             * @enum {string}
             */
            status: "alive";
        };
        /** @description One amount owed with one due date. */
        OpenItem: {
            /**
             * @description The id.
             * @example itm_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example open_item
             * @constant
             */
            object: "open_item";
            /**
             * @description An instalment of an invoice, or a charge.
             * @example invoice
             * @enum {string}
             */
            kind: "invoice" | "charge";
            /**
             * @description Who owes it.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description The invoice it is part of; null for a charge.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id: string | null;
            /**
             * @description What kind of charge; null for an instalment.
             * @example fee
             * @enum {string|null}
             */
            charge_kind: "fee" | "interest" | "lump_sum" | null;
            /**
             * Format: int32
             * @description Its place among the items of its document.
             * @example 1
             */
            sequence: number;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The last day on which it is not overdue.
             * @example 2026-03-31
             */
            due_date: string;
            /**
             * Format: int64
             * @description What was claimed. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description What is still owed. Minor units.
             * @example 0
             */
            open_amount: number;
            /**
             * Format: int64
             * @description What money has settled. Minor units.
             * @example 148810
             */
            paid_amount: number;
            /**
             * Format: int64
             * @description What credit notes have settled. Minor units.
             * @example 0
             */
            credited_amount: number;
            /**
             * @description Whether something is open after the due date.
             * @example false
             */
            overdue: boolean;
            /**
             * Format: int32
             * @description Days past the due date while something is open.
             * @example 0
             */
            days_overdue: number;
            /**
             * Format: int32
             * @description How far dunning has escalated it. Payment does not lower it.
             * @example 0
             */
            level: number;
        };
        /** @description Money received from a customer. */
        Payment: {
            /**
             * @description The id.
             * @example pay_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example payment
             * @constant
             */
            object: "payment";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * @description Who paid.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: text
             * @description The caller’s own id.
             * @example BANK-2026-03-14-17
             */
            external_id: string | null;
            /**
             * @description Whether the money is here or was taken back.
             * @example received
             * @enum {string}
             */
            status: "received" | "reversed";
            /**
             * Format: currency
             * @description The currency received.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int64
             * @description What was received. Minor units.
             * @example 148810
             */
            amount: number;
            /**
             * Format: int64
             * @description What of it has settled open items. Minor units.
             * @example 148810
             */
            allocated_amount: number;
            /**
             * Format: int64
             * @description What of it is still to be used. Minor units.
             * @example 0
             */
            unallocated_amount: number;
            /**
             * Format: int64
             * @description What of it was paid out again. Minor units.
             * @example 0
             */
            refunded_amount: number;
            /**
             * Format: int64
             * @description What of it was taken back. Minor units.
             * @example 0
             */
            reversed_amount: number;
            /**
             * Format: date
             * @description When it was received.
             * @example 2026-03-14
             */
            received_date: string;
            /**
             * @description How the money came.
             * @example bank_transfer
             * @enum {string}
             */
            method: "bank_transfer" | "direct_debit" | "card" | "cheque" | "cash" | "other";
            /**
             * Format: text
             * @description What the payer wrote: invoice numbers in it are recognised.
             * @example R-2026-0815
             */
            reference: string | null;
            /** @description The allocations that stand. */
            allocations: components["schemas"]["Allocation"][];
            /**
             * Format: date
             * @description When it was taken back.
             * @example 2026-03-20
             */
            reversal_date: string | null;
            /**
             * Format: text
             * @description Why it was taken back.
             * @example Direct debit returned (AM04)
             */
            reversal_reason: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description An event that shows a resource of type Payment. */
        PaymentEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["Payment"];
            };
        };
        /** @description One page of Payment resources. */
        PaymentList: {
            /** @description The rows of this page. */
            data: components["schemas"]["Payment"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A merge patch (RFC 7396). Only metadata may change. */
        PaymentPatch: {
            /**
             * @description Keys to set, or to remove with null; other keys stay.
             * @example {
             *       "cost_center": "C-200",
             *       "obsolete": null
             *     }
             */
            metadata?: {
                [key: string]: string | null;
            };
        };
        /** @description A refusal. Some codes carry further members, such as `current_status` or `required_scopes`. */
        Problem: {
            /**
             * Format: uri-reference
             * @description Where the code is explained.
             * @example /docs/errors#validation_failed
             */
            type: string;
            /**
             * @description The code in words.
             * @example Validation failed
             */
            title: string;
            /**
             * Format: int32
             * @description The HTTP status.
             * @example 422
             */
            status: number;
            /**
             * @description Stable and machine-readable; branch on it. New codes may be added.
             * @example validation_failed
             */
            code: string;
            /**
             * @description What happened this time.
             * @example 2 fields are invalid.
             */
            detail?: string;
            /**
             * @description The path that was called.
             * @example /v1/invoices
             */
            instance: string;
            /**
             * @description Quote it when asking for help.
             * @example req_01kjm7f7shez7837xta3mfn3a4
             */
            request_id: string;
            /** @description The fields that are wrong, 50 at most. */
            errors?: components["schemas"]["FieldError"][];
        } & {
            [key: string]: unknown;
        };
        /** @description Whether requests are welcome here, and what to look at. */
        Readiness: {
            /**
             * @description Requests are welcome.
             * @example ready
             * @enum {string}
             */
            status: "ready";
            /**
             * @description The database answers in time.
             * @example ok
             * @enum {string}
             */
            database: "ok";
            /**
             * @description The last migration the database has.
             * @example 0001_foundation
             */
            schema_version: string;
            /**
             * @description `differs` when the last verification of a tenant’s ledger found a difference. Look at once; requests are still served.
             * @example ok
             * @enum {string}
             */
            ledger: "ok" | "differs";
        };
        /** @description The next version of a dunning policy. */
        ReplaceDunningPolicy: {
            /**
             * Format: text
             * @description What it is called.
             * @example Standard, three steps
             */
            name: string;
            /**
             * @description `invoice`: each item escalates by itself. `customer`: all due items of the customer and currency rise to the highest due level.
             * @example invoice
             * @enum {string}
             */
            scope: "invoice" | "customer";
            /**
             * Format: int32
             * @description Days that must lie between two notices to one customer in one currency.
             * @example 7
             */
            min_notice_interval_days?: number;
            /**
             * @description Whether a run lifts an item by one level at most, or to the highest that is due.
             * @default one_level
             * @example one_level
             * @enum {string}
             */
            catch_up?: "one_level" | "highest";
            /** @description The levels, ascending by number and by days. */
            levels: components["schemas"]["DunningLevel"][];
        };
        /** @description Why and when a payment was taken back. */
        ReversePayment: {
            /**
             * Format: text
             * @description Why the money went back.
             * @example Direct debit returned (AM04)
             */
            reason: string;
            /**
             * Format: date
             * @description When it went back; today unless given.
             * @example 2026-03-20
             */
            reversal_date?: string;
        };
        /** @description How a rotation is to go. */
        RotateApiKey: {
            /**
             * Format: int32
             * @description How long the old secret stays valid beside the new one, seconds; by default a day.
             * @example 86400
             */
            grace_seconds?: number;
        };
        /** @description How a secret is replaced. An empty body takes the default, one day. */
        RotateWebhookSecret: {
            /**
             * Format: int32
             * @description How long the former secret keeps signing too. 0 ends it at once.
             * @example 86400
             */
            grace_seconds?: number;
        };
        /** @description Where to put the test clock. */
        SetTestClock: {
            /**
             * Format: date-time
             * @description Where to put the clock.
             * @example 2026-03-01T00:00:00Z
             */
            now: string;
        };
        /** @description What a dunning run is to look at. */
        StartDunningRun: {
            /**
             * @description Only this customer; everybody unless given.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id?: string;
        };
        /** @description A creditor: one legal entity with its time zone, locale and currency. */
        Tenant: {
            /**
             * @description The id.
             * @example ten_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example tenant
             * @constant
             */
            object: "tenant";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description The creditor’s name.
             * @example Muster Maschinenbau AG
             */
            name: string;
            /**
             * @description A test tenant has a test clock and its data is not livemode.
             * @example live
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description The IANA time zone whose days are the business days.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description The language and region notices are written in by default, BCP 47.
             * @example de-DE
             */
            locale: string;
            /**
             * Format: currency
             * @description The currency of reports and default of new customers, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int32
             * @description Days from issue to due date where neither invoice nor customer says otherwise.
             * @example 30
             */
            net_days: number | null;
            /**
             * @description Local time at which the dunning run of a day happens, `HH:MM`.
             * @example 06:00
             */
            dunning_time: string;
            /**
             * @description The dunning policy of customers that have none of their own.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description An event that shows a resource of type Tenant. */
        TenantEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["Tenant"];
            };
        };
        /** @description A merge patch (RFC 7396) of the tenant’s settings. */
        TenantPatch: {
            /**
             * Format: text
             * @description The creditor’s name.
             * @example Muster Maschinenbau AG
             */
            name?: string;
            /**
             * @description The IANA time zone whose days are the business days.
             * @example Europe/Berlin
             */
            time_zone?: string;
            /**
             * @description The language and region notices are written in by default, BCP 47.
             * @example de-DE
             */
            locale?: string;
            /**
             * Format: currency
             * @description Only while there is no invoice and no payment.
             * @example EUR
             */
            currency?: string;
            /**
             * Format: int32
             * @description Days from issue to due date where neither invoice nor customer says otherwise.
             * @example 30
             */
            net_days?: number | null;
            /**
             * @description Local time at which the dunning run of a day happens, `HH:MM`.
             * @example 06:00
             */
            dunning_time?: string;
            /**
             * @description The default dunning policy; null for none.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id?: string | null;
            /**
             * @description Keys to set, or to remove with null; other keys stay.
             * @example {
             *       "cost_center": "C-200",
             *       "obsolete": null
             *     }
             */
            metadata?: {
                [key: string]: string | null;
            };
        };
        /** @description The clock of a test tenant. Business days, stamps and events follow it; retries and leases follow real time. */
        TestClock: {
            /**
             * @description What this is.
             * @example test_clock
             * @constant
             */
            object: "test_clock";
            /**
             * Format: date-time
             * @description Where the clock stands.
             * @example 2026-03-01T06:00:00.000Z
             */
            now: string;
            /**
             * @description Whether it is on its way. `ready` means that all that happened is in the feed.
             * @example ready
             * @enum {string}
             */
            status: "ready" | "advancing";
            /**
             * Format: date-time
             * @description Where it is going; null when it has arrived.
             * @example 2026-04-01T06:00:00.000Z
             */
            target: string | null;
            /**
             * @description True once it was set or advanced; before that it follows real time.
             * @example true
             */
            frozen: boolean;
        };
        /** @description A credit note to issue, under the external id in the path. */
        UpsertCreditNote: {
            /**
             * @description Whose claim is taken back.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * @description The invoice it corrects; what is open there is settled first.
             * @example inv_01kjm7f7shez7837xta3mfn3a4
             */
            invoice_id?: string;
            /**
             * Format: text
             * @description The number printed on it; unique.
             * @example CN-2026-0042
             */
            number: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-10
             */
            issue_date: string;
            /**
             * Format: int64
             * @description What is taken back, tax included. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description The tax in it; booked as an entry of its own. Minor units.
             * @example 23760
             */
            tax_amount?: number;
            /**
             * Format: text
             * @description Why.
             * @example Two hours were not delivered.
             */
            reason?: string;
            /** @description The lines of the credit note. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description The whole customer as it is to be: what is left out is emptied. */
        UpsertCustomer: {
            /**
             * Format: text
             * @description The legal name.
             * @example Muster GmbH
             */
            name: string;
            /**
             * @description Whether late-payment law for business or for consumers applies.
             * @example business
             * @enum {string}
             */
            kind: "business" | "consumer";
            /**
             * @description The country, ISO 3166-1 alpha-2.
             * @example DE
             */
            country: string;
            /**
             * Format: currency
             * @description The currency the customer is billed in, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * @description The language notices are written in, BCP 47; by default the tenant’s locale.
             * @example de
             */
            language?: string | null;
            /**
             * Format: text
             * @description VAT or tax number, kept as given.
             * @example DE811569869
             */
            tax_id?: string | null;
            address?: components["schemas"]["AddressInput"] | null;
            /** @description Whom to talk to. */
            contacts?: components["schemas"]["ContactInput"][];
            /**
             * Format: int32
             * @description Days from issue to due date; null for the tenant’s.
             * @example 30
             */
            net_days?: number | null;
            /**
             * @description The dunning policy; null for the tenant’s.
             * @example dpo_01kjm7f7shez7837xta3mfn3a4
             */
            dunning_policy_id?: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description An invoice to create, or a draft to replace, under the external id in the path. */
        UpsertInvoice: {
            /**
             * @description Who owes it.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: text
             * @description The number printed on the invoice; unique.
             * @example R-2026-0815
             */
            number?: string;
            /**
             * Format: currency
             * @description The currency, ISO 4217.
             * @example EUR
             */
            currency: string;
            /**
             * Format: date
             * @description The date of the document.
             * @example 2026-03-01
             */
            issue_date: string;
            /**
             * Format: date
             * @description The last day on which it is not overdue. Alternative to `net_days` and `instalments`.
             * @example 2026-03-31
             */
            due_date?: string;
            /**
             * Format: int32
             * @description Days from the issue date to the due date.
             * @example 30
             */
            net_days?: number;
            /** @description Parts of the total, each with a due date; they add up to it. */
            instalments?: components["schemas"]["Instalment"][];
            /**
             * Format: int64
             * @description What is claimed, tax included. Minor units.
             * @example 148810
             */
            total_amount: number;
            /**
             * Format: int64
             * @description The tax in it; booked as an entry of its own. Minor units.
             * @example 23760
             */
            tax_amount?: number;
            /** @description The lines of the invoice. When given, net amounts and tax must add up to the total. */
            lines?: components["schemas"]["InvoiceLine"][];
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description True to issue at once; otherwise a draft is kept.
             * @default false
             * @example true
             */
            issue?: boolean;
        };
        /** @description Money received from a customer, under the external id in the path. */
        UpsertPayment: {
            /**
             * @description Who paid.
             * @example cus_01kjm7f7shez7837xta3mfn3a4
             */
            customer_id: string;
            /**
             * Format: currency
             * @description The currency received; money is never converted.
             * @example EUR
             */
            currency: string;
            /**
             * Format: int64
             * @description What was received. Minor units.
             * @example 148810
             */
            amount: number;
            /**
             * Format: date
             * @description When it was received; not in the future.
             * @example 2026-03-14
             */
            received_date: string;
            /**
             * @description How the money came.
             * @example bank_transfer
             * @enum {string}
             */
            method: "bank_transfer" | "direct_debit" | "card" | "cheque" | "cash" | "other";
            /**
             * Format: text
             * @description What the payer wrote: invoice numbers in it are recognised.
             * @example R-2026-0815
             */
            reference?: string;
            /** @description Designations. All of them are met in full, or the payment is refused; the rest stays unallocated. */
            allocations?: components["schemas"]["DesignatedAllocation"][];
            /**
             * @description Without `allocations`: `auto` allocates by reference, then one item of exactly this amount, then the oldest due date; `none` leaves all unallocated.
             * @default auto
             * @example auto
             * @enum {string}
             */
            allocate?: "auto" | "none";
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description What an endpoint should be. Fields that are left out stay as they are. */
        UpsertWebhookEndpoint: {
            /**
             * Format: text
             * @description Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.
             * @example https://erp.example.com/hooks/receivables
             */
            url: string;
            /**
             * @description What is sent: `*` for everything, `invoice.*` for a kind, or single types.
             * @example [
             *       "invoice.*",
             *       "dunning.level_changed"
             *     ]
             */
            event_types: ("*" | "tenant.*" | "api_key.*" | "customer.*" | "invoice.*" | "credit_note.*" | "payment.*" | "charge.*" | "dunning_policy.*" | "dunning_hold.*" | "dunning_run.*" | "dunning.*" | "webhook_endpoint.*" | "import.*" | "ledger.*" | "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found")[];
            /**
             * Format: text
             * @description What it is for.
             * @example ERP, production
             */
            description?: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description The cancellation document that takes the invoice back. */
        VoidInvoice: {
            /**
             * Format: text
             * @description The number of the cancellation document.
             * @example S-2026-0007
             */
            number?: string;
            /**
             * Format: date
             * @description The date of the cancellation document; today unless given.
             * @example 2026-03-31
             */
            void_date?: string;
            /**
             * Format: text
             * @description Why.
             * @example Invoiced to the wrong company.
             */
            reason: string;
        };
        /** @description One try to deliver. */
        WebhookAttempt: {
            /**
             * Format: int32
             * @description Counts from one, over retries and resends.
             * @example 1
             */
            attempt: number;
            /**
             * Format: date-time
             * @description When it was made; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            at: string;
            /**
             * Format: int32
             * @description The HTTP status of the answer.
             * @example 503
             */
            status_code: number | null;
            /**
             * @description Why there was no 2xx answer, in a few words.
             * @example timeout
             */
            error: string | null;
            /**
             * Format: int32
             * @description How long it took, milliseconds.
             * @example 41
             */
            latency_ms: number;
            /**
             * @description The beginning of an answer that was not 2xx, secrets blotted out; never of private targets.
             * @example Service Unavailable
             */
            response: string | null;
        };
        /** @description One endpoint’s copy of an event, and what became of it. */
        WebhookDelivery: {
            /**
             * @description The id.
             * @example whd_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example webhook_delivery
             * @constant
             */
            object: "webhook_delivery";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * @description The endpoint.
             * @example whe_01kjm7f7shez7837xta3mfn3a4
             */
            webhook_endpoint_id: string;
            /**
             * @description The event; it is the `webhook-id`.
             * @example evt_01kjm7f7shez7837xta3mfn3a4
             */
            event_id: string;
            /**
             * @description What happened. New types may be added.
             * @example invoice.issued
             * @enum {string}
             */
            event_type: "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found";
            /**
             * Format: int64
             * @description The event’s position in the feed.
             * @example 48213
             */
            event_sequence: number;
            /**
             * @description `failed` after the last attempt, `skipped` while the endpoint was disabled, `cancelled` when it was deleted.
             * @example pending
             * @enum {string}
             */
            status: "pending" | "delivered" | "failed" | "skipped" | "cancelled";
            /**
             * Format: int32
             * @description Attempts so far.
             * @example 1
             */
            attempt_count: number;
            /**
             * Format: int32
             * @description The HTTP status of the answer.
             * @example 503
             */
            last_status_code: number | null;
            /**
             * @description Why there was no 2xx answer, in a few words.
             * @example timeout
             */
            last_error: string | null;
            /**
             * Format: int32
             * @description How long it took, milliseconds.
             * @example 41
             */
            last_latency_ms: number | null;
            /**
             * Format: date-time
             * @description When it was last tried; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            last_attempt_at: string | null;
            /**
             * Format: date-time
             * @description When it is tried again; real time. Null when it is not, or waits behind an earlier event of the same entity.
             * @example 2026-03-31T04:00:04.201Z
             */
            next_attempt_at: string | null;
            /** @description The latest attempts, oldest first. */
            attempts: components["schemas"]["WebhookAttempt"][];
            /**
             * Format: date-time
             * @description When the event reached the endpoint’s queue; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
        };
        /** @description One page of WebhookDelivery resources. */
        WebhookDeliveryList: {
            /** @description The rows of this page. */
            data: components["schemas"]["WebhookDelivery"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description Where events are sent. It never shows its secret. */
        WebhookEndpoint: {
            /**
             * @description The id.
             * @example whe_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example webhook_endpoint
             * @constant
             */
            object: "webhook_endpoint";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description The caller's own id.
             * @example erp-production
             */
            external_id: string | null;
            /**
             * Format: text
             * @description Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.
             * @example https://erp.example.com/hooks/receivables
             */
            url: string;
            /**
             * @description What is sent: `*` for everything, `invoice.*` for a kind, or single types.
             * @example [
             *       "invoice.*",
             *       "dunning.level_changed"
             *     ]
             */
            event_types: ("*" | "tenant.*" | "api_key.*" | "customer.*" | "invoice.*" | "credit_note.*" | "payment.*" | "charge.*" | "dunning_policy.*" | "dunning_hold.*" | "dunning_run.*" | "dunning.*" | "webhook_endpoint.*" | "import.*" | "ledger.*" | "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found")[];
            /**
             * Format: text
             * @description What it is for.
             * @example ERP, production
             */
            description: string | null;
            /**
             * @description A disabled endpoint gets `skipped` deliveries, which can be resent. `deleted` shows in events only.
             * @example enabled
             * @enum {string}
             */
            status: "enabled" | "disabled" | "deleted";
            /**
             * @description On request, because it answered 410, or after five days of nothing but failures.
             * @example requested
             * @enum {string|null}
             */
            disabled_reason: "requested" | "gone" | "failing" | null;
            /**
             * Format: date-time
             * @description When it was disabled; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            disabled_at: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description An event that shows a resource of type WebhookEndpoint. */
        WebhookEndpointEvent: components["schemas"]["Event"] & {
            /** @description What it happened to. */
            data: {
                object: components["schemas"]["WebhookEndpoint"];
            };
        };
        /** @description One page of WebhookEndpoint resources. */
        WebhookEndpointList: {
            /** @description The rows of this page. */
            data: components["schemas"]["WebhookEndpoint"][];
            /**
             * @description Whether another page follows.
             * @example false
             */
            has_more: boolean;
            /**
             * @description Send it as `cursor` for the next page; null on the last.
             * @example eyJrIjpbXX0
             */
            next_cursor: string | null;
        };
        /** @description A merge patch (RFC 7396) of an endpoint. */
        WebhookEndpointPatch: {
            /**
             * Format: text
             * @description Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.
             * @example https://erp.example.com/hooks/receivables
             */
            url?: string;
            /**
             * @description What is sent: `*` for everything, `invoice.*` for a kind, or single types.
             * @example [
             *       "invoice.*",
             *       "dunning.level_changed"
             *     ]
             */
            event_types?: ("*" | "tenant.*" | "api_key.*" | "customer.*" | "invoice.*" | "credit_note.*" | "payment.*" | "charge.*" | "dunning_policy.*" | "dunning_hold.*" | "dunning_run.*" | "dunning.*" | "webhook_endpoint.*" | "import.*" | "ledger.*" | "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found")[];
            /**
             * Format: text
             * @description What it is for.
             * @example ERP, production
             */
            description?: string | null;
            /**
             * Format: text
             * @description The caller's own id.
             * @example erp-production
             */
            external_id?: string | null;
            /**
             * @description Keys to set, or to remove with null; other keys stay.
             * @example {
             *       "cost_center": "C-200",
             *       "obsolete": null
             *     }
             */
            metadata?: {
                [key: string]: string | null;
            };
        };
        /** @description An endpoint and its new secret. */
        WebhookEndpointWithSecret: {
            /**
             * @description The id.
             * @example whe_01kjm7f7shez7837xta3mfn3a4
             */
            id: string;
            /**
             * @description What this is.
             * @example webhook_endpoint
             * @constant
             */
            object: "webhook_endpoint";
            /**
             * Format: int32
             * @description Grows by one with every change; the ETag.
             * @example 1
             */
            version: number;
            /**
             * @description False in a test tenant.
             * @example true
             */
            livemode: boolean;
            /**
             * Format: date-time
             * @description When it was created, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed, by the tenant’s clock.
             * @example 2026-03-31T04:00:04.201Z
             */
            updated_at: string;
            /**
             * Format: text
             * @description The caller's own id.
             * @example erp-production
             */
            external_id: string | null;
            /**
             * Format: text
             * @description Where events are sent: https on port 443 or 8443 and a public address; networks the operator allowed over http and on any port too.
             * @example https://erp.example.com/hooks/receivables
             */
            url: string;
            /**
             * @description What is sent: `*` for everything, `invoice.*` for a kind, or single types.
             * @example [
             *       "invoice.*",
             *       "dunning.level_changed"
             *     ]
             */
            event_types: ("*" | "tenant.*" | "api_key.*" | "customer.*" | "invoice.*" | "credit_note.*" | "payment.*" | "charge.*" | "dunning_policy.*" | "dunning_hold.*" | "dunning_run.*" | "dunning.*" | "webhook_endpoint.*" | "import.*" | "ledger.*" | "tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found")[];
            /**
             * Format: text
             * @description What it is for.
             * @example ERP, production
             */
            description: string | null;
            /**
             * @description A disabled endpoint gets `skipped` deliveries, which can be resent. `deleted` shows in events only.
             * @example enabled
             * @enum {string}
             */
            status: "enabled" | "disabled" | "deleted";
            /**
             * @description On request, because it answered 410, or after five days of nothing but failures.
             * @example requested
             * @enum {string|null}
             */
            disabled_reason: "requested" | "gone" | "failing" | null;
            /**
             * Format: date-time
             * @description When it was disabled; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            disabled_at: string | null;
            /**
             * @description The caller's own words about the resource: up to 50 keys of 40 characters, values of 500.
             * @example {
             *       "cost_center": "C-100"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @description The signing secret (Standard Webhooks, HMAC-SHA256). It is shown this once; an endpoint that existed already shows none.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
             */
            secret: string;
            /**
             * Format: date-time
             * @description Until when messages carry signatures of the former secret too; real time.
             * @example 2026-03-31T04:00:04.201Z
             */
            previous_secret_valid_until: string | null;
        };
        /** @description A test event that is on its way. */
        WebhookTest: {
            /**
             * @description What this is.
             * @example webhook_test
             * @constant
             */
            object: "webhook_test";
            /**
             * @description The endpoint.
             * @example whe_01kjm7f7shez7837xta3mfn3a4
             */
            webhook_endpoint_id: string;
            /**
             * @description The `webhook_endpoint.test` event on its way; deliveries can be filtered by it.
             * @example evt_01kjm7f7shez7837xta3mfn3a4
             */
            event_id: string;
        };
    };
    responses: {
        /** @description `idempotency_in_progress`: The first request with this key is still running. */
        IdempotencyInProgress: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `idempotency_key_reused`: The Idempotency-Key was used for another request. */
        IdempotencyKeyReused: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `insufficient_scope`: The credential lacks a scope.
         *     - `tenant_unknown`: The credential names no tenant of this service.
         */
        InsufficientScopeOrTenantUnknown: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal_error`: Something broke on our side. */
        InternalError: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal_error`: Something broke on our side. */
        InternalErrorInPublic: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_parameter`: A path, query or header parameter is invalid. */
        InvalidParameter: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid_parameter`: A path, query or header parameter is invalid. */
        InvalidParameterInPublic: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `invalid_parameter`: A path, query or header parameter is invalid.
         *     - `malformed_request`: The request cannot be read.
         */
        InvalidParameterOrMalformedRequest: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `invalid_parameter`: A path, query or header parameter is invalid.
         *     - `malformed_request`: The request cannot be read.
         *     - `idempotency_key_required`: This operation needs an Idempotency-Key.
         */
        InvalidParameterOrMalformedRequestOrIdempotencyKeyRequired: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `payload_too_large`: The request body is too large. */
        PayloadTooLarge: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `precondition_required`: This operation needs If-Match. */
        PreconditionRequired: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rate_limited`: Too many requests. */
        RateLimited: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unauthenticated`: No valid credential. */
        Unauthenticated: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unavailable`: The service cannot do this right now. */
        Unavailable: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unavailable`: The service cannot do this right now. */
        UnavailableInPublic: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported_media_type`: The content type is not accepted here. */
        UnsupportedMediaType: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `validation_failed`: Validation failed. */
        ValidationFailed: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description - `validation_failed`: Validation failed.
         *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
         */
        ValidationFailedOrIdempotencyKeyReused: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `version_mismatch`: The resource has changed since it was read. */
        VersionMismatch: {
            headers: {
                "Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The endpoint is disabled and nothing more is sent to it. */
        WebhookEndpointGone: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Not received. It is tried again after 5 s, 5 min, 30 min and so on, for three days. */
        WebhookNotReceived: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Received. Any 2xx will do; the body is not read. */
        WebhookReceived: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        IdempotencyKey: string;
        /**
         * @description One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        IdempotencyKeyRequired: string;
        /**
         * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
         * @example "3"
         */
        IfMatch: string;
        /**
         * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
         * @example "3"
         */
        IfMatchRequired: string;
        /**
         * @description The ETag you already have; if it is still current, the answer is 304 without a body.
         * @example "3"
         */
        IfNoneMatch: string;
        /**
         * @description The id of the event, the same on every attempt: drop what you have seen.
         * @example evt_01kjm7f7shez7837xta3mfn3a4
         */
        WebhookId: string;
        /**
         * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
         * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
         */
        WebhookSignature: string;
        /**
         * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
         * @example 1775376000
         */
        WebhookTimestamp: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The version of the resource; send it as If-Match to change what you have seen.
         * @example "3"
         */
        ETag: string;
        /**
         * @description `true` when this is the stored answer of an earlier request with the same Idempotency-Key.
         * @example true
         */
        IdempotentReplayed: "true";
        /**
         * @description Where the new resource is read.
         * @example /v1/invoices/inv_01kjm7f7shez7837xta3mfn3a4
         */
        Location: string;
        /**
         * @description What is left of the limit: `r` requests for the next `t` seconds.
         * @example "default";r=5998;t=41
         */
        RateLimit: string;
        /**
         * @description The limits that apply: `q` requests per `w` seconds.
         * @example "default";q=6000;w=60
         */
        RateLimitPolicy: string;
        /**
         * @description Names this request in logs and events; quote it when asking for help.
         * @example req_01kjm7f7shez7837xta3mfn3a4
         */
        RequestId: string;
        /**
         * @description Seconds to wait before the same request may succeed.
         * @example 1
         */
        RetryAfter: number;
        /**
         * @description How to authenticate.
         * @example Bearer
         */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the process is alive. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            400: components["responses"]["InvalidParameterInPublic"];
            500: components["responses"]["InternalErrorInPublic"];
            503: components["responses"]["UnavailableInPublic"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether requests are welcome here, and what to look at. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["InvalidParameterInPublic"];
            500: components["responses"]["InternalErrorInPublic"];
            503: components["responses"]["UnavailableInPublic"];
        };
    };
    getLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What one request, and one credential, may ask for. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
            400: components["responses"]["InvalidParameterInPublic"];
            500: components["responses"]["InternalErrorInPublic"];
            503: components["responses"]["UnavailableInPublic"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only these types, comma separated; `invoice.*` stands for all of a kind.
                 * @example invoice.*,payment.received
                 */
                type?: string;
                /**
                 * @description Only what concerns this customer.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only what comes after this position: remember the last `sequence` you processed, and ask for more. 0 is the beginning.
                 * @example 48213
                 */
                sequence_gt?: number;
                /**
                 * @description Only what happened to this resource.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                entity_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of Event resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The event.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Something that happened. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `event_not_found`: No such event. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A creditor: one legal entity with its time zone, locale and currency. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateTenant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": components["schemas"]["TenantPatch"];
                "application/json": components["schemas"]["TenantPatch"];
            };
        };
        responses: {
            /** @description A creditor: one legal entity with its time zone, locale and currency. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_policy_not_found`: No such dunning policy. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_state`: The state of the resource does not allow this. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `time_zone_unknown`: The time zone is not known.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTenant"];
            };
        };
        responses: {
            /** @description The new tenant and its first API key, whose secret is shown this once. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTenant"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `time_zone_unknown`: The time zone is not known.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of ApiKey resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description An API key as it is answered when its secret was made. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailedOrIdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The API key.
                 * @example key_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A secret that stands for a program. Only its hash is kept. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `api_key_not_found`: No such API key. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The API key.
                 * @example key_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateApiKey"];
            };
        };
        responses: {
            /** @description An API key as it is answered when its secret was made. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `api_key_not_found`: No such API key. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `credential_not_active`: The API key is revoked or expired.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailedOrIdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The API key.
                 * @example key_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A secret that stands for a program. Only its hash is kept. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `api_key_not_found`: No such API key. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["IdempotencyInProgress"];
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only the customer with this id of yours.
                 * @example SAP-0090004711
                 */
                external_id?: string;
                /**
                 * @description Only customers with exactly this name.
                 * @example Muster GmbH
                 */
                name?: string;
                /**
                 * @description Only these kinds.
                 * @example [
                 *       "business"
                 *     ]
                 */
                kind?: ("business" | "consumer")[];
                /**
                 * @description Only customers in this country.
                 * @example DE
                 */
                country?: string;
                /**
                 * @description Only what changed at or after this instant.
                 * @example 2026-03-31T04:00:04.201Z
                 */
                updated_at_gte?: string;
                /**
                 * @description The order; `-` is descending.
                 * @example -created_at
                 */
                sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of Customer resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCustomer: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCustomer"];
            };
        };
        responses: {
            /** @description A debtor of the tenant. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_policy_not_found`: No such dunning policy. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailedOrIdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The customer.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A debtor of the tenant. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `customer_not_found`: No such customer. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCustomer: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The customer.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": components["schemas"]["CustomerPatch"];
                "application/json": components["schemas"]["CustomerPatch"];
            };
        };
        responses: {
            /** @description A debtor of the tenant. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `customer_not_found`: No such customer.
             *     - `dunning_policy_not_found`: No such dunning policy.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `invalid_state`: The state of the resource does not allow this.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    upsertCustomer: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The caller's own id; unique per tenant and type.
                 * @example SAP-0090004711
                 */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertCustomer"];
            };
        };
        responses: {
            /** @description A debtor of the tenant. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A debtor of the tenant. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_policy_not_found`: No such dunning policy. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_state`: The state of the resource does not allow this. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCustomerBalance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customer.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a customer owes and has with us. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerBalance"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `customer_not_found`: No such customer. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLedgerEntries: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only entries that name this customer on either side.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only entries of this open item.
                 * @example itm_01kjm7f7shez7837xta3mfn3a4
                 */
                item_id?: string;
                /**
                 * @description Only entries of this document.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                source_id?: string;
                /**
                 * @description Only what counts on or after this day.
                 * @example 2026-03-31
                 */
                effective_date_gte?: string;
                /**
                 * @description Only what counts on or before this day.
                 * @example 2026-03-31
                 */
                effective_date_lte?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of LedgerEntry resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A proof, recomputed on request, that every amount equals the sum of its ledger entries. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerVerification"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only these statuses.
                 * @example [
                 *       "draft"
                 *     ]
                 */
                status?: ("draft" | "issued" | "paid" | "void" | "written_off")[];
                /**
                 * @description Only what is overdue today, or only what is not.
                 * @example true
                 */
                overdue?: boolean;
                /**
                 * @description Only this customer’s.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only the one with this external id.
                 * @example SAP-0090004711
                 */
                external_id?: string;
                /**
                 * @description Only the one with this number.
                 * @example R-2026-0815
                 */
                number?: string;
                /**
                 * @description Due on or after.
                 * @example 2026-03-31
                 */
                due_date_gte?: string;
                /**
                 * @description Due after.
                 * @example 2026-03-31
                 */
                due_date_gt?: string;
                /**
                 * @description Due on or before.
                 * @example 2026-03-31
                 */
                due_date_lte?: string;
                /**
                 * @description Due before.
                 * @example 2026-03-31
                 */
                due_date_lt?: string;
                /**
                 * @description Dated on or after.
                 * @example 2026-03-31
                 */
                issue_date_gte?: string;
                /**
                 * @description Dated on or before.
                 * @example 2026-03-31
                 */
                issue_date_lte?: string;
                /**
                 * @description Changed at or after.
                 * @example 2026-03-31T04:00:04.201Z
                 */
                updated_at_gte?: string;
                /**
                 * @description The order; newest first unless given.
                 * @example -created_at
                 */
                sort?: "-created_at" | "created_at" | "due_date" | "-due_date" | "issue_date" | "-issue_date";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of Invoice resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createInvoice: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKeyRequired"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInvoice"];
            };
        };
        responses: {
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequestOrIdempotencyKeyRequired"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `customer_not_found`: No such customer. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `invoice_number_taken`: Another invoice already has this number.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `due_date_missing`: No due date can be derived.
             *     - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    summarizeInvoices: {
        parameters: {
            query?: {
                /**
                 * @description Only these statuses.
                 * @example [
                 *       "draft"
                 *     ]
                 */
                status?: ("draft" | "issued" | "paid" | "void" | "written_off")[];
                /**
                 * @description Only what is overdue today, or only what is not.
                 * @example true
                 */
                overdue?: boolean;
                /**
                 * @description Only this customer’s.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only the one with this external id.
                 * @example SAP-0090004711
                 */
                external_id?: string;
                /**
                 * @description Only the one with this number.
                 * @example R-2026-0815
                 */
                number?: string;
                /**
                 * @description Due on or after.
                 * @example 2026-03-31
                 */
                due_date_gte?: string;
                /**
                 * @description Due after.
                 * @example 2026-03-31
                 */
                due_date_gt?: string;
                /**
                 * @description Due on or before.
                 * @example 2026-03-31
                 */
                due_date_lte?: string;
                /**
                 * @description Due before.
                 * @example 2026-03-31
                 */
                due_date_lt?: string;
                /**
                 * @description Dated on or after.
                 * @example 2026-03-31
                 */
                issue_date_gte?: string;
                /**
                 * @description Dated on or before.
                 * @example 2026-03-31
                 */
                issue_date_lte?: string;
                /**
                 * @description Changed at or after.
                 * @example 2026-03-31T04:00:04.201Z
                 */
                updated_at_gte?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts and sums of invoices by status and currency. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceSummary"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `invoice_not_found`: No such invoice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; there is nothing to say. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `invoice_not_found`: No such invoice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_state`: The state of the resource does not allow this. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["InvoicePatch"];
                "application/merge-patch+json": components["schemas"]["InvoicePatch"];
            };
        };
        responses: {
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `invoice_not_found`: No such invoice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invoice_not_editable`: An issued invoice cannot be changed.
             *     - `invoice_number_taken`: Another invoice already has this number.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `due_date_missing`: No due date can be derived.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_required`: This operation needs If-Match. */
            428: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    upsertInvoice: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The caller's own id; unique per tenant and type.
                 * @example SAP-0090004711
                 */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertInvoice"];
            };
        };
        responses: {
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `customer_not_found`: No such customer. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invoice_number_taken`: Another invoice already has this number.
             *     - `invoice_not_editable`: An issued invoice cannot be changed.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `due_date_missing`: No due date can be derived.
             *     - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    issueInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IssueInvoice"];
            };
        };
        responses: {
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `invoice_not_found`: No such invoice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `invoice_number_taken`: Another invoice already has this number.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    voidInvoice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidInvoice"];
            };
        };
        responses: {
            /** @description A document that claims money; immutable once issued. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `invoice_not_found`: No such invoice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `invoice_not_voidable`: Money or a notice has touched this invoice.
             *     - `invoice_number_taken`: Another invoice already has this number.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCreditNotes: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only this customer’s.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only those that correct this invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                invoice_id?: string;
                /**
                 * @description Only the one with this external id.
                 * @example SAP-0090004711
                 */
                external_id?: string;
                /**
                 * @description Only the one with this number.
                 * @example CN-2026-0042
                 */
                number?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of CreditNote resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNoteList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCreditNote: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKeyRequired"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCreditNote"];
            };
        };
        responses: {
            /** @description A document that takes a claim back. Lists leave `lines` out. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequestOrIdempotencyKeyRequired"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `customer_not_found`: No such customer.
             *     - `invoice_not_found`: No such invoice.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `credit_note_number_taken`: Another credit note already has this number.
             *     - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `currency_mismatch`: The currencies differ.
             *     - `customer_mismatch`: The documents belong to different customers.
             *     - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCreditNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The credit note.
                 * @example crn_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A document that takes a claim back. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `credit_note_not_found`: No such credit note. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCreditNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The credit note.
                 * @example crn_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreditNotePatch"];
                "application/merge-patch+json": components["schemas"]["CreditNotePatch"];
            };
        };
        responses: {
            /** @description A document that takes a claim back. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `credit_note_not_found`: No such credit note. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only this customer’s.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only the one with this external id.
                 * @example BANK-2026-03-14-17
                 */
                external_id?: string;
                /**
                 * @description Only these statuses.
                 * @example [
                 *       "received"
                 *     ]
                 */
                status?: ("received" | "reversed")[];
                /**
                 * @description Only those with money still to be used, or only those without.
                 * @example true
                 */
                unallocated?: boolean;
                /**
                 * @description Received on or after.
                 * @example 2026-03-31
                 */
                received_date_gte?: string;
                /**
                 * @description Received on or before.
                 * @example 2026-03-31
                 */
                received_date_lte?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of Payment resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPayment: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKeyRequired"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePayment"];
            };
        };
        responses: {
            /** @description Money received from a customer. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequestOrIdempotencyKeyRequired"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `customer_not_found`: No such customer.
             *     - `invoice_not_found`: No such invoice.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `insufficient_open_amount`: More than what is open.
             *     - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `currency_mismatch`: The currencies differ.
             *     - `customer_mismatch`: The documents belong to different customers.
             *     - `date_in_future`: The date lies in the future.
             *     - `amounts_do_not_add_up`: The amounts do not add up.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The payment.
                 * @example pay_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Money received from a customer. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `payment_not_found`: No such payment. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updatePayment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The payment.
                 * @example pay_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PaymentPatch"];
                "application/merge-patch+json": components["schemas"]["PaymentPatch"];
            };
        };
        responses: {
            /** @description Money received from a customer. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `payment_not_found`: No such payment. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    upsertPayment: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The caller's own id; unique per tenant and type.
                 * @example SAP-0090004711
                 */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertPayment"];
            };
        };
        responses: {
            /** @description Money received from a customer. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Money received from a customer. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `customer_not_found`: No such customer.
             *     - `invoice_not_found`: No such invoice.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `insufficient_open_amount`: More than what is open.
             *     - `invalid_state`: The state of the resource does not allow this.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `currency_mismatch`: The currencies differ.
             *     - `customer_mismatch`: The documents belong to different customers.
             *     - `date_in_future`: The date lies in the future.
             *     - `amounts_do_not_add_up`: The amounts do not add up.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    reversePayment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKeyRequired"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The payment.
                 * @example pay_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReversePayment"];
            };
        };
        responses: {
            /** @description Money received from a customer. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequestOrIdempotencyKeyRequired"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `payment_not_found`: No such payment. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `payment_already_reversed`: The payment has been reversed already.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    upsertCreditNote: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The caller's own id; unique per tenant and type.
                 * @example SAP-0090004711
                 */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertCreditNote"];
            };
        };
        responses: {
            /** @description A document that takes a claim back. Lists leave `lines` out. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            /** @description A document that takes a claim back. Lists leave `lines` out. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditNote"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `customer_not_found`: No such customer.
             *     - `invoice_not_found`: No such invoice.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `credit_note_number_taken`: Another credit note already has this number.
             *     - `invalid_state`: The state of the resource does not allow this.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `currency_mismatch`: The currencies differ.
             *     - `customer_mismatch`: The documents belong to different customers.
             *     - `date_in_future`: The date lies in the future.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDunningPolicies: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of DunningPolicy resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningPolicyList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDunningPolicy: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDunningPolicy"];
            };
        };
        responses: {
            /** @description How a tenant asks for what is overdue. `version` names the immutable version shown; items under way stay on theirs. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningPolicy"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `dunning_policy_contradictory`: The dunning policy contradicts itself.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDunningPolicy: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The dunning policy.
                 * @example dpo_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How a tenant asks for what is overdue. `version` names the immutable version shown; items under way stay on theirs. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningPolicy"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_policy_not_found`: No such dunning policy. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    replaceDunningPolicy: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match": components["parameters"]["IfMatchRequired"];
            };
            path: {
                /**
                 * @description The dunning policy.
                 * @example dpo_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceDunningPolicy"];
            };
        };
        responses: {
            /** @description How a tenant asks for what is overdue. `version` names the immutable version shown; items under way stay on theirs. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningPolicy"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_policy_not_found`: No such dunning policy. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `dunning_policy_contradictory`: The dunning policy contradicts itself.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDunningHolds: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only this customer’s.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only this invoice’s.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                invoice_id?: string;
                /**
                 * @description Why dunning waits.
                 * @example promise
                 */
                reason?: "dispute" | "promise" | "deferral" | "payment_expected" | "goodwill" | "legal" | "insolvency" | "other";
                /**
                 * @description Only those that hold today, or only those that do not.
                 * @example true
                 */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of DunningHold resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningHoldList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createDunningHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDunningHold"];
            };
        };
        responses: {
            /** @description A dated reason not to dun. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningHold"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `customer_not_found`: No such customer.
             *     - `invoice_not_found`: No such invoice.
             *     - `open_item_not_found`: No such open item.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `customer_mismatch`: The documents belong to different customers.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDunningHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The dunning hold.
                 * @example hld_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A dated reason not to dun. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningHold"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_hold_not_found`: No such dunning hold. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateDunningHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The dunning hold.
                 * @example hld_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DunningHoldPatch"];
                "application/merge-patch+json": components["schemas"]["DunningHoldPatch"];
            };
        };
        responses: {
            /** @description A dated reason not to dun. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningHold"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_hold_not_found`: No such dunning hold. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_state`: The state of the resource does not allow this. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    liftDunningHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The dunning hold.
                 * @example hld_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A dated reason not to dun. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningHold"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_hold_not_found`: No such dunning hold. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDunningRuns: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Runs on or after.
                 * @example 2026-03-31
                 */
                run_date_gte?: string;
                /**
                 * @description Runs on or before.
                 * @example 2026-03-31
                 */
                run_date_lte?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of DunningRun resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningRunList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    startDunningRun: {
        parameters: {
            query?: {
                /**
                 * @description True to validate and compute everything, and keep nothing.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartDunningRun"];
            };
        };
        responses: {
            /** @description What a dunning run would do now. Nothing of it is kept. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningPreview"];
                };
            };
            /** @description One evaluation of everything that was due for a look on one day. */
            202: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningRun"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `customer_not_found`: No such customer. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailedOrIdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDunningRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The dunning run.
                 * @example run_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One evaluation of everything that was due for a look on one day. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningRun"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_run_not_found`: No such dunning run. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDunningDecisions: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only this outcome.
                 * @example escalate
                 */
                outcome?: "escalate" | "wait" | "blocked" | "finished";
            };
            header?: never;
            path: {
                /**
                 * @description The dunning run.
                 * @example run_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of DunningDecision resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningDecisionList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_run_not_found`: No such dunning run. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDunningNotices: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only this customer’s.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description Only this run’s.
                 * @example run_01kjm7f7shez7837xta3mfn3a4
                 */
                run_id?: string;
                /**
                 * @description Only this level.
                 * @example 1
                 */
                level?: number;
                /**
                 * @description Issued on or after.
                 * @example 2026-03-31
                 */
                notice_date_gte?: string;
                /**
                 * @description Issued on or before.
                 * @example 2026-03-31
                 */
                notice_date_lte?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of DunningNotice resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningNoticeList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDunningNotice: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The dunning notice.
                 * @example ntc_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What one customer is told in one currency at one time, complete enough to be sent without asking back. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DunningNotice"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `dunning_notice_not_found`: No such dunning notice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    explainInvoiceDunning: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The invoice.
                 * @example inv_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Why an invoice is where it is in dunning, what comes next, and what stands in the way. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDunning"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `invoice_not_found`: No such invoice. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgingReport: {
        parameters: {
            query?: {
                /**
                 * @description The day whose end the report shows; today unless given.
                 * @example 2026-03-31
                 */
                as_of_date?: string;
                /**
                 * @description Only this customer.
                 * @example cus_01kjm7f7shez7837xta3mfn3a4
                 */
                customer_id?: string;
                /**
                 * @description One row per currency, or one per customer and currency.
                 * @example currency
                 */
                group_by?: "currency" | "customer";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was owed at the end of a day, by how long it had been overdue. Repeats its switches. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgingReport"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `customer_not_found`: No such customer. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The clock of a test tenant. Business days, stamps and events follow it; retries and leases follow real time. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestClock"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            /**
             * @description - `test_tenant_only`: Only test tenants have a test clock.
             *     - `insufficient_scope`: The credential lacks a scope.
             *     - `tenant_unknown`: The credential names no tenant of this service.
             */
            403: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    setTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTestClock"];
            };
        };
        responses: {
            /** @description The clock of a test tenant. Business days, stamps and events follow it; retries and leases follow real time. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestClock"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            /**
             * @description - `test_tenant_only`: Only test tenants have a test clock.
             *     - `insufficient_scope`: The credential lacks a scope.
             *     - `tenant_unknown`: The credential names no tenant of this service.
             */
            403: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `clock_advancing`: The test clock is advancing.
             *     - `clock_has_history`: The test clock cannot go back over what has happened.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    advanceTestClock: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceTestClock"];
            };
        };
        responses: {
            /** @description The clock of a test tenant. Business days, stamps and events follow it; retries and leases follow real time. */
            202: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestClock"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            /**
             * @description - `test_tenant_only`: Only test tenants have a test clock.
             *     - `insufficient_scope`: The credential lacks a scope.
             *     - `tenant_unknown`: The credential names no tenant of this service.
             */
            403: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `clock_advancing`: The test clock is advancing.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `instant_in_past`: The instant lies before the clock.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only endpoints in these states.
                 * @example [
                 *       "enabled"
                 *     ]
                 */
                status?: ("enabled" | "disabled")[];
                /**
                 * @description The caller's own id.
                 * @example erp-production
                 */
                external_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of WebhookEndpoint resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookEndpoint"];
            };
        };
        responses: {
            /** @description An endpoint and its new secret. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `external_id_taken`: Another resource already has this external id.
             *     - `webhook_endpoint_limit`: Too many webhook endpoints.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `webhook_url_refused`: The webhook URL is not allowed.
             *     - `validation_failed`: Validation failed.
             *     - `idempotency_key_reused`: The Idempotency-Key was used for another request.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent. It never shows its secret. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/merge-patch+json": components["schemas"]["WebhookEndpointPatch"];
                "application/json": components["schemas"]["WebhookEndpointPatch"];
            };
        };
        responses: {
            /** @description Where events are sent. It never shows its secret. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `external_id_taken`: Another resource already has this external id. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `webhook_url_refused`: The webhook URL is not allowed.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    upsertWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The caller's own id.
                 * @example erp-production
                 */
                external_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertWebhookEndpoint"];
            };
        };
        responses: {
            /** @description Where events are sent. It never shows its secret. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description An endpoint and its new secret. */
            201: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_limit`: Too many webhook endpoints. */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description - `webhook_url_refused`: The webhook URL is not allowed.
             *     - `validation_failed`: Validation failed.
             */
            422: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    enableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent. It never shows its secret. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    disableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent. It never shows its secret. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateWebhookSecret"];
            };
        };
        responses: {
            /** @description An endpoint and its new secret. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["IdempotencyInProgress"];
            412: components["responses"]["VersionMismatch"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailedOrIdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A test event that is on its way. */
            202: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only deliveries in these states.
                 * @example [
                 *       "pending"
                 *     ]
                 */
                status?: ("pending" | "delivered" | "failed" | "skipped" | "cancelled")[];
                /**
                 * @description Only events of these types.
                 * @example [
                 *       "tenant.created"
                 *     ]
                 */
                event_type?: ("tenant.created" | "tenant.updated" | "api_key.created" | "api_key.rotated" | "api_key.revoked" | "customer.created" | "customer.updated" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "invoice.issued" | "invoice.overdue" | "invoice.partly_paid" | "invoice.paid" | "invoice.reopened" | "invoice.voided" | "credit_note.issued" | "credit_note.updated" | "credit_note.allocated" | "payment.received" | "payment.updated" | "payment.allocated" | "payment.reversed" | "charge.claimed" | "dunning_policy.created" | "dunning_policy.updated" | "dunning_hold.created" | "dunning_hold.updated" | "dunning_hold.lifted" | "dunning_run.started" | "dunning_run.completed" | "dunning.notice_issued" | "dunning.level_changed" | "webhook_endpoint.created" | "webhook_endpoint.updated" | "webhook_endpoint.deleted" | "webhook_endpoint.disabled" | "webhook_endpoint.test" | "import.created" | "import.cancelled" | "import.completed" | "ledger.difference_found")[];
                /**
                 * @description Only deliveries of this event.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                event_id?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of WebhookDelivery resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `webhook_endpoint_not_found`: No such webhook endpoint. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
                /**
                 * @description The delivery.
                 * @example whd_01kjm7f7shez7837xta3mfn3a4
                 */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One endpoint’s copy of an event, and what became of it. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `webhook_endpoint_not_found`: No such webhook endpoint.
             *     - `webhook_delivery_not_found`: No such webhook delivery.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    resendWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description The webhook endpoint.
                 * @example whe_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
                /**
                 * @description The delivery.
                 * @example whd_01kjm7f7shez7837xta3mfn3a4
                 */
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One endpoint’s copy of an event, and what became of it. */
            202: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /**
             * @description - `webhook_endpoint_not_found`: No such webhook endpoint.
             *     - `webhook_delivery_not_found`: No such webhook delivery.
             */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `delivery_not_resendable`: The delivery is still pending.
             *     - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only imports of these resources.
                 * @example [
                 *       "customers"
                 *     ]
                 */
                resource?: ("customers" | "invoices" | "payments")[];
                /**
                 * @description Only these statuses.
                 * @example [
                 *       "queued"
                 *     ]
                 */
                status?: ("queued" | "running" | "succeeded" | "failed" | "cancelled")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of Import resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createImport: {
        parameters: {
            query?: {
                /**
                 * @description What the rows are: each has the shape of the body of `createCustomer`, `createInvoice` or `createPayment`.
                 * @example invoices
                 */
                resource?: "customers" | "invoices" | "payments";
                /**
                 * @description `create` refuses an external id that exists; `upsert` does to each row what PUT by external id does, and nothing to a payment that is there already. `create` unless given.
                 * @example upsert
                 */
                mode?: "create" | "upsert";
                /**
                 * @description True to keep all rows or none. False unless given.
                 * @example false
                 */
                atomic?: boolean;
                /**
                 * @description True to learn what would become of each row, and keep none of them. False unless given.
                 * @example false
                 */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description One key per intended effect, the same on every retry: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKeyRequired"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateImport"];
                /** @example {"customer_external_id":"C-1042","external_id":"SAP-0090004711","number":"R-2026-0815","currency":"EUR","issue_date":"2026-03-01","due_date":"2026-03-31","total_amount":148810,"issue":true} */
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description Thousands of rows sent at once, done in the background, with an outcome for each. Its counts grow without a new version. */
            202: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["InvalidParameterOrMalformedRequestOrIdempotencyKeyRequired"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            409: components["responses"]["IdempotencyInProgress"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailedOrIdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getImport: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag you already have; if it is still current, the answer is 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The import.
                 * @example imp_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Thousands of rows sent at once, done in the background, with an outcome for each. Its counts grow without a new version. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description What you have is still current. */
            304: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `import_not_found`: No such import. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listImportResults: {
        parameters: {
            query?: {
                /**
                 * @description Rows per page.
                 * @example 50
                 */
                limit?: number;
                /**
                 * @description `next_cursor` of the page before. It belongs to the same filters.
                 * @example eyJrIjpbXX0
                 */
                cursor?: string;
                /**
                 * @description Only rows with these outcomes.
                 * @example [
                 *       "created"
                 *     ]
                 */
                status?: ("created" | "updated" | "unchanged" | "failed")[];
            };
            header?: never;
            path: {
                /**
                 * @description The import.
                 * @example imp_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of ImportResult resources. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResultList"];
                };
            };
            /**
             * @description - `invalid_cursor`: The cursor does not belong to this list.
             *     - `invalid_parameter`: A path, query or header parameter is invalid.
             */
            400: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `import_not_found`: No such import. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One key, one effect: a repeat with the same key and body gets the first answer again. Visible ASCII, kept for seven days.
                 * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The ETag of the version you have seen; if the resource has changed since, nothing happens (412).
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The import.
                 * @example imp_01kjm7f7shez7837xta3mfn3a4
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Thousands of rows sent at once, done in the background, with an outcome for each. Its counts grow without a new version. */
            200: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["InsufficientScopeOrTenantUnknown"];
            /** @description `import_not_found`: No such import. */
            404: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description - `invalid_state`: The state of the resource does not allow this.
             *     - `idempotency_in_progress`: The first request with this key is still running.
             */
            409: {
                headers: {
                    "Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            412: components["responses"]["VersionMismatch"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    onTenantCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantEvent"] & {
                    /**
                     * @description What happened.
                     * @example tenant.created
                     * @constant
                     */
                    type: "tenant.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onTenantUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantEvent"] & {
                    /**
                     * @description What happened.
                     * @example tenant.updated
                     * @constant
                     */
                    type: "tenant.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onApiKeyCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyEvent"] & {
                    /**
                     * @description What happened.
                     * @example api_key.created
                     * @constant
                     */
                    type: "api_key.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onApiKeyRotated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyEvent"] & {
                    /**
                     * @description What happened.
                     * @example api_key.rotated
                     * @constant
                     */
                    type: "api_key.rotated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onApiKeyRevoked: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyEvent"] & {
                    /**
                     * @description What happened.
                     * @example api_key.revoked
                     * @constant
                     */
                    type: "api_key.revoked";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onCustomerCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerEvent"] & {
                    /**
                     * @description What happened.
                     * @example customer.created
                     * @constant
                     */
                    type: "customer.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onCustomerUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerEvent"] & {
                    /**
                     * @description What happened.
                     * @example customer.updated
                     * @constant
                     */
                    type: "customer.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.created
                     * @constant
                     */
                    type: "invoice.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.updated
                     * @constant
                     */
                    type: "invoice.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceDeleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.deleted
                     * @constant
                     */
                    type: "invoice.deleted";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceIssued: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.issued
                     * @constant
                     */
                    type: "invoice.issued";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceOverdue: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.overdue
                     * @constant
                     */
                    type: "invoice.overdue";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoicePartlyPaid: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.partly_paid
                     * @constant
                     */
                    type: "invoice.partly_paid";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoicePaid: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.paid
                     * @constant
                     */
                    type: "invoice.paid";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceReopened: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.reopened
                     * @constant
                     */
                    type: "invoice.reopened";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onInvoiceVoided: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceEvent"] & {
                    /**
                     * @description What happened.
                     * @example invoice.voided
                     * @constant
                     */
                    type: "invoice.voided";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onCreditNoteIssued: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditNoteEvent"] & {
                    /**
                     * @description What happened.
                     * @example credit_note.issued
                     * @constant
                     */
                    type: "credit_note.issued";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onCreditNoteUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditNoteEvent"] & {
                    /**
                     * @description What happened.
                     * @example credit_note.updated
                     * @constant
                     */
                    type: "credit_note.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onCreditNoteAllocated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditNoteEvent"] & {
                    /**
                     * @description What happened.
                     * @example credit_note.allocated
                     * @constant
                     */
                    type: "credit_note.allocated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onPaymentReceived: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentEvent"] & {
                    /**
                     * @description What happened.
                     * @example payment.received
                     * @constant
                     */
                    type: "payment.received";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onPaymentUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentEvent"] & {
                    /**
                     * @description What happened.
                     * @example payment.updated
                     * @constant
                     */
                    type: "payment.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onPaymentAllocated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentEvent"] & {
                    /**
                     * @description What happened.
                     * @example payment.allocated
                     * @constant
                     */
                    type: "payment.allocated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onPaymentReversed: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentEvent"] & {
                    /**
                     * @description What happened.
                     * @example payment.reversed
                     * @constant
                     */
                    type: "payment.reversed";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onChargeClaimed: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"] & {
                    /**
                     * @description What happened.
                     * @example charge.claimed
                     * @constant
                     */
                    type: "charge.claimed";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningPolicyCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningPolicyEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_policy.created
                     * @constant
                     */
                    type: "dunning_policy.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningPolicyUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningPolicyEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_policy.updated
                     * @constant
                     */
                    type: "dunning_policy.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningHoldCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningHoldEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_hold.created
                     * @constant
                     */
                    type: "dunning_hold.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningHoldUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningHoldEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_hold.updated
                     * @constant
                     */
                    type: "dunning_hold.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningHoldLifted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningHoldEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_hold.lifted
                     * @constant
                     */
                    type: "dunning_hold.lifted";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningRunStarted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningRunEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_run.started
                     * @constant
                     */
                    type: "dunning_run.started";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningRunCompleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningRunEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning_run.completed
                     * @constant
                     */
                    type: "dunning_run.completed";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningNoticeIssued: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunningNoticeEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning.notice_issued
                     * @constant
                     */
                    type: "dunning.notice_issued";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onDunningLevelChanged: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DunnedOpenItemEvent"] & {
                    /**
                     * @description What happened.
                     * @example dunning.level_changed
                     * @constant
                     */
                    type: "dunning.level_changed";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onWebhookEndpointCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointEvent"] & {
                    /**
                     * @description What happened.
                     * @example webhook_endpoint.created
                     * @constant
                     */
                    type: "webhook_endpoint.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onWebhookEndpointUpdated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointEvent"] & {
                    /**
                     * @description What happened.
                     * @example webhook_endpoint.updated
                     * @constant
                     */
                    type: "webhook_endpoint.updated";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onWebhookEndpointDeleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointEvent"] & {
                    /**
                     * @description What happened.
                     * @example webhook_endpoint.deleted
                     * @constant
                     */
                    type: "webhook_endpoint.deleted";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onWebhookEndpointDisabled: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointEvent"] & {
                    /**
                     * @description What happened.
                     * @example webhook_endpoint.disabled
                     * @constant
                     */
                    type: "webhook_endpoint.disabled";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onWebhookEndpointTest: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointEvent"] & {
                    /**
                     * @description What happened.
                     * @example webhook_endpoint.test
                     * @constant
                     */
                    type: "webhook_endpoint.test";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onImportCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportEvent"] & {
                    /**
                     * @description What happened.
                     * @example import.created
                     * @constant
                     */
                    type: "import.created";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onImportCancelled: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportEvent"] & {
                    /**
                     * @description What happened.
                     * @example import.cancelled
                     * @constant
                     */
                    type: "import.cancelled";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onImportCompleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportEvent"] & {
                    /**
                     * @description What happened.
                     * @example import.completed
                     * @constant
                     */
                    type: "import.completed";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
    onLedgerDifferenceFound: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the event, the same on every attempt: drop what you have seen.
                 * @example evt_01kjm7f7shez7837xta3mfn3a4
                 */
                "webhook-id": components["parameters"]["WebhookId"];
                /**
                 * @description When this attempt was made, in seconds since 1970; refuse what is more than five minutes off.
                 * @example 1775376000
                 */
                "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /**
                 * @description Space-separated signatures, `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; one must match.
                 * @example v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
                 */
                "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description Verify the signature over these bytes before parsing them. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["LedgerVerificationEvent"] & {
                    /**
                     * @description What happened.
                     * @example ledger.difference_found
                     * @constant
                     */
                    type: "ledger.difference_found";
                };
            };
        };
        responses: {
            410: components["responses"]["WebhookEndpointGone"];
            "2XX": components["responses"]["WebhookReceived"];
            "4XX": components["responses"]["WebhookNotReceived"];
        };
    };
}
