"""Uses the generated models with the HTTP client of Python. Its output must equal that of the other generators."""

import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from models import (
    CreateResponseRequest,
    ErrorResponse,
    ModelList,
    OutputMessage,
    OutputText,
    OutputTextDeltaEvent,
    ResponseResource,
    ResponseStreamEvent,
)


def call(path, body=None):
    """Sends a GET, or a POST of the model."""
    data = body.model_dump_json(exclude_unset=True).encode() if body else None
    return urlopen(Request(sys.argv[1] + path, data, {"Content-Type": "application/json"}))


def unwrap(union):
    """Returns the member of a union, which is a model of its own."""
    return getattr(union, "root", union)


models = ModelList.model_validate_json(call("/v1/models").read())
print("models", ",".join(model.id for model in models.data))

request = CreateResponseRequest(input="Hello!")
first = ResponseResource.model_validate_json(call("/v1/responses", request).read())
request = CreateResponseRequest(input="And?", previous_response_id=first.id)
second = ResponseResource.model_validate_json(call("/v1/responses", request).read())
message = unwrap(second.output[0])
assert isinstance(message, OutputMessage)
part = unwrap(message.content[0])
assert isinstance(part, OutputText)
print("chain", "Turn 2." in part.text)

try:
    call("/v1/responses/resp_unknown")
except HTTPError as failure:
    error = ErrorResponse.model_validate_json(failure.read()).error
    print("error", failure.code, error.code)

text = ""
for line in call("/v1/responses", CreateResponseRequest(input="/say Hello there.", stream=True)):
    if not line.startswith(b"data: {"):
        continue
    event = unwrap(ResponseStreamEvent.model_validate_json(line.removeprefix(b"data: ")))
    if isinstance(event, OutputTextDeltaEvent):
        text += event.delta
print("stream", text)
