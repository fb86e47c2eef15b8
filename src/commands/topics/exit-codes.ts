import type { Topic } from './topic.ts'

export const exitCodes: Topic = {
  name: 'exit-codes',
  summary: 'what the exit codes mean',
  text: `Exit codes

  0    done
  1    the answer is no: sage explain found no target for the request, or
       an expectation, --assert, --fail-under or --fail-on-change said so,
       sage doctor found something broken, sage discover --check found the
       lock out of date, or a pull failed
  2    the command line or the profile is wrong; nothing was started
  3    it could not run: a file cannot be read, the port is taken, no target
       is usable, no provider answers, or a bug in sage
  130  stopped by a second Ctrl-C (143: by a second SIGTERM); sage
       discover --pull by the first

The first Ctrl-C or SIGTERM stops sage serve in good order: no new request is
taken, those under way are finished, and the exit code is 0.

With --json an error is one JSON document on standard output:
  {"version":1,"error":{"code":"…","message":"…","hint":"…","diagnostics":[]}}
`,
}
