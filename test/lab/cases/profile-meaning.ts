// F: profiles that are YAML but mean what must not be, or nothing at all.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { compilePattern } from '../../../src/profile/linear-pattern.ts'
import { makePrivate } from '../../../src/init/record.ts'
import { startRouter } from '../../helpers/router.ts'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { expectText } from '../lab.ts'
import { at, command, HEAD, refused, taken, withProfile } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

/** An OpenAI-compatible provider with these members more. */
const provider = (more: string): string =>
  `version: 1\nproviders:\n  a: { kind: openai-compatible, models: [m], ${more} }\n`
/** Longest that a linear pattern may take here; a backtracking one takes longer than the universe has been there. In ms. */
const HUNG = 10_000

export const PROFILE_MEANING_CASES: readonly LabCase[] = [
  {
    id: 'F-02',
    fault: 'keys with a typing error, at every level',
    expected: 'exit 2 with the key that was meant',
    per: 'once',
    run: async (lab) => {
      const typos: [text: string, line: number, meant: string][] = [
        [`${HEAD}polices: {}\n`, 4, 'policies'],
        [`version: 1\nproviders:\n  a: { kind: demo, modles: [m] }\n`, 3, 'models'],
        [`${HEAD}serve: { prot: 1 }\n`, 4, 'port'],
        [`${HEAD}policies: { auto: { falback: [a/small] } }\n`, 4, 'fallback'],
        [`${HEAD}policies: { auto: { rules: [ { name: r, when: { streem: true } } ] } }\n`, 4, 'stream'],
        [`version: 1\nproviders:\n  a: { kind: dmeo }\n`, 3, 'demo'],
      ]
      const seen: string[] = []
      for (const [text, line, meant] of typos) {
        seen.push(await refused(lab, text, new RegExp(`^sage\\.yaml:${line}:[^]*${meant}`, 'm')))
      }
      return `${seen.length} refused: ${seen[0]}`
    },
  },
  {
    id: 'F-03',
    fault: 'wrong types: no, on, 012, 1_000, a port of 70000, text for a list, a list for text',
    expected: 'exit 2 with the path and what was expected',
    per: 'once',
    run: async (lab) => {
      const wrong: [text: string, says: RegExp][] = [
        [provider('base_url: "http://x.example", local: no'), at('SAGE1013', 3, 'true or false')],
        [provider('base_url: "http://x.example", local: on'), at('SAGE1013', 3, 'true or false')],
        [`${HEAD}serve: { port: 012 }\n`, at('SAGE1014', 4, 'start with 0')],
        [`${HEAD}serve: { port: 8_790 }\n`, at('SAGE1013', 4, 'whole number')],
        [`${HEAD}serve: { port: 70000 }\n`, at('SAGE1014', 4, 'at most 65535')],
        [`${HEAD}serve: { port: -1 }\n`, at('SAGE1014', 4)],
        [`${HEAD}serve: { port: 1.5 }\n`, at('SAGE1013', 4)],
        [`${HEAD}policies: { auto: { rules: r } }\n`, at('SAGE1013', 4, 'a list')],
        [provider('base_url: [x]'), at('SAGE1013', 3, 'text')],
        ['- a\n', at('SAGE1013', 1)],
        ['', /SAGE10/],
      ]
      for (const [text, says] of wrong) await refused(lab, text, says)
      return `${wrong.length} refused`
    },
  },
  {
    id: 'F-04',
    fault: 'keys that are not set: of one provider, of all',
    expected: 'that provider is left out with a warning; without any left, serve ends with 3 and doctor with 1',
    per: 'client',
    run: async (lab, client) => {
      const [keyed, plain] = [await lab.healthy(), await lab.healthy()]
      const one = (name: string, url: string, key: string): string =>
        `  ${name}: { kind: openai-compatible, base_url: "${url}/v1", local: false${key}, models: { m: { context: 200000, capabilities: [tools, vision] } } }\n`
      const text = `version: 1\nproviders:\n${one('a', keyed.url, ', key: env:NOT_SET')}`
      const both = `${text}${one('b', plain.url, '')}policies: { auto: { rules: [ { name: r, when: {}, prefer: [a/m, b/m] } ] } }\n`
      const router = await startRouter(both, { env: GRID_ENV })
      lab.onClose(router.close)
      const seen = expectText(await lab.ask(router, client))
      assert.deepEqual([keyed.requests.length, plain.requests.length], [0, 1])
      if (client.dialect !== 'chat' || client.stream) return seen
      const cwd = withProfile(lab, both)
      assert.match((await command(cwd, ['explain', 'hello'])).stdout, /no_key|b\/m/)
      writeFileSync(join(cwd, 'sage.yaml'), text)
      const served = await command(cwd, ['serve', '--port', '0'])
      assert.equal(served.code, 3)
      assert.match(served.stderr, /provider a is left out: environment variable NOT_SET is not set/)
      assert.equal((await command(cwd, ['doctor', '--offline'])).code, 1)
      return `${seen}; serve ends with 3, doctor with 1`
    },
  },
  {
    id: 'F-11',
    fault: 'patterns that backtrack for ever, look around, refer back or are none; a prompt of 400 KB',
    expected: 'matched in linear time, or exit 2 with a hint',
    per: 'once',
    run: async (lab, client) => {
      const intents = (pattern: string): string =>
        `${HEAD}intents:\n  mine:\n    patterns: ['${pattern}']\npolicies: { auto: { rules: [ { name: r, when: { intent: mine }, prefer: ["a/*"] } ] } }\n`
      for (const pattern of ['(?=a)b', '(?<!a)b', '(a)\\1', 'a(b', '[z-a]', 'a{5000}']) {
        await refused(lab, intents(pattern), at('SAGE1014', 6, 'regular expression'))
      }
      const evil = ['^(a+)+$', '(a|aa)+$', '(.*)*x$', '^(([a-z])+.)+[A-Z]([a-z])+$']
      const started = performance.now()
      for (const pattern of evil) {
        assert.equal(await taken(lab, intents(pattern)), '')
        const compiled = compilePattern(pattern)
        assert.ok(typeof compiled !== 'string')
        assert.equal(compiled.find(`${'a'.repeat(100_000)}!`), undefined)
      }
      const only = await lab.healthy()
      const router = await lab.router([{ name: 'a', url: only.url, extra: ', timeouts: {}' }], {
        top: `intents: { mine: { patterns: [${evil.map((pattern) => `'${pattern}'`).join(', ')}] } }`,
        policy: ', max_attempts: 1',
      })
      const asked = performance.now()
      const seen = expectText(await lab.ask(router, client, { body: client.body({ text: `${'a'.repeat(400_000)}!` }) }))
      const ms = performance.now()
      assert.ok(ms - started < HUNG)
      return `6 refused; ${evil.length} on 100,000 characters; a prompt of 400,000: ${seen} in ${Math.round(ms - asked)} ms`
    },
  },
  {
    id: 'F-12',
    fault: 'a fallback to what is unknown, to itself, to one that falls back to it; aliases in a circle',
    expected: 'exit 2 with the candidates, or the way round',
    per: 'once',
    run: async (lab) => {
      const models = 'version: 1\nproviders:\n  a: { kind: ollama, models: [one, two] }\n'
      const pin = (fallback: string): string => `${models}pins: { a/one: { fallback: [${fallback}] } }\n`
      await refused(lab, pin('b/one'), at('SAGE1020', 4, 'there is no provider "b"'))
      await refused(lab, pin('a/twoo'), /^sage\.yaml:4:\d+: error SAGE1021: a lists no model "twoo"[^]*a\/two"\?/m)
      await refused(lab, pin('sage/atuo'), /^sage\.yaml:4:\d+: error SAGE1022: [^]*auto/m)
      await refused(lab, pin('a/one'), at('SAGE1024', 4, 'cannot stand in'))
      const circle = `${models}aliases: { x: y, y: z, z: x }\n`
      const seen = await refused(lab, circle, at('SAGE1024', 4, 'x → y → z → x'))
      // Two that stand in for one another are no circle: a chain holds each target once.
      await taken(lab, `${models}pins: { a/one: { fallback: [a/two] }, a/two: { fallback: [a/one] } }\n`)
      return seen
    },
  },
  {
    id: 'F-13',
    fault: 'no providers, no models, empty lists of what is allowed, blank fields; a token that is empty or short',
    expected: 'an error, never a way in or a default that was not meant',
    per: 'once',
    run: async (lab) => {
      const empty: [text: string, says: RegExp][] = [
        ['version: 1\n', /SAGE10/],
        ['version: 1\nproviders: {}\n', /SAGE10/],
        ['version: 1\nproviders:\n', /SAGE10/],
        ['version: 1\nproviders: { a: }\n', /SAGE10/],
        ['version: 1\nproviders: { a: { kind: ollama, models: [] } }\n', /SAGE1014/],
        [provider('base_url: ""'), /SAGE10/],
        [provider('base_url: "http://x.example", key: ""'), /SAGE10/],
        [provider('base_url: "http://x.example", keys: []'), /SAGE1014/],
        [`${HEAD}policies: { auto: { rules: [ { name: "", when: {}, prefer: ["a/*"] } ] } }\n`, /SAGE1014/],
        [`${HEAD}policies: { auto: { allow: [] } }\n`, at('SAGE1014', 4, 'must not be empty')],
        [`${HEAD}policies: { auto: { rules: [ { name: r, when: {}, only: [] } ] } }\n`, at('SAGE1014', 4)],
        [`${HEAD}policies: { auto: }\n`, /SAGE10/],
        [`${HEAD}serve: { token: "" }\n`, /SAGE10/],
        [`${HEAD}serve: { token: }\n`, /SAGE10/],
        [`${HEAD}serve: { host: "" }\n`, /SAGE10/],
      ]
      for (const [text, says] of empty) await refused(lab, text, says)
      const cwd = withProfile(lab, `${HEAD}serve: { token: "env:SAGE_TOKEN" }\n`)
      const tokens = [undefined, '', '   ', 'short', 'fifteen-letters']
      for (const token of tokens) {
        const env: Record<string, string> = token === undefined ? {} : { SAGE_TOKEN: token }
        const { code, stderr } = await command(cwd, ['serve', '--port', '0'], env)
        assert.equal(code, 3, token)
        assert.match(stderr, /^error: serve\.token: /)
        assert.ok(token === undefined || token.trim() === '' || !stderr.includes(token))
      }
      return `${empty.length} profiles, ${tokens.length} tokens refused`
    },
  },
  {
    id: 'F-14',
    fault: 'a version that is newer, older, absent, or no number',
    expected: 'exit 2 with what to do',
    per: 'once',
    run: async (lab) => {
      const rest = 'providers: { a: { kind: demo } }\n'
      await refused(lab, `version: 0\n${rest}`, at('SAGE1010', 1))
      await refused(lab, rest, at('SAGE1012', 1, 'no `version`'))
      for (const value of ['"1"', '1.5', 'one', '[1]', '', '1e999', '9007199254740993']) {
        await refused(lab, `version: ${value}\n${rest}`, /^sage\.yaml:1:\d+: error SAGE101\d: /m)
      }
      return refused(lab, `version: 2\nnew_section: {}\n${rest}`, at('SAGE1010', 1, 'newer sage'))
    },
  },
  {
    id: 'F-15',
    fault: 'base URLs: file, credentials, query, link-local and metadata addresses in every spelling',
    expected: 'exit 2; private addresses and loopback are fine',
    per: 'once',
    run: async (lab) => {
      const bad = [
        'file:///etc/passwd',
        'ftp://x.example',
        'x.example/v1',
        '//x.example',
        'http://',
        'https://user:hunter2@x.example/v1',
        'https://x.example/v1?key=hunter2',
        'https://x.example/v1#hunter2',
        'http://169.254.169.254/latest',
        'http://169.254.1.1',
        'http://2852039166',
        'http://0xA9FEA9FE',
        'http://0251.0376.0251.0376',
        'http://169.254.43518',
        'http://169.254.169.254.',
        'http://[fe80::1]',
        'http://[::ffff:169.254.169.254]',
        'http://[fd00:ec2::254]',
        'http://metadata.google.internal',
        'http://100.100.100.200',
        'http://168.63.129.16',
      ]
      for (const url of bad) {
        const text = provider(`base_url: "${url}"`)
        await refused(lab, text, at('SAGE1030', 3))
        assert.doesNotMatch((await command(withProfile(lab, text), ['explain', 'x'])).stderr, /hunter2/)
      }
      const good = ['http://127.0.0.1:1234/v1', 'http://10.0.0.5', 'http://192.168.1.2:8000', 'http://[fd00::5]/v1']
      for (const url of good) assert.equal(await taken(lab, provider(`base_url: "${url}"`)), '')
      return `${bad.length} refused, ${good.length} taken`
    },
  },
  {
    id: 'F-16',
    fault: 'keys in the profile itself: as key, in a list, a header, a URL, a name, a comment beside a mistake',
    expected: 'exit 2; no output ever shows them, text or JSON',
    per: 'once',
    run: async (lab) => {
      const secret = 'sk-canary-0123456789abcdefghijkl'
      const texts = [
        provider(`base_url: "http://x.example", key: ${secret}`),
        provider(`base_url: "http://x.example", key: hunter2-${secret.slice(3)}`),
        provider(`base_url: "http://x.example", keys: [env:OK, ${secret}]`),
        provider(`base_url: "http://x.example", api_key: ${secret}`),
        provider(`base_url: "http://x.example", headers: { authorization: Bearer ${secret} }`),
        provider(`base_url: "http://x.example", headers: { x-mine: ${secret} }`),
        provider(`base_url: "http://x.example/${secret}"`),
        provider(`base_url: "http://u:${secret}@x.example/"`),
        `${HEAD}serve: { token: ${secret} }\n`,
        `${HEAD}serve: { tokn: ${secret} }\n`,
        `${HEAD}x-${secret}: 1\n`,
        `${HEAD}aliases: { ${secret}: sage/auto }\n`,
        `${HEAD}unknown: 1 # ${secret}\n`,
        `${HEAD}x-a: [ ${secret}\n`,
      ]
      const inner = secret.slice(3)
      for (const text of texts) {
        const cwd = withProfile(lab, text)
        for (const argv of [
          ['explain', 'x'],
          ['explain', '--json', 'x'],
          ['serve', '--port', '0'],
          ['doctor', '--offline', '--json'],
        ]) {
          const { code, stdout, stderr } = await command(cwd, argv)
          assert.equal(code, argv[0] === 'doctor' ? 1 : 2, `${argv.join(' ')}: ${text}`)
          assert.ok(!`${stdout}${stderr}`.includes(inner), `${argv.join(' ')}: ${stdout}${stderr}`)
        }
      }
      return `${texts.length} profiles × 4 commands: not shown`
    },
  },
  {
    id: 'F-17',
    fault: 'files with keys that others can read, a profile and a state folder that others can change',
    expected: 'doctor warns, and --fix mends; the state folder is taken back',
    per: 'once',
    run: async (lab) => {
      if (process.platform === 'win32') return 'Windows has access lists instead'
      const cwd = withProfile(lab, provider('base_url: "http://127.0.0.1:9/v1", key: file:./key'))
      const modes: [name: string, mode: number, mended: number][] = [
        ['sage.yaml', 0o666, 0o644],
        ['.env', 0o644, 0o600],
        ['key', 0o640, 0o600],
      ]
      writeFileSync(join(cwd, '.env'), 'OTHER=1\n')
      writeFileSync(join(cwd, 'key'), 'k-0123456789abcdefghij\n')
      for (const [name, mode] of modes) chmodSync(join(cwd, name), mode)
      const argv = ['doctor', '--offline', '--only', 'file-modes', '--strict', '--json']
      const { code, stdout } = await command(cwd, argv)
      assert.equal(code, 1)
      const { findings } = JSON.parse(stdout) as { findings: { level: string; code: string }[] }
      assert.deepEqual(findings.map((each) => each.code).toSorted(), [
        'file-readable',
        'file-readable',
        'file-writable',
      ])
      await command(cwd, [...argv, '--fix'])
      for (const [name, , mended] of modes) assert.equal(statSync(join(cwd, name)).mode & 0o777, mended, name)
      const state = join(cwd, 'state')
      mkdirSync(state)
      chmodSync(state, 0o777)
      makePrivate(state)
      assert.equal(statSync(state).mode & 0o777, 0o700)
      return '3 warnings, 3 mended; state folder 0700'
    },
  },
]
