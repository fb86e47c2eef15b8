import type { Evidence, Intent } from '../types.ts'

const SOURCE = Symbol('source of the evidence')

interface LazyIntent extends Intent {
  [SOURCE]: { found: Evidence[] | undefined; explain: () => Evidence[] }
}

/** One getter for all: a getter of its own would give every intent a hidden class of its own. */
const EVIDENCE: PropertyDescriptor & ThisType<LazyIntent> = {
  enumerable: true,
  configurable: true,
  get() {
    const source = this[SOURCE]
    return (source.found ??= source.explain())
  },
}

/** An intent whose evidence is worked out when somebody looks at it: the server mostly does not. */
export function lazyIntent(label: string, confidence: number, explain: () => Evidence[]): Intent {
  const intent = { label, confidence, evidence: [] as Evidence[] }
  Object.defineProperty(intent, SOURCE, { value: { found: undefined, explain } })
  return Object.defineProperty(intent, 'evidence', EVIDENCE)
}
