import fc from 'fast-check'
import t from 'tap'
import {
  idPattern,
  type Kind,
  newId,
  prefixes,
  publicId,
  publicIdOrNull,
  uuidOf,
} from '../../src/foundation/id.ts'

const kinds = Object.keys(prefixes) as Kind[]

t.test('a public id leads back to its row, and matches the pattern that is published', async () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.constantFrom(...kinds), (uuid, kind) => {
      const id = publicId(kind, uuid)
      return uuidOf(id) === uuid && new RegExp(idPattern(kind)).test(id) && id.length === 30
    }),
  )
})

t.test('an id of one kind does not match the pattern of another', async () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.constantFrom(...kinds),
      fc.constantFrom(...kinds),
      (uuid, one, other) => {
        return one === other || !new RegExp(idPattern(other)).test(publicId(one, uuid))
      },
    ),
  )
})

t.test('the pattern lets nothing through that could not be read', async () => {
  const suffixOf = (letters: string) =>
    fc.string({ unit: fc.constantFrom(...letters), minLength: 25, maxLength: 27 })
  const any = suffixOf('0123456789abcdefghijklmnopqrstuvwxyzA_-')
  const likely = suffixOf('0123456789abcdefghjkmnpqrstvwxyz')
  fc.assert(
    fc.property(fc.oneof(any, likely), (text) => {
      const id = `cus_${text}`
      if (!new RegExp(idPattern('customer')).test(id)) return true
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuidOf(id))
    }),
    { examples: [['00000000000000000000000000'], ['7zzzzzzzzzzzzzzzzzzzzzzzzz']] },
  )
})

t.test('prefixes are different, and ids grow with time', async (t) => {
  t.equal(new Set(Object.values(prefixes)).size, kinds.length)
  const ids = Array.from({ length: 1_000 }, () => newId())
  t.same([...ids].sort(), ids)
  t.equal(publicIdOrNull('invoice', null), null)
})
