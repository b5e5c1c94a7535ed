import t from 'tap'
import { consequenceOf, noticeStatuses } from '../../../src/dunning/notices/delivery.ts'
import { recipientsOf } from '../../../src/dunning/notices/recipients.ts'

const contact = (role: 'billing' | 'collections' | 'sales', more: object) => ({
  id: `con-${role}`,
  role,
  name: role,
  ...more,
})
const muster = {
  name: 'Muster GmbH',
  address: { line1: 'Musterweg 1', city: 'Berlin' },
  contacts: [
    contact('sales', { email: 'sales@muster.example', phone: '1' }),
    contact('billing', { email: 'money@muster.example', language: 'fr' }),
    contact('collections', { email: 'money@muster.example', phone: '2' }),
  ],
}
const order = (...channels: ('email' | 'letter' | 'sms' | 'phone' | 'portal')[]) =>
  recipientsOf(muster, channels, 'de').map(
    ({ channel, name, address }) => `${channel} ${name} ${address}`,
  )

t.test(
  'channels come in the order of the level, contacts by role, each address once',
  async (t) => {
    t.same(order('email', 'letter', 'phone'), [
      'email collections money@muster.example',
      'email sales sales@muster.example',
      'letter Muster GmbH null',
      'phone collections 2',
      'phone sales 1',
    ])
    t.same(order('portal', 'sms'), ['portal Muster GmbH null', 'sms collections 2', 'sms sales 1'])
    t.same(order(), [])
  },
)

t.test('a letter needs an address, a mail a contact that has one', async (t) => {
  t.same(recipientsOf({ ...muster, address: null, contacts: [] }, ['email', 'letter'], 'de'), [])
  const [letter] = recipientsOf(muster, ['letter'], 'de')
  t.match(letter, { postal_address: muster.address, language: 'de', contact_id: null, role: null })
})

t.test('everybody is written to in their own language', async (t) => {
  const contacts = [contact('billing', { email: 'a@muster.example', language: 'fr' })]
  t.match(recipientsOf({ ...muster, contacts }, ['email'], 'de'), [{ language: 'fr' }])
})

t.test('a report never takes a notice back', async (t) => {
  t.equal(consequenceOf('issued', 'sent', true), 'sent')
  t.equal(consequenceOf('issued', 'sent', false), null, 'by a way that was given up')
  t.equal(consequenceOf('rerouted', 'delivered', false), 'delivered', 'it has arrived after all')
  t.equal(consequenceOf('undeliverable', 'viewed', false), 'viewed')
  t.equal(consequenceOf('delivered', 'sent', true), null)
  t.equal(consequenceOf('viewed', 'viewed', true), null)
  t.equal(consequenceOf('delivered', 'bounced', true), 'reroute', 'mail may come back late')
  t.equal(consequenceOf('viewed', 'bounced', true), null, 'but not what was seen')
  t.equal(consequenceOf('sent', 'failed', false), null)
  for (const status of noticeStatuses.filter((one) => one === 'cancelled' || one === 'reversed'))
    for (const report of ['sent', 'delivered', 'viewed', 'bounced', 'failed'] as const)
      t.equal(consequenceOf(status, report, true), null)
})
