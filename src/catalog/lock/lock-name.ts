/** Name of the lock file that belongs to a profile: `sage.yaml` has `sage.lock.yaml`. Works on paths too. */
export function lockName(profile: string): string {
  return profile.replace(/\.ya?ml$/i, '') + '.lock.yaml'
}
