// All numbered cases, in the order of their numbers.
import { ANSWER_CASES } from './cases/answers.ts'
import { CLIENT_BODY_CASES } from './cases/client-bodies.ts'
import { CLIENT_CONNECTION_CASES } from './cases/client-connections.ts'
import { CONNECTION_CASES } from './cases/connection.ts'
import { ENVIRONMENT_DISK_CASES } from './cases/environment-disk.ts'
import { ENVIRONMENT_NETWORK_CASES } from './cases/environment-network.ts'
import { ENVIRONMENT_PROCESS_CASES } from './cases/environment-process.ts'
import { OUTAGE_CASES } from './cases/outage.ts'
import { PACKAGE_CASES } from './cases/package.ts'
import { PROFILE_MEANING_CASES } from './cases/profile-meaning.ts'
import { PROFILE_MUTATION_CASES } from './cases/profile-mutations.ts'
import { PROFILE_TEXT_CASES } from './cases/profile-text.ts'
import { REFUSAL_CASES } from './cases/refusals.ts'
import { RELOAD_MEMORY_CASES } from './cases/reload-memory.ts'
import { RELOAD_CASES } from './cases/reload.ts'
import { SECURITY_ACCESS_CASES } from './cases/security-access.ts'
import { SECURITY_FIDELITY_CASES } from './cases/security-fidelity.ts'
import { SECURITY_LEAK_CASES } from './cases/security-leaks.ts'
import { SECURITY_MACHINE_CASES } from './cases/security-machine.ts'
import { SECURITY_SECRET_CASES } from './cases/security-secrets.ts'
import { SECURITY_TERMINAL_CASES } from './cases/security-terminal.ts'
import { STREAM_CASES } from './cases/streams.ts'
import { TLS_CASES } from './cases/tls.ts'
import type { LabCase } from './types.ts'

export const LAB_CASES: readonly LabCase[] = [
  ...CONNECTION_CASES,
  ...REFUSAL_CASES,
  ...ANSWER_CASES,
  ...STREAM_CASES,
  ...OUTAGE_CASES,
  ...ENVIRONMENT_DISK_CASES,
  ...ENVIRONMENT_NETWORK_CASES,
  ...ENVIRONMENT_PROCESS_CASES,
  ...CLIENT_BODY_CASES,
  ...CLIENT_CONNECTION_CASES,
  ...SECURITY_ACCESS_CASES,
  ...SECURITY_LEAK_CASES,
  ...PACKAGE_CASES,
  ...PROFILE_MEANING_CASES,
  ...PROFILE_MUTATION_CASES,
  ...PROFILE_TEXT_CASES,
  ...RELOAD_CASES,
  ...RELOAD_MEMORY_CASES,
  ...SECURITY_FIDELITY_CASES,
  ...SECURITY_MACHINE_CASES,
  ...SECURITY_SECRET_CASES,
  ...SECURITY_TERMINAL_CASES,
  ...TLS_CASES,
].toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }))
