// Trains the intent model, writes it and prints how well such models judge sources they have not seen.
// usage: npm run train:intent -- <labelled.jsonl>
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crossValidate, encodedModel } from './train-intent/cross-validate.ts'
import { modelSource } from './train-intent/encode.ts'
import { readSamples } from './train-intent/records.ts'
import { report } from './train-intent/report.ts'

const TARGET = join(import.meta.dirname, '..', 'src', 'policy', 'intent', 'model.generated.ts')

const [path] = process.argv.slice(2)
if (path === undefined) {
  process.stderr.write('usage: npm run train:intent -- <labelled.jsonl>\n')
  process.exitCode = 2
} else {
  const samples = readSamples(path)
  const { judged, temperature } = crossValidate(samples)
  process.stdout.write(`Cross-validation by source, ${judged.length} requests:\n\n${report(judged)}`)
  const source = modelSource(encodedModel(samples, temperature))
  writeFileSync(TARGET, source)
  process.stdout.write(`wrote ${TARGET}, ${source.length} bytes, temperature ${temperature}\n`)
}
