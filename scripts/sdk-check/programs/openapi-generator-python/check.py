"""Uses the generated client as a program would. Its output must equal that of the other generators."""

import sys

from openapi_client import (
    ApiClient,
    ApiException,
    Configuration,
    CreateResponseRequest,
    ErrorResponse,
    ModelsApi,
    OutputMessage,
    OutputText,
    OutputTextDeltaEvent,
    ResponsesApi,
    ResponseStreamEvent,
)

client = ApiClient(Configuration(host=sys.argv[1]))
responses = ResponsesApi(client)

print("models", ",".join(model.id for model in ModelsApi(client).list_models().data))

first = responses.create_response(CreateResponseRequest(input="Hello!"))
second = responses.create_response(CreateResponseRequest(input="And?", previous_response_id=first.id))
message = second.output[0].actual_instance
assert isinstance(message, OutputMessage)
part = message.content[0].actual_instance
assert isinstance(part, OutputText)
print("chain", "Turn 2." in part.text)

try:
    responses.get_response("resp_unknown")
except ApiException as error:
    assert isinstance(error.data, ErrorResponse)
    print("error", error.status, error.data.error.code)

text = ""
request = CreateResponseRequest(input="/say Hello there.", stream=True)
for line in responses.create_response_without_preload_content(request):
    if not line.startswith(b"data: {"):
        continue
    event = ResponseStreamEvent.from_json(line.removeprefix(b"data: ").decode()).actual_instance
    if isinstance(event, OutputTextDeltaEvent):
        text += event.delta
print("stream", text)
