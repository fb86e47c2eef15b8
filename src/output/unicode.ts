/**
 * Whether the terminal probably shows more than ASCII. Linux' own console does not; on Windows the newer terminals do,
 * which leave a mark in the environment.
 */
export function showsUnicode(env: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (platform !== 'win32') return env['TERM'] !== 'linux'
  return (env['WT_SESSION'] ?? '') !== '' || env['TERM_PROGRAM'] === 'vscode' || (env['TERM'] ?? '').startsWith('xterm')
}
