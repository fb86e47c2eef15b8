from ollama import Client

client = Client(host="{{base_url}}", headers={"authorization": "Bearer {{api_key}}"})
answer = client.chat(model="{{model}}", messages=[{"role": "user", "content": "hello"}])
