package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	started, err := client.Responses.New(ctx, responses.ResponseNewParams{
		// A script for the offline agent: an answer that takes 20 seconds.
		Input:      responses.ResponseNewParamsInputUnion{OfString: openai.String("/tokens 1000 delay 20ms")},
		Background: openai.Bool(true),
	})
	if err != nil {
		log.Fatal(err)
	}

	response, err := client.Responses.Cancel(ctx, started.ID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(response.Status)
}
