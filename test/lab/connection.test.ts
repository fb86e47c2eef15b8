import { CONNECTION_CASES } from './cases/connection.ts'
import { registerCases } from './register.ts'

registerCases(CONNECTION_CASES)
