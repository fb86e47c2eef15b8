import { compileGlob } from './glob.ts'
import { listOf, recordOf, recordsIn } from './plain.ts'

/** So many comparisons of a glob with a name are worth it; after that, globs count as matching. */
const BUDGET = 2_000_000

/** The names that a profile defines. Models of a provider without a list are discovered, and so unknown here. */
export class KnownNames {
  readonly policies: ReadonlySet<string>
  /** Provider → its model ids in lower case; undefined when it lists none. */
  readonly #models: ReadonlyMap<string, ReadonlySet<string> | undefined>
  readonly #memo = new Map<string, boolean>()
  #budget = BUDGET

  constructor(data: unknown) {
    const { providers, policies } = recordOf(data)
    this.policies = new Set(['auto', ...Object.keys(recordOf(policies))])
    this.#models = new Map(recordsIn(providers).map(([name, { models }]) => [name, modelsOf(models)]))
  }

  get providers(): string[] {
    return [...this.#models.keys()]
  }

  hasProvider(name: string): boolean {
    return this.#models.has(name)
  }

  /** Model ids that the provider lists; undefined when it lists none. */
  modelsOf(provider: string): ReadonlySet<string> | undefined {
    return this.#models.get(provider)
  }

  /** Whether some provider's models are discovered. */
  get isOpen(): boolean {
    return [...this.#models.values()].includes(undefined)
  }

  /** Providers that list a model of this id. */
  providersOf(id: string): string[] {
    return [...this.#models].filter(([, models]) => models?.has(id.toLowerCase()) === true).map(([name]) => name)
  }

  /** Whether the glob over `provider/model` matches a listed model; those of one provider when that is given. */
  matches(pattern: string, provider?: string): boolean {
    const known = this.#memo.get(pattern)
    if (known !== undefined) return known
    const isMatch = compileGlob(pattern)
    const found = [...this.#models].some(
      ([name, models]) =>
        (provider === undefined || provider === name) &&
        [...(models ?? [])].some((id) => this.#budget-- <= 0 || isMatch(`${name}/${id}`)),
    )
    this.#memo.set(pattern, found)
    return found
  }
}

function modelsOf(models: unknown): ReadonlySet<string> | undefined {
  const ids = Array.isArray(models) ? listOf(models).map(String) : Object.keys(recordOf(models))
  return ids.length === 0 ? undefined : new Set(ids.map((id) => id.toLowerCase()))
}
