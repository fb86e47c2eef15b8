import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn } from './plain.ts'

/** Words that other routers take for "find the models yourself". */
const DISCOVER = /^auto[-_ ]?discover(y)?$/i

const HINT = 'leave `models` out: the models of Ollama and of the presets are then known without a list'

/** Finds model lists that are wishes rather than model ids. */
export function lintModels(data: unknown): Mistake[] {
  return recordsIn(recordOf(data)['providers']).flatMap(([name, { models }]) => {
    const path = ['providers', name, 'models']
    const message = (id: string): string => `"${id}" is not a model`
    if (Array.isArray(models)) {
      return listOf(models).flatMap((id, index) =>
        typeof id === 'string' && DISCOVER.test(id)
          ? [mistake([...path, index], 'value', 'SAGE1021', message(id), HINT)]
          : [],
      )
    }
    return Object.keys(recordOf(models)).flatMap((id) =>
      DISCOVER.test(id) ? [mistake([...path, id], 'key', 'SAGE1021', message(id), HINT)] : [],
    )
  })
}
