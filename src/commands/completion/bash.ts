import type { CompletionCommand, CompletionModel, CompletionOption } from './model.ts'

/** A script for bash 3.2 and newer: macOS still has that one. */
export function bashScript({ commands, globals }: CompletionModel): string {
  const values = commands.flatMap((command) => command.options.flatMap((option) => valueCase(command, option)))
  const words = commands.map((command) => `    ${command.name}) words='${offered(command)}' ;;`)
  const first = [...commands.map(({ name }) => name), ...globals.map(({ long }) => long)].join(' ')
  return `# bash completion for sage, written by: sage completion bash
_sage() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" name='' word words=''
  # --format=json arrives as three words
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${commands.map(({ name }) => name).join('|')}) name="$word"; break ;;
    esac
  done
  COMPREPLY=()
  case "$name:$prev" in
${values.join('\n')}
  esac
  case "$name" in
    '') words='${first}' ;;
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

_sage_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$1"))
}

complete -F _sage sage
`
}

function offered({ words, options }: CompletionCommand): string {
  return [...words, ...options.map(({ long }) => long)].join(' ')
}

/** What to do behind an option that takes a value. */
function valueCase({ name }: CompletionCommand, { long, short, value }: CompletionOption): string[] {
  if (value === undefined) return []
  const pattern = [long, ...(short === undefined ? [] : [short])].map((flag) => `${name}:${flag}`).join('|')
  switch (value.kind) {
    case 'file':
      return [`    ${pattern}) _sage_files "$cur"; return ;;`]
    case 'text':
      return [`    ${pattern}) return ;;`]
    case 'words':
      return [`    ${pattern}) COMPREPLY=($(compgen -W '${value.words.join(' ')}' -- "$cur")); return ;;`]
  }
}
