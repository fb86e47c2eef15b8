// S: what a provider, a name server, a profile or another user of the machine may try.
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import dns from 'node:dns'
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { request } from '../../helpers/http.ts'
import { refusedUrl } from '../../helpers/upstream.ts'
import { exchange } from '../exchange.ts'
import { ASK, expectText, fine } from '../lab.ts'
import { at, command, filesBelow, folder, HEAD, refused, serveHere, taken } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'
import { one, TOKEN, WITH_TOKEN } from './security-routes.ts'

export const SECURITY_MACHINE_CASES: readonly LabCase[] = [
  {
    id: 'S-15',
    fault: 'paths that lead out: as names of clients, templates, providers, models, sessions',
    expected: 'refused, or a name like any other; nothing outside the folder is written',
    per: 'once',
    run: async (lab) => {
      const outer = folder(lab)
      const cwd = join(outer, 'in', 'side')
      mkdirSync(cwd, { recursive: true })
      writeFileSync(join(outer, 'canary'), 'canary')
      const out = [
        '../../canary',
        '../../evil',
        '/../../canary',
        '..\\..\\canary',
        'codex/../../../canary',
        '%2e%2e/canary',
      ]
      const ids = { data: out.map((id) => ({ id, object: 'model' })) }
      const only = await lab.upstream((received) =>
        received.path.endsWith('/models') ? { json: ids } : fine(received),
      )
      const text = `version: 1\nproviders:\n  a: { kind: openai-compatible, base_url: "${only.url}/v1", key: env:TEST_KEY }\n`
      writeFileSync(join(cwd, 'sage.yaml'), text)
      for (const path of out) {
        const names = [['completion', path], ['help', path], [path], ['doctor', '--only', path]]
        // It looks around on the machine first, which takes a while.
        if (path === out[0]) names.push(['init', '--yes', '--client', path])
        for (const argv of names) {
          const { code, stderr } = await command(cwd, argv, GRID_ENV)
          assert.equal(code, 2, `${argv.join(' ')}: ${stderr}`)
        }
        await refused(lab, `${HEAD}  ${JSON.stringify(path)}: { kind: demo }\n`, at('SAGE1014', 4))
      }
      assert.equal((await command(cwd, ['discover'], GRID_ENV)).code, 0)
      // Cases come with pull requests, and a report quotes what they name.
      const cases = ['../../canary', '/../../canary', 'link'].map((file) => ({ id: file, file }))
      writeFileSync(join(cwd, 'cases.json'), JSON.stringify(cases))
      if (process.platform !== 'win32') symlinkSync(join(outer, 'canary'), join(cwd, 'link'))
      const explained = await command(cwd, ['explain', '--cases', 'cases.json', '--assume-keys'], GRID_ENV)
      assert.equal(explained.code, 2)
      assert.equal(explained.stderr.match(/outside the folder|cannot read/g)?.length, 3, explained.stderr)
      const server = await serveHere(lab, cwd, GRID_ENV, { log: 'log' })
      for (const client of GRID_CLIENTS) {
        for (const path of out) {
          const headers = { ...client.headers, 'x-session-id': path, session_id: path }
          const body = { ...client.body(ASK), model: `a/${path}`, prompt_cache_key: path, metadata: { user_id: path } }
          await exchange(server.url, { path: client.path, headers, body })
        }
      }
      await server.stop()
      const outside = Object.entries(filesBelow(outer)).filter(([name]) => !name.startsWith(join('in', 'side')))
      assert.deepEqual(outside, [['canary', 'canary']])
      return `${out.length} paths, ${Object.keys(filesBelow(cwd)).length} files, all inside`
    },
  },
  {
    id: 'S-22',
    fault: 'a name in the profile that turns to 169.254.169.254, fe80::1 or another metadata address',
    expected: 'refused when it connects; the next target answers; a name that also stands for others is used there',
    per: 'client',
    run: async (lab, client) => {
      const [inner, second] = [await lab.healthy(), await lab.healthy()]
      const addresses: Record<string, string[]> = {
        'v4.example': ['169.254.169.254'],
        'v6.example': ['fe80::1'],
        'aws.example': ['fd00:ec2::254'],
        'mixed.example': ['169.254.169.254', '127.0.0.1'],
      }
      const original = dns.lookup
      const lookup = (name: string, options: object, callback: (...args: unknown[]) => void): void => {
        const found = addresses[name]?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        if (found === undefined) original(name, options, callback)
        else process.nextTick(callback, null, found)
      }
      Object.assign(dns, { lookup })
      try {
        const seen: string[] = []
        for (const name of Object.keys(addresses)) {
          const router = await lab.router([
            { name: 'a', url: `http://${name}:${inner.port}` },
            { name: 'b', url: second.url },
          ])
          expectText(await lab.ask(router, client))
          const [attempt] = router.requests()[0]?.attempts ?? []
          seen.push(`${name} ${attempt?.outcome}`)
          if (name === 'mixed.example') assert.equal(attempt?.outcome, 'ok')
          else assert.match(`${attempt?.outcome} ${attempt?.message}`, /^network .*link-local or a metadata service/)
        }
        assert.deepEqual([inner.requests.length, second.requests.length], [1, 3])
        return seen.join(', ')
      } finally {
        Object.assign(dns, { lookup: original })
      }
    },
  },
  {
    id: 'S-28',
    fault: 'YAML tags that make objects elsewhere; 0.9 MB of !!binary',
    expected: 'exit 2 at the tag; nothing is run or shown raw',
    per: 'once',
    run: async (lab) => {
      const tags = [
        "!!js/function 'function () { globalThis.polluted = 1 }'",
        "!!js/regexp '/(a+)+$/'",
        "!!python/object/apply:os.system ['touch owned']",
        '!<tag:yaml.org,2002:js/undefined> ""',
        `!!binary "${'QUFB'.repeat(225_000)}"`,
        '!Ref x',
        '!!set { a }',
        '!!timestamp 2020-01-01',
      ]
      for (const tag of tags) await refused(lab, `${HEAD}x-a: ${tag}\n`, at('SAGE1005', 4, 'unknown tag'))
      const merged = `${HEAD}__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n`
      await refused(lab, merged, at('SAGE1011', 4))
      assert.equal(({} as { polluted?: unknown }).polluted, undefined)
      await taken(lab, 'version: !!int 1\nproviders: !!map { a: { kind: !!str demo } }\n')
      return `${tags.length} tags refused, those of the core schema taken`
    },
  },
  {
    id: 'S-29',
    fault: 'a hundred patterns made to backtrack, and prompts made for them',
    expected: 'every request is answered, in time that does not grow with the prompt’s square',
    per: 'once',
    run: async (lab, client) => {
      const patterns = Array.from({ length: 100 }, (_, n) => `'^(a+)+(a|aa)*(.*a){${1 + (n % 9)}}x${n}$'`)
      const only = await lab.healthy()
      const router = await lab.router([{ name: 'a', url: only.url }], {
        top: `intents: { mine: { patterns: [${patterns.join(', ')}] } }`,
      })
      const times: number[] = []
      for (const letters of [1000, 10_000, 100_000, 400_000]) {
        const started = performance.now()
        expectText(await lab.ask(router, client, { body: client.body({ text: `${'a'.repeat(letters)}!` }) }))
        times.push(Math.round(performance.now() - started))
      }
      // With backtracking the first of them would not come back.
      assert.ok(Math.max(...times) < 20_000, times.join())
      return `1,000 to 400,000 letters in ${times.join(', ')} ms`
    },
  },
  {
    id: 'S-30',
    fault: 'tokens that differ in the first or the last letter, or in length',
    expected: 'each is compared by timingSafeEqual, on SHA-256 hashes',
    per: 'once',
    run: async (lab) => {
      const { router } = await one(lab, WITH_TOKEN)
      const tokens = [
        `x${TOKEN.slice(1)}`,
        `${TOKEN.slice(0, -1)}x`,
        TOKEN.slice(1),
        `${TOKEN}x`,
        'x'.repeat(5000),
        TOKEN,
      ]
      const compared: [Buffer, Buffer][] = []
      const original = crypto.timingSafeEqual
      Object.assign(crypto, {
        timingSafeEqual: (a: Buffer, b: Buffer) => {
          compared.push([a, b])
          return original(a, b)
        },
      })
      syncBuiltinESMExports()
      try {
        for (const token of tokens) {
          const { status } = await request(`${router.url}/v1/models`, { headers: { 'x-api-key': token } })
          assert.equal(status, token === TOKEN ? 200 : 401)
        }
      } finally {
        Object.assign(crypto, { timingSafeEqual: original })
        syncBuiltinESMExports()
      }
      const hash = (text: string): string => crypto.createHash('sha256').update(text).digest('hex')
      assert.deepEqual(
        compared.map(([a, b]) => [a.toString('hex'), b.toString('hex')]),
        tokens.map((token) => [hash(token), hash(TOKEN)]),
      )
      return `${compared.length} comparisons of 32 bytes`
    },
  },
  {
    id: 'S-32',
    fault: 'a umask that lets everybody read and write',
    expected: 'logs, state and records 0600 in folders 0700; what others may read, they cannot change',
    per: 'once',
    run: async (lab) => {
      if (process.platform === 'win32') return 'Windows has access lists instead'
      const before = process.umask(0)
      try {
        const list = { object: 'list', data: [{ id: 'm', object: 'model' }] }
        const only = await lab.upstream((received) =>
          received.path.endsWith('/models') ? { json: list } : fine(received),
        )
        const cwd = folder(lab)
        const env = { ...GRID_ENV, OLLAMA_HOST: await refusedUrl(), OPENAI_API_KEY: 'k-0123456789abcdefghij' }
        mkdirSync(join(cwd, '.git'))
        const init = await command(cwd, ['init', '--yes', '--no-lock', '--client', 'codex,aider'], env)
        assert.equal(init.code, 0, init.stderr)
        const text = `version: 1\nproviders:\n  a: { kind: openai-compatible, base_url: "${only.url}/v1", key: env:TEST_KEY, models: [m] }\n`
        writeFileSync(join(cwd, 'sage.yaml'), text)
        const { code, stderr } = await command(cwd, ['discover'], env)
        assert.equal(code, 0, stderr)
        const server = await serveHere(lab, cwd, env, { log: 'logs/decisions.jsonl', recordPrompts: true })
        for (const client of GRID_CLIENTS)
          await exchange(server.url, { path: client.path, headers: client.headers, body: client.body(ASK) })
        await server.stop()
        const files = Object.keys(filesBelow(cwd))
        // Written here by the test itself.
        const modes = files
          .filter((name) => name !== 'sage.yaml')
          .map((name) => [name, modeOf(join(cwd, name))] as const)
        const isPrivate = (name: string): boolean => /^logs|state/.test(name)
        assert.deepEqual(
          modes.filter(([name, mode]) => (mode & (isPrivate(name) ? 0o077 : 0o022)) !== 0),
          [],
        )
        for (const kind of [/^logs\/decisions/, /state\/sage\/init-1\.json/, /sage\.lock\.yaml$/, /codex/])
          assert.ok(
            files.some((name) => kind.test(name)),
            `${kind} of ${files.join(', ')}`,
          )
        for (const directory of ['logs', '.local/state/sage'])
          assert.equal(modeOf(join(cwd, directory)), 0o700, directory)
        return `${modes.length} files: ${modes.map(([name, mode]) => `${name} ${mode.toString(8)}`).join(', ')}`
      } finally {
        process.umask(before)
      }
    },
  },
]

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}
