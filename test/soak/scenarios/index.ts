import type { Scenario } from '../types.ts'
import { ABORTS_SCENARIO } from './aborts.ts'
import { DISCONNECT_SCENARIO } from './disconnect.ts'
import { GROWTH_SCENARIO } from './growth.ts'
import { INTEGRITY_SCENARIO } from './integrity.ts'
import { KILLS_SCENARIO } from './kills.ts'
import { LATENCY_SCENARIO } from './latency.ts'
import { OUTAGE_SCENARIO } from './outage.ts'
import { RELOAD_SCENARIO } from './reload.ts'
import { STORM_SCENARIO } from './storm.ts'
import { STREAMS_SCENARIO } from './streams.ts'

export const SCENARIOS: readonly Scenario[] = [
  STREAMS_SCENARIO,
  INTEGRITY_SCENARIO,
  LATENCY_SCENARIO,
  GROWTH_SCENARIO,
  ABORTS_SCENARIO,
  STORM_SCENARIO,
  OUTAGE_SCENARIO,
  RELOAD_SCENARIO,
  DISCONNECT_SCENARIO,
  KILLS_SCENARIO,
]
