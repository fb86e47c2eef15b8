import { TLS_CASES } from './cases/tls.ts'
import { registerCases } from './register.ts'

registerCases(TLS_CASES)
