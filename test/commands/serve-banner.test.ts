import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { serveBanner, tryLine } from '../../src/commands/serve-banner.ts'
import type { BannerFacts } from '../../src/commands/serve-banner.ts'

const FACTS: BannerFacts = {
  version: '1.2.3',
  url: 'http://127.0.0.1:8790',
  models: 4,
  providers: 1,
  policies: ['auto', 'fast'],
  origin: 'sage.yaml (working directory)',
  token: undefined,
  platform: 'linux',
}

describe('serveBanner', () => {
  it('says where clients connect', () => {
    const lines = serveBanner(FACTS).split('\n')
    assert.equal(lines[0], 'sage 1.2.3 listening on http://127.0.0.1:8790')
    assert.deepEqual(
      lines.slice(1, 6).map((line) => line.trim().split(/ {2,}/)),
      [
        ['OpenAI clients', 'http://127.0.0.1:8790/v1'],
        ['other clients', 'http://127.0.0.1:8790 (Anthropic, Gemini, Ollama)'],
        ['policies', 'sage/auto, sage/fast'],
        ['models', '4 at 1 provider'],
        ['profile', 'sage.yaml (working directory)'],
      ],
    )
  })

  it('gives an address to connect to when it listens on all of them', () => {
    for (const [url, reachable] of [
      ['http://0.0.0.0:80', 'http://127.0.0.1:80'],
      ['http://[::]:80', 'http://[::1]:80'],
    ] as const) {
      const text = serveBanner({ ...FACTS, url })
      assert.ok(text.includes(`listening on ${url}\n`) && text.includes(`${reachable}/v1/chat/completions`), text)
    }
  })

  it('names the token by its reference', () => {
    assert.match(serveBanner({ ...FACTS, token: 'env:SAGE_TOKEN' }), /token +env:SAGE_TOKEN\n[^]*Bearer \$SAGE_TOKEN"/)
  })

  it('lets nothing through that steers a terminal', () => {
    assert.ok(!serveBanner({ ...FACTS, origin: 'x\u001b[2J' }).includes('\u001b'))
  })
})

describe('tryLine', () => {
  const skip = process.platform === 'win32' ? 'needs a POSIX shell' : false

  it('is one command with whole arguments in a POSIX shell', { skip }, () => {
    const line = tryLine({ ...FACTS, policies: ["it's"], token: 'env:SAGE_TOKEN' })
    const script = `curl() { for each in "$@"; do printf '%s\\n' "$each"; done; }\n${line}`
    const printed = execFileSync('sh', ['-c', script], { env: { SAGE_TOKEN: 's e' }, encoding: 'utf8' })
    const [url, , type, , auth, , body = ''] = printed.split('\n')
    assert.deepEqual(
      [url, type, auth],
      ['http://127.0.0.1:8790/v1/chat/completions', 'content-type: application/json', 'authorization: Bearer s e'],
    )
    assert.deepEqual(JSON.parse(body), { model: "sage/it's", messages: [{ role: 'user', content: 'hello' }] })
  })

  it('is a PowerShell command on Windows', () => {
    const line = tryLine({ ...FACTS, platform: 'win32', policies: ["it's"], token: 'env:SAGE_TOKEN' })
    assert.match(line, /^Invoke-RestMethod 'http:\S+' -Method Post /)
    assert.match(line, /-Headers @\{ authorization = "Bearer \$env:SAGE_TOKEN" \}/)
    assert.match(line, /-Body '\{"model":"sage\/it''s",.*\}'$/)
  })
})
