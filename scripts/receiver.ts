/**
 * A receiver of webhooks to look on: it says what came in, once the signature was verified.
 *
 *     WEBHOOK_SECRET=whsec_… npm run receiver      listens on http://127.0.0.1:4000/webhooks; PORT names another port
 *
 * Receivers to copy, in five languages, are in the guide at `/docs/guides/webhook-receivers`.
 */
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type ReceivablesEvent, verifyWebhook } from '../openapi/client/src/index.ts'

const secret = process.env.WEBHOOK_SECRET
if (!secret) throw new Error('Set WEBHOOK_SECRET to the secret of the endpoint')
const port = Number(process.env.PORT || 4000)
const seen = new Set<string>()

createServer(async (request, response) => {
  const rawBody = await buffer(request)
  try {
    const event = await verifyWebhook(secret, request.headers, rawBody)
    if (!seen.has(event.id)) console.log(`verified ${event.type}  ${nameOf(event)}`)
    seen.add(event.id)
    response.writeHead(204).end()
  } catch (error) {
    console.log(`refused  ${error instanceof Error ? error.message : String(error)}`)
    response.writeHead(401).end()
  }
}).listen(port, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${port}/webhooks`))

/** What people call it: its number or name, else its id. */
function nameOf({ data }: ReceivablesEvent): string {
  const { number, name, id } = data.object as Record<string, unknown>
  return String(number ?? name ?? id)
}
