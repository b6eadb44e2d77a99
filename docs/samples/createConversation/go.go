package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/conversations"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"
	"github.com/openai/openai-go/v3/shared"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	conversation, err := client.Conversations.New(ctx, conversations.ConversationNewParams{
		Metadata: shared.Metadata{"topic": "roses"},
	})
	if err != nil {
		log.Fatal(err)
	}

	response, err := client.Responses.New(ctx, responses.ResponseNewParams{
		Conversation: responses.ResponseNewParamsConversationUnion{OfString: openai.String(conversation.ID)},
		Input:        responses.ResponseNewParamsInputUnion{OfString: openai.String("When do roses bloom?")},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(conversation.ID, response.OutputText())
}
