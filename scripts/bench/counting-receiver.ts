/** The receivers of `webhook-deliveries.ts`: answers 204 to every post, and tells its parent how many came when asked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

let count = 0
const server = createServer((request, response) => {
  request.resume()
  request.once('end', () => {
    count += 1
    response.writeHead(204).end()
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('message', () => process.send?.(count))
process.on('disconnect', () => process.exit())
