// Commands to paste, in the platform's usual shell: POSIX, or PowerShell.

export function setVariable(name: string, value: string, platform: string): string {
  return platform === 'win32' ? `$env:${name} = '${value}'` : `export ${name}='${value}'`
}

export function unsetVariable(name: string, platform: string): string {
  return platform === 'win32' ? `Remove-Item Env:${name}` : `unset ${name}`
}

/** A path as an argument, quoted where it has to be. */
export function quotePath(path: string, platform: string): string {
  if (/^[\w@%+=:,./~\\-]+$/.test(path)) return path
  return platform === 'win32' ? `'${path.replaceAll("'", "''")}'` : `'${path.replaceAll("'", `'\\''`)}'`
}
