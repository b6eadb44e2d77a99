//! Uses the generated client as a program would. Its output must equal that of the other generators.

use openapi::apis::configuration::Configuration;
use openapi::apis::models_api::list_models;
use openapi::apis::responses_api::{create_response, get_response, GetResponseError};
use openapi::apis::Error;
use openapi::models::{CreateResponseRequest, OutputItem, OutputMessagePart, ResponseStreamEvent};
use serde_json::json;

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let url = std::env::args().nth(1).expect("the server's address");
    let client = Configuration { base_path: url, ..Configuration::new() };

    let models = list_models(&client).await?;
    println!("models {}", models.data[0].id);

    let first = create_response(&client, ask("Hello!"), None, None, None, None, None).await?;
    let request = CreateResponseRequest { previous_response_id: Some(Some(first.id)), ..ask("And?") };
    let second = create_response(&client, request, None, None, None, None, None).await?;
    let OutputItem::Message(message) = &second.output[0] else { panic!("the output is no message") };
    let OutputMessagePart::OutputText(part) = &message.content[0] else { panic!("the content is no text") };
    println!("chain {}", part.text.contains("Turn 2."));

    match get_response(&client, "resp_unknown", None, None, None, None).await {
        Err(Error::ResponseError(failure)) => match failure.entity {
            // The variants of all statuses hold the same type, so the first one is read.
            Some(GetResponseError::Status400(body)) => {
                println!("error {} {}", failure.status.as_u16(), body.error.code.unwrap_or_default())
            }
            entity => panic!("the error is {entity:?}"),
        },
        reply => panic!("the reply is {reply:?}"),
    }

    let request = CreateResponseRequest { stream: Some(Some(true)), ..ask("/say Hello there.") };
    println!("stream {}", stream(&client, request).await?);
    Ok(())
}

fn ask(text: &str) -> CreateResponseRequest {
    CreateResponseRequest { input: Some(Some(json!(text))), ..CreateResponseRequest::new() }
}

/// Sends the request itself, because the client would parse the stream as JSON.
async fn stream(client: &Configuration, request: CreateResponseRequest) -> Result<String, Failure> {
    let url = format!("{}/v1/responses", client.base_path);
    let mut reply = client.client.post(url).json(&request).send().await?.error_for_status()?;
    let mut unread = Vec::new();
    let mut text = String::new();
    while let Some(chunk) = reply.chunk().await? {
        unread.extend_from_slice(&chunk);
        while let Some(end) = unread.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = unread.drain(..=end).collect();
            let Some(data) = line.strip_prefix(b"data: ").filter(|data| data.starts_with(b"{")) else { continue };
            if let ResponseStreamEvent::ResponseOutputTextDelta(event) = serde_json::from_slice(data)? {
                text += &event.delta;
            }
        }
    }
    Ok(text)
}
