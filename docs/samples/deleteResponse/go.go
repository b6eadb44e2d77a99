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
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String("Forget this.")},
	})
	if err != nil {
		log.Fatal(err)
	}

	err = client.Responses.Delete(ctx, response.ID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("deleted", response.ID)
}
