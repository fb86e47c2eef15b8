curl {{base_url}}/api/chat -d '{"model":"{{model}}","stream":false,"messages":[{"role":"user","content":"hello"}]}'
