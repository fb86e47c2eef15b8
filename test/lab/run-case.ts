import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { Lab } from './lab.ts'
import type { LabCase } from './types.ts'

/** The clients that a case is run for. */
export function clientsOf(labCase: LabCase): readonly GridClient[] {
  if (labCase.per === 'once') return GRID_CLIENTS.slice(0, 1)
  return GRID_CLIENTS.filter((client) => labCase.applies?.(client) ?? true)
}

/** Runs a case for one client on a bench of its own. Returns what was seen; rejects when it was not the expected. */
export async function runCase(labCase: LabCase, client: GridClient): Promise<string> {
  const lab = new Lab()
  try {
    return await labCase.run(lab, client)
  } finally {
    await lab.close()
  }
}
