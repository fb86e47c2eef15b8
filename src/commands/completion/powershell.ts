import type { CompletionCommand, CompletionModel, CompletionOption } from './model.ts'

/** A script for PowerShell 5.1 and newer: to be sourced from $PROFILE. File names complete by themselves. */
export function powershellScript({ commands, globals }: CompletionModel): string {
  const values = commands.flatMap((command) => command.options.flatMap((option) => valueEntries(command, option)))
  return `# PowerShell completion for sage, written by: sage completion powershell
Register-ArgumentCompleter -Native -CommandName sage -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
    '' = @(${list([...commands.map(({ name }) => name), ...globals.map(({ long }) => long)])})
${commands.map(({ name, words, options }) => `    '${name}' = @(${list([...words, ...options.map(({ long }) => long)])})`).join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $name = [string]($before | Select-Object -Skip 1 | Where-Object { $_ -and $words.ContainsKey($_) } | Select-Object -First 1)
  $key = "$($name):$($before | Select-Object -Last 1)"
  $offered = if ($values.ContainsKey($key)) { $values[$key] } else { $words[$name] }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}

/** Values of an option; an empty list leaves the rest to PowerShell, which offers files. */
function valueEntries({ name }: CompletionCommand, { long, short, value }: CompletionOption): string[] {
  if (value === undefined) return []
  const words = value.kind === 'words' ? value.words : []
  return [long, ...(short === undefined ? [] : [short])].map((flag) => `    '${name}:${flag}' = @(${list(words)})`)
}

function list(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}
