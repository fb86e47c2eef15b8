import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTransports } from '../../src/providers/index.ts'
import { resolveProviders } from '../../src/providers/resolve.ts'
import type { HttpTransport } from '../../src/providers/transport/http.ts'
import type { Provider } from '../../src/providers/types.ts'
import { profileOf, profileProvider } from './helpers.ts'

function provider(name: string, base_url: string, connect_ms: number = 5000): Provider {
  const given = profileProvider({ name, kind: 'openai-compatible', base_url, timeouts: { connect_ms } })
  const [made] = resolveProviders(profileOf(given), () => undefined)
  assert.ok(made !== undefined)
  return made
}

const A = provider('a', 'http://127.0.0.1:1/v1')
const SAME = provider('same', 'http://127.0.0.1:1/other')
const IMPATIENT = provider('impatient', 'http://127.0.0.1:1/v1', 100)
const B = provider('b', 'http://127.0.0.1:2/v1')

describe('connections to providers', () => {
  it('are shared by providers of one address and one connect time, and closed with their last holder', async () => {
    const made: (HttpTransport & { closed: boolean })[] = []
    const transports = createTransports(() => {
      const transport = {
        closed: false,
        send: () => assert.fail('nothing is sent'),
        close: async () => {
          transport.closed = true
        },
      }
      made.push(transport)
      return transport
    })
    const closed = (): boolean[] => made.map((each) => each.closed)
    const first = transports.hold([A, SAME, IMPATIENT])
    assert.equal(first.sendTo(A), first.sendTo(SAME))
    assert.notEqual(first.sendTo(A), first.sendTo(IMPATIENT))
    const second = transports.hold([SAME, B])
    assert.equal(made.length, 3)
    assert.equal(second.sendTo(SAME), first.sendTo(A))
    assert.throws(() => second.sendTo(IMPATIENT), RangeError)
    await first.release()
    assert.deepEqual(closed(), [false, true, false])
    await second.release()
    assert.deepEqual(closed(), [true, true, true])
    // What was closed is opened anew.
    transports.hold([A])
    assert.equal(made.length, 4)
    await transports.close()
    assert.deepEqual(closed(), [true, true, true, true])
  })
})
