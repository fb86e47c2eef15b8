import type { Check } from '../check.ts'
import { auth } from './auth.ts'
import { clients } from './clients.ts'
import { clock } from './clock.ts'
import { dns } from './dns.ts'
import { fileModes } from './file-modes.ts'
import { gitIgnore } from './git-ignore.ts'
import { http } from './http.ts'
import { keys } from './keys.ts'
import { live } from './live.ts'
import { lock } from './lock.ts'
import { loop } from './loop.ts'
import { models } from './models.ts'
import { nodeSettings } from './node-settings.ts'
import { node } from './node.ts'
import { ollamaContext } from './ollama-context.ts'
import { ollamaSignIn } from './ollama-sign-in.ts'
import { otherProfiles } from './other-profiles.ts'
import { port } from './port.ts'
import { profile } from './profile.ts'
import { proxy } from './proxy.ts'
import { secrets } from './secrets.ts'
import { serve } from './serve.ts'
import { tcp } from './tcp.ts'
import { tls } from './tls.ts'

/** Every check, in the order of the report. A new one is a file here, a name in check-ids.ts and a row. */
export const CHECKS: readonly Check[] = [
  node,
  nodeSettings,
  profile,
  otherProfiles,
  secrets,
  models,
  lock,
  keys,
  serve,
  port,
  loop,
  fileModes,
  gitIgnore,
  proxy,
  dns,
  tcp,
  tls,
  http,
  auth,
  live,
  clock,
  ollamaSignIn,
  ollamaContext,
  clients,
]
