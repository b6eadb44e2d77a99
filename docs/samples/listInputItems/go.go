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

	response, err := client.Responses.New(ctx, responses.ResponseNewParams{
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String("Tell me a joke.")},
	})
	if err != nil {
		log.Fatal(err)
	}

	items := client.Responses.InputItems.ListAutoPaging(ctx, response.ID, responses.InputItemListParams{})
	for items.Next() {
		item := items.Current()
		fmt.Println(item.ID, item.Type)
	}
	if err := items.Err(); err != nil {
		log.Fatal(err)
	}
}
