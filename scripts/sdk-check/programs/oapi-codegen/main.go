// Uses the generated client as a program would. Its output must equal that of the other generators.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"talaria.test/check/api"
)

func main() {
	ctx := context.Background()
	client := must(api.NewClientWithResponses(os.Args[1]))

	models := must(client.ListModelsWithResponse(ctx))
	fmt.Println("models", models.JSON200.Data[0].Id)

	first := must(client.CreateResponseWithResponse(ctx, nil, ask("Hello!")))
	request := ask("And?")
	request.PreviousResponseId = &first.JSON200.Id
	second := must(client.CreateResponseWithResponse(ctx, nil, request))
	message := must(second.JSON200.Output[0].AsOutputMessage())
	part := must(message.Content[0].AsOutputText())
	fmt.Println("chain", strings.Contains(part.Text, "Turn 2."))

	missing := must(client.GetResponseWithResponse(ctx, "resp_unknown", nil))
	fmt.Println("error", missing.StatusCode(), *missing.JSON404.Error.Code)

	streamed := ask("/say Hello there.")
	on := true
	streamed.Stream = &on
	response := must(client.CreateResponse(ctx, nil, streamed))
	defer response.Body.Close()
	text := ""
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: {")
		if !found {
			continue
		}
		var event api.ResponseStreamEvent
		if err := json.Unmarshal([]byte("{"+data), &event); err != nil {
			log.Fatal(err)
		}
		if delta, ok := must(event.ValueByDiscriminator()).(api.OutputTextDeltaEvent); ok {
			text += delta.Delta
		}
	}
	fmt.Println("stream", text)
}

func ask(text string) api.CreateResponseRequest {
	var input api.ResponseInput
	if err := input.FromText(text); err != nil {
		log.Fatal(err)
	}
	return api.CreateResponseRequest{Input: &input}
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
