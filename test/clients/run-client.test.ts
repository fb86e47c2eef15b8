// The harness itself, with clients written for it: no registry, no network.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { ClientResult } from '../../scripts/integrations/readme.ts'
import { readTemplates } from '../../src/init/read-templates.ts'
import { startRouter } from '../helpers/router.ts'
import { PROMPT } from './client.ts'
import type { Client } from './client.ts'
import { CLIENTS } from './clients.ts'
import { isDialectServed } from './dialect-served.ts'
import { binOf, splitPackage } from './install.ts'
import { runInstalled } from './run-client.ts'

/** Asks once more with what the tool brought, as an agent does. Prints the answer unless told to be silent. */
const AGENT = `#!/usr/bin/env node
const { readFileSync } = require('node:fs')
const [prompt, mood] = process.argv.slice(2)
const parameters = { type: 'object', properties: { command: { type: 'string' } } }
const messages = [{ role: 'user', content: prompt }]
async function ask() {
  const body = { model: 'sage/auto', messages, tools: [{ type: 'function', function: { name: 'bash', parameters } }] }
  const key = mood === 'keyless' ? '' : process.env.OPENAI_API_KEY
  const headers = { authorization: 'Bearer ' + key, 'content-type': 'application/json' }
  const url = process.env.OPENAI_BASE_URL + '/chat/completions'
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await response.json()).choices[0].message
}
ask().then(async (call) => {
  const path = JSON.parse(call.tool_calls[0].function.arguments).command.replace('cat ', '')
  const content = mood === 'forgetful' ? 'nothing' : readFileSync(path, 'utf8')
  messages.push(call, { role: 'tool', tool_call_id: call.tool_calls[0].id, content })
  console.log((await ask()).content)
  process.exitCode = mood === 'failing' ? 1 : 0
})
`

const templates = readTemplates()
let root = ''

function client(mood: string): Client {
  const start = { bin: 'agent', args: [PROMPT, mood] }
  return { name: 'agent', template: 'openai-compatible', packages: ['@made/agent@1.2.3'], start }
}

function run(mood: string): Promise<ClientResult> {
  const node = { path: process.execPath, version: process.versions.node }
  const kind = 'openai-compatible'
  return runInstalled(client(mood), { templates, kind, folder: root, node, logs: join(root, 'logs') })
}

describe('running a client', () => {
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'sage-harness-')))
    const folder = join(root, 'node_modules', '@made', 'agent')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "name": "@made/agent", "bin": { "agent": "agent" } }')
    writeFileSync(join(folder, 'agent'), AGENT)
  })
  after(() => rmSync(root, { recursive: true, force: true }))

  it('passes one that does its work, and keeps the logs', async () => {
    const { seconds, ...result } = await run('well')
    assert.ok(seconds > 0)
    assert.deepEqual(result, {
      client: 'agent',
      template: 'openai-compatible',
      version: '1.2.3',
      dialect: 'openai-chat',
      upstream: 'openai-compatible',
      node: process.versions.node,
      result: 'passed',
    })
    const logs = ['sage-stderr.txt', 'sage.jsonl', 'stderr.txt', 'stdout.txt', 'upstream.json']
    assert.deepEqual(readdirSync(join(root, 'logs')).sort(), logs)
  })

  it('fails one that brings no result', async () => {
    assert.match((await run('forgetful')).reason ?? '', /the provider saw no tool result/)
  })

  it('fails one that does not send its key', async () => {
    assert.match((await run('keyless')).reason ?? '', /no request came through/)
  })

  it('fails one that ends badly', async () => {
    assert.match((await run('failing')).reason ?? '', /exit code 1/)
  })
})

describe('asking for a dialect', () => {
  it('is yes where sage takes it', async () => {
    const router = await startRouter('version: 1\nproviders: { demo: { kind: demo, models: [m] } }\n')
    try {
      for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
        assert.equal(await isDialectServed(router.url, dialect, ''), true, dialect)
      }
    } finally {
      await router.close(0)
    }
  })

  it('is no where the path is unknown, or only read', async () => {
    const server = createServer((request, response) => {
      const isRead = request.url === '/v1/messages'
      response.writeHead(isRead ? 405 : 404, isRead ? { allow: 'GET' } : {}).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      for (const dialect of ['gemini', 'anthropic-messages'] as const) {
        assert.equal(await isDialectServed(url, dialect, ''), false, dialect)
      }
    } finally {
      server.close()
    }
  })
})

describe('the list of clients', () => {
  it('has no name twice, fixed versions, and templates and variants that exist', () => {
    const names = CLIENTS.map(({ name }) => name)
    assert.deepEqual(names, [...new Set(names)])
    for (const { name, packages, template, variant } of CLIENTS) {
      for (const each of packages) assert.match(splitPackage(each).version, /^\d+\.\d+\.\d+$/, name)
      const found = templates.find((each) => each.name === template)
      assert.equal(found?.role, 'client', name)
      assert.ok(variant === undefined || (found?.role === 'client' && found.variants.some((v) => v.name === variant)))
    }
  })

  it('covers every dialect of every client that can be run', () => {
    const run = new Set(CLIENTS.map(({ template, variant = '' }) => `${template}/${variant}`))
    const templatesRun = new Set(CLIENTS.map(({ template }) => template))
    const missing = templates.flatMap((template) => {
      if (template.role !== 'client' || !templatesRun.has(template.name)) return []
      const all = ['', ...template.variants.map(({ name }) => name)].map((variant) => `${template.name}/${variant}`)
      return all.filter((each) => !run.has(each))
    })
    assert.deepEqual(missing, [])
  })

  it('names the command of a package that lacks it', () => {
    assert.throws(() => binOf(join(import.meta.dirname, '..', '..'), 'yaml', 'nope'), /yaml has no command nope/)
  })
})
