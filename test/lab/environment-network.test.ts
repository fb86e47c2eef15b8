import { ENVIRONMENT_NETWORK_CASES } from './cases/environment-network.ts'
import { registerCases } from './register.ts'

registerCases(ENVIRONMENT_NETWORK_CASES)
