import type { Simulation } from '../timeline.ts'

/** A simulation as JSON has it; schemas/decision.schema.json describes it. */
export type SimulationView = Omit<Simulation, 'maxAttempts'> & { max_attempts: number }

export function simulationView({ maxAttempts, ...rest }: Simulation): SimulationView {
  return { ...rest, max_attempts: maxAttempts }
}
