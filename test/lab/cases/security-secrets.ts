// S: keys and prompts where nobody should find them.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { commands } from '../../../src/commands/index.ts'
import { createEffects } from '../../../src/doctor/system/create-effects.ts'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { request } from '../../helpers/http.ts'
import { chatError, chatStream } from '../../helpers/openai-chat-replies.ts'
import { sendRaw } from '../../helpers/raw-http.ts'
import { startSage } from '../../helpers/sage.ts'
import type { Received, Reply } from '../../helpers/upstream.ts'
import { exchange } from '../exchange.ts'
import { byMode } from '../lab.ts'
import type { Lab } from '../lab.ts'
import { command, filesBelow, folder, serveHere, withProfile } from '../profile-bench.ts'
import type { LabCase } from '../types.ts'

const IS_WINDOWS = process.platform === 'win32'
/** One for each place that a secret can come from; none looks like a key of a vendor. */
const CANARIES: Readonly<Record<string, string>> = {
  KEY_A: 'canary/One+7f3e9a52c8d4b6',
  KEY_B: 'canary:Two=91c4e7b2a5d8f3',
  KEY_C: 'canary_Three-5b8e2f7a1c9d',
  SAGE_TOKEN: 'canary.Token~6d3a9f1b4e8c',
}
const KEY_FILE = 'canary-File-2e7c5a9b1d4f8'

/** Ways to write a secret down; its first 12 characters are as bad as all of it. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    secret.slice(0, 12),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    encodeURIComponent(secret),
  ]
}

/** Where any canary stands in these texts. */
function findCanaries(texts: Readonly<Record<string, string>>): string[] {
  const needles = [...Object.values(CANARIES), KEY_FILE].flatMap(spellings)
  return Object.entries(texts).flatMap(([place, text]) =>
    needles.filter((needle) => text.includes(needle)).map((needle) => `${place}: ${needle}`),
  )
}

/** Says the key it was given wherever a provider can say something. */
function parrot({ headers, path }: Received): Reply {
  const key = String(headers.authorization ?? headers['x-api-key'] ?? 'none').replace(/^Bearer /, '')
  const message = `Incorrect key provided: ${key}. ${encodeURIComponent(key)} ${Buffer.from(key).toString('base64')}`
  const echoed = { 'x-echo': key, 'set-cookie': `key=${key}` }
  if (path.endsWith('/models'))
    return { status: 401, json: chatError(401, 'invalid_api_key', message), headers: echoed }
  return { status: 401, json: chatError(401, 'invalid_api_key', message), headers: echoed }
}

async function canaryProfile(lab: Lab): Promise<string> {
  const cut = (received: Received): Reply => {
    const key = String(received.headers.authorization)
    const chunks = [
      ...chatStream({ model: 'm', text: 'some text' }).slice(0, 3),
      `data: {"error":{"message":"${key}"}}\n\n`,
    ]
    const whole: Reply = { status: 500, text: `<html>${key}</html>`, headers: { 'x-echo': key } }
    const reply = byMode(whole, { chunks })
    return reply(received, 0) as Reply
  }
  const [a, b, c, d] = [
    await lab.upstream(parrot),
    await lab.upstream(cut),
    await lab.healthy(),
    await lab.upstream({ raw: 'no HTTP' }),
  ]
  const entry = (name: string, url: string, key: string): string =>
    `  ${name}: { kind: openai-compatible, base_url: "${url}/v1", key: "${key}", local: false, models: { m: { context: 200000 } } }\n`
  const policy = (name: string, prefer: string): string =>
    `  ${name}: { rules: [ { name: r, when: {}, prefer: [${prefer}], only: [${prefer}] } ] }\n`
  return [
    'version: 1\nserve: { token: env:SAGE_TOKEN, decision_log: { path: decisions.jsonl, prompts: true } }\nproviders:\n',
    entry('a', a?.url ?? '', 'env:KEY_A'),
    entry('b', b?.url ?? '', 'env:KEY_B'),
    entry('c', c?.url ?? '', 'env:KEY_C'),
    entry('d', d?.url ?? '', 'file:./key'),
    'policies:\n',
    policy('auto', 'a/m, b/m, c/m'),
    policy('bad', 'a/m'),
    policy('cut', 'b/m'),
    policy('odd', 'd/m'),
  ].join('')
}

export const SECURITY_SECRET_CASES: readonly LabCase[] = [
  {
    id: 'S-16',
    fault:
      'requests and faults of every kind at debug level, with providers that repeat their keys; then explain, doctor, state',
    expected: 'no key in any output, file or answer: raw, base64, URL-encoded, or its first 12 characters',
    per: 'once',
    run: async (lab) => {
      const cwd = withProfile(lab, await canaryProfile(lab))
      writeFileSync(join(cwd, 'key'), `${KEY_FILE}\n`, { mode: 0o600 })
      const env = { ...CANARIES, HOME: cwd, USERPROFILE: cwd, SAGE_DEBUG: '1' }
      const server = await startSage(['serve', '--port', '0', '--json'], { cwd, env })
      lab.onClose(async () => void (await server.stop()))
      const token = { 'x-api-key': CANARIES['SAGE_TOKEN'] ?? '' }
      const answers: string[] = []
      for (const client of GRID_CLIENTS) {
        for (const model of ['auto', 'bad', 'cut', 'odd']) {
          const path = client.path.replace('auto', model)
          // The prompt holds a key too, as pasted logs do.
          const body = {
            ...client.body({ text: `my key is ${CANARIES['KEY_A']}, is it not?` }),
            ...('model' in client.body({ text: '' }) && { model }),
          }
          const { body: text, headers } = await exchange(server.url, {
            path,
            headers: { ...client.headers, ...token },
            body,
          })
          answers.push(text, JSON.stringify(headers))
        }
      }
      for (const path of ['/healthz', '/v1/models', '/', '/api/tags', '/nowhere'])
        answers.push((await request(server.url + path, { headers: token })).text)
      answers.push((await request(`${server.url}/v1/models`, { headers: { 'x-api-key': 'wrong' } })).text)
      answers.push((await request(`${server.url}/v1/chat/completions`, { headers: token, body: '{"model":' })).text)
      answers.push(
        await sendRaw(
          server.url,
          `GET /v1/models?key=${CANARIES['SAGE_TOKEN']} HTTP/1.1\r\nhost: evil\r\nconnection: close\r\n\r\n`,
        ),
      )
      server.signal('SIGTERM')
      const { stdout, stderr } = await server.ended
      const commandLines = [
        ['explain', 'hello'],
        ['explain', '--json', 'hello'],
        ['explain', '--log', 'decisions.jsonl'],
        ['doctor', '--live'],
        ['doctor', '--json'],
        ['discover', '--json', '--dry-run'],
        ['discover'],
      ]
      const said = await Promise.all(commandLines.map((argv) => command(cwd, argv, env)))
      // What the folder has by itself: the key's own file.
      const { key: _, ...files } = filesBelow(cwd)
      const texts = {
        stdout,
        stderr,
        answers: answers.join('\n'),
        ...Object.fromEntries(said.map((result, n) => [commandLines[n]?.join(' '), result.stdout + result.stderr])),
        ...files,
      }
      assert.ok(stdout.includes('Incorrect key provided'), 'the providers have said something')
      assert.ok((files['decisions.jsonl'] ?? '').includes('is it not?'), 'prompts were recorded')
      assert.deepEqual(findCanaries(texts), [])
      return `${answers.length} answers, ${commandLines.length} commands, ${Object.keys(files).length} files: 0 hits`
    },
  },
  {
    id: 'S-18',
    fault: 'keys in an argument; keys in the environment of a program that sage runs',
    expected: 'no command takes one, or repeats it; programs get none',
    per: 'once',
    run: async (lab) => {
      const secret = 'canary-argument-0123456789'
      const cwd = withProfile(lab, 'version: 1\nproviders: { a: { kind: demo } }\n')
      for (const { name, options } of commands) {
        for (const { flags } of options) assert.doesNotMatch(flags, /(?:key|secret|password|token)\S* [<[]/i, name)
        for (const argv of [[`--api-key=${secret}`], ['--api-key', secret], [`--token=${secret}`], [`-k${secret}`]]) {
          for (const json of [[], ['--json']]) {
            const { code, stdout, stderr } = await command(cwd, [name, ...argv, ...json])
            assert.equal(code, 2, `${name} ${argv.join(' ')}`)
            assert.ok(!`${stdout}${stderr}`.includes(secret), stdout + stderr)
          }
        }
      }
      if (IS_WINDOWS) return `${commands.length} commands`
      const bin = join(folder(lab), 'bin')
      mkdirSync(bin)
      for (const name of ['git', 'lsof']) {
        writeFileSync(join(bin, name), `#!/bin/sh\n{ env; echo "$@"; } >> '${cwd}/seen'\nexit 1\n`)
        chmodSync(join(bin, name), 0o755)
      }
      const env = {
        ...CANARIES,
        OPENAI_API_KEY: secret,
        MY_WORD: secret,
        PATH: `${bin}${delimiter}${process.env['PATH']}`,
      }
      await command(cwd, ['explain', '--base', 'HEAD', 'hello'], env)
      await command(cwd, ['doctor', '--offline'], { ...env, GIT_TOKEN: secret })
      await createEffects({ env, now: () => 0, mono: () => 0 }).run('lsof', ['-i'])
      const seen = readFileSync(join(cwd, 'seen'), 'utf8')
      assert.match(seen, /^PATH=/m)
      assert.ok(!seen.includes(secret) && findCanaries({ seen }).length === 0, seen)
      return `${commands.length} commands; ${seen.match(/^PATH=/gm)?.length ?? 0} programs run`
    },
  },
  {
    id: 'S-19',
    fault: 'prompts, with and without a decision log, and with one that may hold them',
    expected: 'only the last has them; its file is 0600, and keys are taken out',
    per: 'once',
    run: async (lab) => {
      const prompt = 'the quick xylophone'
      const only = await lab.healthy()
      const text = `version: 1\nproviders:\n  a: { kind: openai-compatible, base_url: "${only.url}/v1", key: env:TEST_KEY, models: [m] }\n`
      const heard = async (options: { log?: string; recordPrompts?: boolean; json?: boolean }) => {
        const cwd = withProfile(lab, text)
        const server = await serveHere(lab, cwd, GRID_ENV, options)
        for (const client of GRID_CLIENTS) {
          const body = client.body({ text: `${prompt} ${GRID_ENV['TEST_KEY']}`, system: `${prompt} system` })
          await exchange(server.url, { path: client.path, headers: client.headers, body })
        }
        await server.stop()
        return { cwd, output: server.output(), files: filesBelow(cwd) }
      }
      for (const options of [{}, { json: true }, { log: 'log' }]) {
        const { output, files } = await heard(options)
        assert.ok(!output.includes('xylophone'))
        assert.ok(!JSON.stringify(files).includes('xylophone'))
      }
      const { cwd, output, files } = await heard({ log: 'log', recordPrompts: true })
      assert.ok(!output.includes('xylophone'))
      const log = files['log'] ?? ''
      assert.ok(log.includes(`${prompt} [redacted]`))
      assert.ok(!log.includes(`${prompt} system`) && !log.includes('upstream-key'))
      assert.ok(Object.entries(files).every(([name, bytes]) => name === 'log' || !bytes.includes('xylophone')))
      if (!IS_WINDOWS) assert.equal(statSync(join(cwd, 'log')).mode & 0o777, 0o600)
      return 'in none of three ways; in the fourth, in that file alone'
    },
  },
]
