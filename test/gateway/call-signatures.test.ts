import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, ToolCallPart } from '../../src/chat/request.ts'
import { CallSignatures, restoreSignatures } from '../../src/gateway/call-signatures.ts'

function call(change: Partial<ToolCallPart> = {}): ToolCallPart {
  return { type: 'tool_call', id: 'call_1', name: 'f', arguments: '{"a":1,"b":{"c":2,"d":3}}', ...change }
}

const SIGNED = call({ signature: 's' })

describe('CallSignatures', () => {
  const cases: [name: string, asked: ToolCallPart, session: string, target: string, found: string | undefined][] = [
    ['by id', call({ name: 'x', arguments: '' }), 's1', 'g/m', 's'],
    ['by an id whose other characters are gone', call({ id: 'call1', name: 'x' }), 's1', 'g/m', 's'],
    ['by tool and arguments', call({ id: 'other' }), 's1', 'g/m', 's'],
    ['whatever the order of the arguments', call({ id: '', arguments: '{"b":{"d":3,"c":2},"a":1}' }), 's1', 'g/m', 's'],
    ['not with other arguments', call({ id: '', arguments: '{"a":2}' }), 's1', 'g/m', undefined],
    ['not of another tool', call({ id: '', name: 'g' }), 's1', 'g/m', undefined],
    ['not in another session', call(), 's2', 'g/m', undefined],
    ['not for another target', call(), 's1', 'g/n', undefined],
  ]
  for (const [name, asked, session, target, found] of cases) {
    it(`finds ${name}`, () => {
      const signatures = new CallSignatures()
      signatures.remember('s1', 'g/m', SIGNED)
      assert.equal(signatures.find(session, target, asked), found)
    })
  }

  it('forgets the oldest, and keeps what is used up to a bound', () => {
    const signatures = new CallSignatures()
    for (let n = 0; n < 3000; n++) {
      signatures.remember('s', 't', call({ id: `id${n}`, arguments: String(n), signature: String(n) }))
    }
    assert.equal(signatures.find('s', 't', call({ id: 'id0', arguments: '0' })), undefined)
    assert.equal(signatures.find('s', 't', call({ id: 'id2999', arguments: '2999' })), '2999')
  })

  it('remembers none that is missing or huge', () => {
    const signatures = new CallSignatures()
    signatures.remember('s', 't', call())
    signatures.remember('s', 't', call({ signature: 'x'.repeat(100_000) }))
    assert.equal(signatures.find('s', 't', call()), undefined)
  })
})

describe('restoreSignatures', () => {
  const request: ChatRequest = {
    model: 'm',
    stream: false,
    tools: [],
    messages: [{ role: 'assistant', content: [call(), SIGNED, { type: 'text', text: 'x' }] }],
  }

  it('gives calls what they have lost', () => {
    const restored = restoreSignatures(request, () => 'found')
    assert.deepEqual(restored.messages, [
      { role: 'assistant', content: [call({ signature: 'found' }), SIGNED, { type: 'text', text: 'x' }] },
    ])
  })

  it('gives back the very request when nothing is known', () => {
    assert.equal(
      restoreSignatures(request, () => undefined),
      request,
    )
  })
})
