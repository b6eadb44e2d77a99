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

	first, err := client.Responses.New(ctx, responses.ResponseNewParams{
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String("My name is Ada, and I grow roses.")},
	})
	if err != nil {
		log.Fatal(err)
	}

	compacted, err := client.Responses.Compact(ctx, responses.ResponseCompactParams{
		Model:              "offline",
		PreviousResponseID: openai.String(first.ID),
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, item := range compacted.Output {
		fmt.Println(item.Type)
	}
}
