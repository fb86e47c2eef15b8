/** Variables that programs need to run at all, on POSIX systems and on Windows; in capitals. */
const NEEDED: ReadonlySet<string> = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LANGUAGE',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'PROGRAMW6432',
])
/** Locale, the user's folders, and how git finds its configuration and objects. */
const NEEDED_GROUPS = /^(?:LC|XDG|GIT)_(?!.*(?:TOKEN|SECRET|PASSWORD))/

/**
 * The environment for a program that sage starts: what it needs to run, and none of the keys. A list of what may be
 * handed on, because a key can stand in a variable of any name.
 */
export function childEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const upper = name.toUpperCase()
    if (value !== undefined && (NEEDED.has(upper) || NEEDED_GROUPS.test(upper))) kept[name] = value
  }
  return kept
}
