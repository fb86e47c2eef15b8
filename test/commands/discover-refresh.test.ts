import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { EMPTY_LOCK, mergeLock } from '../../src/catalog/lock/merge.ts'
import type { Catalog } from '../../src/catalog/types.ts'
import { startRefresh } from '../../src/commands/discover-refresh.ts'
import { buildWorkspace } from '../../src/commands/load-workspace.ts'
import type { Workspace } from '../../src/commands/load-workspace.ts'
import { BUILT_IN } from '../../src/commands/open-profile.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import type { ServerEvent } from '../../src/server/events.ts'
import { fakeContext } from '../helpers/context.ts'
import { openAiList, routes } from '../helpers/discovery-fakes.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import { openUpstream } from '../helpers/opened.ts'
import type { Reply, Upstream } from '../helpers/upstream.ts'

/** Rounds follow each other at once. */
const FAST = { local: 5, others: 5 }
const NEVER = 2 ** 30

function tags(...names: string[]): Reply {
  return { json: ollamaTags(names.map((name) => ({ name, capabilities: ['completion'], context: 8192 }))) }
}

async function workspace(yaml: string, locked: string[] = [], file: string = 'sage.yaml'): Promise<Workspace> {
  const { profile, diagnostics } = parseProfile(`version: 1\nproviders:\n${yaml}`, file)
  assert.ok(profile !== undefined, JSON.stringify(diagnostics))
  const reports = profile.providers
    .filter(({ name }) => locked.includes(name))
    .map(({ name, kind, base_url: baseUrl = '' }) => ({
      provider: name,
      kind,
      baseUrl,
      models: [{ id: 'old:1b', local: { value: true, from: 'base_url' } }],
    }))
  const lock = mergeLock(EMPTY_LOCK, reports, new Set(locked), '2026-09-01')
  return buildWorkspace(fakeContext([]), profile, { lock })
}

interface Watched {
  events: ServerEvent[]
  catalogs: Catalog[]
  /** Resolves when that many events were logged. */
  until(count: number): Promise<void>
}

function watch(t: TestContext, made: Workspace, intervals: { local: number; others: number } = FAST): Watched {
  const events: ServerEvent[] = []
  const catalogs: Catalog[] = []
  let check: () => void = () => undefined
  const log = (event: ServerEvent): void => {
    events.push(event)
    check()
  }
  const refresh = startRefresh(made, { setCatalog: (catalog) => catalogs.push(catalog), log }, intervals)
  t.after(() => refresh.close())
  const until = (count: number): Promise<void> =>
    new Promise((resolve) => {
      check = () => void (events.length >= count && resolve())
      check()
    })
  return { events, catalogs, until }
}

async function ollama(first: Reply): Promise<{ upstream: Upstream; answer(reply: Reply): void }> {
  let now = first
  const upstream = await openUpstream(
    routes({ 'GET /api/tags': () => now, 'GET /api/ps': () => ({ json: { models: [] } }) }),
  )
  return { upstream, answer: (reply) => void (now = reply) }
}

describe('the refresh of serve', () => {
  it('shows a model that was pulled a moment ago, and forgets one that is gone', async (t) => {
    const { upstream, answer } = await ollama(tags('a:1b', 'b:1b'))
    const made = await workspace(`  mine: { kind: ollama, base_url: "${upstream.url}" }\n`)
    const { events, catalogs, until } = watch(t, made)
    answer(tags('c:1b', 'b:1b', 'a:1b'))
    await until(1)
    assert.deepEqual(events, [
      { type: 'models', provider: 'mine', models: 3, added: ['c:1b'], removed: [], changed: [] },
    ])
    assert.deepEqual([...(catalogs[0]?.byTarget.keys() ?? [])], ['mine/a:1b', 'mine/b:1b', 'mine/c:1b'])
    assert.deepEqual([...made.catalog.byTarget.keys()], ['mine/a:1b', 'mine/b:1b'], 'the first catalogue is as it was')
    answer(tags('c:1b'))
    await until(2)
    assert.deepEqual(events[1], {
      type: 'models',
      provider: 'mine',
      models: 1,
      added: [],
      removed: ['a:1b', 'b:1b'],
      changed: [],
    })
  })

  it('asks a local server known from the lock at once', async (t) => {
    const { upstream } = await ollama(tags('new:1b'))
    const made = await workspace(`  mine: { kind: ollama, base_url: "${upstream.url}" }\n`, ['mine'])
    assert.equal(upstream.requests.length, 0)
    const { events, until } = watch(t, made, { local: NEVER, others: NEVER })
    await until(1)
    assert.deepEqual(events[0], {
      type: 'models',
      provider: 'mine',
      models: 1,
      added: ['new:1b'],
      removed: ['old:1b'],
      changed: [],
    })
  })

  it('says once that a provider is silent, keeps its models, and goes on asking', async (t) => {
    const { upstream, answer } = await ollama(tags('a:1b'))
    const made = await workspace(`  mine: { kind: ollama, base_url: "${upstream.url}" }\n`)
    const { events, catalogs, until } = watch(t, made)
    answer({ status: 500, json: {} })
    await until(1)
    const asked = upstream.requests.length
    await upstream.untilReceived(asked + 6)
    assert.deepEqual(events, [{ type: 'models_unknown', provider: 'mine', message: 'HTTP 500 for /api/tags' }])
    assert.deepEqual(catalogs, [])
    answer(tags('a:1b', 'b:1b'))
    await until(2)
    assert.equal(events[1]?.type, 'models')
  })

  it('leaves alone what the profile lists and what nobody asked for', async (t) => {
    const { upstream } = await ollama(tags('a:1b'))
    const other = await openUpstream(() => openAiList(['m']))
    const made = await workspace(
      `  mine: { kind: ollama, base_url: "${upstream.url}" }\n` +
        `  listed: { kind: ollama, base_url: "${other.url}", models: [x] }\n` +
        `  table: { kind: openai, base_url: "${other.url}" }\n`,
    )
    const before = upstream.requests.length
    watch(t, made)
    await upstream.untilReceived(before + 6)
    assert.deepEqual(other.requests, [])
  })

  it('finds again what a built-in profile was made of', async (t) => {
    const { upstream } = await ollama(tags('a:1b', 'b:1b'))
    const line = `  ollama: { kind: ollama, base_url: "${upstream.url}", models: { "a:1b": { capabilities: [json], context: 8192 } } }\n`
    const { events, catalogs, until } = watch(t, await workspace(line, [], BUILT_IN))
    await until(1)
    assert.deepEqual(
      [events[0]?.type, [...(catalogs[0]?.byTarget.keys() ?? [])]],
      ['models', ['ollama/a:1b', 'ollama/b:1b']],
    )
  })
})
