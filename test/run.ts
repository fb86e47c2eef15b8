// Runs the test files under test/ with node:test. Finding none, or running none, is a failure.
// usage: node --import tsx test/run.ts [path substring ...]
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const root = import.meta.dirname
const wanted = process.argv.slice(2)
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.replaceAll('\\', '/').includes(part)))
  .map((name) => join(root, name))
  .sort()

if (files.length === 0) {
  process.stderr.write('no test files found\n')
  process.exit(1)
}

let passed = 0
let failed = 0
const stream = run({ files, concurrency: true })
stream.on('test:pass', () => passed++)
stream.on('test:fail', () => failed++)
stream.compose(new spec()).pipe(process.stdout)
stream.on('end', () => {
  if (failed > 0 || passed === 0) process.exitCode = 1
  if (passed === 0) process.stderr.write('no test was run\n')
})
