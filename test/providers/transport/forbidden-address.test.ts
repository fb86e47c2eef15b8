import assert from 'node:assert/strict'
import dns from 'node:dns'
import { describe, it, mock } from 'node:test'
import { createNetwork } from '../../../src/doctor/system/network.ts'
import { probeOllama } from '../../../src/providers/ollama/probe.ts'
import { isForbiddenAddress, lookupAllowed } from '../../../src/providers/transport/forbidden-address.ts'
import { createHttpTransport } from '../../../src/providers/transport/http.ts'
import { startUpstream } from '../../helpers/upstream.ts'

const FORBIDDEN = [
  '169.254.169.254',
  '169.254.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  'fe80::1',
  'febf:ffff::1',
  'fe80::1%eth0',
  '[fe80::1]',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::169.254.169.254',
  '64:ff9b::169.254.169.254',
  '2002:a9fe:a9fe::1',
  '::ffff:100.100.100.200',
]
const ALLOWED = [
  '127.0.0.1',
  '::1',
  '10.0.0.1',
  '192.168.1.5',
  '100.64.0.1',
  'fd00::5',
  'fec0::1',
  '8.8.8.8',
  '169.253.0.1',
  'localhost',
  'fe80.example',
]

/** For as long as `work` takes, every name stands for these addresses. */
async function withNames<T>(addresses: string[], work: () => Promise<T>): Promise<T> {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const fake = mock.method(dns, 'lookup', (_name: string, _options: object, callback: Function) =>
    process.nextTick(callback, null, found),
  )
  try {
    return await work()
  } finally {
    fake.mock.restore()
  }
}

function call(origin: string) {
  return {
    origin,
    path: '/',
    method: 'POST' as const,
    headers: { authorization: 'Bearer k' },
    body: '{}',
    connectMs: 1000,
  }
}

describe('forbidden addresses', () => {
  it('are link-local ones and metadata services, however they are written', () => {
    assert.deepEqual(
      FORBIDDEN.filter((address) => !isForbiddenAddress(address)),
      [],
    )
    assert.deepEqual(ALLOWED.filter(isForbiddenAddress), [])
  })

  it('are refused when a name turns out to stand for them, as something that was never sent', async () => {
    const transport = createHttpTransport()
    for (const address of ['169.254.169.254', 'fe80::1', 'fd00:ec2::254']) {
      for (const origin of ['http://models.example', 'https://models.example']) {
        const asked = withNames([address], () => transport.send(call(origin)).answer)
        await assert.rejects(asked, { code: 'ADDRESS_FORBIDDEN', neverSent: true })
      }
    }
    await transport.close()
  })

  it('are refused when the URL has them itself', async () => {
    const transport = createHttpTransport()
    for (const origin of ['http://169.254.169.254', 'http://[fe80::1]', 'http://2852039166']) {
      await assert.rejects(transport.send(call(new URL(origin).origin)).answer, { code: 'ADDRESS_FORBIDDEN' }, origin)
    }
    await transport.close()
  })

  it('are left out when a name stands for others too, as names in a local network do', async () => {
    const upstream = await startUpstream(() => ({ json: {} }))
    const transport = createHttpTransport()
    const origin = `http://box.example:${upstream.port}`
    const { status } = await withNames(['fe80::1', '127.0.0.1'], () => transport.send(call(origin)).answer)
    assert.equal(status, 200)
    await transport.close()
    await upstream.close()
  })

  it('are refused by the other two that connect: the probe for Ollama and doctor', async () => {
    const upstream = await startUpstream(() => ({ json: { models: [] } }))
    const url = `http://box.example:${upstream.port}`
    assert.deepEqual(await withNames(['127.0.0.1'], () => probeOllama(url, 2000)), [])
    assert.equal(await withNames(['169.254.169.254'], () => probeOllama(url, 2000)), undefined)
    assert.equal(await probeOllama('http://169.254.169.254', 2000), undefined)
    const connecting = createNetwork().connect('169.254.169.254', 80, AbortSignal.timeout(2000))
    await assert.rejects(connecting, { code: 'ADDRESS_FORBIDDEN' })
    await upstream.close()
  })

  it('are no reason to hide that a name is unknown', async () => {
    const error = await new Promise((resolve) => lookupAllowed('nowhere.invalid', {}, resolve))
    assert.match(String((error as NodeJS.ErrnoException).code), /ENOTFOUND|EAI_AGAIN/)
  })
})
