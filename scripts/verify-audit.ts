/**
 * Proves over HTTP alone that what is in the event feed is what was sealed: reads the feed and the chain of one tenant,
 * computes every hash again, and names the first difference. Ends with 1 when there is one.
 *
 *     npm run verify-audit -- --url https://receivables.example.org --key "$KEY" [--head <hash that was kept elsewhere>]
 *
 * The key needs the scopes `events:read`, `audit:read` and `tenants:read`. Without `--head` the service is only shown to
 * agree with itself.
 */
import { parseArgs } from 'node:util'
import { createClient } from '../openapi/client/src/index.ts'
import { checkChain } from './verify-audit/check-chain.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    key: { type: 'string', default: process.env.KEY ?? '' },
    head: { type: 'string' },
  },
})

const client = createClient({ baseUrl: values.url, token: values.key })
const { blocks, events, redacted, head, difference } = await checkChain(client, values.head)
if (difference === null) {
  console.log(
    `${events} events in ${blocks} blocks are as they were sealed, ${redacted} of them redacted with leave. Head: ${head}`,
  )
} else {
  const { block, sequence, reason } = difference
  const where = [block && `block ${block}`, sequence && `event at sequence ${sequence}`]
  console.error(`NOT as it was sealed: ${[...where.filter(Boolean), reason].join(': ')}`)
  console.error(`Before that, ${events} events in ${blocks} blocks are.`)
  process.exitCode = 1
}
