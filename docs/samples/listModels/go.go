package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	models := client.Models.ListAutoPaging(ctx)
	for models.Next() {
		fmt.Println(models.Current().ID)
	}
	if err := models.Err(); err != nil {
		log.Fatal(err)
	}
}
