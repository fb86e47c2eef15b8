/** Every check of `sage doctor`, in the order of the report. Names only: the command table needs no more. */
export const CHECK_IDS = [
  'node',
  'node-settings',
  'profile',
  'other-profiles',
  'secrets',
  'models',
  'lock',
  'keys',
  'serve',
  'port',
  'loop',
  'file-modes',
  'git-ignore',
  'proxy',
  'dns',
  'tcp',
  'tls',
  'http',
  'auth',
  'live',
  'clock',
  'ollama-sign-in',
  'ollama-context',
  'clients',
] as const

export type CheckId = (typeof CHECK_IDS)[number]
