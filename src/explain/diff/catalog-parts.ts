import type { Catalog, Model } from '../../catalog/types.ts'
import { targetOf } from '../../catalog/types.ts'
import type { State } from '../state.ts'
import { brief } from './brief.ts'
import { isEqual } from './is-equal.ts'
import type { Part } from './part.ts'
import { compareLists, insertAsBefore, orderAsBefore } from './part.ts'

/** Members of a model that decide nothing. */
const APART: ReadonlySet<string> = new Set(['provider', 'id', 'sources'])

/** Every model that came, went or moved, and every fact that is another one. */
export function catalogParts(before: Catalog, after: Catalog): Part[] {
  const { added, removed, kept, isMoved } = compareLists(before.models, after.models, targetOf)
  return [
    ...kept.flatMap(({ before: old, after: now }) => factParts(old, now)),
    ...added.map((model): Part => ({
      kind: 'model',
      what: `model ${targetOf(model)}`,
      from: 'none',
      to: 'added',
      revert: (state) => withModels(state, (models) => models.filter((other) => targetOf(other) !== targetOf(model))),
    })),
    ...removed.map((model): Part => ({
      kind: 'model',
      what: `model ${targetOf(model)}`,
      from: 'there',
      to: 'removed',
      revert: (state) => withModels(state, (models) => insertAsBefore(models, model, before.models, targetOf)),
    })),
    ...(isMoved
      ? [
          {
            kind: 'model' as const,
            what: 'order of the models',
            from: brief(before.models.map(targetOf)),
            to: brief(after.models.map(targetOf)),
            revert: (state: State) => withModels(state, (models) => orderAsBefore(models, before.models, targetOf)),
          },
        ]
      : []),
  ]
}

function factParts(before: Model, after: Model): Part[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Model>
  return [...keys].flatMap((key): Part[] => {
    if (APART.has(key) || isEqual(before[key], after[key])) return []
    const target = targetOf(after)
    const revert: Part['revert'] = (state) =>
      withModels(state, (models) => models.map((model) => (targetOf(model) === target ? asBefore(model, key) : model)))
    return [{ kind: 'fact', what: `${key} of ${target}`, from: brief(before[key]), to: brief(after[key]), revert }]
  })

  function asBefore(model: Model, key: keyof Model): Model {
    const { [key]: _, ...rest } = model
    return (before[key] === undefined ? rest : { ...rest, [key]: before[key] }) as Model
  }
}

function withModels(state: State, edit: (models: readonly Model[]) => Model[]): State {
  const models = edit(state.catalog.models)
  return { ...state, catalog: { models, byTarget: new Map(models.map((model) => [targetOf(model), model])) } }
}
