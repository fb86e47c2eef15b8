// Every compiled test file begins with this. node:test takes a process that calls `process.exit(0)` half-way for a good one.
import { after } from 'node:test'

let hasEnded = false
after(() => (hasEnded = true))
process.on('exit', (code) => {
  if (hasEnded || code !== 0) return
  process.stderr.write('the process ended before its tests had\n')
  process.exitCode = 1
})
