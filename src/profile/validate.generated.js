// Generated from schemas/profile.schema.json by `npm run generate`. Do not edit.
"use strict";
export const validate = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:sage-router:profile:1","type":"object","required":["version","providers"],"additionalProperties":false,"patternProperties":{"^x-":{}},"properties":{"version":{"const":1},"serve":{"$ref":"#/$defs/serve"},"providers":{"type":"object","minProperties":1,"maxProperties":100,"propertyNames":{"type":"string","pattern":"^(?!sage$)[a-z0-9][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `-` and `_`, and not `sage`"},"additionalProperties":{"$ref":"#/$defs/provider"}},"policies":{"type":"object","maxProperties":100,"propertyNames":{"type":"string","pattern":"^[a-z0-9][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `-` and `_`"},"additionalProperties":{"$ref":"#/$defs/policy"}},"time_zone":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_+/-]*$","patternErrorMessage":"an IANA time zone such as `Europe/Berlin` or `UTC`"},"tiers":{"type":"object","maxProperties":100,"propertyNames":{"$ref":"#/$defs/tierName"},"additionalProperties":{"$ref":"#/$defs/priceLimit"}},"aliases":{"type":"object","maxProperties":1000,"propertyNames":{"$ref":"#/$defs/glob"},"additionalProperties":{"type":"string","pattern":"^[^\\s*?]+$","patternErrorMessage":"a name such as `ollama/qwen3:8b` or `sage/auto`, without `*` and `?`"}},"pins":{"type":"object","maxProperties":1000,"propertyNames":{"$ref":"#/$defs/glob"},"additionalProperties":{"$ref":"#/$defs/pin"}},"intents":{"type":"object","maxProperties":100,"propertyNames":{"$ref":"#/$defs/intent"},"additionalProperties":{"$ref":"#/$defs/userIntent"}},"min_intent_confidence":{"type":"number","minimum":0,"maximum":1}},"$defs":{"serve":{"type":"object","additionalProperties":false,"properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9.:_-]+$","patternErrorMessage":"a host name or an IP address"},"port":{"type":"integer","minimum":0,"maximum":65535},"token":{"$ref":"#/$defs/reference"},"max_body_mb":{"type":"number","minimum":0.001,"maximum":1024},"refresh":{"type":"boolean"},"reload":{"type":"boolean"},"cases":{"type":"string","pattern":"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$","patternErrorMessage":"a file name"},"drain_ms":{"type":"integer","minimum":0,"maximum":600000},"state":{"type":["boolean","string"],"pattern":"\\S","patternErrorMessage":"true, false or a folder"},"decision_log":{"$ref":"#/$defs/decisionLog"}}},"decisionLog":{"type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"type":"string","pattern":"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$","patternErrorMessage":"a file name"},"prompts":{"type":"boolean"},"max_mb":{"type":"number","minimum":0.01,"maximum":10240},"keep":{"type":"integer","minimum":0,"maximum":100}}},"provider":{"type":"object","required":["kind"],"additionalProperties":false,"properties":{"kind":{"type":"string","enum":["openai-compatible","openai","nvidia","anthropic","gemini","ollama","ollama-cloud","demo"]},"preset":{"type":"string","enum":["openai","nvidia","openrouter","groq","mistral","deepseek","xai","lmstudio","llamacpp","vllm"]},"base_url":{"type":"string"},"key":{"$ref":"#/$defs/reference"},"keys":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/reference"}},"local":{"type":"boolean"},"headers":{"type":"object","maxProperties":100,"propertyNames":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$","patternErrorMessage":"an HTTP header name"},"additionalProperties":{"type":"string","pattern":"^[\\t\\x20-\\x7e\\xa0-\\xff]*$","patternErrorMessage":"one line of Latin-1 text"}},"quirks":{"$ref":"#/$defs/quirks"},"defaults":{"$ref":"#/$defs/modelFacts"},"timeouts":{"$ref":"#/$defs/timeouts"},"max_concurrency":{"type":"integer","minimum":1,"maximum":10000},"models":{"type":["object","array"],"minProperties":1,"maxProperties":5000,"propertyNames":{"$ref":"#/$defs/modelId"},"additionalProperties":{"$ref":"#/$defs/modelFacts"},"minItems":1,"maxItems":5000,"items":{"$ref":"#/$defs/modelId"}}},"allOf":[{"if":{"required":["kind"],"properties":{"kind":{"const":"openai-compatible"}}},"then":{"anyOf":[{"required":["preset"]},{"required":["base_url"]}]}},{"if":{"required":["kind"],"properties":{"kind":{"enum":["anthropic","ollama","demo"]}}},"then":{"properties":{"preset":false}}}],"dependentSchemas":{"key":{"properties":{"keys":false}}}},"modelId":{"type":"string","pattern":"^[^\\s*?]{1,200}$","patternErrorMessage":"a model id: no spaces, no `*` or `?`, at most 200 characters"},"modelFacts":{"type":["object","null"],"additionalProperties":false,"properties":{"capabilities":{"$ref":"#/$defs/capabilities"},"context":{"$ref":"#/$defs/context"},"output":{"$ref":"#/$defs/output"},"price":{"$ref":"#/$defs/price"},"continues_prefill":{"type":"boolean"},"tags":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/tag"}}}},"tag":{"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$","patternErrorMessage":"letters, digits and `. _ : / -`, at most 64"},"tierName":{"type":"string","pattern":"^[a-z][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `-` and `_`, a letter first"},"priceLimit":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"input":{"type":"number","minimum":0,"maximum":1000000},"output":{"type":"number","minimum":0,"maximum":1000000}}},"highestPrice":{"type":["object","string"],"if":{"type":"string"},"then":{"$ref":"#/$defs/tierName"},"minProperties":1,"additionalProperties":false,"properties":{"input":{"type":"number","minimum":0,"maximum":1000000},"output":{"type":"number","minimum":0,"maximum":1000000}}},"capabilities":{"type":"array","maxItems":5,"items":{"type":"string","enum":["tools","vision","json","thinking","documents"]}},"context":{"type":"integer","minimum":1,"maximum":1000000000},"output":{"type":"integer","minimum":1,"maximum":1000000000},"price":{"type":"object","required":["input","output"],"additionalProperties":false,"properties":{"input":{"type":"number","minimum":0,"maximum":1000000},"output":{"type":"number","minimum":0,"maximum":1000000},"cache_read":{"type":"number","minimum":0,"maximum":1000000}}},"quirks":{"type":"object","additionalProperties":false,"properties":{"max_tokens_field":{"type":"string","enum":["max_tokens","max_completion_tokens"]},"reasoning_field":{"type":"string","enum":["reasoning_content","reasoning"]},"reasoning_required":{"type":"boolean"},"stream_usage":{"type":"boolean"},"parallel_tool_calls":{"type":"boolean"},"reasoning_effort":{"type":"boolean"},"json_schema":{"type":"boolean"},"prefill":{"type":"string","enum":["prefix","continue_final_message"]},"prefill_echo":{"type":"boolean"},"drop_parameters":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/fieldName"}},"drop_schema_keywords":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/fieldName"}}}},"fieldName":{"type":"string","pattern":"^[A-Za-z_$][A-Za-z0-9_$-]*$","patternErrorMessage":"a field name"},"timeouts":{"type":"object","additionalProperties":false,"properties":{"connect_ms":{"$ref":"#/$defs/milliseconds"},"first_content_ms":{"$ref":"#/$defs/milliseconds"},"response_ms":{"$ref":"#/$defs/milliseconds"},"idle_ms":{"$ref":"#/$defs/milliseconds"}}},"milliseconds":{"type":"integer","minimum":1,"maximum":86400000},"policy":{"type":"object","additionalProperties":false,"properties":{"description":{"type":"string"},"require":{"$ref":"#/$defs/requirements"},"allow":{"$ref":"#/$defs/targetGlobs","type":"array","minItems":1},"deny":{"$ref":"#/$defs/targetGlobs"},"weights":{"$ref":"#/$defs/weights"},"ties":{"type":"string","enum":["order","spread"]},"tie_margin":{"type":"number","minimum":0,"maximum":10000},"fallback":{"$ref":"#/$defs/fallback"},"affinity":{"$ref":"#/$defs/affinity"},"thinking":{"$ref":"#/$defs/thinkingLevel"},"max_output":{"$ref":"#/$defs/output"},"max_attempts":{"type":"integer","minimum":1,"maximum":10},"retry_wait_ms":{"type":"integer","minimum":0,"maximum":60000},"rescue":{"type":"string","enum":["off","prose"]},"deadline_ms":{"$ref":"#/$defs/milliseconds"},"rules":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/rule"}}}},"weights":{"type":"object","additionalProperties":false,"properties":{"order":{"type":"number","minimum":0,"maximum":10000},"avoid":{"type":"number","minimum":0,"maximum":100000},"health":{"type":"number","minimum":0,"maximum":10000},"latency":{"type":"number","minimum":0,"maximum":10000},"price":{"type":"number","minimum":0,"maximum":10000},"locality":{"type":"number","minimum":0,"maximum":10000},"context":{"type":"number","minimum":0,"maximum":10000},"capability":{"type":"number","minimum":0,"maximum":10000},"cache":{"type":"number","minimum":0,"maximum":10000}}},"rule":{"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string","pattern":"^(?!(?:default|pin)$)\\S(?:[^\\x00-\\x1f]*\\S)?$","patternErrorMessage":"a name on one line other than `default` and `pin`"},"when":{"$ref":"#/$defs/condition"},"prefer":{"$ref":"#/$defs/targetGlobs"},"avoid":{"$ref":"#/$defs/targetGlobs"},"only":{"$ref":"#/$defs/targetGlobs","type":"array","minItems":1},"require":{"$ref":"#/$defs/requirements"},"fallback":{"$ref":"#/$defs/fallback"},"thinking":{"$ref":"#/$defs/thinkingLevel"},"max_output":{"$ref":"#/$defs/output"}}},"condition":{"type":"object","additionalProperties":false,"properties":{"intent":{"type":["string","array"],"if":{"type":"string"},"then":{"$ref":"#/$defs/intent"},"minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/intent"}},"min_confidence":{"type":"number","minimum":0,"maximum":1},"errand":{"type":["string","array","boolean"],"if":{"type":"string"},"then":{"$ref":"#/$defs/errand"},"minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/errand"}},"tools":{"type":"boolean"},"tool_loop":{"type":"boolean"},"vision":{"type":"boolean"},"documents":{"type":"boolean"},"json":{"type":"boolean"},"thinking":{"type":"boolean"},"stream":{"type":"boolean"},"min_tokens":{"type":"integer","minimum":0,"maximum":1000000000},"max_tokens":{"type":"integer","minimum":0,"maximum":1000000000},"client":{"type":["string","array"],"pattern":"\\S","patternErrorMessage":"a glob such as `claude-cli*`","minItems":1,"maxItems":100,"items":{"type":"string","pattern":"\\S","patternErrorMessage":"a glob such as `claude-cli*`"}},"header":{"type":"object","minProperties":1,"maxProperties":100,"propertyNames":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$","patternErrorMessage":"an HTTP header name"},"additionalProperties":{"type":"string"}},"tags":{"type":["string","array"],"pattern":"^\\S+$","patternErrorMessage":"a tag, or a glob over tags","minItems":1,"maxItems":100,"items":{"type":"string","pattern":"^\\S+$","patternErrorMessage":"a tag, or a glob over tags"}},"time":{"type":["string","array"],"if":{"type":"string"},"then":{"$ref":"#/$defs/timeRange"},"minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/timeRange"}},"days":{"type":["string","array"],"if":{"type":"string"},"then":{"$ref":"#/$defs/day"},"minItems":1,"maxItems":7,"items":{"$ref":"#/$defs/day"}}}},"intent":{"type":"string","pattern":"^[a-z0-9][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `-` and `_`"},"userIntent":{"type":"object","additionalProperties":false,"properties":{"description":{"type":"string"},"words":{"type":"array","maxItems":1000,"items":{"type":"string","pattern":"^\\S(?:[^\\x00-\\x1f]{0,98}\\S)?$","patternErrorMessage":"a word or a phrase on one line, at most 100 characters"}},"examples":{"type":"array","maxItems":200,"items":{"type":"string","pattern":"^[^\\x00]{1,1000}$","patternErrorMessage":"a text of at most 1,000 characters"}},"patterns":{"type":"array","maxItems":100,"items":{"type":"string","pattern":"^[^\\x00]{1,500}$","patternErrorMessage":"a regular expression of at most 500 characters"}}}},"errand":{"type":"string","enum":["title","topic","suggestions","compaction","warm-up"]},"timeRange":{"type":"string","pattern":"^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$","patternErrorMessage":"a time of day from-to such as `22:00-06:00`"},"day":{"type":"string","enum":["mon","tue","wed","thu","fri","sat","sun"]},"requirements":{"type":"object","additionalProperties":false,"properties":{"local":{"type":"boolean"},"capabilities":{"$ref":"#/$defs/capabilities"},"min_context":{"$ref":"#/$defs/context"},"max_price":{"$ref":"#/$defs/highestPrice"}}},"fallback":{"type":"object","additionalProperties":false,"properties":{"never":{"type":"string","enum":["remote"]},"never_exceed":{"$ref":"#/$defs/highestPrice"},"max_attempts":{"type":"integer","minimum":1,"maximum":10}}},"thinkingLevel":{"type":"string","enum":["off","low","medium","high"]},"affinity":{"type":"object","additionalProperties":false,"properties":{"min_confidence":{"type":"number","minimum":0,"maximum":1}}},"pin":{"type":"object","required":["fallback"],"additionalProperties":false,"properties":{"fallback":{"type":"array","minItems":1,"maxItems":10,"items":{"type":"string","pattern":"^[^\\s*?]+$","patternErrorMessage":"one model, as `provider/model`, or a policy, as `sage/<policy>`"}}}},"targetGlobs":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/glob"}},"glob":{"type":"string","pattern":"^\\S{1,300}$","patternErrorMessage":"a glob without spaces, such as `ollama/*`"},"reference":{"type":"string","pattern":"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"}}};
const schema59 = {"type":"string","pattern":"^[a-z][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `-` and `_`, a letter first"};
const schema81 = {"type":"object","minProperties":1,"additionalProperties":false,"properties":{"input":{"type":"number","minimum":0,"maximum":1000000},"output":{"type":"number","minimum":0,"maximum":1000000}}};
const schema61 = {"type":"string","pattern":"^\\S{1,300}$","patternErrorMessage":"a glob without spaces, such as `ollama/*`"};
const schema84 = {"type":"object","required":["fallback"],"additionalProperties":false,"properties":{"fallback":{"type":"array","minItems":1,"maxItems":10,"items":{"type":"string","pattern":"^[^\\s*?]+$","patternErrorMessage":"one model, as `provider/model`, or a policy, as `sage/<policy>`"}}}};
const schema70 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `-` and `_`"};
const schema86 = {"type":"object","additionalProperties":false,"properties":{"description":{"type":"string"},"words":{"type":"array","maxItems":1000,"items":{"type":"string","pattern":"^\\S(?:[^\\x00-\\x1f]{0,98}\\S)?$","patternErrorMessage":"a word or a phrase on one line, at most 100 characters"}},"examples":{"type":"array","maxItems":200,"items":{"type":"string","pattern":"^[^\\x00]{1,1000}$","patternErrorMessage":"a text of at most 1,000 characters"}},"patterns":{"type":"array","maxItems":100,"items":{"type":"string","pattern":"^[^\\x00]{1,500}$","patternErrorMessage":"a regular expression of at most 500 characters"}}}};
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp("^x-", "u");
const pattern10 = new RegExp("^(?!sage$)[a-z0-9][a-z0-9_-]*$", "u");
const pattern20 = new RegExp("^[a-z0-9][a-z0-9_-]*$", "u");
const pattern33 = new RegExp("^[A-Za-z][A-Za-z0-9_+/-]*$", "u");
const pattern21 = new RegExp("^[a-z][a-z0-9_-]*$", "u");
const pattern22 = new RegExp("^\\S{1,300}$", "u");
const pattern36 = new RegExp("^[^\\s*?]+$", "u");
const pattern40 = new RegExp("^\\S(?:[^\\x00-\\x1f]{0,98}\\S)?$", "u");
const pattern41 = new RegExp("^[^\\x00]{1,1000}$", "u");
const pattern42 = new RegExp("^[^\\x00]{1,500}$", "u");
const schema32 = {"type":"object","additionalProperties":false,"properties":{"host":{"type":"string","pattern":"^[A-Za-z0-9.:_-]+$","patternErrorMessage":"a host name or an IP address"},"port":{"type":"integer","minimum":0,"maximum":65535},"token":{"$ref":"#/$defs/reference"},"max_body_mb":{"type":"number","minimum":0.001,"maximum":1024},"refresh":{"type":"boolean"},"reload":{"type":"boolean"},"cases":{"type":"string","pattern":"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$","patternErrorMessage":"a file name"},"drain_ms":{"type":"integer","minimum":0,"maximum":600000},"state":{"type":["boolean","string"],"pattern":"\\S","patternErrorMessage":"true, false or a folder"},"decision_log":{"$ref":"#/$defs/decisionLog"}}};
const schema33 = {"type":"string","pattern":"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"};
const schema34 = {"type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"type":"string","pattern":"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$","patternErrorMessage":"a file name"},"prompts":{"type":"boolean"},"max_mb":{"type":"number","minimum":0.01,"maximum":10240},"keep":{"type":"integer","minimum":0,"maximum":100}}};
const pattern5 = new RegExp("^[A-Za-z0-9.:_-]+$", "u");
const pattern6 = new RegExp("^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$", "u");
const pattern7 = new RegExp("^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$", "u");
const pattern8 = new RegExp("\\S", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema32.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.host !== undefined){
let data0 = data.host;
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
const err1 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:_-]+$"},message:"must match pattern \""+"^[A-Za-z0-9.:_-]+$"+"\"",schema:"^[A-Za-z0-9.:_-]+$",parentSchema:schema32.properties.host,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.host.type,parentSchema:schema32.properties.host,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.port !== undefined){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err3 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema32.properties.port.type,parentSchema:schema32.properties.port,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema32.properties.port,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema32.properties.port,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.token !== undefined){
let data2 = data.token;
if(typeof data2 === "string"){
if(!pattern6.test(data2)){
const err6 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/reference/pattern",keyword:"pattern",params:{pattern: "^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"},message:"must match pattern \""+"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"+"\"",schema:"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$",parentSchema:schema33,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/reference/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.max_body_mb !== undefined){
let data3 = data.max_body_mb;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1024 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/max_body_mb",schemaPath:"#/properties/max_body_mb/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024",schema:1024,parentSchema:schema32.properties.max_body_mb,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3 < 0.001 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/max_body_mb",schemaPath:"#/properties/max_body_mb/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.001},message:"must be >= 0.001",schema:0.001,parentSchema:schema32.properties.max_body_mb,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/max_body_mb",schemaPath:"#/properties/max_body_mb/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema32.properties.max_body_mb.type,parentSchema:schema32.properties.max_body_mb,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.refresh !== undefined){
let data4 = data.refresh;
if(typeof data4 !== "boolean"){
const err11 = {instancePath:instancePath+"/refresh",schemaPath:"#/properties/refresh/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.refresh.type,parentSchema:schema32.properties.refresh,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.reload !== undefined){
let data5 = data.reload;
if(typeof data5 !== "boolean"){
const err12 = {instancePath:instancePath+"/reload",schemaPath:"#/properties/reload/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.reload.type,parentSchema:schema32.properties.reload,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.cases !== undefined){
let data6 = data.cases;
if(typeof data6 === "string"){
if(!pattern7.test(data6)){
const err13 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/pattern",keyword:"pattern",params:{pattern: "^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$"},message:"must match pattern \""+"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$"+"\"",schema:"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$",parentSchema:schema32.properties.cases,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.cases.type,parentSchema:schema32.properties.cases,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.drain_ms !== undefined){
let data7 = data.drain_ms;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err15 = {instancePath:instancePath+"/drain_ms",schemaPath:"#/properties/drain_ms/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema32.properties.drain_ms.type,parentSchema:schema32.properties.drain_ms,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 600000 || isNaN(data7)){
const err16 = {instancePath:instancePath+"/drain_ms",schemaPath:"#/properties/drain_ms/maximum",keyword:"maximum",params:{comparison: "<=", limit: 600000},message:"must be <= 600000",schema:600000,parentSchema:schema32.properties.drain_ms,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err17 = {instancePath:instancePath+"/drain_ms",schemaPath:"#/properties/drain_ms/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema32.properties.drain_ms,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
if(data.state !== undefined){
let data8 = data.state;
if((typeof data8 !== "boolean") && (typeof data8 !== "string")){
const err18 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: schema32.properties.state.type},message:"must be boolean,string",schema:schema32.properties.state.type,parentSchema:schema32.properties.state,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(typeof data8 === "string"){
if(!pattern8.test(data8)){
const err19 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema32.properties.state,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data.decision_log !== undefined){
let data9 = data.decision_log;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.path === undefined){
const err20 = {instancePath:instancePath+"/decision_log",schemaPath:"#/$defs/decisionLog/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema34.required,parentSchema:schema34,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key1 in data9){
if(!((((key1 === "path") || (key1 === "prompts")) || (key1 === "max_mb")) || (key1 === "keep"))){
const err21 = {instancePath:instancePath+"/decision_log",schemaPath:"#/$defs/decisionLog/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data9.path !== undefined){
let data10 = data9.path;
if(typeof data10 === "string"){
if(!pattern7.test(data10)){
const err22 = {instancePath:instancePath+"/decision_log/path",schemaPath:"#/$defs/decisionLog/properties/path/pattern",keyword:"pattern",params:{pattern: "^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$"},message:"must match pattern \""+"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$"+"\"",schema:"^[^\\s\\u0000](?:[^\\u0000]{0,4094}[^\\s\\u0000])?$",parentSchema:schema34.properties.path,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/decision_log/path",schemaPath:"#/$defs/decisionLog/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.properties.path.type,parentSchema:schema34.properties.path,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data9.prompts !== undefined){
let data11 = data9.prompts;
if(typeof data11 !== "boolean"){
const err24 = {instancePath:instancePath+"/decision_log/prompts",schemaPath:"#/$defs/decisionLog/properties/prompts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema34.properties.prompts.type,parentSchema:schema34.properties.prompts,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data9.max_mb !== undefined){
let data12 = data9.max_mb;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 10240 || isNaN(data12)){
const err25 = {instancePath:instancePath+"/decision_log/max_mb",schemaPath:"#/$defs/decisionLog/properties/max_mb/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10240},message:"must be <= 10240",schema:10240,parentSchema:schema34.properties.max_mb,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data12 < 0.01 || isNaN(data12)){
const err26 = {instancePath:instancePath+"/decision_log/max_mb",schemaPath:"#/$defs/decisionLog/properties/max_mb/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0.01},message:"must be >= 0.01",schema:0.01,parentSchema:schema34.properties.max_mb,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/decision_log/max_mb",schemaPath:"#/$defs/decisionLog/properties/max_mb/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema34.properties.max_mb.type,parentSchema:schema34.properties.max_mb,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data9.keep !== undefined){
let data13 = data9.keep;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err28 = {instancePath:instancePath+"/decision_log/keep",schemaPath:"#/$defs/decisionLog/properties/keep/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema34.properties.keep.type,parentSchema:schema34.properties.keep,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 100 || isNaN(data13)){
const err29 = {instancePath:instancePath+"/decision_log/keep",schemaPath:"#/$defs/decisionLog/properties/keep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema34.properties.keep,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data13 < 0 || isNaN(data13)){
const err30 = {instancePath:instancePath+"/decision_log/keep",schemaPath:"#/$defs/decisionLog/properties/keep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema34.properties.keep,data:data13};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
}
else {
const err31 = {instancePath:instancePath+"/decision_log",schemaPath:"#/$defs/decisionLog/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data:data9};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema35 = {"type":"object","required":["kind"],"additionalProperties":false,"properties":{"kind":{"type":"string","enum":["openai-compatible","openai","nvidia","anthropic","gemini","ollama","ollama-cloud","demo"]},"preset":{"type":"string","enum":["openai","nvidia","openrouter","groq","mistral","deepseek","xai","lmstudio","llamacpp","vllm"]},"base_url":{"type":"string"},"key":{"$ref":"#/$defs/reference"},"keys":{"type":"array","minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/reference"}},"local":{"type":"boolean"},"headers":{"type":"object","maxProperties":100,"propertyNames":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$","patternErrorMessage":"an HTTP header name"},"additionalProperties":{"type":"string","pattern":"^[\\t\\x20-\\x7e\\xa0-\\xff]*$","patternErrorMessage":"one line of Latin-1 text"}},"quirks":{"$ref":"#/$defs/quirks"},"defaults":{"$ref":"#/$defs/modelFacts"},"timeouts":{"$ref":"#/$defs/timeouts"},"max_concurrency":{"type":"integer","minimum":1,"maximum":10000},"models":{"type":["object","array"],"minProperties":1,"maxProperties":5000,"propertyNames":{"$ref":"#/$defs/modelId"},"additionalProperties":{"$ref":"#/$defs/modelFacts"},"minItems":1,"maxItems":5000,"items":{"$ref":"#/$defs/modelId"}}},"allOf":[{"if":{"required":["kind"],"properties":{"kind":{"const":"openai-compatible"}}},"then":{"anyOf":[{"required":["preset"]},{"required":["base_url"]}]}},{"if":{"required":["kind"],"properties":{"kind":{"enum":["anthropic","ollama","demo"]}}},"then":{"properties":{"preset":false}}}],"dependentSchemas":{"key":{"properties":{"keys":false}}}};
const schema52 = {"type":"string","pattern":"^[^\\s*?]{1,200}$","patternErrorMessage":"a model id: no spaces, no `*` or `?`, at most 200 characters"};
const pattern13 = new RegExp("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", "u");
const pattern14 = new RegExp("^[\\t\\x20-\\x7e\\xa0-\\xff]*$", "u");
const pattern18 = new RegExp("^[^\\s*?]{1,200}$", "u");
const schema38 = {"type":"object","additionalProperties":false,"properties":{"max_tokens_field":{"type":"string","enum":["max_tokens","max_completion_tokens"]},"reasoning_field":{"type":"string","enum":["reasoning_content","reasoning"]},"reasoning_required":{"type":"boolean"},"stream_usage":{"type":"boolean"},"parallel_tool_calls":{"type":"boolean"},"reasoning_effort":{"type":"boolean"},"json_schema":{"type":"boolean"},"prefill":{"type":"string","enum":["prefix","continue_final_message"]},"prefill_echo":{"type":"boolean"},"drop_parameters":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/fieldName"}},"drop_schema_keywords":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/fieldName"}}}};
const schema39 = {"type":"string","pattern":"^[A-Za-z_$][A-Za-z0-9_$-]*$","patternErrorMessage":"a field name"};
const pattern15 = new RegExp("^[A-Za-z_$][A-Za-z0-9_$-]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema38.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.max_tokens_field !== undefined){
let data0 = data.max_tokens_field;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/max_tokens_field",schemaPath:"#/properties/max_tokens_field/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.max_tokens_field.type,parentSchema:schema38.properties.max_tokens_field,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!((data0 === "max_tokens") || (data0 === "max_completion_tokens"))){
const err2 = {instancePath:instancePath+"/max_tokens_field",schemaPath:"#/properties/max_tokens_field/enum",keyword:"enum",params:{allowedValues: schema38.properties.max_tokens_field.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.max_tokens_field.enum,parentSchema:schema38.properties.max_tokens_field,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.reasoning_field !== undefined){
let data1 = data.reasoning_field;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/reasoning_field",schemaPath:"#/properties/reasoning_field/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.reasoning_field.type,parentSchema:schema38.properties.reasoning_field,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!((data1 === "reasoning_content") || (data1 === "reasoning"))){
const err4 = {instancePath:instancePath+"/reasoning_field",schemaPath:"#/properties/reasoning_field/enum",keyword:"enum",params:{allowedValues: schema38.properties.reasoning_field.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.reasoning_field.enum,parentSchema:schema38.properties.reasoning_field,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.reasoning_required !== undefined){
let data2 = data.reasoning_required;
if(typeof data2 !== "boolean"){
const err5 = {instancePath:instancePath+"/reasoning_required",schemaPath:"#/properties/reasoning_required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.reasoning_required.type,parentSchema:schema38.properties.reasoning_required,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.stream_usage !== undefined){
let data3 = data.stream_usage;
if(typeof data3 !== "boolean"){
const err6 = {instancePath:instancePath+"/stream_usage",schemaPath:"#/properties/stream_usage/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.stream_usage.type,parentSchema:schema38.properties.stream_usage,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.parallel_tool_calls !== undefined){
let data4 = data.parallel_tool_calls;
if(typeof data4 !== "boolean"){
const err7 = {instancePath:instancePath+"/parallel_tool_calls",schemaPath:"#/properties/parallel_tool_calls/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.parallel_tool_calls.type,parentSchema:schema38.properties.parallel_tool_calls,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.reasoning_effort !== undefined){
let data5 = data.reasoning_effort;
if(typeof data5 !== "boolean"){
const err8 = {instancePath:instancePath+"/reasoning_effort",schemaPath:"#/properties/reasoning_effort/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.reasoning_effort.type,parentSchema:schema38.properties.reasoning_effort,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.json_schema !== undefined){
let data6 = data.json_schema;
if(typeof data6 !== "boolean"){
const err9 = {instancePath:instancePath+"/json_schema",schemaPath:"#/properties/json_schema/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.json_schema.type,parentSchema:schema38.properties.json_schema,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.prefill !== undefined){
let data7 = data.prefill;
if(typeof data7 !== "string"){
const err10 = {instancePath:instancePath+"/prefill",schemaPath:"#/properties/prefill/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.prefill.type,parentSchema:schema38.properties.prefill,data:data7};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!((data7 === "prefix") || (data7 === "continue_final_message"))){
const err11 = {instancePath:instancePath+"/prefill",schemaPath:"#/properties/prefill/enum",keyword:"enum",params:{allowedValues: schema38.properties.prefill.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.prefill.enum,parentSchema:schema38.properties.prefill,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.prefill_echo !== undefined){
let data8 = data.prefill_echo;
if(typeof data8 !== "boolean"){
const err12 = {instancePath:instancePath+"/prefill_echo",schemaPath:"#/properties/prefill_echo/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema38.properties.prefill_echo.type,parentSchema:schema38.properties.prefill_echo,data:data8};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.drop_parameters !== undefined){
let data9 = data.drop_parameters;
if(Array.isArray(data9)){
if(data9.length > 100){
const err13 = {instancePath:instancePath+"/drop_parameters",schemaPath:"#/properties/drop_parameters/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema38.properties.drop_parameters,data:data9};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(typeof data10 === "string"){
if(!pattern15.test(data10)){
const err14 = {instancePath:instancePath+"/drop_parameters/" + i0,schemaPath:"#/$defs/fieldName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_$][A-Za-z0-9_$-]*$"},message:"must match pattern \""+"^[A-Za-z_$][A-Za-z0-9_$-]*$"+"\"",schema:"^[A-Za-z_$][A-Za-z0-9_$-]*$",parentSchema:schema39,data:data10};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/drop_parameters/" + i0,schemaPath:"#/$defs/fieldName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.type,parentSchema:schema39,data:data10};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/drop_parameters",schemaPath:"#/properties/drop_parameters/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.drop_parameters.type,parentSchema:schema38.properties.drop_parameters,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.drop_schema_keywords !== undefined){
let data11 = data.drop_schema_keywords;
if(Array.isArray(data11)){
if(data11.length > 100){
const err17 = {instancePath:instancePath+"/drop_schema_keywords",schemaPath:"#/properties/drop_schema_keywords/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema38.properties.drop_schema_keywords,data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
if(typeof data12 === "string"){
if(!pattern15.test(data12)){
const err18 = {instancePath:instancePath+"/drop_schema_keywords/" + i1,schemaPath:"#/$defs/fieldName/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_$][A-Za-z0-9_$-]*$"},message:"must match pattern \""+"^[A-Za-z_$][A-Za-z0-9_$-]*$"+"\"",schema:"^[A-Za-z_$][A-Za-z0-9_$-]*$",parentSchema:schema39,data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/drop_schema_keywords/" + i1,schemaPath:"#/$defs/fieldName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.type,parentSchema:schema39,data:data12};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/drop_schema_keywords",schemaPath:"#/properties/drop_schema_keywords/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema38.properties.drop_schema_keywords.type,parentSchema:schema38.properties.drop_schema_keywords,data:data11};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema41 = {"type":["object","null"],"additionalProperties":false,"properties":{"capabilities":{"$ref":"#/$defs/capabilities"},"context":{"$ref":"#/$defs/context"},"output":{"$ref":"#/$defs/output"},"price":{"$ref":"#/$defs/price"},"continues_prefill":{"type":"boolean"},"tags":{"type":"array","maxItems":100,"items":{"$ref":"#/$defs/tag"}}}};
const schema42 = {"type":"array","maxItems":5,"items":{"type":"string","enum":["tools","vision","json","thinking","documents"]}};
const schema43 = {"type":"integer","minimum":1,"maximum":1000000000};
const schema44 = {"type":"integer","minimum":1,"maximum":1000000000};
const schema45 = {"type":"object","required":["input","output"],"additionalProperties":false,"properties":{"input":{"type":"number","minimum":0,"maximum":1000000},"output":{"type":"number","minimum":0,"maximum":1000000},"cache_read":{"type":"number","minimum":0,"maximum":1000000}}};
const schema46 = {"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$","patternErrorMessage":"letters, digits and `. _ : / -`, at most 64"};
const pattern17 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema41.type},message:"must be object,null",schema:schema41.type,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "capabilities") || (key0 === "context")) || (key0 === "output")) || (key0 === "price")) || (key0 === "continues_prefill")) || (key0 === "tags"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema41,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.capabilities !== undefined){
let data0 = data.capabilities;
if(Array.isArray(data0)){
if(data0.length > 5){
const err2 = {instancePath:instancePath+"/capabilities",schemaPath:"#/$defs/capabilities/maxItems",keyword:"maxItems",params:{limit: 5},message:"must NOT have more than 5 items",schema:5,parentSchema:schema42,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/capabilities/" + i0,schemaPath:"#/$defs/capabilities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.items.type,parentSchema:schema42.items,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(((((data1 === "tools") || (data1 === "vision")) || (data1 === "json")) || (data1 === "thinking")) || (data1 === "documents"))){
const err4 = {instancePath:instancePath+"/capabilities/" + i0,schemaPath:"#/$defs/capabilities/items/enum",keyword:"enum",params:{allowedValues: schema42.items.enum},message:"must be equal to one of the allowed values",schema:schema42.items.enum,parentSchema:schema42.items,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/capabilities",schemaPath:"#/$defs/capabilities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema42.type,parentSchema:schema42,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.context !== undefined){
let data2 = data.context;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/context",schemaPath:"#/$defs/context/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.type,parentSchema:schema43,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000000 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/context",schemaPath:"#/$defs/context/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema43,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/context",schemaPath:"#/$defs/context/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema43,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.output !== undefined){
let data3 = data.output;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err9 = {instancePath:instancePath+"/output",schemaPath:"#/$defs/output/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema44.type,parentSchema:schema44,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000000 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/output",schemaPath:"#/$defs/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema44,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/output",schemaPath:"#/$defs/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema44,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
if(data.price !== undefined){
let data4 = data.price;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.input === undefined){
const err12 = {instancePath:instancePath+"/price",schemaPath:"#/$defs/price/required",keyword:"required",params:{missingProperty: "input"},message:"must have required property '"+"input"+"'",schema:schema45.required,parentSchema:schema45,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.output === undefined){
const err13 = {instancePath:instancePath+"/price",schemaPath:"#/$defs/price/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema45.required,parentSchema:schema45,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key1 in data4){
if(!(((key1 === "input") || (key1 === "output")) || (key1 === "cache_read"))){
const err14 = {instancePath:instancePath+"/price",schemaPath:"#/$defs/price/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema45,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.input !== undefined){
let data5 = data4.input;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1000000 || isNaN(data5)){
const err15 = {instancePath:instancePath+"/price/input",schemaPath:"#/$defs/price/properties/input/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema45.properties.input,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err16 = {instancePath:instancePath+"/price/input",schemaPath:"#/$defs/price/properties/input/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema45.properties.input,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/price/input",schemaPath:"#/$defs/price/properties/input/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema45.properties.input.type,parentSchema:schema45.properties.input,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data4.output !== undefined){
let data6 = data4.output;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000000 || isNaN(data6)){
const err18 = {instancePath:instancePath+"/price/output",schemaPath:"#/$defs/price/properties/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema45.properties.output,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data6 < 0 || isNaN(data6)){
const err19 = {instancePath:instancePath+"/price/output",schemaPath:"#/$defs/price/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema45.properties.output,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/price/output",schemaPath:"#/$defs/price/properties/output/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema45.properties.output.type,parentSchema:schema45.properties.output,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.cache_read !== undefined){
let data7 = data4.cache_read;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 1000000 || isNaN(data7)){
const err21 = {instancePath:instancePath+"/price/cache_read",schemaPath:"#/$defs/price/properties/cache_read/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema45.properties.cache_read,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err22 = {instancePath:instancePath+"/price/cache_read",schemaPath:"#/$defs/price/properties/cache_read/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema45.properties.cache_read,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/price/cache_read",schemaPath:"#/$defs/price/properties/cache_read/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema45.properties.cache_read.type,parentSchema:schema45.properties.cache_read,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/price",schemaPath:"#/$defs/price/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data:data4};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.continues_prefill !== undefined){
let data8 = data.continues_prefill;
if(typeof data8 !== "boolean"){
const err25 = {instancePath:instancePath+"/continues_prefill",schemaPath:"#/properties/continues_prefill/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema41.properties.continues_prefill.type,parentSchema:schema41.properties.continues_prefill,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.tags !== undefined){
let data9 = data.tags;
if(Array.isArray(data9)){
if(data9.length > 100){
const err26 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema41.properties.tags,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(!pattern17.test(data10)){
const err27 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/$defs/tag/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$",parentSchema:schema46,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/$defs/tag/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.type,parentSchema:schema46,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema41.properties.tags.type,parentSchema:schema41.properties.tags,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema47 = {"type":"object","additionalProperties":false,"properties":{"connect_ms":{"$ref":"#/$defs/milliseconds"},"first_content_ms":{"$ref":"#/$defs/milliseconds"},"response_ms":{"$ref":"#/$defs/milliseconds"},"idle_ms":{"$ref":"#/$defs/milliseconds"}}};
const schema48 = {"type":"integer","minimum":1,"maximum":86400000};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "connect_ms") || (key0 === "first_content_ms")) || (key0 === "response_ms")) || (key0 === "idle_ms"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.connect_ms !== undefined){
let data0 = data.connect_ms;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/connect_ms",schemaPath:"#/$defs/milliseconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.type,parentSchema:schema48,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 86400000 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/connect_ms",schemaPath:"#/$defs/milliseconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema48,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/connect_ms",schemaPath:"#/$defs/milliseconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema48,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.first_content_ms !== undefined){
let data1 = data.first_content_ms;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/first_content_ms",schemaPath:"#/$defs/milliseconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.type,parentSchema:schema48,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 86400000 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/first_content_ms",schemaPath:"#/$defs/milliseconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema48,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/first_content_ms",schemaPath:"#/$defs/milliseconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema48,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.response_ms !== undefined){
let data2 = data.response_ms;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/response_ms",schemaPath:"#/$defs/milliseconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.type,parentSchema:schema48,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 86400000 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/response_ms",schemaPath:"#/$defs/milliseconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema48,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/response_ms",schemaPath:"#/$defs/milliseconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema48,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.idle_ms !== undefined){
let data3 = data.idle_ms;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err10 = {instancePath:instancePath+"/idle_ms",schemaPath:"#/$defs/milliseconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.type,parentSchema:schema48,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 86400000 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/idle_ms",schemaPath:"#/$defs/milliseconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema48,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/idle_ms",schemaPath:"#/$defs/milliseconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema48,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.type,parentSchema:schema47,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.kind === undefined) && (missing0 = "kind")){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(data.kind !== undefined){
if("openai-compatible" !== data.kind){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
const _errs6 = errors;
let valid3 = false;
const _errs7 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.preset === undefined){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/anyOf/0/required",keyword:"required",params:{missingProperty: "preset"},message:"must have required property '"+"preset"+"'",schema:schema35.allOf[0].then.anyOf[0].required,parentSchema:schema35.allOf[0].then.anyOf[0],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid1 = _errs7 === errors;
valid3 = valid3 || _valid1;
const _errs8 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.base_url === undefined){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/anyOf/1/required",keyword:"required",params:{missingProperty: "base_url"},message:"must have required property '"+"base_url"+"'",schema:schema35.allOf[0].then.anyOf[1].required,parentSchema:schema35.allOf[0].then.anyOf[1],data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid1 = _errs8 === errors;
valid3 = valid3 || _valid1;
if(!valid3){
const err4 = {instancePath,schemaPath:"#/allOf/0/then/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema35.allOf[0].then.anyOf,parentSchema:schema35.allOf[0].then,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err5 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema35.allOf[0].if,parentSchema:schema35.allOf[0],data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs10 = errors;
let valid4 = true;
const _errs11 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.kind === undefined) && (missing1 = "kind")){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
else {
if(data.kind !== undefined){
let data1 = data.kind;
if(!(((data1 === "anthropic") || (data1 === "ollama")) || (data1 === "demo"))){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
var _valid2 = _errs11 === errors;
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs13 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.preset !== undefined){
const err8 = {instancePath:instancePath+"/preset",schemaPath:"#/allOf/1/then/properties/preset/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema35.allOf[1].then.properties.preset,data:data.preset};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
var _valid2 = _errs13 === errors;
valid4 = _valid2;
if(valid4){
var props0 = {};
props0.preset = true;
props0.kind = true;
}
}
if(!valid4){
const err9 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema35.allOf[1].if,parentSchema:schema35.allOf[1],data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(props0 !== true){
props0 = props0 || {};
props0.kind = true;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kind === undefined){
const err10 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema35.required,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema35.properties, key0))){
const err11 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.kind !== undefined){
let data3 = data.kind;
if(typeof data3 !== "string"){
const err12 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.kind.type,parentSchema:schema35.properties.kind,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!((((((((data3 === "openai-compatible") || (data3 === "openai")) || (data3 === "nvidia")) || (data3 === "anthropic")) || (data3 === "gemini")) || (data3 === "ollama")) || (data3 === "ollama-cloud")) || (data3 === "demo"))){
const err13 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema35.properties.kind.enum},message:"must be equal to one of the allowed values",schema:schema35.properties.kind.enum,parentSchema:schema35.properties.kind,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.preset !== undefined){
let data4 = data.preset;
if(typeof data4 !== "string"){
const err14 = {instancePath:instancePath+"/preset",schemaPath:"#/properties/preset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.preset.type,parentSchema:schema35.properties.preset,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!((((((((((data4 === "openai") || (data4 === "nvidia")) || (data4 === "openrouter")) || (data4 === "groq")) || (data4 === "mistral")) || (data4 === "deepseek")) || (data4 === "xai")) || (data4 === "lmstudio")) || (data4 === "llamacpp")) || (data4 === "vllm"))){
const err15 = {instancePath:instancePath+"/preset",schemaPath:"#/properties/preset/enum",keyword:"enum",params:{allowedValues: schema35.properties.preset.enum},message:"must be equal to one of the allowed values",schema:schema35.properties.preset.enum,parentSchema:schema35.properties.preset,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.base_url !== undefined){
let data5 = data.base_url;
if(typeof data5 !== "string"){
const err16 = {instancePath:instancePath+"/base_url",schemaPath:"#/properties/base_url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.base_url.type,parentSchema:schema35.properties.base_url,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.key !== undefined){
let data6 = data.key;
if(typeof data6 === "string"){
if(!pattern6.test(data6)){
const err17 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/reference/pattern",keyword:"pattern",params:{pattern: "^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"},message:"must match pattern \""+"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"+"\"",schema:"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$",parentSchema:schema33,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/reference/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.keys !== undefined){
let data7 = data.keys;
if(Array.isArray(data7)){
if(data7.length > 100){
const err19 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema35.properties.keys,data:data7};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data7.length < 1){
const err20 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema35.properties.keys,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(!pattern6.test(data8)){
const err21 = {instancePath:instancePath+"/keys/" + i0,schemaPath:"#/$defs/reference/pattern",keyword:"pattern",params:{pattern: "^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"},message:"must match pattern \""+"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$"+"\"",schema:"^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\\S.*)$",parentSchema:schema33,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/keys/" + i0,schemaPath:"#/$defs/reference/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema35.properties.keys.type,parentSchema:schema35.properties.keys,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.local !== undefined){
let data9 = data.local;
if(typeof data9 !== "boolean"){
const err24 = {instancePath:instancePath+"/local",schemaPath:"#/properties/local/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema35.properties.local.type,parentSchema:schema35.properties.local,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.headers !== undefined){
let data10 = data.headers;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length > 100){
const err25 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema35.properties.headers,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key1 in data10){
const _errs33 = errors;
if(typeof key1 === "string"){
if(!pattern13.test(key1)){
const err26 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"},message:"must match pattern \""+"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"+"\"",schema:"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",parentSchema:schema35.properties.headers.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.headers.propertyNames.type,parentSchema:schema35.properties.headers.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
var valid12 = _errs33 === errors;
if(!valid12){
const err28 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema35.properties.headers.propertyNames,parentSchema:schema35.properties.headers,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
for(const key2 in data10){
let data11 = data10[key2];
if(typeof data11 === "string"){
if(!pattern14.test(data11)){
const err29 = {instancePath:instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/headers/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^[\\t\\x20-\\x7e\\xa0-\\xff]*$"},message:"must match pattern \""+"^[\\t\\x20-\\x7e\\xa0-\\xff]*$"+"\"",schema:"^[\\t\\x20-\\x7e\\xa0-\\xff]*$",parentSchema:schema35.properties.headers.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/headers/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.headers.additionalProperties.type,parentSchema:schema35.properties.headers.additionalProperties,data:data11};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/headers",schemaPath:"#/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.headers.type,parentSchema:schema35.properties.headers,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.quirks !== undefined){
if(!(validate24(data.quirks, {instancePath:instancePath+"/quirks",parentData:data,parentDataProperty:"quirks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.defaults !== undefined){
if(!(validate26(data.defaults, {instancePath:instancePath+"/defaults",parentData:data,parentDataProperty:"defaults",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.timeouts !== undefined){
if(!(validate28(data.timeouts, {instancePath:instancePath+"/timeouts",parentData:data,parentDataProperty:"timeouts",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.max_concurrency !== undefined){
let data15 = data.max_concurrency;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err32 = {instancePath:instancePath+"/max_concurrency",schemaPath:"#/properties/max_concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.max_concurrency.type,parentSchema:schema35.properties.max_concurrency,data:data15};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 10000 || isNaN(data15)){
const err33 = {instancePath:instancePath+"/max_concurrency",schemaPath:"#/properties/max_concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema35.properties.max_concurrency,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data15 < 1 || isNaN(data15)){
const err34 = {instancePath:instancePath+"/max_concurrency",schemaPath:"#/properties/max_concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.max_concurrency,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data.models !== undefined){
let data16 = data.models;
if(!data16 || typeof data16 != "object"){
const err35 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/type",keyword:"type",params:{type: schema35.properties.models.type},message:"must be object,array",schema:schema35.properties.models.type,parentSchema:schema35.properties.models,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(Array.isArray(data16)){
if(data16.length > 5000){
const err36 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items",schema:5000,parentSchema:schema35.properties.models,data:data16};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data16.length < 1){
const err37 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema35.properties.models,data:data16};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(typeof data17 === "string"){
if(!pattern18.test(data17)){
const err38 = {instancePath:instancePath+"/models/" + i1,schemaPath:"#/$defs/modelId/pattern",keyword:"pattern",params:{pattern: "^[^\\s*?]{1,200}$"},message:"must match pattern \""+"^[^\\s*?]{1,200}$"+"\"",schema:"^[^\\s*?]{1,200}$",parentSchema:schema52,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/models/" + i1,schemaPath:"#/$defs/modelId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data17};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(Object.keys(data16).length > 5000){
const err40 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/maxProperties",keyword:"maxProperties",params:{limit: 5000},message:"must NOT have more than 5000 properties",schema:5000,parentSchema:schema35.properties.models,data:data16};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(Object.keys(data16).length < 1){
const err41 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema35.properties.models,data:data16};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
for(const key3 in data16){
const _errs51 = errors;
if(typeof key3 === "string"){
if(!pattern18.test(key3)){
const err42 = {instancePath:instancePath+"/models",schemaPath:"#/$defs/modelId/pattern",keyword:"pattern",params:{pattern: "^[^\\s*?]{1,200}$"},message:"must match pattern \""+"^[^\\s*?]{1,200}$"+"\"",schema:"^[^\\s*?]{1,200}$",parentSchema:schema52,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/models",schemaPath:"#/$defs/modelId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
var valid17 = _errs51 === errors;
if(!valid17){
const err44 = {instancePath:instancePath+"/models",schemaPath:"#/properties/models/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema35.properties.models.propertyNames,parentSchema:schema35.properties.models,data:data16};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
for(const key4 in data16){
if(!(validate26(data16[key4], {instancePath:instancePath+"/models/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data16,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
}
}
if(data.key !== undefined){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.keys !== undefined){
const err45 = {instancePath:instancePath+"/keys",schemaPath:"#/dependentSchemas/key/properties/keys/false schema",keyword:"false schema",params:{},message:"boolean schema is false",schema:false,parentSchema:schema35.dependentSchemas.key.properties.keys,data:data.keys};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
}
else {
const err46 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema54 = {"type":"object","additionalProperties":false,"properties":{"description":{"type":"string"},"require":{"$ref":"#/$defs/requirements"},"allow":{"$ref":"#/$defs/targetGlobs","type":"array","minItems":1},"deny":{"$ref":"#/$defs/targetGlobs"},"weights":{"$ref":"#/$defs/weights"},"ties":{"type":"string","enum":["order","spread"]},"tie_margin":{"type":"number","minimum":0,"maximum":10000},"fallback":{"$ref":"#/$defs/fallback"},"affinity":{"$ref":"#/$defs/affinity"},"thinking":{"$ref":"#/$defs/thinkingLevel"},"max_output":{"$ref":"#/$defs/output"},"max_attempts":{"type":"integer","minimum":1,"maximum":10},"retry_wait_ms":{"type":"integer","minimum":0,"maximum":60000},"rescue":{"type":"string","enum":["off","prose"]},"deadline_ms":{"$ref":"#/$defs/milliseconds"},"rules":{"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/rule"}}}};
const schema62 = {"type":"object","additionalProperties":false,"properties":{"order":{"type":"number","minimum":0,"maximum":10000},"avoid":{"type":"number","minimum":0,"maximum":100000},"health":{"type":"number","minimum":0,"maximum":10000},"latency":{"type":"number","minimum":0,"maximum":10000},"price":{"type":"number","minimum":0,"maximum":10000},"locality":{"type":"number","minimum":0,"maximum":10000},"context":{"type":"number","minimum":0,"maximum":10000},"capability":{"type":"number","minimum":0,"maximum":10000},"cache":{"type":"number","minimum":0,"maximum":10000}}};
const schema64 = {"type":"object","additionalProperties":false,"properties":{"min_confidence":{"type":"number","minimum":0,"maximum":1}}};
const schema65 = {"type":"string","enum":["off","low","medium","high"]};
const schema55 = {"type":"object","additionalProperties":false,"properties":{"local":{"type":"boolean"},"capabilities":{"$ref":"#/$defs/capabilities"},"min_context":{"$ref":"#/$defs/context"},"max_price":{"$ref":"#/$defs/highestPrice"}}};
const schema58 = {"type":["object","string"],"if":{"type":"string"},"then":{"$ref":"#/$defs/tierName"},"minProperties":1,"additionalProperties":false,"properties":{"input":{"type":"number","minimum":0,"maximum":1000000},"output":{"type":"number","minimum":0,"maximum":1000000}}};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(data && typeof data == "object" && !Array.isArray(data))) && (typeof data !== "string")){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema58.type},message:"must be object,string",schema:schema58.type,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs4 = errors;
if(typeof data === "string"){
if(!pattern21.test(data)){
const err2 = {instancePath,schemaPath:"#/$defs/tierName/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_-]*$"+"\"",schema:"^[a-z][a-z0-9_-]*$",parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/tierName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.type,parentSchema:schema59,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema58.if,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err5 = {instancePath,schemaPath:"#/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "input") || (key0 === "output"))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.input !== undefined){
let data0 = data.input;
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000000 || isNaN(data0)){
const err7 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema58.properties.input,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err8 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.input,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema58.properties.input.type,parentSchema:schema58.properties.input,data:data0};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.output !== undefined){
let data1 = data.output;
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
const err10 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema58.properties.output,data:data1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err11 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema58.properties.output,data:data1};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/output",schemaPath:"#/properties/output/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema58.properties.output.type,parentSchema:schema58.properties.output,data:data1};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate33.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "local") || (key0 === "capabilities")) || (key0 === "min_context")) || (key0 === "max_price"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.local !== undefined){
let data0 = data.local;
if(typeof data0 !== "boolean"){
const err1 = {instancePath:instancePath+"/local",schemaPath:"#/properties/local/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema55.properties.local.type,parentSchema:schema55.properties.local,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.capabilities !== undefined){
let data1 = data.capabilities;
if(Array.isArray(data1)){
if(data1.length > 5){
const err2 = {instancePath:instancePath+"/capabilities",schemaPath:"#/$defs/capabilities/maxItems",keyword:"maxItems",params:{limit: 5},message:"must NOT have more than 5 items",schema:5,parentSchema:schema42,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err3 = {instancePath:instancePath+"/capabilities/" + i0,schemaPath:"#/$defs/capabilities/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.items.type,parentSchema:schema42.items,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(((((data2 === "tools") || (data2 === "vision")) || (data2 === "json")) || (data2 === "thinking")) || (data2 === "documents"))){
const err4 = {instancePath:instancePath+"/capabilities/" + i0,schemaPath:"#/$defs/capabilities/items/enum",keyword:"enum",params:{allowedValues: schema42.items.enum},message:"must be equal to one of the allowed values",schema:schema42.items.enum,parentSchema:schema42.items,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/capabilities",schemaPath:"#/$defs/capabilities/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema42.type,parentSchema:schema42,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.min_context !== undefined){
let data3 = data.min_context;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err6 = {instancePath:instancePath+"/min_context",schemaPath:"#/$defs/context/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.type,parentSchema:schema43,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000000 || isNaN(data3)){
const err7 = {instancePath:instancePath+"/min_context",schemaPath:"#/$defs/context/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema43,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/min_context",schemaPath:"#/$defs/context/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema43,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.max_price !== undefined){
if(!(validate34(data.max_price, {instancePath:instancePath+"/max_price",parentData:data,parentDataProperty:"max_price",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.type,parentSchema:schema55,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema60 = {"type":"array","maxItems":1000,"items":{"$ref":"#/$defs/glob"}};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate37.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length > 1000){
const err0 = {instancePath,schemaPath:"#/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern22.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/glob/pattern",keyword:"pattern",params:{pattern: "^\\S{1,300}$"},message:"must match pattern \""+"^\\S{1,300}$"+"\"",schema:"^\\S{1,300}$",parentSchema:schema61,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/glob/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.type,parentSchema:schema61,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.type,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate37.errors = vErrors;
return errors === 0;
}
validate37.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema63 = {"type":"object","additionalProperties":false,"properties":{"never":{"type":"string","enum":["remote"]},"never_exceed":{"$ref":"#/$defs/highestPrice"},"max_attempts":{"type":"integer","minimum":1,"maximum":10}}};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate40.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "never") || (key0 === "never_exceed")) || (key0 === "max_attempts"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.never !== undefined){
let data0 = data.never;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/never",schemaPath:"#/properties/never/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema63.properties.never.type,parentSchema:schema63.properties.never,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!(data0 === "remote")){
const err2 = {instancePath:instancePath+"/never",schemaPath:"#/properties/never/enum",keyword:"enum",params:{allowedValues: schema63.properties.never.enum},message:"must be equal to one of the allowed values",schema:schema63.properties.never.enum,parentSchema:schema63.properties.never,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.never_exceed !== undefined){
if(!(validate34(data.never_exceed, {instancePath:instancePath+"/never_exceed",parentData:data,parentDataProperty:"never_exceed",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data.max_attempts !== undefined){
let data2 = data.max_attempts;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err3 = {instancePath:instancePath+"/max_attempts",schemaPath:"#/properties/max_attempts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema63.properties.max_attempts.type,parentSchema:schema63.properties.max_attempts,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 10 || isNaN(data2)){
const err4 = {instancePath:instancePath+"/max_attempts",schemaPath:"#/properties/max_attempts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema63.properties.max_attempts,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/max_attempts",schemaPath:"#/properties/max_attempts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema63.properties.max_attempts,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema63.type,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate40.errors = vErrors;
return errors === 0;
}
validate40.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema68 = {"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string","pattern":"^(?!(?:default|pin)$)\\S(?:[^\\x00-\\x1f]*\\S)?$","patternErrorMessage":"a name on one line other than `default` and `pin`"},"when":{"$ref":"#/$defs/condition"},"prefer":{"$ref":"#/$defs/targetGlobs"},"avoid":{"$ref":"#/$defs/targetGlobs"},"only":{"$ref":"#/$defs/targetGlobs","type":"array","minItems":1},"require":{"$ref":"#/$defs/requirements"},"fallback":{"$ref":"#/$defs/fallback"},"thinking":{"$ref":"#/$defs/thinkingLevel"},"max_output":{"$ref":"#/$defs/output"}}};
const pattern23 = new RegExp("^(?!(?:default|pin)$)\\S(?:[^\\x00-\\x1f]*\\S)?$", "u");
const schema69 = {"type":"object","additionalProperties":false,"properties":{"intent":{"type":["string","array"],"if":{"type":"string"},"then":{"$ref":"#/$defs/intent"},"minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/intent"}},"min_confidence":{"type":"number","minimum":0,"maximum":1},"errand":{"type":["string","array","boolean"],"if":{"type":"string"},"then":{"$ref":"#/$defs/errand"},"minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/errand"}},"tools":{"type":"boolean"},"tool_loop":{"type":"boolean"},"vision":{"type":"boolean"},"documents":{"type":"boolean"},"json":{"type":"boolean"},"thinking":{"type":"boolean"},"stream":{"type":"boolean"},"min_tokens":{"type":"integer","minimum":0,"maximum":1000000000},"max_tokens":{"type":"integer","minimum":0,"maximum":1000000000},"client":{"type":["string","array"],"pattern":"\\S","patternErrorMessage":"a glob such as `claude-cli*`","minItems":1,"maxItems":100,"items":{"type":"string","pattern":"\\S","patternErrorMessage":"a glob such as `claude-cli*`"}},"header":{"type":"object","minProperties":1,"maxProperties":100,"propertyNames":{"type":"string","pattern":"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$","patternErrorMessage":"an HTTP header name"},"additionalProperties":{"type":"string"}},"tags":{"type":["string","array"],"pattern":"^\\S+$","patternErrorMessage":"a tag, or a glob over tags","minItems":1,"maxItems":100,"items":{"type":"string","pattern":"^\\S+$","patternErrorMessage":"a tag, or a glob over tags"}},"time":{"type":["string","array"],"if":{"type":"string"},"then":{"$ref":"#/$defs/timeRange"},"minItems":1,"maxItems":100,"items":{"$ref":"#/$defs/timeRange"}},"days":{"type":["string","array"],"if":{"type":"string"},"then":{"$ref":"#/$defs/day"},"minItems":1,"maxItems":7,"items":{"$ref":"#/$defs/day"}}}};
const schema72 = {"type":"string","enum":["title","topic","suggestions","compaction","warm-up"]};
const schema74 = {"type":"string","pattern":"^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$","patternErrorMessage":"a time of day from-to such as `22:00-06:00`"};
const schema76 = {"type":"string","enum":["mon","tue","wed","thu","fri","sat","sun"]};
const pattern29 = new RegExp("^\\S+$", "u");
const pattern31 = new RegExp("^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", "u");

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate44.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema69.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.intent !== undefined){
let data0 = data.intent;
if((typeof data0 !== "string") && (!(Array.isArray(data0)))){
const err1 = {instancePath:instancePath+"/intent",schemaPath:"#/properties/intent/type",keyword:"type",params:{type: schema69.properties.intent.type},message:"must be string,array",schema:schema69.properties.intent.type,parentSchema:schema69.properties.intent,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const _errs4 = errors;
let valid1 = true;
const _errs5 = errors;
if(typeof data0 !== "string"){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs5 === errors;
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs7 = errors;
if(typeof data0 === "string"){
if(!pattern20.test(data0)){
const err3 = {instancePath:instancePath+"/intent",schemaPath:"#/$defs/intent/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_-]*$"+"\"",schema:"^[a-z0-9][a-z0-9_-]*$",parentSchema:schema70,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/intent",schemaPath:"#/$defs/intent/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.type,parentSchema:schema70,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid1 = _valid0;
}
if(!valid1){
const err5 = {instancePath:instancePath+"/intent",schemaPath:"#/properties/intent/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema69.properties.intent.if,parentSchema:schema69.properties.intent,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(Array.isArray(data0)){
if(data0.length > 100){
const err6 = {instancePath:instancePath+"/intent",schemaPath:"#/properties/intent/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema69.properties.intent,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data0.length < 1){
const err7 = {instancePath:instancePath+"/intent",schemaPath:"#/properties/intent/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69.properties.intent,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(!pattern20.test(data1)){
const err8 = {instancePath:instancePath+"/intent/" + i0,schemaPath:"#/$defs/intent/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_-]*$"+"\"",schema:"^[a-z0-9][a-z0-9_-]*$",parentSchema:schema70,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/intent/" + i0,schemaPath:"#/$defs/intent/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.type,parentSchema:schema70,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
if(data.min_confidence !== undefined){
let data2 = data.min_confidence;
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/min_confidence",schemaPath:"#/properties/min_confidence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema69.properties.min_confidence,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err11 = {instancePath:instancePath+"/min_confidence",schemaPath:"#/properties/min_confidence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema69.properties.min_confidence,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/min_confidence",schemaPath:"#/properties/min_confidence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema69.properties.min_confidence.type,parentSchema:schema69.properties.min_confidence,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.errand !== undefined){
let data3 = data.errand;
if(((typeof data3 !== "string") && (!(Array.isArray(data3)))) && (typeof data3 !== "boolean")){
const err13 = {instancePath:instancePath+"/errand",schemaPath:"#/properties/errand/type",keyword:"type",params:{type: schema69.properties.errand.type},message:"must be string,array,boolean",schema:schema69.properties.errand.type,parentSchema:schema69.properties.errand,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const _errs19 = errors;
let valid6 = true;
const _errs20 = errors;
if(typeof data3 !== "string"){
const err14 = {};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid1 = _errs20 === errors;
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs22 = errors;
if(typeof data3 !== "string"){
const err15 = {instancePath:instancePath+"/errand",schemaPath:"#/$defs/errand/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema72.type,parentSchema:schema72,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!(((((data3 === "title") || (data3 === "topic")) || (data3 === "suggestions")) || (data3 === "compaction")) || (data3 === "warm-up"))){
const err16 = {instancePath:instancePath+"/errand",schemaPath:"#/$defs/errand/enum",keyword:"enum",params:{allowedValues: schema72.enum},message:"must be equal to one of the allowed values",schema:schema72.enum,parentSchema:schema72,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid1 = _errs22 === errors;
valid6 = _valid1;
}
if(!valid6){
const err17 = {instancePath:instancePath+"/errand",schemaPath:"#/properties/errand/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema69.properties.errand.if,parentSchema:schema69.properties.errand,data:data3};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(Array.isArray(data3)){
if(data3.length > 100){
const err18 = {instancePath:instancePath+"/errand",schemaPath:"#/properties/errand/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema69.properties.errand,data:data3};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data3.length < 1){
const err19 = {instancePath:instancePath+"/errand",schemaPath:"#/properties/errand/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69.properties.errand,data:data3};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 !== "string"){
const err20 = {instancePath:instancePath+"/errand/" + i1,schemaPath:"#/$defs/errand/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema72.type,parentSchema:schema72,data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(!(((((data4 === "title") || (data4 === "topic")) || (data4 === "suggestions")) || (data4 === "compaction")) || (data4 === "warm-up"))){
const err21 = {instancePath:instancePath+"/errand/" + i1,schemaPath:"#/$defs/errand/enum",keyword:"enum",params:{allowedValues: schema72.enum},message:"must be equal to one of the allowed values",schema:schema72.enum,parentSchema:schema72,data:data4};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
}
if(data.tools !== undefined){
let data5 = data.tools;
if(typeof data5 !== "boolean"){
const err22 = {instancePath:instancePath+"/tools",schemaPath:"#/properties/tools/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.tools.type,parentSchema:schema69.properties.tools,data:data5};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.tool_loop !== undefined){
let data6 = data.tool_loop;
if(typeof data6 !== "boolean"){
const err23 = {instancePath:instancePath+"/tool_loop",schemaPath:"#/properties/tool_loop/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.tool_loop.type,parentSchema:schema69.properties.tool_loop,data:data6};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.vision !== undefined){
let data7 = data.vision;
if(typeof data7 !== "boolean"){
const err24 = {instancePath:instancePath+"/vision",schemaPath:"#/properties/vision/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.vision.type,parentSchema:schema69.properties.vision,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.documents !== undefined){
let data8 = data.documents;
if(typeof data8 !== "boolean"){
const err25 = {instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.documents.type,parentSchema:schema69.properties.documents,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.json !== undefined){
let data9 = data.json;
if(typeof data9 !== "boolean"){
const err26 = {instancePath:instancePath+"/json",schemaPath:"#/properties/json/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.json.type,parentSchema:schema69.properties.json,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.thinking !== undefined){
let data10 = data.thinking;
if(typeof data10 !== "boolean"){
const err27 = {instancePath:instancePath+"/thinking",schemaPath:"#/properties/thinking/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.thinking.type,parentSchema:schema69.properties.thinking,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.stream !== undefined){
let data11 = data.stream;
if(typeof data11 !== "boolean"){
const err28 = {instancePath:instancePath+"/stream",schemaPath:"#/properties/stream/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema69.properties.stream.type,parentSchema:schema69.properties.stream,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.min_tokens !== undefined){
let data12 = data.min_tokens;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err29 = {instancePath:instancePath+"/min_tokens",schemaPath:"#/properties/min_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema69.properties.min_tokens.type,parentSchema:schema69.properties.min_tokens,data:data12};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000000 || isNaN(data12)){
const err30 = {instancePath:instancePath+"/min_tokens",schemaPath:"#/properties/min_tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema69.properties.min_tokens,data:data12};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data12 < 0 || isNaN(data12)){
const err31 = {instancePath:instancePath+"/min_tokens",schemaPath:"#/properties/min_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema69.properties.min_tokens,data:data12};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data.max_tokens !== undefined){
let data13 = data.max_tokens;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err32 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema69.properties.max_tokens.type,parentSchema:schema69.properties.max_tokens,data:data13};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 1000000000 || isNaN(data13)){
const err33 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema69.properties.max_tokens,data:data13};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(data13 < 0 || isNaN(data13)){
const err34 = {instancePath:instancePath+"/max_tokens",schemaPath:"#/properties/max_tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema69.properties.max_tokens,data:data13};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data.client !== undefined){
let data14 = data.client;
if((typeof data14 !== "string") && (!(Array.isArray(data14)))){
const err35 = {instancePath:instancePath+"/client",schemaPath:"#/properties/client/type",keyword:"type",params:{type: schema69.properties.client.type},message:"must be string,array",schema:schema69.properties.client.type,parentSchema:schema69.properties.client,data:data14};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(typeof data14 === "string"){
if(!pattern8.test(data14)){
const err36 = {instancePath:instancePath+"/client",schemaPath:"#/properties/client/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema69.properties.client,data:data14};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(Array.isArray(data14)){
if(data14.length > 100){
const err37 = {instancePath:instancePath+"/client",schemaPath:"#/properties/client/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema69.properties.client,data:data14};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(data14.length < 1){
const err38 = {instancePath:instancePath+"/client",schemaPath:"#/properties/client/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69.properties.client,data:data14};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
let data15 = data14[i2];
if(typeof data15 === "string"){
if(!pattern8.test(data15)){
const err39 = {instancePath:instancePath+"/client/" + i2,schemaPath:"#/properties/client/items/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema69.properties.client.items,data:data15};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/client/" + i2,schemaPath:"#/properties/client/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.properties.client.items.type,parentSchema:schema69.properties.client.items,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
}
if(data.header !== undefined){
let data16 = data.header;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(Object.keys(data16).length > 100){
const err41 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema69.properties.header,data:data16};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(Object.keys(data16).length < 1){
const err42 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema69.properties.header,data:data16};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
for(const key1 in data16){
const _errs54 = errors;
if(typeof key1 === "string"){
if(!pattern13.test(key1)){
const err43 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"},message:"must match pattern \""+"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"+"\"",schema:"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",parentSchema:schema69.properties.header.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.properties.header.propertyNames.type,parentSchema:schema69.properties.header.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
var valid13 = _errs54 === errors;
if(!valid13){
const err45 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema69.properties.header.propertyNames,parentSchema:schema69.properties.header,data:data16};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
for(const key2 in data16){
let data17 = data16[key2];
if(typeof data17 !== "string"){
const err46 = {instancePath:instancePath+"/header/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/header/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.properties.header.additionalProperties.type,parentSchema:schema69.properties.header.additionalProperties,data:data17};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema69.properties.header.type,parentSchema:schema69.properties.header,data:data16};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.tags !== undefined){
let data18 = data.tags;
if((typeof data18 !== "string") && (!(Array.isArray(data18)))){
const err48 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: schema69.properties.tags.type},message:"must be string,array",schema:schema69.properties.tags.type,parentSchema:schema69.properties.tags,data:data18};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(typeof data18 === "string"){
if(!pattern29.test(data18)){
const err49 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema69.properties.tags,data:data18};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(Array.isArray(data18)){
if(data18.length > 100){
const err50 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema69.properties.tags,data:data18};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(data18.length < 1){
const err51 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69.properties.tags,data:data18};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const len3 = data18.length;
for(let i3=0; i3<len3; i3++){
let data19 = data18[i3];
if(typeof data19 === "string"){
if(!pattern29.test(data19)){
const err52 = {instancePath:instancePath+"/tags/" + i3,schemaPath:"#/properties/tags/items/pattern",keyword:"pattern",params:{pattern: "^\\S+$"},message:"must match pattern \""+"^\\S+$"+"\"",schema:"^\\S+$",parentSchema:schema69.properties.tags.items,data:data19};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/tags/" + i3,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.properties.tags.items.type,parentSchema:schema69.properties.tags.items,data:data19};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
}
if(data.time !== undefined){
let data20 = data.time;
if((typeof data20 !== "string") && (!(Array.isArray(data20)))){
const err54 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: schema69.properties.time.type},message:"must be string,array",schema:schema69.properties.time.type,parentSchema:schema69.properties.time,data:data20};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
const _errs68 = errors;
let valid17 = true;
const _errs69 = errors;
if(typeof data20 !== "string"){
const err55 = {};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
var _valid2 = _errs69 === errors;
errors = _errs68;
if(vErrors !== null){
if(_errs68){
vErrors.length = _errs68;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs71 = errors;
if(typeof data20 === "string"){
if(!pattern31.test(data20)){
const err56 = {instancePath:instancePath+"/time",schemaPath:"#/$defs/timeRange/pattern",keyword:"pattern",params:{pattern: "^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"},message:"must match pattern \""+"^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"+"\"",schema:"^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",parentSchema:schema74,data:data20};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
else {
const err57 = {instancePath:instancePath+"/time",schemaPath:"#/$defs/timeRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema74.type,parentSchema:schema74,data:data20};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
var _valid2 = _errs71 === errors;
valid17 = _valid2;
}
if(!valid17){
const err58 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema69.properties.time.if,parentSchema:schema69.properties.time,data:data20};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(Array.isArray(data20)){
if(data20.length > 100){
const err59 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema69.properties.time,data:data20};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(data20.length < 1){
const err60 = {instancePath:instancePath+"/time",schemaPath:"#/properties/time/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69.properties.time,data:data20};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
const len4 = data20.length;
for(let i4=0; i4<len4; i4++){
let data21 = data20[i4];
if(typeof data21 === "string"){
if(!pattern31.test(data21)){
const err61 = {instancePath:instancePath+"/time/" + i4,schemaPath:"#/$defs/timeRange/pattern",keyword:"pattern",params:{pattern: "^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"},message:"must match pattern \""+"^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"+"\"",schema:"^(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",parentSchema:schema74,data:data21};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/time/" + i4,schemaPath:"#/$defs/timeRange/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema74.type,parentSchema:schema74,data:data21};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
}
if(data.days !== undefined){
let data22 = data.days;
if((typeof data22 !== "string") && (!(Array.isArray(data22)))){
const err63 = {instancePath:instancePath+"/days",schemaPath:"#/properties/days/type",keyword:"type",params:{type: schema69.properties.days.type},message:"must be string,array",schema:schema69.properties.days.type,parentSchema:schema69.properties.days,data:data22};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
const _errs81 = errors;
let valid22 = true;
const _errs82 = errors;
if(typeof data22 !== "string"){
const err64 = {};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
var _valid3 = _errs82 === errors;
errors = _errs81;
if(vErrors !== null){
if(_errs81){
vErrors.length = _errs81;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs84 = errors;
if(typeof data22 !== "string"){
const err65 = {instancePath:instancePath+"/days",schemaPath:"#/$defs/day/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema76.type,parentSchema:schema76,data:data22};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(!(((((((data22 === "mon") || (data22 === "tue")) || (data22 === "wed")) || (data22 === "thu")) || (data22 === "fri")) || (data22 === "sat")) || (data22 === "sun"))){
const err66 = {instancePath:instancePath+"/days",schemaPath:"#/$defs/day/enum",keyword:"enum",params:{allowedValues: schema76.enum},message:"must be equal to one of the allowed values",schema:schema76.enum,parentSchema:schema76,data:data22};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
var _valid3 = _errs84 === errors;
valid22 = _valid3;
}
if(!valid22){
const err67 = {instancePath:instancePath+"/days",schemaPath:"#/properties/days/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema69.properties.days.if,parentSchema:schema69.properties.days,data:data22};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(Array.isArray(data22)){
if(data22.length > 7){
const err68 = {instancePath:instancePath+"/days",schemaPath:"#/properties/days/maxItems",keyword:"maxItems",params:{limit: 7},message:"must NOT have more than 7 items",schema:7,parentSchema:schema69.properties.days,data:data22};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(data22.length < 1){
const err69 = {instancePath:instancePath+"/days",schemaPath:"#/properties/days/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema69.properties.days,data:data22};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
const len5 = data22.length;
for(let i5=0; i5<len5; i5++){
let data23 = data22[i5];
if(typeof data23 !== "string"){
const err70 = {instancePath:instancePath+"/days/" + i5,schemaPath:"#/$defs/day/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema76.type,parentSchema:schema76,data:data23};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
if(!(((((((data23 === "mon") || (data23 === "tue")) || (data23 === "wed")) || (data23 === "thu")) || (data23 === "fri")) || (data23 === "sat")) || (data23 === "sun"))){
const err71 = {instancePath:instancePath+"/days/" + i5,schemaPath:"#/$defs/day/enum",keyword:"enum",params:{allowedValues: schema76.enum},message:"must be equal to one of the allowed values",schema:schema76.enum,parentSchema:schema76,data:data23};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
}
}
else {
const err72 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema69.type,parentSchema:schema69,data};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
validate44.errors = vErrors;
return errors === 0;
}
validate44.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate43.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema68.required,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema68.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern23.test(data0)){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^(?!(?:default|pin)$)\\S(?:[^\\x00-\\x1f]*\\S)?$"},message:"must match pattern \""+"^(?!(?:default|pin)$)\\S(?:[^\\x00-\\x1f]*\\S)?$"+"\"",schema:"^(?!(?:default|pin)$)\\S(?:[^\\x00-\\x1f]*\\S)?$",parentSchema:schema68.properties.name,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema68.properties.name.type,parentSchema:schema68.properties.name,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.when !== undefined){
if(!(validate44(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
if(data.prefer !== undefined){
if(!(validate37(data.prefer, {instancePath:instancePath+"/prefer",parentData:data,parentDataProperty:"prefer",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.avoid !== undefined){
if(!(validate37(data.avoid, {instancePath:instancePath+"/avoid",parentData:data,parentDataProperty:"avoid",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.only !== undefined){
let data4 = data.only;
if(!(validate37(data4, {instancePath:instancePath+"/only",parentData:data,parentDataProperty:"only",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
if(Array.isArray(data4)){
if(data4.length < 1){
const err4 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema68.properties.only,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema68.properties.only.type,parentSchema:schema68.properties.only,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.require !== undefined){
if(!(validate33(data.require, {instancePath:instancePath+"/require",parentData:data,parentDataProperty:"require",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data.fallback !== undefined){
if(!(validate40(data.fallback, {instancePath:instancePath+"/fallback",parentData:data,parentDataProperty:"fallback",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.thinking !== undefined){
let data7 = data.thinking;
if(typeof data7 !== "string"){
const err6 = {instancePath:instancePath+"/thinking",schemaPath:"#/$defs/thinkingLevel/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.type,parentSchema:schema65,data:data7};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!((((data7 === "off") || (data7 === "low")) || (data7 === "medium")) || (data7 === "high"))){
const err7 = {instancePath:instancePath+"/thinking",schemaPath:"#/$defs/thinkingLevel/enum",keyword:"enum",params:{allowedValues: schema65.enum},message:"must be equal to one of the allowed values",schema:schema65.enum,parentSchema:schema65,data:data7};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.max_output !== undefined){
let data8 = data.max_output;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err8 = {instancePath:instancePath+"/max_output",schemaPath:"#/$defs/output/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema44.type,parentSchema:schema44,data:data8};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 1000000000 || isNaN(data8)){
const err9 = {instancePath:instancePath+"/max_output",schemaPath:"#/$defs/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema44,data:data8};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data8 < 1 || isNaN(data8)){
const err10 = {instancePath:instancePath+"/max_output",schemaPath:"#/$defs/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema44,data:data8};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.type,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate43.errors = vErrors;
return errors === 0;
}
validate43.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema54.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.description.type,parentSchema:schema54.properties.description,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.require !== undefined){
if(!(validate33(data.require, {instancePath:instancePath+"/require",parentData:data,parentDataProperty:"require",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
}
if(data.allow !== undefined){
let data2 = data.allow;
if(!(validate37(data2, {instancePath:instancePath+"/allow",parentData:data,parentDataProperty:"allow",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
if(Array.isArray(data2)){
if(data2.length < 1){
const err2 = {instancePath:instancePath+"/allow",schemaPath:"#/properties/allow/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema54.properties.allow,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/allow",schemaPath:"#/properties/allow/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema54.properties.allow.type,parentSchema:schema54.properties.allow,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.deny !== undefined){
if(!(validate37(data.deny, {instancePath:instancePath+"/deny",parentData:data,parentDataProperty:"deny",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
errors = vErrors.length;
}
}
if(data.weights !== undefined){
let data4 = data.weights;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
if(!(func1.call(schema62.properties, key1))){
const err4 = {instancePath:instancePath+"/weights",schemaPath:"#/$defs/weights/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema62,data:data4};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data4.order !== undefined){
let data5 = data4.order;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 10000 || isNaN(data5)){
const err5 = {instancePath:instancePath+"/weights/order",schemaPath:"#/$defs/weights/properties/order/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.order,data:data5};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err6 = {instancePath:instancePath+"/weights/order",schemaPath:"#/$defs/weights/properties/order/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.order,data:data5};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/weights/order",schemaPath:"#/$defs/weights/properties/order/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.order.type,parentSchema:schema62.properties.order,data:data5};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data4.avoid !== undefined){
let data6 = data4.avoid;
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 100000 || isNaN(data6)){
const err8 = {instancePath:instancePath+"/weights/avoid",schemaPath:"#/$defs/weights/properties/avoid/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema62.properties.avoid,data:data6};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data6 < 0 || isNaN(data6)){
const err9 = {instancePath:instancePath+"/weights/avoid",schemaPath:"#/$defs/weights/properties/avoid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.avoid,data:data6};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/weights/avoid",schemaPath:"#/$defs/weights/properties/avoid/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.avoid.type,parentSchema:schema62.properties.avoid,data:data6};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data4.health !== undefined){
let data7 = data4.health;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 10000 || isNaN(data7)){
const err11 = {instancePath:instancePath+"/weights/health",schemaPath:"#/$defs/weights/properties/health/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.health,data:data7};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err12 = {instancePath:instancePath+"/weights/health",schemaPath:"#/$defs/weights/properties/health/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.health,data:data7};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/weights/health",schemaPath:"#/$defs/weights/properties/health/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.health.type,parentSchema:schema62.properties.health,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data4.latency !== undefined){
let data8 = data4.latency;
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 10000 || isNaN(data8)){
const err14 = {instancePath:instancePath+"/weights/latency",schemaPath:"#/$defs/weights/properties/latency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.latency,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data8 < 0 || isNaN(data8)){
const err15 = {instancePath:instancePath+"/weights/latency",schemaPath:"#/$defs/weights/properties/latency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.latency,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/weights/latency",schemaPath:"#/$defs/weights/properties/latency/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.latency.type,parentSchema:schema62.properties.latency,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4.price !== undefined){
let data9 = data4.price;
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 10000 || isNaN(data9)){
const err17 = {instancePath:instancePath+"/weights/price",schemaPath:"#/$defs/weights/properties/price/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.price,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data9 < 0 || isNaN(data9)){
const err18 = {instancePath:instancePath+"/weights/price",schemaPath:"#/$defs/weights/properties/price/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.price,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/weights/price",schemaPath:"#/$defs/weights/properties/price/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.price.type,parentSchema:schema62.properties.price,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data4.locality !== undefined){
let data10 = data4.locality;
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 10000 || isNaN(data10)){
const err20 = {instancePath:instancePath+"/weights/locality",schemaPath:"#/$defs/weights/properties/locality/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.locality,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data10 < 0 || isNaN(data10)){
const err21 = {instancePath:instancePath+"/weights/locality",schemaPath:"#/$defs/weights/properties/locality/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.locality,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/weights/locality",schemaPath:"#/$defs/weights/properties/locality/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.locality.type,parentSchema:schema62.properties.locality,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data4.context !== undefined){
let data11 = data4.context;
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 10000 || isNaN(data11)){
const err23 = {instancePath:instancePath+"/weights/context",schemaPath:"#/$defs/weights/properties/context/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.context,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data11 < 0 || isNaN(data11)){
const err24 = {instancePath:instancePath+"/weights/context",schemaPath:"#/$defs/weights/properties/context/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.context,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/weights/context",schemaPath:"#/$defs/weights/properties/context/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.context.type,parentSchema:schema62.properties.context,data:data11};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data4.capability !== undefined){
let data12 = data4.capability;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 10000 || isNaN(data12)){
const err26 = {instancePath:instancePath+"/weights/capability",schemaPath:"#/$defs/weights/properties/capability/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.capability,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data12 < 0 || isNaN(data12)){
const err27 = {instancePath:instancePath+"/weights/capability",schemaPath:"#/$defs/weights/properties/capability/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.capability,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/weights/capability",schemaPath:"#/$defs/weights/properties/capability/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.capability.type,parentSchema:schema62.properties.capability,data:data12};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data4.cache !== undefined){
let data13 = data4.cache;
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 10000 || isNaN(data13)){
const err29 = {instancePath:instancePath+"/weights/cache",schemaPath:"#/$defs/weights/properties/cache/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema62.properties.cache,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data13 < 0 || isNaN(data13)){
const err30 = {instancePath:instancePath+"/weights/cache",schemaPath:"#/$defs/weights/properties/cache/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema62.properties.cache,data:data13};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/weights/cache",schemaPath:"#/$defs/weights/properties/cache/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema62.properties.cache.type,parentSchema:schema62.properties.cache,data:data13};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/weights",schemaPath:"#/$defs/weights/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data:data4};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.ties !== undefined){
let data14 = data.ties;
if(typeof data14 !== "string"){
const err33 = {instancePath:instancePath+"/ties",schemaPath:"#/properties/ties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.ties.type,parentSchema:schema54.properties.ties,data:data14};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(!((data14 === "order") || (data14 === "spread"))){
const err34 = {instancePath:instancePath+"/ties",schemaPath:"#/properties/ties/enum",keyword:"enum",params:{allowedValues: schema54.properties.ties.enum},message:"must be equal to one of the allowed values",schema:schema54.properties.ties.enum,parentSchema:schema54.properties.ties,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.tie_margin !== undefined){
let data15 = data.tie_margin;
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 10000 || isNaN(data15)){
const err35 = {instancePath:instancePath+"/tie_margin",schemaPath:"#/properties/tie_margin/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema54.properties.tie_margin,data:data15};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data15 < 0 || isNaN(data15)){
const err36 = {instancePath:instancePath+"/tie_margin",schemaPath:"#/properties/tie_margin/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema54.properties.tie_margin,data:data15};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/tie_margin",schemaPath:"#/properties/tie_margin/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema54.properties.tie_margin.type,parentSchema:schema54.properties.tie_margin,data:data15};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.fallback !== undefined){
if(!(validate40(data.fallback, {instancePath:instancePath+"/fallback",parentData:data,parentDataProperty:"fallback",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate40.errors : vErrors.concat(validate40.errors);
errors = vErrors.length;
}
}
if(data.affinity !== undefined){
let data17 = data.affinity;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key2 in data17){
if(!(key2 === "min_confidence")){
const err38 = {instancePath:instancePath+"/affinity",schemaPath:"#/$defs/affinity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema64,data:data17};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data17.min_confidence !== undefined){
let data18 = data17.min_confidence;
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 1 || isNaN(data18)){
const err39 = {instancePath:instancePath+"/affinity/min_confidence",schemaPath:"#/$defs/affinity/properties/min_confidence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema64.properties.min_confidence,data:data18};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data18 < 0 || isNaN(data18)){
const err40 = {instancePath:instancePath+"/affinity/min_confidence",schemaPath:"#/$defs/affinity/properties/min_confidence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema64.properties.min_confidence,data:data18};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/affinity/min_confidence",schemaPath:"#/$defs/affinity/properties/min_confidence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema64.properties.min_confidence.type,parentSchema:schema64.properties.min_confidence,data:data18};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/affinity",schemaPath:"#/$defs/affinity/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema64.type,parentSchema:schema64,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.thinking !== undefined){
let data19 = data.thinking;
if(typeof data19 !== "string"){
const err43 = {instancePath:instancePath+"/thinking",schemaPath:"#/$defs/thinkingLevel/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.type,parentSchema:schema65,data:data19};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(!((((data19 === "off") || (data19 === "low")) || (data19 === "medium")) || (data19 === "high"))){
const err44 = {instancePath:instancePath+"/thinking",schemaPath:"#/$defs/thinkingLevel/enum",keyword:"enum",params:{allowedValues: schema65.enum},message:"must be equal to one of the allowed values",schema:schema65.enum,parentSchema:schema65,data:data19};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.max_output !== undefined){
let data20 = data.max_output;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err45 = {instancePath:instancePath+"/max_output",schemaPath:"#/$defs/output/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema44.type,parentSchema:schema44,data:data20};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 1000000000 || isNaN(data20)){
const err46 = {instancePath:instancePath+"/max_output",schemaPath:"#/$defs/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema44,data:data20};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(data20 < 1 || isNaN(data20)){
const err47 = {instancePath:instancePath+"/max_output",schemaPath:"#/$defs/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema44,data:data20};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
if(data.max_attempts !== undefined){
let data21 = data.max_attempts;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err48 = {instancePath:instancePath+"/max_attempts",schemaPath:"#/properties/max_attempts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema54.properties.max_attempts.type,parentSchema:schema54.properties.max_attempts,data:data21};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 > 10 || isNaN(data21)){
const err49 = {instancePath:instancePath+"/max_attempts",schemaPath:"#/properties/max_attempts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema54.properties.max_attempts,data:data21};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data21 < 1 || isNaN(data21)){
const err50 = {instancePath:instancePath+"/max_attempts",schemaPath:"#/properties/max_attempts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema54.properties.max_attempts,data:data21};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
if(data.retry_wait_ms !== undefined){
let data22 = data.retry_wait_ms;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err51 = {instancePath:instancePath+"/retry_wait_ms",schemaPath:"#/properties/retry_wait_ms/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema54.properties.retry_wait_ms.type,parentSchema:schema54.properties.retry_wait_ms,data:data22};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 60000 || isNaN(data22)){
const err52 = {instancePath:instancePath+"/retry_wait_ms",schemaPath:"#/properties/retry_wait_ms/maximum",keyword:"maximum",params:{comparison: "<=", limit: 60000},message:"must be <= 60000",schema:60000,parentSchema:schema54.properties.retry_wait_ms,data:data22};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data22 < 0 || isNaN(data22)){
const err53 = {instancePath:instancePath+"/retry_wait_ms",schemaPath:"#/properties/retry_wait_ms/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema54.properties.retry_wait_ms,data:data22};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
if(data.rescue !== undefined){
let data23 = data.rescue;
if(typeof data23 !== "string"){
const err54 = {instancePath:instancePath+"/rescue",schemaPath:"#/properties/rescue/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.rescue.type,parentSchema:schema54.properties.rescue,data:data23};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(!((data23 === "off") || (data23 === "prose"))){
const err55 = {instancePath:instancePath+"/rescue",schemaPath:"#/properties/rescue/enum",keyword:"enum",params:{allowedValues: schema54.properties.rescue.enum},message:"must be equal to one of the allowed values",schema:schema54.properties.rescue.enum,parentSchema:schema54.properties.rescue,data:data23};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.deadline_ms !== undefined){
let data24 = data.deadline_ms;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err56 = {instancePath:instancePath+"/deadline_ms",schemaPath:"#/$defs/milliseconds/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema48.type,parentSchema:schema48,data:data24};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 86400000 || isNaN(data24)){
const err57 = {instancePath:instancePath+"/deadline_ms",schemaPath:"#/$defs/milliseconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 86400000},message:"must be <= 86400000",schema:86400000,parentSchema:schema48,data:data24};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data24 < 1 || isNaN(data24)){
const err58 = {instancePath:instancePath+"/deadline_ms",schemaPath:"#/$defs/milliseconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema48,data:data24};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
if(data.rules !== undefined){
let data25 = data.rules;
if(Array.isArray(data25)){
if(data25.length > 1000){
const err59 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema54.properties.rules,data:data25};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
const len0 = data25.length;
for(let i0=0; i0<len0; i0++){
if(!(validate43(data25[i0], {instancePath:instancePath+"/rules/" + i0,parentData:data25,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
errors = vErrors.length;
}
}
}
else {
const err60 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema54.properties.rules.type,parentSchema:schema54.properties.rules,data:data25};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.type,parentSchema:schema54,data};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:sage-router:profile:1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.providers === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "providers"},message:"must have required property '"+"providers"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((func1.call(schema31.properties, key0)) || (pattern4.test(key0)))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.version !== undefined){
let data0 = data.version;
if(1 !== data0){
const err3 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema31.properties.version,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.serve !== undefined){
if(!(validate21(data.serve, {instancePath:instancePath+"/serve",parentData:data,parentDataProperty:"serve",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data.providers !== undefined){
let data2 = data.providers;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 100){
const err4 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.providers,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(Object.keys(data2).length < 1){
const err5 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema31.properties.providers,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key1 in data2){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern10.test(key1)){
const err6 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?!sage$)[a-z0-9][a-z0-9_-]*$"},message:"must match pattern \""+"^(?!sage$)[a-z0-9][a-z0-9_-]*$"+"\"",schema:"^(?!sage$)[a-z0-9][a-z0-9_-]*$",parentSchema:schema31.properties.providers.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.providers.propertyNames.type,parentSchema:schema31.properties.providers.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var valid1 = _errs6 === errors;
if(!valid1){
const err8 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema31.properties.providers.propertyNames,parentSchema:schema31.properties.providers,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
for(const key2 in data2){
if(!(validate23(data2[key2], {instancePath:instancePath+"/providers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/providers",schemaPath:"#/properties/providers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.providers.type,parentSchema:schema31.properties.providers,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.policies !== undefined){
let data4 = data.policies;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 100){
const err10 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.policies,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key3 in data4){
const _errs13 = errors;
if(typeof key3 === "string"){
if(!pattern20.test(key3)){
const err11 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_-]*$"+"\"",schema:"^[a-z0-9][a-z0-9_-]*$",parentSchema:schema31.properties.policies.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.policies.propertyNames.type,parentSchema:schema31.properties.policies.propertyNames,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var valid3 = _errs13 === errors;
if(!valid3){
const err13 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema31.properties.policies.propertyNames,parentSchema:schema31.properties.policies,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
for(const key4 in data4){
if(!(validate32(data4[key4], {instancePath:instancePath+"/policies/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.policies.type,parentSchema:schema31.properties.policies,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.time_zone !== undefined){
let data6 = data.time_zone;
if(typeof data6 === "string"){
if(!pattern33.test(data6)){
const err15 = {instancePath:instancePath+"/time_zone",schemaPath:"#/properties/time_zone/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_+/-]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_+/-]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_+/-]*$",parentSchema:schema31.properties.time_zone,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/time_zone",schemaPath:"#/properties/time_zone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.time_zone.type,parentSchema:schema31.properties.time_zone,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.tiers !== undefined){
let data7 = data.tiers;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 100){
const err17 = {instancePath:instancePath+"/tiers",schemaPath:"#/properties/tiers/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.tiers,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key5 in data7){
const _errs23 = errors;
if(typeof key5 === "string"){
if(!pattern21.test(key5)){
const err18 = {instancePath:instancePath+"/tiers",schemaPath:"#/$defs/tierName/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_-]*$"+"\"",schema:"^[a-z][a-z0-9_-]*$",parentSchema:schema59,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/tiers",schemaPath:"#/$defs/tierName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.type,parentSchema:schema59,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var valid5 = _errs23 === errors;
if(!valid5){
const err20 = {instancePath:instancePath+"/tiers",schemaPath:"#/properties/tiers/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema31.properties.tiers.propertyNames,parentSchema:schema31.properties.tiers,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
for(const key6 in data7){
let data8 = data7[key6];
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
const err21 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/priceLimit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema81,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
for(const key7 in data8){
if(!((key7 === "input") || (key7 === "output"))){
const err22 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/priceLimit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema81,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data8.input !== undefined){
let data9 = data8.input;
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1000000 || isNaN(data9)){
const err23 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/input",schemaPath:"#/$defs/priceLimit/properties/input/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema81.properties.input,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data9 < 0 || isNaN(data9)){
const err24 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/input",schemaPath:"#/$defs/priceLimit/properties/input/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema81.properties.input,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/input",schemaPath:"#/$defs/priceLimit/properties/input/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema81.properties.input.type,parentSchema:schema81.properties.input,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data8.output !== undefined){
let data10 = data8.output;
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000000 || isNaN(data10)){
const err26 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/output",schemaPath:"#/$defs/priceLimit/properties/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema81.properties.output,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data10 < 0 || isNaN(data10)){
const err27 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/output",schemaPath:"#/$defs/priceLimit/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema81.properties.output,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/output",schemaPath:"#/$defs/priceLimit/properties/output/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema81.properties.output.type,parentSchema:schema81.properties.output,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/tiers/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/priceLimit/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema81.type,parentSchema:schema81,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/tiers",schemaPath:"#/properties/tiers/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.tiers.type,parentSchema:schema31.properties.tiers,data:data7};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.aliases !== undefined){
let data11 = data.aliases;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length > 1000){
const err31 = {instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema31.properties.aliases,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key8 in data11){
const _errs38 = errors;
if(typeof key8 === "string"){
if(!pattern22.test(key8)){
const err32 = {instancePath:instancePath+"/aliases",schemaPath:"#/$defs/glob/pattern",keyword:"pattern",params:{pattern: "^\\S{1,300}$"},message:"must match pattern \""+"^\\S{1,300}$"+"\"",schema:"^\\S{1,300}$",parentSchema:schema61,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/aliases",schemaPath:"#/$defs/glob/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.type,parentSchema:schema61,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
var valid10 = _errs38 === errors;
if(!valid10){
const err34 = {instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid",schema:schema31.properties.aliases.propertyNames,parentSchema:schema31.properties.aliases,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
for(const key9 in data11){
let data12 = data11[key9];
if(typeof data12 === "string"){
if(!pattern36.test(data12)){
const err35 = {instancePath:instancePath+"/aliases/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^[^\\s*?]+$"},message:"must match pattern \""+"^[^\\s*?]+$"+"\"",schema:"^[^\\s*?]+$",parentSchema:schema31.properties.aliases.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/aliases/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.aliases.additionalProperties.type,parentSchema:schema31.properties.aliases.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.aliases.type,parentSchema:schema31.properties.aliases,data:data11};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.pins !== undefined){
let data13 = data.pins;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length > 1000){
const err38 = {instancePath:instancePath+"/pins",schemaPath:"#/properties/pins/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties",schema:1000,parentSchema:schema31.properties.pins,data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
for(const key10 in data13){
const _errs48 = errors;
if(typeof key10 === "string"){
if(!pattern22.test(key10)){
const err39 = {instancePath:instancePath+"/pins",schemaPath:"#/$defs/glob/pattern",keyword:"pattern",params:{pattern: "^\\S{1,300}$"},message:"must match pattern \""+"^\\S{1,300}$"+"\"",schema:"^\\S{1,300}$",parentSchema:schema61,data:key10,propertyName:key10};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/pins",schemaPath:"#/$defs/glob/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema61.type,parentSchema:schema61,data:key10,propertyName:key10};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
var valid13 = _errs48 === errors;
if(!valid13){
const err41 = {instancePath:instancePath+"/pins",schemaPath:"#/properties/pins/propertyNames",keyword:"propertyNames",params:{propertyName: key10},message:"property name must be valid",schema:schema31.properties.pins.propertyNames,parentSchema:schema31.properties.pins,data:data13};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
for(const key11 in data13){
let data14 = data13[key11];
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.fallback === undefined){
const err42 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/pin/required",keyword:"required",params:{missingProperty: "fallback"},message:"must have required property '"+"fallback"+"'",schema:schema84.required,parentSchema:schema84,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
for(const key12 in data14){
if(!(key12 === "fallback")){
const err43 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/pin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema84,data:data14};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data14.fallback !== undefined){
let data15 = data14.fallback;
if(Array.isArray(data15)){
if(data15.length > 10){
const err44 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/fallback",schemaPath:"#/$defs/pin/properties/fallback/maxItems",keyword:"maxItems",params:{limit: 10},message:"must NOT have more than 10 items",schema:10,parentSchema:schema84.properties.fallback,data:data15};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data15.length < 1){
const err45 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/fallback",schemaPath:"#/$defs/pin/properties/fallback/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema84.properties.fallback,data:data15};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len0 = data15.length;
for(let i0=0; i0<len0; i0++){
let data16 = data15[i0];
if(typeof data16 === "string"){
if(!pattern36.test(data16)){
const err46 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/fallback/" + i0,schemaPath:"#/$defs/pin/properties/fallback/items/pattern",keyword:"pattern",params:{pattern: "^[^\\s*?]+$"},message:"must match pattern \""+"^[^\\s*?]+$"+"\"",schema:"^[^\\s*?]+$",parentSchema:schema84.properties.fallback.items,data:data16};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/fallback/" + i0,schemaPath:"#/$defs/pin/properties/fallback/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema84.properties.fallback.items.type,parentSchema:schema84.properties.fallback.items,data:data16};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/fallback",schemaPath:"#/$defs/pin/properties/fallback/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema84.properties.fallback.type,parentSchema:schema84.properties.fallback,data:data15};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/pins/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/pin/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema84.type,parentSchema:schema84,data:data14};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/pins",schemaPath:"#/properties/pins/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.pins.type,parentSchema:schema31.properties.pins,data:data13};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data.intents !== undefined){
let data17 = data.intents;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(Object.keys(data17).length > 100){
const err51 = {instancePath:instancePath+"/intents",schemaPath:"#/properties/intents/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties",schema:100,parentSchema:schema31.properties.intents,data:data17};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
for(const key13 in data17){
const _errs64 = errors;
if(typeof key13 === "string"){
if(!pattern20.test(key13)){
const err52 = {instancePath:instancePath+"/intents",schemaPath:"#/$defs/intent/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_-]*$"+"\"",schema:"^[a-z0-9][a-z0-9_-]*$",parentSchema:schema70,data:key13,propertyName:key13};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/intents",schemaPath:"#/$defs/intent/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema70.type,parentSchema:schema70,data:key13,propertyName:key13};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
var valid20 = _errs64 === errors;
if(!valid20){
const err54 = {instancePath:instancePath+"/intents",schemaPath:"#/properties/intents/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid",schema:schema31.properties.intents.propertyNames,parentSchema:schema31.properties.intents,data:data17};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
for(const key14 in data17){
let data18 = data17[key14];
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key15 in data18){
if(!((((key15 === "description") || (key15 === "words")) || (key15 === "examples")) || (key15 === "patterns"))){
const err55 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/userIntent/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties",schema:false,parentSchema:schema86,data:data18};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data18.description !== undefined){
let data19 = data18.description;
if(typeof data19 !== "string"){
const err56 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/$defs/userIntent/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema86.properties.description.type,parentSchema:schema86.properties.description,data:data19};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data18.words !== undefined){
let data20 = data18.words;
if(Array.isArray(data20)){
if(data20.length > 1000){
const err57 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/words",schemaPath:"#/$defs/userIntent/properties/words/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema86.properties.words,data:data20};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
const len1 = data20.length;
for(let i1=0; i1<len1; i1++){
let data21 = data20[i1];
if(typeof data21 === "string"){
if(!pattern40.test(data21)){
const err58 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/words/" + i1,schemaPath:"#/$defs/userIntent/properties/words/items/pattern",keyword:"pattern",params:{pattern: "^\\S(?:[^\\x00-\\x1f]{0,98}\\S)?$"},message:"must match pattern \""+"^\\S(?:[^\\x00-\\x1f]{0,98}\\S)?$"+"\"",schema:"^\\S(?:[^\\x00-\\x1f]{0,98}\\S)?$",parentSchema:schema86.properties.words.items,data:data21};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/words/" + i1,schemaPath:"#/$defs/userIntent/properties/words/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema86.properties.words.items.type,parentSchema:schema86.properties.words.items,data:data21};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/words",schemaPath:"#/$defs/userIntent/properties/words/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema86.properties.words.type,parentSchema:schema86.properties.words,data:data20};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data18.examples !== undefined){
let data22 = data18.examples;
if(Array.isArray(data22)){
if(data22.length > 200){
const err61 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/examples",schemaPath:"#/$defs/userIntent/properties/examples/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items",schema:200,parentSchema:schema86.properties.examples,data:data22};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
const len2 = data22.length;
for(let i2=0; i2<len2; i2++){
let data23 = data22[i2];
if(typeof data23 === "string"){
if(!pattern41.test(data23)){
const err62 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/examples/" + i2,schemaPath:"#/$defs/userIntent/properties/examples/items/pattern",keyword:"pattern",params:{pattern: "^[^\\x00]{1,1000}$"},message:"must match pattern \""+"^[^\\x00]{1,1000}$"+"\"",schema:"^[^\\x00]{1,1000}$",parentSchema:schema86.properties.examples.items,data:data23};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/examples/" + i2,schemaPath:"#/$defs/userIntent/properties/examples/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema86.properties.examples.items.type,parentSchema:schema86.properties.examples.items,data:data23};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/examples",schemaPath:"#/$defs/userIntent/properties/examples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema86.properties.examples.type,parentSchema:schema86.properties.examples,data:data22};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data18.patterns !== undefined){
let data24 = data18.patterns;
if(Array.isArray(data24)){
if(data24.length > 100){
const err65 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/patterns",schemaPath:"#/$defs/userIntent/properties/patterns/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema86.properties.patterns,data:data24};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
const len3 = data24.length;
for(let i3=0; i3<len3; i3++){
let data25 = data24[i3];
if(typeof data25 === "string"){
if(!pattern42.test(data25)){
const err66 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/patterns/" + i3,schemaPath:"#/$defs/userIntent/properties/patterns/items/pattern",keyword:"pattern",params:{pattern: "^[^\\x00]{1,500}$"},message:"must match pattern \""+"^[^\\x00]{1,500}$"+"\"",schema:"^[^\\x00]{1,500}$",parentSchema:schema86.properties.patterns.items,data:data25};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/patterns/" + i3,schemaPath:"#/$defs/userIntent/properties/patterns/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema86.properties.patterns.items.type,parentSchema:schema86.properties.patterns.items,data:data25};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/patterns",schemaPath:"#/$defs/userIntent/properties/patterns/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema86.properties.patterns.type,parentSchema:schema86.properties.patterns,data:data24};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/intents/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/userIntent/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema86.type,parentSchema:schema86,data:data18};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
else {
const err70 = {instancePath:instancePath+"/intents",schemaPath:"#/properties/intents/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.intents.type,parentSchema:schema31.properties.intents,data:data17};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.min_intent_confidence !== undefined){
let data26 = data.min_intent_confidence;
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 1 || isNaN(data26)){
const err71 = {instancePath:instancePath+"/min_intent_confidence",schemaPath:"#/properties/min_intent_confidence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema31.properties.min_intent_confidence,data:data26};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(data26 < 0 || isNaN(data26)){
const err72 = {instancePath:instancePath+"/min_intent_confidence",schemaPath:"#/properties/min_intent_confidence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.min_intent_confidence,data:data26};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
else {
const err73 = {instancePath:instancePath+"/min_intent_confidence",schemaPath:"#/properties/min_intent_confidence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.min_intent_confidence.type,parentSchema:schema31.properties.min_intent_confidence,data:data26};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
