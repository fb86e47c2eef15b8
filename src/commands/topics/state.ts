import type { Topic } from './topic.ts'

export const state: Topic = {
  name: 'state',
  summary: 'what outlives a restart, and how sage serve stops',
  text: `State

sage serve keeps what it has learnt of targets and sessions over a restart:
which targets fail, how fast they are, which keys rest after a rate limit or for
want of money, and which model serves which session. No text of any prompt, no
key: keys stand by reference (env:NAME), sessions by a hash.

It is one small file for each profile, below sage/ in $XDG_STATE_HOME
(~/.local/state), on Windows in %LOCALAPPDATA%; for its owner only (mode 600).

  serve:
    state: false         in memory only; so does sage serve --no-state
    state: ./state       a folder of your own, relative to the profile
    drain_ms: 30000      see below

It is a cache: it may be removed whenever sage does not run. A file that cannot
be read is set aside (….corrupt-<time>) and sage starts without it. When the
disk is full or read-only, sage goes on in memory, says so once in ten minutes,
and tries again. A second sage serve of the same profile keeps its own in
memory. GET /healthz shows where it is kept.

Stopping

The first Ctrl-C or SIGTERM stops listening. Connections close with their
answers, /healthz says "draining" with status 503, and answers under way may
finish for serve.drain_ms. Those that are left then end with an error event and
a torn connection, never as if they were complete; those that have not begun get
status 503. A second signal ends sage at once.
`,
}
