// Uses the generated client as a program would. Its output must equal that of the other generators.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"

	api "talaria.test/check/client"
)

func main() {
	ctx := context.Background()
	settings := api.NewConfiguration()
	settings.Servers = api.ServerConfigurations{{URL: os.Args[1]}}
	client := api.NewAPIClient(settings)

	models, _, err := client.ModelsAPI.ListModels(ctx).Execute()
	check(err)
	fmt.Println("models", models.Data[0].Id)

	request := api.NewCreateResponseRequest()
	request.SetInput("Hello!")
	first, _, err := client.ResponsesAPI.CreateResponse(ctx).CreateResponseRequest(*request).Execute()
	check(err)
	request.SetInput("And?")
	request.SetPreviousResponseId(first.Id)
	second, _, err := client.ResponsesAPI.CreateResponse(ctx).CreateResponseRequest(*request).Execute()
	check(err)
	part := second.Output[0].OutputMessage.Content[0].OutputText
	fmt.Println("chain", strings.Contains(part.Text, "Turn 2."))

	_, missing, err := client.ResponsesAPI.GetResponse(ctx, "resp_unknown").Execute()
	var failure *api.GenericOpenAPIError
	if !errors.As(err, &failure) {
		log.Fatal(err)
	}
	body := failure.Model().(api.ErrorResponse)
	fmt.Println("error", missing.StatusCode, body.Error.GetCode())

	streamed := api.NewCreateResponseRequest()
	streamed.SetInput("/say Hello there.")
	streamed.SetStream(true)
	fmt.Println("stream", stream(streamed))
}

// The client would parse the stream as JSON, so this sends the request itself.
func stream(request *api.CreateResponseRequest) string {
	body, err := json.Marshal(request)
	check(err)
	reply, err := http.Post(os.Args[1]+"/v1/responses", "application/json", strings.NewReader(string(body)))
	check(err)
	defer reply.Body.Close()
	text := ""
	lines := bufio.NewScanner(reply.Body)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: {")
		if !found {
			continue
		}
		var event api.ResponseStreamEvent
		check(json.Unmarshal([]byte("{"+data), &event))
		if event.OutputTextDeltaEvent != nil {
			text += event.OutputTextDeltaEvent.Delta
		}
	}
	check(lines.Err())
	return text
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
