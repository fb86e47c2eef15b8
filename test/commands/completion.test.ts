import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { completionModel } from '../../src/commands/completion/model.ts'
import { SHELLS } from '../../src/commands/completion/shells.ts'
import { commands } from '../../src/commands/index.ts'
import { CHECK_IDS } from '../../src/doctor/check-ids.ts'
import { runCli } from '../helpers/context.ts'

const folder = mkdtempSync(join(tmpdir(), 'sage-completion-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const scripts = new Map<string, string>()
for (const shell of SHELLS) scripts.set(shell, (await runCli(['completion', shell])).stdout)
const script = (shell: string): string => scripts.get(shell) ?? ''

/** Whether a program is installed here. */
function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
}

describe('sage completion', () => {
  it('reads every option of the table', () => {
    const model = completionModel(commands)
    for (const [at, { name, options }] of model.commands.entries()) {
      const specs = commands[at]?.options ?? []
      for (const [place, { flags }] of specs.entries()) {
        const option = options[place]
        assert.ok(option !== undefined && option.long.startsWith('--'), `${name}: ${flags}`)
        assert.equal(option.value !== undefined, /[<[]/.test(flags), `${name}: ${flags}`)
        assert.equal(flags.startsWith(option.short ?? '--'), true)
      }
    }
  })

  for (const shell of SHELLS) {
    it(`has every command and option in the script for ${shell}`, () => {
      const text = script(shell)
      assert.ok(text.split('\n').some((line) => line.includes(`sage completion ${shell}`)))
      for (const { name, options } of commands) {
        assert.ok(text.includes(name), name)
        for (const { flags } of options) {
          const long = /--([\w-]+)/.exec(flags)?.[1] ?? ''
          assert.ok(text.includes(shell === 'fish' ? `-l ${long} ` : `--${long}`), flags)
        }
      }
      for (const id of CHECK_IDS) assert.ok(text.includes(id), id)
    })
  }

  it('prints the script as JSON', async () => {
    const { code, stdout } = await runCli(['completion', 'bash', '--json'])
    assert.deepEqual([code, JSON.parse(stdout)], [0, { version: 1, shell: 'bash', script: script('bash') }])
  })

  for (const [argv, message] of [
    [['completion'], /missing required argument/],
    [['completion', 'bahs'], /no completion for bahs\nhint: did you mean "bash"\?/],
  ] as const) {
    it(`refuses "sage ${argv.join(' ')}"`, async () => {
      const { code, stdout, stderr } = await runCli(argv)
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, message)
    })
  }

  describe('bash', { skip: !has('bash') && 'bash is not installed' }, () => {
    writeFileSync(join(folder, 'my profile.yaml'), '')
    writeFileSync(join(folder, 'sage.bash'), script('bash'))

    /** What bash offers when Tab is pressed behind these words. */
    function complete(...words: string[]): string[] {
      const line = `source ./sage.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sage; printf '%s\\n' "\${COMPREPLY[@]}"`
      const text = execFileSync('bash', ['--norc', '-c', line, 'bash', 'sage', ...words], {
        cwd: folder,
        encoding: 'utf8',
      })
      return text.split('\n').filter((each) => each !== '')
    }

    const rows: [words: string[], offered: string[]][] = [
      [['do'], ['doctor']],
      [['--ver'], ['--version']],
      [['doctor', '--str'], ['--strict']],
      [
        ['doctor', '--format', ''],
        ['text', 'json', 'github'],
      ],
      [
        ['doctor', '--format', '='],
        ['text', 'json', 'github'],
      ],
      [['doctor', '--format', '=', 'g'], ['github']],
      [
        ['doctor', '--strict', '--only', 'ollama'],
        ['ollama-sign-in', 'ollama-context'],
      ],
      [['doctor', '--timeout', ''], []],
      [['serve', '-p', 'my'], ['my profile.yaml']],
      [['--no-color', 'completion', 'p'], ['powershell']],
      [['help', 'exit'], ['exit-codes']],
      [['help', 'ser'], ['serve']],
      [['nonsense', 'ser'], ['serve']],
    ]
    for (const [words, offered] of rows) {
      it(`offers ${offered.join(', ') || 'nothing'} for "sage ${words.join(' ')}"`, () => {
        assert.deepEqual(complete(...words), offered)
      })
    }

    it('offers all commands for nothing', () => {
      const offered = complete('')
      for (const { name } of commands) assert.ok(offered.includes(name), name)
    })
  })

  for (const [shell, program, argv] of [
    ['bash', 'bash', ['-n']],
    ['zsh', 'zsh', ['-n']],
    ['fish', 'fish', ['--no-execute']],
    ['powershell', 'pwsh', ['-NoProfile', '-File']],
  ] as const) {
    it(`is sound in the eyes of ${program}`, { skip: !has(program) && `${program} is not installed` }, () => {
      const path = join(folder, `check.${shell === 'powershell' ? 'ps1' : shell}`)
      writeFileSync(path, script(shell))
      execFileSync(program, [...argv, path], { stdio: 'pipe' })
    })
  }
})
