// Uses the generated client as a program would. Its output must equal that of the other generators.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/ogen-go/ogen/ogenerrors"
	"talaria.test/check/api"
)

// The server has no keys.
type keyless struct{}

func (keyless) BearerAuth(context.Context, api.OperationName) (api.BearerAuth, error) {
	return api.BearerAuth{}, ogenerrors.ErrSkipClientSecurity
}

func (keyless) OperatorKey(context.Context, api.OperationName) (api.OperatorKey, error) {
	return api.OperatorKey{}, ogenerrors.ErrSkipClientSecurity
}

func main() {
	ctx := context.Background()
	client := must(api.NewClient(os.Args[1], keyless{}))

	models := must(client.ListModels(ctx)).(*api.ModelListHeaders)
	fmt.Println("models", models.Response.Data[0].ID)

	first := create(client, ask("Hello!"))
	request := ask("And?")
	request.PreviousResponseID = api.NewOptNilString(first.ID)
	part := create(client, request).Output[0].OutputMessage.Content[0].OutputText
	fmt.Println("chain", strings.Contains(part.Text, "Turn 2."))

	missing := must(client.GetResponse(ctx, api.GetResponseParams{ResponseID: "resp_unknown"})).(*api.NotFoundHeaders)
	fmt.Println("error 404", missing.Response.Error.Code.Value)

	streamed := ask("/say Hello there.")
	streamed.Stream = api.NewOptNilBool(true)
	fmt.Println("stream", stream(streamed))
}

func ask(text string) *api.CreateResponseRequest {
	return &api.CreateResponseRequest{Input: must(json.Marshal(text))}
}

func create(client *api.Client, request *api.CreateResponseRequest) api.ResponseResource {
	reply := must(client.CreateResponse(context.Background(), request, api.CreateResponseParams{}))
	return reply.(*api.CreateResponseOKHeaders).Response
}

// The client would refuse the stream, and has no types of events, so this sends the request itself.
func stream(request *api.CreateResponseRequest) string {
	body := bytes.NewReader(must(request.MarshalJSON()))
	reply := must(http.Post(os.Args[1]+"/v1/responses", "application/json", body))
	defer reply.Body.Close()
	text := ""
	lines := bufio.NewScanner(reply.Body)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: {")
		if !found {
			continue
		}
		var event struct{ Type, Delta string }
		if err := json.Unmarshal([]byte("{"+data), &event); err != nil {
			log.Fatal(err)
		}
		if event.Type == "response.output_text.delta" {
			text += event.Delta
		}
	}
	return text
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
