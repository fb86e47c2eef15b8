// All numbered cases, in the order of their numbers.
import { ANSWER_CASES } from './cases/answers.ts'
import { CLIENT_BODY_CASES } from './cases/client-bodies.ts'
import { CLIENT_CONNECTION_CASES } from './cases/client-connections.ts'
import { CONNECTION_CASES } from './cases/connection.ts'
import { OUTAGE_CASES } from './cases/outage.ts'
import { REFUSAL_CASES } from './cases/refusals.ts'
import { SECURITY_ACCESS_CASES } from './cases/security-access.ts'
import { SECURITY_LEAK_CASES } from './cases/security-leaks.ts'
import { STREAM_CASES } from './cases/streams.ts'
import type { LabCase } from './types.ts'

export const LAB_CASES: readonly LabCase[] = [
  ...CONNECTION_CASES,
  ...REFUSAL_CASES,
  ...ANSWER_CASES,
  ...STREAM_CASES,
  ...OUTAGE_CASES,
  ...CLIENT_BODY_CASES,
  ...CLIENT_CONNECTION_CASES,
  ...SECURITY_ACCESS_CASES,
  ...SECURITY_LEAK_CASES,
].toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
