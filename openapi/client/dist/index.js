export { createClient, } from "./client.js";
export { ReceivablesError } from "./error.js";
export { verifySignature, verifyWebhook, WebhookVerificationError, } from "./webhook.js";
