curl {{openai_base_url}}/chat/completions -H 'content-type: application/json' \
  -d '{"model":"{{model}}","messages":[{"role":"user","content":"hello"}]}'
