import type { CompletionCommand, CompletionModel, CompletionOption } from './model.ts'

/** A script for zsh: to be sourced, or put as `_sage` into a folder of $fpath. */
export function zshScript({ commands, globals }: CompletionModel): string {
  const list = commands.map(({ name, summary }) => `    ${quote(`${name}:${escapeColon(summary)}`)}`)
  return `#compdef sage
# zsh completion for sage, written by: sage completion zsh
_sage() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands
  commands=(
${list.join('\n')}
  )
  _arguments -C \\
${globals.map((option) => `    ${spec(option)} \\`).join('\n')}
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

if [ "$funcstack[1]" = _sage ]; then _sage "$@"; else compdef _sage sage; fi
`
}

function commandCase({ name, words, options }: CompletionCommand): string {
  const rest = words.length === 0 ? `'*: :_files'` : quote(`*: :(${words.join(' ')})`)
  return [
    `        ${name}) _arguments \\`,
    ...options.map((option) => `          ${spec(option)} \\`),
    `          ${rest} ;;`,
  ].join('\n')
}

/** One option as _arguments has it: '(-p --profile)'{-p,--profile}'[what it is]:file:_files'. */
function spec({ long, short, description, repeats, value }: CompletionOption): string {
  const text = `[${description.replace(/[[\]:\\]/g, '\\$&')}]${valueSpec(value)}`
  if (short === undefined) return quote((repeats ? '*' : '') + long + text)
  return `${repeats ? "'*'" : `'(${short} ${long})'`}{${short},${long}}${quote(text)}`
}

function valueSpec(value: CompletionOption['value']): string {
  switch (value?.kind) {
    case undefined:
      return ''
    case 'file':
      return ':file:_files'
    case 'text':
      return ':value: '
    case 'words':
      return `:value:(${value.words.join(' ')})`
  }
}

function escapeColon(text: string): string {
  return text.replaceAll(':', '\\:')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
