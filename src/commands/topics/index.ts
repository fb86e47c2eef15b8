import { cases } from './cases.ts'
import { checks } from './checks.ts'
import { decisionLog } from './decision-log.ts'
import { environment } from './environment.ts'
import { exitCodes } from './exit-codes.ts'
import { headers } from './headers.ts'
import { intents } from './intents.ts'
import { lock } from './lock.ts'
import { models } from './models.ts'
import { policies } from './policies.ts'
import { profile } from './profile.ts'
import { reload } from './reload.ts'
import { rescue } from './rescue.ts'
import { simulate } from './simulate.ts'
import { state } from './state.ts'
import type { Topic } from './topic.ts'

/** Every help topic, in the order they are listed. */
export const topics: readonly Topic[] = [
  cases,
  checks,
  decisionLog,
  environment,
  exitCodes,
  headers,
  intents,
  lock,
  models,
  policies,
  profile,
  reload,
  rescue,
  simulate,
  state,
]
