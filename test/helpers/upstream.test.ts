import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { openStream, request } from './http.ts'
import { refusedUrl, startUpstream, type Handler, type Reply, type Upstream } from './upstream.ts'

async function upstream(t: TestContext, reply: Reply | Handler): Promise<Upstream> {
  const started = await startUpstream(typeof reply === 'function' ? reply : () => reply)
  t.after(() => started.close())
  return started
}

async function collect(url: string): Promise<{ received: string; error: string | undefined }> {
  let received = ''
  const stream = await openStream(url)
  try {
    for await (const chunk of stream.chunks) received += chunk.toString('utf8')
    return { received, error: undefined }
  } catch (error) {
    return { received, error: (error as NodeJS.ErrnoException).code }
  }
}

describe('upstream', () => {
  it('records requests and numbers them', async (t) => {
    const { url, requests } = await upstream(t, (_request, n) => ({ status: 200 + n, json: { n } }))
    const first = await request(`${url}/v1/chat?x=1`, { body: { model: 'm' }, headers: { 'X-Test': 'yes' } })
    const second = await request(`${url}/v1/models`)
    assert.deepEqual([first.status, first.json(), second.status], [200, { n: 0 }, 201])
    assert.equal(first.headers['content-length'], '7')
    assert.deepEqual(
      requests.map(({ method, path, json }) => ({ method, path, json })),
      [
        { method: 'POST', path: '/v1/chat?x=1', json: { model: 'm' } },
        { method: 'GET', path: '/v1/models', json: {} },
      ],
    )
    assert.equal(requests[0]?.headers['x-test'], 'yes')
    assert.equal(requests[0]?.body.toString(), '{"model":"m"}')
  })

  const answers: { name: string; reply: Reply; type: string; body: string }[] = [
    { name: 'text', reply: { text: 'häh' }, type: 'text/plain; charset=utf-8', body: 'häh' },
    {
      name: 'sse',
      reply: { sse: ['{"a":1}', 'event: x\ndata: 2\n', ': note', '[DONE]'], delayMs: 1 },
      type: 'text/event-stream',
      body: 'data: {"a":1}\n\nevent: x\ndata: 2\n\n: note\n\ndata: [DONE]\n\n',
    },
    { name: 'ndjson', reply: { ndjson: ['{}', '[]'] }, type: 'application/x-ndjson', body: '{}\n[]\n' },
    {
      name: 'chunks',
      reply: { chunks: ['da', '', Buffer.from('ta: x\n')], headers: { 'content-type': 'a/b' } },
      type: 'a/b',
      body: 'data: x\n',
    },
  ]
  for (const { name, reply, type, body } of answers) {
    it(`answers with ${name}`, async (t) => {
      const { url, aborted } = await upstream(t, reply)
      const answer = await request(url)
      assert.deepEqual([answer.status, answer.headers['content-type'], answer.text], [200, type, body])
      assert.equal(aborted, 0)
    })
  }

  it('writes chunk by chunk', async (t) => {
    const { port } = await upstream(t, { chunks: ['one', 'two', 'three'] })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    const answer = (await text(socket)).split('\r\n\r\n').slice(1).join('\r\n\r\n')
    assert.equal(answer, '3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n')
  })

  for (const fault of ['reset', 'fin'] as const) {
    it(`breaks the connection before any byte: ${fault}`, async (t) => {
      const server = await upstream(t, { fault })
      await assert.rejects(request(server.url), { code: 'ECONNRESET' })
      assert.equal(server.requests.length, 1)
      assert.equal(server.aborted, 0)
    })
  }

  for (const fault of ['reset-after', 'fin-after'] as const) {
    it(`breaks the connection after some chunks: ${fault}`, async (t) => {
      const server = await upstream(t, { fault, chunks: ['a', 'b'] })
      assert.deepEqual(await collect(server.url), { received: 'ab', error: 'ECONNRESET' })
      assert.equal(server.aborted, 0)
    })
  }

  it('stalls after some chunks until the client leaves, and counts that', async (t) => {
    const server = await upstream(t, { fault: 'stall-after', chunks: ['a'] })
    const stream = await openStream(server.url)
    assert.equal((await stream.chunks.next()).value?.toString(), 'a')
    assert.equal(server.aborted, 0)
    stream.abort()
    await server.untilAborted()
    assert.equal(server.aborted, 1)
  })

  it('hangs after the headers', async (t) => {
    const server = await upstream(t, { fault: 'hang-after-headers', status: 201, headers: { 'x-id': '7' } })
    const stream = await openStream(server.url)
    assert.deepEqual([stream.status, stream.headers['x-id']], [201, '7'])
    stream.abort()
    await server.untilAborted()
  })

  it('hangs without a byte until it is closed', async (t) => {
    const server = await upstream(t, { fault: 'hang' })
    const hanging = assert.rejects(request(server.url), { code: 'ECONNRESET' })
    await server.untilReceived()
    await server.close()
    await hanging
  })

  it('sends raw bytes', async (t) => {
    const { url } = await upstream(t, { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort' })
    assert.deepEqual(await collect(url), { received: 'short', error: 'ECONNRESET' })
  })

  it('reports an exception in the handler', async (t) => {
    const { url } = await upstream(t, () => {
      throw new Error('unexpected call')
    })
    const answer = await request(url)
    assert.equal(answer.status, 599)
    assert.match(answer.text, /unexpected call/)
  })

  it('gives an address that refuses connections', async () => {
    const url = await refusedUrl()
    await assert.rejects(request(url), { code: 'ECONNREFUSED' })
    await assert.rejects(request(url), { code: 'ECONNREFUSED' })
  })
})
