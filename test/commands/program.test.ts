import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commands } from '../../src/commands/index.ts'
import { topics } from '../../src/commands/topics/index.ts'
import { runCli } from '../helpers/context.ts'

describe('command line', () => {
  for (const argv of [[], ['--no-color'], ['help'], ['--help']]) {
    it(`shows help for "sage ${argv.join(' ')}" on stdout`, async () => {
      const { code, stdout, stderr } = await runCli(argv)
      assert.deepEqual([code, stderr], [0, ''])
      for (const { name, summary } of commands) assert.match(stdout, new RegExp(`^  ${name} .*  ${summary}$`, 'm'))
      for (const { name } of topics) assert.ok(stdout.includes(name), name)
    })
  }

  for (const flag of ['--version', '-V']) {
    it(`prints the version for ${flag}`, async () => {
      assert.deepEqual(await runCli([flag]), { code: 0, stdout: '0.0.0\n', stderr: '' })
    })
  }

  for (const { name, summary, options, examples } of commands) {
    it(`has help for ${name}: examples first, every option, the same by both ways`, async () => {
      const { code, stdout, stderr } = await runCli([name, '--help'])
      assert.deepEqual([code, stderr], [0, ''])
      assert.deepEqual(await runCli(['help', name]), { code, stdout, stderr })
      assert.ok(stdout.startsWith('Examples:\n'))
      assert.ok(examples.length > 0)
      for (const { command, note } of examples) {
        assert.ok(command.includes(`sage ${name}`), command)
        assert.ok(stdout.includes(command) && stdout.includes(note), command)
      }
      for (const { flags } of options) assert.ok(stdout.includes(flags), flags)
      assert.ok(stdout.includes('--no-color'))
      assert.doesNotMatch(summary, /\.$/)
    })
  }

  for (const { name, text } of topics) {
    it(`has the topic ${name}, at most 80 columns wide`, async () => {
      assert.deepEqual(await runCli(['help', name]), { code: 0, stdout: text, stderr: '' })
      assert.deepEqual(
        text.split('\n').filter((line) => line.length > 80),
        [],
      )
      assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'))
    })
  }

  const wrong: [argv: string[], message: RegExp, hint: RegExp][] = [
    [['explian'], /unknown command 'explian'/, /did you mean explain\?/],
    [['explain', '--formt', 'json', 'x'], /unknown option '--formt'/, /did you mean --format\?/],
    [['explain', '--format', 'xml', 'x'], /Allowed choices are text, json/, /sage help/],
    [['explain', '--format'], /argument missing/, /sage help/],
    [['serve', '--port', '99999'], /whole number from 0 to 65535/, /sage help/],
    [['serve', '--port', '-1'], /argument missing|whole number/, /sage help/],
    [['serve', 'x'], /too many arguments/, /sage help/],
    [['help', 'enviroment'], /no help topic is called enviroment/, /did you mean "environment"\?/],
    [
      ['help', 'zzzzzz'],
      /no help topic is called zzzzzz/,
      /there are cases, checks, decision-log, environment, .*explain/,
    ],
  ]
  for (const [argv, message, hint] of wrong) {
    it(`refuses "sage ${argv.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await runCli(argv)
      assert.deepEqual([code, stdout], [2, ''])
      const [first = '', second = '', ...rest] = stderr.split('\n')
      assert.match(first, /^error: /)
      assert.match(first, message)
      assert.match(second, /^hint: /)
      assert.match(second, hint)
      assert.deepEqual(rest, [''])
    })
  }
})
