import { PROFILE_MUTATION_CASES } from './cases/profile-mutations.ts'
import { registerCases } from './register.ts'

registerCases(PROFILE_MUTATION_CASES)
