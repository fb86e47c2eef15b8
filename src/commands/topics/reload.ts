import type { Topic } from './topic.ts'

export const reload: Topic = {
  name: 'reload',
  summary: 'changes that sage serve takes without a restart',
  text: `Reload

sage serve watches the profile, its lock, its cases, the .env file of the
current directory and the files that file:… references name. When one of them
has changed and is written to its end, everything is loaded and checked anew:

  size, syntax, schema, references        as at the start
  the cases that serve.cases names        as at the start
  keys and token                          from the files as they are now; the
                                          environment of the process stays

Only when all of it is good it is taken, all at once, within half a second.
Requests under way finish with what they began with. Providers that have not
changed keep their health, their sessions and their connections.

Otherwise nothing changes: what was served is served on, one line of the log
says what is wrong, and GET /healthz answers "status": "degraded" with the
file, the code and the message until the files are good again. A profile that
is deleted, empty or half-written changes nothing either.

  serve:
    cases: sage.cases.yaml   requests with expectations (sage help cases); a
                             profile that breaks one is not served, neither at
                             the start (exit code 2) nor after a change
    reload: false            take no changes; sage serve --no-reload too

kill -HUP reloads at once, also where nobody tells of changes. Windows has no
such signal. serve.host, serve.port, serve.state and serve.decision_log are
taken at the next start only; the log says so, and /healthz in restart_for.
`,
}
