import { PACKAGE_CASES } from './cases/package.ts'
import { registerCases } from './register.ts'

registerCases(PACKAGE_CASES)
