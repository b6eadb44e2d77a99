package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	body := strings.NewReader(`{ "rules": [{ "name": "refund", "when": { "message": "*refund*" }, "reply": { "text": "Done." } }] }`)
	request, err := http.NewRequest("PUT", "http://127.0.0.1:8642/admin/v1/rules", body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("OPERATOR_KEY"))
	request.Header.Set("Content-Type", "application/json")
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer reply.Body.Close()
	io.Copy(os.Stdout, reply.Body)
}
