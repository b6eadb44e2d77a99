"""Uses the generated client as a program would. Its output must equal that of the other generators."""

import json
import sys

from talaria_client import Client
from talaria_client.api.models import list_models
from talaria_client.api.responses import create_response, get_response
from talaria_client.models import (
    CreateResponseRequest,
    ErrorResponse,
    ModelList,
    OutputMessage,
    OutputText,
    OutputTextDeltaEvent,
    ResponseResource,
)

client = Client(base_url=sys.argv[1])

models = list_models.sync(client=client)
assert isinstance(models, ModelList)
print("models", ",".join(model.id for model in models.data))

first = create_response.sync(client=client, body=CreateResponseRequest(input_="Hello!"))
assert isinstance(first, ResponseResource)
second = create_response.sync(client=client, body=CreateResponseRequest(input_="And?", previous_response_id=first.id))
assert isinstance(second, ResponseResource)
message = second.output[0]
assert isinstance(message, OutputMessage)
part = message.content[0]
assert isinstance(part, OutputText)
print("chain", "Turn 2." in part.text)

missing = get_response.sync_detailed("resp_unknown", client=client)
assert isinstance(missing.parsed, ErrorResponse)
print("error", int(missing.status_code), missing.parsed.error.code)

text = ""
request = CreateResponseRequest(input_="/say Hello there.", stream=True)
with client.get_httpx_client().stream("POST", "/v1/responses", json=request.to_dict()) as stream:
    for line in stream.iter_lines():
        if not line.startswith("data: {"):
            continue
        event = json.loads(line.removeprefix("data: "))
        if event["type"] == "response.output_text.delta":
            text += OutputTextDeltaEvent.from_dict(event).delta
print("stream", text)
