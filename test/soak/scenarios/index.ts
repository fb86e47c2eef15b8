import type { Scenario } from '../types.ts'
import { DISCONNECT_SCENARIO } from './disconnect.ts'
import { INTEGRITY_SCENARIO } from './integrity.ts'
import { STREAMS_SCENARIO } from './streams.ts'

export const SCENARIOS: readonly Scenario[] = [STREAMS_SCENARIO, INTEGRITY_SCENARIO, DISCONNECT_SCENARIO]
