import { ENVIRONMENT_DISK_CASES } from './cases/environment-disk.ts'
import { registerCases } from './register.ts'

registerCases(ENVIRONMENT_DISK_CASES)
