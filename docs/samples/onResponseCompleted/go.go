package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"
)

func main() {
	// Start the server with WEBHOOK_URL=http://127.0.0.1:8700/hooks and WEBHOOK_ALLOW_PRIVATE=1.
	secret := option.WithWebhookSecret(os.Getenv("WEBHOOK_SECRET"))
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"), secret)

	http.HandleFunc("POST /hooks", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		event, err := client.Webhooks.Unwrap(body, r.Header)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		if event.Type != "response.completed" {
			return
		}
		response, err := client.Responses.Get(r.Context(), event.Data.ID, responses.ResponseGetParams{})
		if err != nil {
			log.Print(err)
			return
		}
		fmt.Println(event.Type, response.OutputText())
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8700", nil))
}
