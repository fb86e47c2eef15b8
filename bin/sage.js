#!/usr/bin/env node
// Old syntax on purpose: an old Node must get as far as the message. No static import, no import.meta, no await.
var FLOOR = '20.19.0 (or 22.12.0 and up)'
var BUILT = '/dist/cli.js'

/** True for ^20.19.0 and >=22.12.0, the range in package.json. */
function supported(version) {
  var parts = version.split('.').map(Number)
  var major = parts[0]
  var minor = parts[1]
  return major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)
}

function fail(message) {
  process.stderr.write('error: ' + message + '\n')
  process.exitCode = 3
}

/** A source checkout that was not built runs from its sources. */
function runSource() {
  return import('tsx/esm/api').then(
    function (tsx) {
      tsx.register()
      return import('../src/cli.ts')
    },
    function () {
      fail('dist/ is missing and tsx is not installed: run "npm install", then "npm run build"')
    },
  )
}

function onError(error) {
  var missing = error.code === 'ERR_MODULE_NOT_FOUND' ? String(error.url || '') : ''
  if (missing.slice(-BUILT.length) === BUILT) return runSource()
  throw error
}

if (!supported(process.versions.node)) {
  fail('sage needs Node.js ' + FLOOR + '; this is ' + process.versions.node)
} else {
  import('../dist/cli.js')['catch'](onError)['catch'](function (error) {
    fail('sage could not start: ' + (error && error.message ? error.message.split('\n')[0] : error))
    if (process.env.SAGE_DEBUG) process.stderr.write(String(error && error.stack) + '\n')
  })
}
