import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryGuard, readHeap } from '../../src/server/memory-guard.ts'

const MIB = 1_048_576

describe('MemoryGuard', () => {
  it('admits what the heap has room for, large bodies by a new reading', () => {
    let now = 0
    let used = 10 * MIB
    let readings = 0
    const guard = new MemoryGuard(
      () => now,
      () => {
        readings++
        return { used, limit: 100 * MIB }
      },
    )
    const other = guard.lease(MIB)
    other.take(1)
    const { admits } = guard.lease(MIB)
    assert.ok(admits(1000))
    assert.ok(admits(13 * MIB), '13 MiB that may come to 78')
    assert.ok(!admits(14 * MIB))
    assert.equal(readings, 3)
    used = 95 * MIB
    assert.ok(admits(0), 'a small body goes by a reading that is not old')
    now = 150
    assert.ok(!admits(0))
    used = 10 * MIB
    assert.ok(admits(MIB))
    assert.ok(admits(0), 'the reading of the large body')
  })

  it('admits a request that is alone, whatever else is in use: nothing would ever collect it', () => {
    const guard = new MemoryGuard(
      () => 0,
      () => ({ used: 99 * MIB, limit: 100 * MIB }),
    )
    const one = guard.lease(MIB)
    one.take(MIB)
    assert.ok(one.admits(MIB) && one.admits(9 * MIB))
    assert.ok(!one.admits(11 * MIB))
    const other = guard.lease(MIB)
    other.take(1)
    assert.ok(!one.admits(MIB) && !other.admits(1))
    other.release()
    assert.ok(one.admits(MIB))
  })

  it('counts bodies for as long as they are held', () => {
    const guard = new MemoryGuard(() => 0)
    const one = guard.lease(32 * MIB)
    const other = guard.lease(32 * MIB)
    assert.ok(one.take(200 * MIB))
    assert.ok(!other.take(100 * MIB))
    assert.ok(other.take(56 * MIB))
    one.release()
    one.release()
    assert.ok(other.take(200 * MIB))
    assert.ok(!other.take(1))
    other.release()
    assert.ok(guard.lease(1024 * MIB).take(1000 * MIB), 'one body may be as large as the profile says')
  })

  it('reads a limit that the process has', () => {
    const { used, limit } = readHeap()
    assert.ok(used > MIB && used < limit, `${used} of ${limit}`)
  })
})
