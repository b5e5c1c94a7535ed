/**
 * A Fastify that reads JSON and answers the bytes it was started with: the most that any of our routes could do. Prints
 * its address. Started by the benches, in a process of its own like the service it stands beside.
 *
 *     ANSWER='{"id":"inv_…"}' node build/scripts/bench/bare-server.js
 */
import Fastify from 'fastify'

const http = Fastify()
const answer = process.env.ANSWER ?? '{}'
http.post('/', (_request, reply) => reply.code(201).type('application/json').send(answer))
console.log(await http.listen({ port: 0, host: '127.0.0.1' }))
