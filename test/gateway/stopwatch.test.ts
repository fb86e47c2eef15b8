import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Stopwatch } from '../../src/gateway/stopwatch.ts'
import { until } from '../helpers/until.ts'

/** Keeps the event loop from running, as a long computation does. */
function block(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

describe('Stopwatch', () => {
  it('expires once its time is over, and not when it was stopped or refreshed', async () => {
    let expiries = 0
    const stopwatch = new Stopwatch(() => expiries++)
    stopwatch.start(20)
    await until(() => (stopwatch.expired ? true : undefined))
    await sleep(60)
    assert.equal(expiries, 1)

    const stopped = new Stopwatch(() => expiries++)
    stopped.start(20)
    stopped.stop()
    stopped.refresh()
    await sleep(60)
    assert.deepEqual([expiries, stopped.expired], [1, false])
  })

  it('waits as long again when the process was blocked, then expires after all', async () => {
    let expiries = 0
    const stopwatch = new Stopwatch(() => expiries++)
    stopwatch.start(100)
    block(250)
    // The timer is due by now and fires in this round.
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(expiries, 0, 'the time in which nothing could be read does not count')
    await until(() => (stopwatch.expired ? true : undefined))
    assert.equal(expiries, 1)
  })

  it('goes by the whole limit again when it is refreshed after a delay', async () => {
    let expiries = 0
    const stopwatch = new Stopwatch(() => expiries++)
    stopwatch.start(1000)
    block(1060)
    await sleep(5)
    stopwatch.refresh()
    await sleep(200)
    assert.equal(expiries, 0)
    stopwatch.stop()
  })

  it('sees what has come in by the time it would expire', async (t) => {
    const server = createServer((socket) => socket.write('x')).listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    t.after(() => socket.destroy())
    let expiries = 0
    const stopwatch = new Stopwatch(() => expiries++)
    socket.on('data', () => stopwatch.stop())
    await once(socket, 'connect')
    // The byte is in the kernel when the timer is due, a little late but not enough to count as blocked.
    stopwatch.start(30)
    block(50)
    await sleep(50)
    assert.equal(expiries, 0)
  })
})
