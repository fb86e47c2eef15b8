// F: what is left behind by profiles that are served no more.
import assert from 'node:assert/strict'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import { snapshotInput } from '../../helpers/router.ts'
import type { TestRouter } from '../../helpers/router.ts'
import { expectText, profileOf } from '../lab.ts'
import type { Lab } from '../lab.ts'
import { leadingTo, saying } from '../reload-bench.ts'
import type { LabCase } from '../types.ts'

const MIB = 1_048_576

export const RELOAD_MEMORY_CASES: readonly LabCase[] = [
  {
    id: 'F-20',
    fault: '1,000 reloads under load, each with connections of its own',
    expected: 'every request answered; heap within 5 MB; no connection and no socket left behind',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const upstreams = [await saying(lab, 'one'), await saying(lab, 'other')]
      // A connect time of its own keeps a provider from using the connections of the one before.
      const profile = (n: number): string =>
        profileOf([
          { name: `p${n}`, url: upstreams[n % 2]?.url ?? '', extra: `, timeouts: { connect_ms: ${1000 + n} }` },
        ])
      const router = await lab.router([{ name: 'a', url: upstreams[0]?.url ?? '' }])
      let from = { heap: 0, sockets: 0 }
      for (let n = 1; n <= 1000; n++) {
        const before = ask(lab, router, client, n)
        router.reloadYaml(profile(n), GRID_ENV)
        await Promise.all([before, ask(lab, router, client, -n)])
        // What is kept of sessions and log lines is not of the reload.
        router.events.length = 0
        if (n === 200) from = await measure()
      }
      const to = await measure()
      const open = await Promise.all(upstreams.map((upstream) => upstream.connections()))
      const grown = (to.heap - from.heap) / MIB
      assert.ok(grown < 5, `${grown.toFixed(1)} MiB`)
      assert.ok(open[0] !== undefined && open[1] !== undefined && open[0] + open[1] <= 4, `${open.join()} connections`)
      assert.ok(to.sockets - from.sockets <= 4, `${to.sockets - from.sockets} sockets`)
      return `2,000 answered; heap ${grown >= 0 ? '+' : ''}${grown.toFixed(2)} MiB, ${open.join('+')} connections open`
    },
  },
  {
    id: 'F-22',
    fault: 'a key that was rotated out',
    expected: 'it is in no snapshot any more, once the last request that used it has ended',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const upstream = await saying(lab, 'good')
      const router = await lab.router([{ name: 'a', url: upstream.url }])
      const former = reloadWith(router, leadingTo(upstream), 'the-key-before')
      expectText(await lab.ask(router, client), 'good')
      reloadWith(router, leadingTo(upstream), 'the-key-after')
      expectText(await lab.ask(router, client), 'good')
      assert.equal(upstream.requests.at(-1)?.headers.authorization, 'Bearer the-key-after')
      await measure()
      assert.equal(former.deref(), undefined)
      return 'collected'
    },
  },
]

function ask(lab: Lab, router: TestRouter, client: GridClient, n: number): Promise<void> {
  return lab.ask(router, client, { body: client.body({ text: `question ${n}` }) }).then((outcome) => {
    assert.equal(outcome.end, 'A')
  })
}

function reloadWith(router: TestRouter, yaml: string, key: string): WeakRef<object> {
  const input = snapshotInput(yaml, { TEST_KEY: key })
  router.reload(input)
  const secret = input.providers[0]?.keys[0]
  assert.ok(secret !== undefined)
  return new WeakRef(secret)
}

/** What is held, after all that can be collected has been. */
async function measure(): Promise<{ heap: number; sockets: number }> {
  const { gc } = globalThis
  assert.ok(gc !== undefined, 'run with --expose-gc')
  await sleep(300)
  for (let n = 0; n < 4; n++) {
    gc()
    await turn()
  }
  const sockets = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
  return { heap: process.memoryUsage().heapUsed, sockets }
}
