import type { CompletionCommand, CompletionModel, CompletionOption } from './model.ts'

/** A script for fish: to be sourced, or put as `sage.fish` into ~/.config/fish/completions. */
export function fishScript({ commands, globals }: CompletionModel): string {
  const lines = [
    '# fish completion for sage, written by: sage completion fish',
    'complete -c sage -f',
    ...commands.map(({ name, summary }) => `complete -c sage -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`),
    ...globals.map((option) => optionLine('__fish_use_subcommand', option)),
    ...commands.flatMap(commandLines),
  ]
  return `${lines.join('\n')}\n`
}

function commandLines({ name, words, options }: CompletionCommand): string[] {
  const condition = `'__fish_seen_subcommand_from ${name}'`
  const argument = words.length === 0 ? [] : [`complete -c sage -n ${condition} -a ${quote(words.join(' '))}`]
  return [...argument, ...options.map((option) => optionLine(condition, option))]
}

function optionLine(condition: string, { long, short, description, value }: CompletionOption): string {
  const flags = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`].join(' ')
  return `complete -c sage -n ${condition} ${flags}${valueFlags(value)} -d ${quote(description)}`
}

function valueFlags(value: CompletionOption['value']): string {
  switch (value?.kind) {
    case undefined:
      return ''
    case 'file':
      return ' -r -F'
    case 'text':
      return ' -x'
    case 'words':
      return ` -x -a ${quote(value.words.join(' '))}`
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
