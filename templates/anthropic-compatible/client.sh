curl {{base_url}}/v1/messages -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01' \
  -d '{"model":"{{model}}","max_tokens":1024,"messages":[{"role":"user","content":"hello"}]}'
